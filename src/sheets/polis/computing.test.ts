import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { adjustedRandIndex } from '#engines/agreement/rand-index.ts';
import { csvRows } from '#sheets/csv.ts';
import { agreementOfConversation, type ConversationResult } from './computing.ts';
import { opinionsIn } from './strict.ts';

const real = resolve(process.env.REAL_INPUTS ?? resolve(import.meta.dirname, '../../../../shared/data'), 'polis');
const skip = existsSync(real) ? false : 'needs the real input polis (REAL_INPUTS names its folder)';
const conversations = [
	'brexit-consensus',
	'scoop-hivemind.biodiversity',
	'vtaiwan.uberx',
	'austria-climate.5twd2jsnkf.2022-08-08'
] as const;

function computed(files: Readonly<Record<string, string>>, isCompatible: boolean): ConversationResult {
	return agreementOfConversation(opinionsIn(files), { isCompatible, progress() {} });
}

function filesOf(name: string): Record<string, string> {
	const names = ['comments.csv', 'votes.csv', 'participants-votes.csv'];
	return Object.fromEntries(names.map((file) => [file, readFileSync(join(real, name, file), 'utf8')]));
}

/** A table of the original Polis mathematics, as numbers without its headings. */
function oracle(file: string): number[][] {
	const { rows } = csvRows(readFileSync(join(real, 'oracle', file), 'utf8'), ',');
	return rows
		.slice(1)
		.filter((row) => row.length > 1)
		.map((row) => row.map(Number));
}

for (const name of conversations)
	test(`in compatible mode ${name} has the groups and the consensus of the original Polis mathematics`, { skip }, () => {
		const found = computed(filesOf(name), true);
		const groups = new Map(oracle(`${name}.groups.csv`).map(([person, group]) => [person!, group!]));
		const theirs = found.people.map(({ id }) => groups.get(id) ?? -1);
		const ours = found.people.map(({ group }) => group ?? -1);
		assert.deepEqual(
			ours.map((group) => group < 0),
			theirs.map((group) => group < 0)
		);
		assert.equal(adjustedRandIndex(ours, theirs), 1);
		const consensus = new Map(found.ideas.map(({ id, groupAwareConsensus }) => [id, groupAwareConsensus]));
		const expected = oracle(`${name}.groups.csv.gac.csv`);
		assert.equal([...consensus.values()].filter((value) => value !== null).length, expected.length);
		for (const [idea, value] of expected) assert.ok(Math.abs(consensus.get(idea!)! - value!) < 1e-9, `idea ${idea}`);
	});

/** A small conversation as files: rows of person, idea, vote. */
function written(votes: readonly (readonly [number, number, number])[], ideas: number): Record<string, string> {
	const comments = Array.from({ length: ideas }, (_, idea) => `1,Mon,${idea},0,0,0,${idea === 3 ? -1 : 1},Idea`);
	return {
		'comments.csv': ['timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body', ...comments].join('\n'),
		'votes.csv': [
			'timestamp,datetime,comment-id,voter-id,vote',
			...votes.map(([person, idea, vote]) => `5,Mon,${idea},${person},${vote}`)
		].join('\n')
	};
}

const someVotes = fc
	.record({ ideas: fc.integer({ min: 1, max: 12 }), people: fc.integer({ min: 1, max: 40 }), seed: fc.nat(), many: fc.nat(300) })
	.map(({ ideas, people, seed, many }) => {
		let state = seed;
		const below = (bound: number) => Math.abs((state = (Math.imul(state, 1103515245) + 12345) | 0) >> 8) % bound;
		const votes = Array.from({ length: many }, () => {
			const [person, idea] = [below(people), below(ideas)];
			const side = (person + idea) % 2 === 0 ? 1 : -1;
			return [person, idea, below(4) === 0 ? below(3) - 1 : side] as const;
		});
		return { ideas, votes };
	});

test('no order of the rows changes a figure, no number is missing, and nobody stands alone in a group', () => {
	fc.assert(
		fc.property(someVotes, fc.nat(), ({ ideas, votes }, seed) => {
			const found = computed(written(votes, ideas), false);
			const mixed = [...votes].sort(
				(one, other) => ((one[0] * 7919 + one[1] * seed) % 101) - ((other[0] * 7919 + other[1] * seed) % 101)
			);
			assert.equal(JSON.stringify(computed(written(mixed, ideas), false)), JSON.stringify(found));
			for (const isCompatible of [true, false]) {
				const result = isCompatible ? computed(written(votes, ideas), true) : found;
				assert.doesNotMatch(
					JSON.stringify(result, (_, value: unknown) => (Number.isNaN(value) ? 'NaN' : value)),
					/NaN/
				);
			}
			for (const size of found.sizes) assert.ok(size > 1);
			assert.equal(found.ideas.length, ideas);
		}),
		{ numRuns: 25, seed: 7 }
	);
});

test('other numbers for the same people change nothing but the numbers', () => {
	fc.assert(
		fc.property(someVotes, ({ ideas, votes }) => {
			const found = computed(written(votes, ideas), false);
			const renamed = computed(
				written(
					votes.map(([person, idea, vote]) => [1000 - 7 * person, idea, vote] as const),
					ideas
				),
				false
			);
			const group = new Map(found.people.map(({ id, group: own }) => [1000 - 7 * id, own]));
			const { people: _, ...figures } = found;
			const { people, ...others } = renamed;
			assert.deepEqual(others, figures);
			// of two people who say exactly the same either may stand first, and both stand in the same group
			assert.deepEqual(
				people.map(({ id, group: own }) => [id, own]),
				people.map(({ id }) => [id, group.get(id)])
			);
		}),
		{ numRuns: 25, seed: 8 }
	);
});

test('two camps are found, with what tells them apart and an idea of both on the shortlist', () => {
	const votes = Array.from({ length: 40 }, (_, person) =>
		Array.from({ length: 10 }, (_, idea) => {
			const isOdd = person % 2 === 1;
			const own = idea < 2 ? 1 : idea % 2 === (isOdd ? 1 : 0) ? 1 : -1;
			return [person, idea, (person * 3 + idea * 5) % 11 === 0 ? 0 : own] as const;
		})
	).flat();
	const found = computed(written(votes, 10), false);
	assert.equal(found.k, 2);
	assert.deepEqual(found.sizes, [20, 20]);
	for (const { id, group } of found.people) assert.equal(group, found.people[id % 2]!.group);
	assert.equal(found.stability!.isStable, true);
	assert.deepEqual([...found.shortlist].sort().slice(0, 2), [0, 1]);
	for (const group of found.representative) assert.equal(group.length, 5);
	assert.equal(found.ideas[3]!.groupAwareConsensus, null, 'what moderators rejected takes no part');
	assert.ok(found.ideas[0]!.bridging! > found.ideas[4]!.bridging!);
	assert.ok(found.ideas[0]!.groupAwareConsensus! > found.ideas[4]!.groupAwareConsensus!);
});

test('a talk in which nobody spoke, one person, one idea or one voice gives figures and no groups', () => {
	const one = [[0, 0, 1]] as const;
	const alike = Array.from({ length: 30 }, (_, person) => [0, 1, 2, 4].map((idea) => [person, idea, 1] as const)).flat();
	for (const [votes, ideas] of [
		[[], 0],
		[[], 5],
		[one, 1],
		[one, 5],
		[Array.from({ length: 30 }, (_, person) => [person, 0, person % 2] as const), 1],
		[alike, 5]
	] as const)
		for (const isCompatible of [true, false]) {
			const found = computed(written(votes, ideas), isCompatible);
			assert.equal(found.ideas.length, ideas);
			for (const { level } of found.ideas) assert.equal(level, 'not-heard');
		}
	const found = computed(written(alike, 5), false);
	assert.equal(found.k, 0);
	assert.deepEqual([...new Set(found.people.map(({ group }) => group))], [null]);
});
