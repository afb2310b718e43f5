import assert from 'node:assert/strict';
import test from 'node:test';
import { anInput } from './examples.ts';
import { checkInput, saidNothing, type AgreementInput } from './input.ts';

const fit = anInput(
	[{ id: 1, groups: [0] }, { id: 2 }],
	[
		{ person: 1, idea: 1, value: 1 },
		{ person: 2, idea: 1, value: -1 }
	]
);

function refused(change: Partial<AgreementInput>): unknown {
	try {
		checkInput({ ...fit, ...change });
	} catch (error) {
		const { code, row, message } = error as { code: string; row: number | null; message: string };
		return { code, row, message };
	}
	return 'taken';
}

test('what can be counted is taken, and so is an empty topic', () => {
	assert.equal(refused({}), 'taken');
	assert.equal(refused(anInput([], [], { groups: [] })), 'taken');
});

test('an opinion on an unknown idea, of nobody, of no time, or none of the three is named with its row', () => {
	const { opinions } = fit;
	const cases = [
		[{ idea: Uint32Array.of(0, 1) }, { code: 'unknown-idea', row: 1, message: 'opinions, row 1: no idea 1' }],
		[{ profile: Uint32Array.of(0, 2) }, { code: 'unknown-profile', row: 1, message: 'opinions, row 1: no profile 2' }],
		[{ value: Int8Array.of(2, 1) }, { code: 'not-an-opinion', row: 0, message: 'opinions, row 0: 2 is none of 1, 0 and -1' }],
		[{ time: Float64Array.of(0, NaN) }, { code: 'no-time', row: 1, message: 'opinions, row 1: no time' }],
		[{ value: Int8Array.of(1) }, { code: 'not-as-long', row: null, message: 'opinions: value has 1 rows, not 2' }]
	] as const;
	for (const [change, refusal] of cases) assert.deepEqual(refused({ opinions: { ...opinions, ...change } }), refusal);
});

test('a group beside "not stated" contradicts itself; so does a second statement of the same number', () => {
	const { profiles } = fit;
	assert.deepEqual(refused({ profiles: { ...profiles, groups: Uint32Array.of(1, saidNothing | 1) } }), {
		code: 'contradictory',
		row: 1,
		message: 'profiles, row 1: a group and "not stated" at once'
	});
	assert.equal(refused({ profiles: { ...profiles, groups: Uint32Array.of(1, saidNothing) } }), 'taken');
	assert.deepEqual(refused({ profiles: { ...profiles, participant: Uint32Array.of(4, 4) } }), {
		code: 'stated-twice',
		row: 1,
		message: 'profiles, row 1: statement 1 of participant 4 stands twice'
	});
});

test('what a profile states must be known', () => {
	const { profiles } = fit;
	const cases = [
		[{ groups: Uint32Array.of(8, 0) }, { code: 'unknown-group', row: 0, message: 'profiles, row 0: no such group' }],
		[{ region: Int32Array.of(-1, 2) }, { code: 'unknown-region', row: 1, message: 'profiles, row 1: no region 2' }],
		[
			{ organisation: Int32Array.of(-2, 0) },
			{ code: 'unknown-organisation', row: 0, message: 'profiles, row 0: no organisation -2' }
		],
		[{ assurance: Uint8Array.of(0, 2) }, { code: 'unknown-assurance', row: 1, message: 'profiles, row 1: no assurance 2' }]
	] as const;
	for (const [change, refusal] of cases) assert.deepEqual(refused({ profiles: { ...profiles, ...change } }), refusal);
});

test('ideas come ascending, each once', () => {
	const ideas = { id: Uint32Array.of(3, 3), hidden: new Uint8Array(2) };
	assert.deepEqual(refused({ ideas }), { code: 'not-ascending', row: 1, message: 'ideas, row 1: idea 3 after 3' });
});

test('no more than thirty groups fit, and stances need a column for each and one for all', () => {
	assert.equal((refused({ groups: Array.from({ length: 31 }, String) }) as { code: string }).code, 'too-many');
	const none = new Uint32Array(3);
	assert.deepEqual(refused({ stances: { raises: none, supports: none, opposes: none } }), {
		code: 'not-as-long',
		row: null,
		message: 'stances: raises has 3 rows, not 4'
	});
});
