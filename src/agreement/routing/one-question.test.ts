import assert from 'node:assert/strict';
import test from 'node:test';
import { anybody, firsts, shown, walk } from '#agreement/routing/examples.ts';
import { Person } from '#agreement/routing/person.ts';
import { seededRandom } from '#agreement/routing/random.ts';

test('who asks for a guiding question is asked about all of its ideas and no others, as probably as among these alone', () => {
	const part = (language: string, question: string | null, numbers: number[]) => ({
		...{ language, question, numbers },
		authors: numbers.map((number) => (number === 4 ? 9 : 0))
	});
	const ideas = shown([part('en', 'a', [1, 2]), part('en', 'b', [3, 4, 5]), part('fr', 'b', [6]), part('fr', null, [7])]);
	ideas.setCounts({ numbers: [1, 2, 3, 5, 6, 7], agree: [0, 40, 9, 100, 3, 0], people: [0, 80, 10, 180, 20, 0] });
	const asking = (question: string | null, judged: number[] = []) => {
		const person = new Person(judged, 9, { reads: ['en'], groups: [] });
		person.asks(question);
		return person;
	};
	assert.deepEqual(
		walk(asking('b'), ideas)
			.map(({ number }) => number)
			.sort(),
		[3, 5, 6],
		'none of their own'
	);
	assert.deepEqual(walk(asking('c'), ideas), []);
	const alone = shown([part('en', null, [3, 4, 5])]);
	alone.setCounts({ numbers: [3, 5], agree: [9, 100], people: [10, 180] });
	const [all, within] = [firsts(ideas, 4000, () => asking('b')), firsts(alone, 4000, () => asking(null))];
	for (const number of [3, 5]) assert.ok(Math.abs(all.get(number)! - within.get(number)!) < 200);
	const random = seededRandom(3);
	for (let draw = 0; draw < 50; draw++) {
		const drawn = asking('b', draw % 2 === 0 ? [] : [1]).next(ideas, random)!;
		const weight = (number: number) => ideas.audienceOf([]).at(ideas.placeOf(number));
		assert.ok(Math.abs(drawn.probability - weight(drawn.number) / (weight(3) + weight(5))) < 1e-12);
	}
	assert.deepEqual(ideas.ofQuestion('b', [1, 3, 6, 99]), { all: 4, some: 2 });
});

test('what was drawn for one question waits while the person asks for another', () => {
	const ideas = shown([
		{ language: 'en', question: 'a', numbers: [1, 2, 3, 4], authors: [0, 0, 0, 0] },
		{ language: 'en', question: 'b', numbers: [5, 6, 7, 8], authors: [0, 0, 0, 0] }
	]);
	const random = seededRandom(5);
	const person = new Person([], 1, anybody);
	const drawnFor = (question: string | null) => {
		person.asks(question);
		return person.next(ideas, random)!;
	};
	const [ofAll, ofA, ofB] = [drawnFor(null), drawnFor('a'), drawnFor('b')];
	assert.deepEqual([drawnFor(null), drawnFor('a'), drawnFor('b')], [ofAll, ofA, ofB]);
	// judged on another page that stood open
	assert.equal(person.judges(ofA.number), ofA.probability);
	assert.notEqual(drawnFor('a').number, ofA.number);
});
