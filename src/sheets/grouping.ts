import type { Remark } from '#sheets/sheet.ts';

/** The same remark on many rows, told once. */
export interface GroupedRemark extends Omit<Remark, 'row'> {
	/** the first of its rows, as a spreadsheet counts; empty: the whole sheet */
	readonly rows: readonly number[];
	/** how many rows besides */
	readonly more: number;
}

const rowsNamed = 3;

/** Remarks that say the same of the same column, in the order in which each was first met. */
export function grouped(remarks: readonly Remark[]): GroupedRemark[] {
	const groups = new Map<string, { remark: Omit<Remark, 'row'>; rows: number[]; count: number }>();
	for (const { row, ...remark } of remarks) {
		const key = JSON.stringify([remark.code, remark.column ?? null, remark.values ?? {}, row === undefined]);
		const group = groups.get(key) ?? { remark, rows: [], count: 0 };
		if (row !== undefined) {
			group.count += 1;
			if (group.rows.length <= rowsNamed) group.rows.push(row);
		}
		groups.set(key, group);
	}
	return [...groups.values()].map(({ remark, rows, count }) => {
		// "and 1 more" would hide no more than it says
		const named = count === rowsNamed + 1 ? rows : rows.slice(0, rowsNamed);
		return { ...remark, rows: named, more: count - named.length };
	});
}
