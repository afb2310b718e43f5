import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { opinionKinds } from './counts.ts';
import { levelOf, usualThresholds } from './levels.ts';
import { RunningLevels, type Spoken } from './running.ts';

const groups = ['governments', 'private-sector', 'civil-society'];
const nothing = (ideas: number) => new Uint32Array(ideas * (groups.length + 1) * opinionKinds);

test('a level changes with the opinion that changes it', () => {
	const running = new RunningLevels(['governments'], usualThresholds, new Uint32Array(2 * opinionKinds));
	const agrees: Spoken = { groups: 1, value: 1 };
	const levels = Array.from({ length: 5 }, () => running.give(0, null, agrees).level);
	assert.deepEqual(levels, ['not-heard', 'not-heard', 'not-heard', 'not-heard', 'consensus']);
	assert.equal(running.give(0, agrees, { groups: 1, value: 0 }).level, 'not-heard');
	assert.equal(running.give(0, null, agrees).level, 'consensus');
});

const acts = fc.array(
	fc.record({
		person: fc.nat(30),
		idea: fc.nat(1),
		groups: fc.nat(7),
		value: fc.constantFrom(-1 as const, 0 as const, 1 as const, null)
	}),
	{ maxLength: 120 }
);

test('after any opinions, changed and taken back, the level is that of a count from the start', () => {
	fc.assert(
		fc.property(acts, (given) => {
			const running = new RunningLevels(groups, usualThresholds, nothing(2));
			const held = new Map<string, Spoken>();
			for (const { person, idea, groups: of, value } of given) {
				const key = `${person} ${idea}`;
				const after = value === null ? null : { groups: of, value };
				const found = running.give(idea, held.get(key) ?? null, after);
				if (after === null) held.delete(key);
				else held.set(key, after);
				const counted = groups.map((group, place) => {
					const said = [...held].filter(([name, one]) => name.endsWith(` ${idea}`) && (one.groups & (1 << place)) !== 0);
					const of = (wanted: number) => said.filter(([, one]) => one.value === wanted).length;
					return { group, agree: of(1), disagree: of(-1) };
				});
				assert.deepEqual(found, levelOf(counted, usualThresholds));
			}
		}),
		{ numRuns: 60, seed: 9 }
	);
});
