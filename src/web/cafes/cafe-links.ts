import type { MessageKey } from '#languages/speaking.ts';

/** The pages of a café at the desk. */
export function cafeLinks(slug: string, number: number): { href: string; label: MessageKey }[] {
	const event = `/desk/topics/${slug}/events/${number}`;
	const base = `${event}/cafe`;
	return [
		{ href: base, label: 'cafes.plan' },
		{ href: `${base}/room`, label: 'cafes.room' },
		{ href: `${base}/seating`, label: 'cafes.seating' },
		{ href: `${base}/print`, label: 'cafes.print' },
		{ href: `${event}/photos`, label: 'photos.title' }
	];
}
