import type { RequestEvent } from '@sveltejs/kit';

const name = 'sign-in-address';

/** The address to which a code was sent, between the two pages: no row, and nothing in an address that servers write down. */
export function rememberAddress(event: RequestEvent, email: string): void {
	const secure = event.url.protocol === 'https:';
	event.cookies.set(name, email, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 15 * 60 });
}

export function rememberedAddress(event: RequestEvent): string | undefined {
	return event.cookies.get(name);
}

export function forgetAddress(event: RequestEvent): void {
	event.cookies.delete(name, { path: '/' });
}
