import type { RequestEvent } from '@sveltejs/kit';
import type { CookieToSet } from '#people/sign-in/proving.server.ts';

/** Sets what the sign-in wants set; no script ever reads one of these. */
export function setCookies(event: RequestEvent, cookies: readonly CookieToSet[]): void {
	for (const { name, value, maxAge, path, secure } of cookies)
		event.cookies.set(name, value, { path, secure, httpOnly: true, sameSite: 'lax', ...(maxAge !== undefined && { maxAge }) });
}
