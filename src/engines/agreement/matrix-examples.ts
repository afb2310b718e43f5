import type { Matrix } from './matrix.ts';

/** A matrix from rows as a test tells them, a person a row; null: said nothing. */
export function aMatrix(rows: readonly (readonly (1 | 0 | -1 | null)[])[]): Matrix {
	const said = rows.map((row) => row.flatMap((value, idea) => (value === null ? [] : [{ idea, value }])));
	const starts = new Uint32Array(rows.length + 1);
	said.forEach((opinions, person) => (starts[person + 1] = starts[person]! + opinions.length));
	return {
		people: rows.length,
		ideas: Math.max(0, ...rows.map((row) => row.length)),
		starts,
		idea: Uint32Array.from(said.flat(), ({ idea }) => idea),
		value: Int8Array.from(said.flat(), ({ value }) => value)
	};
}
