import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { compute } from '#agreement/computing.ts';
import type { AgreementInput } from '#engines/agreement/input.ts';
import { randomFrom } from '#engines/agreement/random.ts';

/** People of three camps of different size; of some ideas nobody speaks, and others are hidden. */
function aTalk(seed: number): AgreementInput {
	const random = randomFrom(seed);
	const [people, ideas] = [60, 30];
	const hidden = Uint8Array.from({ length: ideas }, () => (random.share() < 0.4 ? 1 : 0));
	const isSilent = Uint8Array.from({ length: ideas }, () => (random.share() < 0.2 ? 1 : 0));
	const leaning = Float64Array.from({ length: 3 * ideas }, () => random.share());
	const [profile, idea, value]: [number[], number[], number[]] = [[], [], []];
	for (let person = 0; person < people; person++)
		for (let place = 0; place < ideas; place++) {
			if (isSilent[place] === 1 || random.share() < 0.4) continue;
			const camp = person < 12 ? 0 : person < 30 ? 1 : 2;
			profile.push(person);
			idea.push(place);
			value.push(random.share() < leaning[camp * ideas + place]! ? 1 : -1);
		}
	return {
		opinions: { profile: Uint32Array.from(profile), idea: Uint32Array.from(idea), value: Int8Array.from(value), time: null },
		profiles: {
			participant: Uint32Array.from({ length: people }, (_, person) => person + 1),
			number: new Uint16Array(people),
			groups: new Uint32Array(people),
			region: new Int32Array(people).fill(-1),
			organisation: new Int32Array(people).fill(-1),
			assurance: new Uint8Array(people)
		},
		ideas: { id: Uint32Array.from({ length: ideas }, (_, place) => place + 1), hidden },
		...{ groups: [], regions: [], assurances: ['browser'], stances: null }
	};
}

test('on a first map everybody stands in the group that the engine found for them, also where ideas are hidden or unheard', () => {
	let grouped = 0;
	fc.assert(
		fc.property(fc.nat(1000), (seed) => {
			const { found, sizes, model } = compute(aTalk(seed), null, () => {});
			assert.deepEqual(
				sizes.slice(0, model.centres.length),
				found.groups.map(({ people }) => people)
			);
			if (found.k > 2) grouped++;
		}),
		{ numRuns: 12, seed: 41 }
	);
	assert.ok(grouped > 0, 'some of the talks fall into more than two groups');
});
