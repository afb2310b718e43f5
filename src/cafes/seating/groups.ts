import type { Guest } from '#cafes/seating/seating.ts';

/** What stands for a group in a picture: a letter, and one of some fills; never a colour alone. */
export interface GroupMark {
	readonly group: string | null;
	readonly letter: string;
	/** 0 to 9; those of more groups come again, with other letters */
	readonly fill: number;
	readonly people: number;
}

/** The groups of a room, the largest first; those who stated none come last. */
export function groupMarks(guests: readonly Pick<Guest, 'group'>[]): GroupMark[] {
	const counts = new Map<string, number>();
	for (const { group } of guests) if (group !== null) counts.set(group, (counts.get(group) ?? 0) + 1);
	const stated = [...counts]
		.sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
		.map(([group, people], place) => ({ group, letter: letterOf(place), fill: place % 10, people }));
	const silent = guests.filter(({ group }) => group === null).length;
	return silent === 0 ? stated : [...stated, { group: null, letter: '–', fill: 10, people: silent }];
}

function letterOf(place: number): string {
	return place < 26 ? String.fromCharCode(65 + place) : `${letterOf(Math.floor(place / 26) - 1)}${letterOf(place % 26)}`;
}
