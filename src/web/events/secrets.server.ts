import type { RequestEvent } from '@sveltejs/kit';
import type { Surroundings } from '#events/mailing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { publicOrigin } from '#web/desk/inviting.server.ts';

/** What a link carried goes into a cookie and out of the address at once: addresses are written into logs and histories. */
export function keepSecret(event: RequestEvent, name: string, secret: string, days: number): void {
	const secure = event.url.protocol === 'https:';
	event.cookies.set(name, secret.slice(0, 60), { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: days * 86_400 });
}

export function keptSecret(event: RequestEvent, name: string): string | null {
	return event.cookies.get(name) ?? null;
}

export function forgetSecret(event: RequestEvent, name: string): void {
	event.cookies.delete(name, { path: '/' });
}

/** How codes are made, and where links in mails lead. */
export function surroundingsOf(event: RequestEvent): Surroundings {
	const { keys, settings } = contextOf(event);
	return { keys, origin: publicOrigin(settings) };
}
