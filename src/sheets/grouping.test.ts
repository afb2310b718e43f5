import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grouped } from '#sheets/grouping.ts';
import type { Remark } from '#sheets/sheet.ts';

const unknown = (row: number, text: string, column = 1): Remark => ({ code: 'group-unknown', row, column, values: { text } });

test('the same mistake of many rows is told once, with its first rows and how many more there are', () => {
	const remarks: Remark[] = [
		{ code: 'column-missing', values: { field: 'point' } },
		unknown(4, 'Pirates'),
		unknown(5, 'Sailors'),
		...Array.from({ length: 39 }, (_, index) => unknown(9 + index * 3, 'Pirates')),
		unknown(12, 'Pirates', 2)
	];
	assert.deepEqual(grouped(remarks), [
		{ code: 'column-missing', values: { field: 'point' }, rows: [], more: 0 },
		{ code: 'group-unknown', column: 1, values: { text: 'Pirates' }, rows: [4, 9, 12], more: 37 },
		{ code: 'group-unknown', column: 1, values: { text: 'Sailors' }, rows: [5], more: 0 },
		{ code: 'group-unknown', column: 2, values: { text: 'Pirates' }, rows: [12], more: 0 }
	]);
});

test('a last row is named rather than counted', () => {
	const [four] = grouped([4, 9, 12, 15].map((row) => unknown(row, 'Pirates')));
	assert.deepEqual([four?.rows, four?.more], [[4, 9, 12, 15], 0]);
});
