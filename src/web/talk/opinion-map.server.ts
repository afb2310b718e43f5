import { fewestPeople } from '#agreement/cells.ts';
import { squareAt } from '#agreement/opinion-map.ts';
import { wordsOfIdeas } from '#agreement/opinion-map.server.ts';
import type { Centre } from '#agreement/placing.ts';
import type { PublishedMap } from '#agreement/published-map.ts';
import type { Queryable } from '#database/connection.server.ts';

/** A square of the map that is shown, as it is drawn: from the left and from above. */
export interface Square {
	readonly column: number;
	readonly row: number;
	readonly people: number;
	readonly letter: string | null;
}

/** The picture, in squares of side 1; the first row is the uppermost. */
export interface MapPicture {
	readonly columns: number;
	readonly rows: number;
	readonly most: number;
	readonly squares: readonly Square[];
	readonly groups: readonly { readonly letter: string; readonly x: number; readonly y: number; readonly people: number }[];
	/** where the lines between groups run: from and to corners of squares */
	readonly borders: string;
	readonly you: { readonly x: number; readonly y: number } | null;
}

export function pictureOf(map: PublishedMap, place: Centre | null): MapPicture {
	const { columns, rows } = map.grid;
	const letters = map.groups?.map(({ letter }) => letter) ?? [];
	const squares = map.density.flatMap((people, square): Square[] => {
		if (people < fewestPeople) return [];
		const letter = map.territory ? (letters[map.territory[square]!] ?? null) : null;
		return [{ column: square % columns, row: rows - 1 - Math.floor(square / columns), people, letter }];
	});
	return {
		columns,
		rows,
		most: squares.reduce((most, { people }) => Math.max(most, people), 0),
		squares,
		groups: (map.groups ?? []).map(({ letter, people, centre }) => ({ letter, people, ...onPicture(map, centre) })),
		borders: bordersOf(map),
		you: place && onPicture(map, place)
	};
}

/** Those who stand beyond the edge are drawn in the square at the edge. */
function onPicture({ grid }: PublishedMap, place: Centre): { x: number; y: number } {
	const square = squareAt(grid, place.x, place.y);
	const within = (at: number, from: number) => Math.min(from + 0.85, Math.max(from + 0.15, at));
	const [column, row] = [square % grid.columns, Math.floor(square / grid.columns)];
	const x = within((place.x - grid.x) / grid.side, column);
	const y = within((place.y - grid.y) / grid.side, row);
	return { x: tenths(x), y: tenths(grid.rows - y) };
}

function tenths(value: number): number {
	return Math.round(10 * value) / 10;
}

function bordersOf({ grid: { columns, rows }, territory }: PublishedMap): string {
	if (!territory) return '';
	const lines: string[] = [];
	territory.forEach((group, square) => {
		const [column, row] = [square % columns, Math.floor(square / columns)];
		const top = rows - 1 - row;
		if (column + 1 < columns && territory[square + 1] !== group) lines.push(`M${column + 1} ${top}v1`);
		if (row + 1 < rows && territory[square + columns] !== group) lines.push(`M${column} ${top}h1`);
	});
	return lines.join('');
}

/** The ideas that a map speaks of, with their words; those hidden since are left out. */
export async function ideasOfMap(queryable: Queryable, topicId: string, map: PublishedMap) {
	const words = await wordsOfIdeas(queryable, topicId, [
		...(map.groups ?? []).flatMap(({ representative }) => representative.map(({ idea }) => idea)),
		...map.common.map(({ idea }) => idea),
		...map.disputed.slice(0, mostDisputed),
		...map.shortlist.ideas
	]);
	const told = <One>(one: One, idea: number) => {
		const known = words.get(idea);
		return known ? [{ ...one, number: idea, ...known }] : [];
	};
	return {
		groups: (map.groups ?? []).map(({ letter, people, representative }) => ({
			letter,
			people,
			ideas: representative.flatMap((one) => told(one, one.idea))
		})),
		common: map.common.flatMap((one) => told(one, one.idea)),
		disputed: map.disputed.slice(0, mostDisputed).flatMap((idea) => told({}, idea)),
		shortlist: map.shortlist.ideas.flatMap((idea) => told({}, idea))
	};
}

const mostDisputed = 5;
