import type { RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#activity/actor.ts';
import { contextOf } from '#web/context.server.ts';

/** The name that browsers let only this host set, where there is TLS; plain names on loopback. */
export function visitorCookieName(secure: boolean): string {
	return secure ? '__Host-visitor' : 'visitor';
}

const aYear = 365 * 24 * 60 * 60;

/**
 * Who asks for a personal page. A reader without a cookie gets one with the page (GET), and no row before the first act. The page of a
 * refusal, which the server asks of itself, gives none: cookies do not reach public pages, and a new one would take the reader's place.
 */
export async function whoAsks(event: RequestEvent): Promise<Actor> {
	const context = contextOf(event);
	const secure = event.url.protocol === 'https:';
	const name = visitorCookieName(secure);
	let visitorId = context.visitors.idIn(event.cookies.get(name));
	if (visitorId === null && event.request.method === 'GET' && !event.isSubRequest) {
		const token = context.visitors.newToken();
		event.cookies.set(name, token, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: aYear });
		visitorId = context.visitors.idIn(token);
	}
	return context.signIn.actorOf(event.request.headers, visitorId);
}
