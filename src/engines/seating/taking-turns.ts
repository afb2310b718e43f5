import type { Room } from './room.ts';

/**
 * Where tables of a round cannot all be of one size, they take turns in having one person more: whoever stays at a table, as hosts do, meets as many as hosts of others then,
 * and nobody is bound to sit at small tables always. In each round the larger tables follow on those of the round before.
 * @returns the same room with the size of each table settled; null where nothing is open, or where those who are bound to tables leave no turns
 */
export function takingTurns(room: Room): Room | null {
	const { tables, rounds, people, heads, low, high, fixed } = room;
	const sizes = low.slice();
	let next = 0;
	let isOpen = false;
	for (let round = 0; round < rounds; round++) {
		const at = (table: number) => round * tables + table;
		const bound = new Int32Array(tables);
		for (let person = 0; person < people; person++) {
			const table = fixed[round * people + person]!;
			if (table !== -1) bound[table]! += 1;
		}
		let extra = heads[round]!;
		for (let table = 0; table < tables; table++) extra -= low[at(table)]!;
		for (let tried = 0; tried < tables && extra > 0; tried++) {
			const table = next;
			next = (next + 1) % tables;
			if (low[at(table)]! === high[at(table)]!) continue;
			sizes[at(table)]! += 1;
			extra -= 1;
			isOpen = true;
		}
		for (let table = 0; table < tables; table++) if (bound[table]! > sizes[at(table)]!) return null;
	}
	return isOpen ? { ...room, low: sizes, high: sizes } : null;
}
