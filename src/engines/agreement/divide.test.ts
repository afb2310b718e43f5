import assert from 'node:assert/strict';
import { test } from 'node:test';
import { divideBetween } from './divide.ts';

const wishes = { seed: 1, permutations: 199 };
const people = (count: number, of: (person: number) => number) => Uint32Array.from({ length: count }, (_, person) => of(person));

test('groups that are the declared ones run along them', () => {
	const declared = people(60, (person) => 1 << (person % 3));
	const found = divideBetween(
		declared,
		Int32Array.from(declared, (bits) => Math.log2(bits)),
		wishes
	);
	assert.ok(Math.abs(found.cramersV! - 1) < 1e-12);
	assert.deepEqual({ ...found, cramersV: 1 }, { people: 60, cramersV: 1, randIndex: 1, p: 1 / 200, runs: 'along' });
});

test('groups that have nothing to do with what people declare run across', () => {
	const declared = people(64, (person) => 1 << (person % 2));
	const found = divideBetween(
		declared,
		Int32Array.from(declared, (_, person) => (person >> 1) % 2),
		wishes
	);
	assert.deepEqual([found.cramersV, found.p, found.runs], [0, 1, 'across']);
	assert.ok(Math.abs(found.randIndex!) < 0.05);
});

test('who declares two groups counts half in each, and nobody is compared who declares none or stands in no group', () => {
	const declared = Uint32Array.from([
		...Array<number>(10).fill(1),
		...Array<number>(10).fill(2),
		...Array<number>(10).fill(3),
		0,
		1
	]);
	const discovered = Int32Array.from([...Array<number>(10).fill(0), ...Array<number>(20).fill(1), 0, -1]);
	const found = divideBetween(declared, discovered, wishes);
	assert.equal(found.people, 30);
	// rows 10 + 5 and 5 + 10 of two columns: phi = (10 × 15 − 0 × 5) / √(15 × 15 × 10 × 20)
	assert.ok(Math.abs(found.cramersV! - 150 / Math.sqrt(15 * 15 * 10 * 20)) < 1e-12);
	assert.equal(found.randIndex, 1);
});

test('of nobody, of few and of one group nothing is said', () => {
	const nothing = { cramersV: null, randIndex: null, p: null, runs: 'too-few' };
	assert.deepEqual(divideBetween(new Uint32Array(0), new Int32Array(0), wishes), { people: 0, ...nothing });
	assert.deepEqual(divideBetween(Uint32Array.from([1, 2, 1]), Int32Array.from([0, 1, 0]), wishes), { people: 3, ...nothing });
	assert.deepEqual(divideBetween(new Uint32Array(50).fill(1), new Int32Array(50), wishes), { people: 50, ...nothing });
});

test('where everybody declares two groups there is no index of those who declare one', () => {
	const declared = people(40, (person) => (person % 2 === 0 ? 0b011 : 0b110));
	const found = divideBetween(
		declared,
		Int32Array.from(declared, (_, person) => person % 2),
		wishes
	);
	assert.deepEqual([found.people, found.randIndex], [40, null]);
});
