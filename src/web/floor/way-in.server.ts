import type { RequestEvent } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import { pathInLanguage } from '#languages/languages.ts';

/** For the phones of those who see a screen in a room: an address to type, and a picture that leads in at once. */
export function wayIn(event: Pick<RequestEvent, 'url' | 'locals'>, code: string): { shown: string; picture: string } {
	const { host, pathname } = new URL('/join', event.url);
	const { href } = new URL(pathInLanguage(`/join/${code}`, event.locals.language), event.url);
	return { shown: host + pathname, picture: `data:image/svg+xml,${encodeURIComponent(renderSVG(href, { border: 4 }))}` };
}
