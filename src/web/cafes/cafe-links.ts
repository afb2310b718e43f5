import type { MessageKey } from '#languages/speaking.ts';

/** The pages of a café at the desk. */
export function cafeLinks(slug: string, number: number): { href: string; label: MessageKey }[] {
	const base = `/desk/topics/${slug}/events/${number}/cafe`;
	return [
		{ href: base, label: 'cafes.plan' },
		{ href: `${base}/room`, label: 'cafes.room' },
		{ href: `${base}/seating`, label: 'cafes.seating' },
		{ href: `${base}/print`, label: 'cafes.print' }
	];
}
