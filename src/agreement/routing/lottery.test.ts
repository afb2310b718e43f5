import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { anybody, firsts, shown, walk } from '#agreement/routing/examples.ts';
import { Person } from '#agreement/routing/person.ts';
import { seededRandom } from '#agreement/routing/random.ts';
import { SumTree } from '#agreement/routing/sum-tree.ts';
import { WeighedIdeas, type IdeasOfPart } from '#agreement/routing/weighed-ideas.ts';
import { coverage, exploration, uncertainty } from '#agreement/routing/weights.ts';

/** Ideas 1 to n of nobody, in English. */
const ideasUpTo = (n: number): IdeasOfPart[] => [
	{
		language: 'en',
		question: null,
		numbers: Array.from({ length: n }, (_, at) => at + 1),
		authors: Array.from({ length: n }, () => 0)
	}
];

test('a tree of sums finds the place of each part of the sum, whatever changed before', () => {
	fc.assert(
		fc.property(
			fc.array(fc.nat(9), { minLength: 1, maxLength: 70 }),
			fc.array(fc.tuple(fc.nat(), fc.nat(9)), { maxLength: 30 }),
			fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
			(weights, changes, share) => {
				const tree = new SumTree(weights);
				for (const [where, weight] of changes) tree.set(where % weights.length, (weights[where % weights.length] = weight));
				const total = weights.reduce((sum, weight) => sum + weight, 0);
				assert.equal(tree.total, total);
				if (total === 0) return;
				const place = tree.find(share * total);
				assert.ok(weights[place]! > 0);
				assert.equal(tree.at(place), weights[place]);
				// all places together take each their part of the sum
				const found = Array.from({ length: total }, (_, at) => tree.find(at + 0.5));
				for (const [at, weight] of weights.entries()) assert.equal(found.filter((one) => one === at).length, weight);
			}
		)
	);
});

test('the three factors: never nothing, less with each person heard, more for an even split', () => {
	fc.assert(
		fc.property(fc.nat(100_000), fc.double({ min: 0, max: 1, noNaN: true }), (people, share) => {
			const agree = Math.floor(share * people);
			for (const factor of [coverage(people), uncertainty(agree, people), exploration(people)]) assert.ok(factor > 0);
			assert.ok(coverage(people + 1) < coverage(people));
			assert.ok(exploration(people + 1) <= exploration(people));
			assert.ok(uncertainty(agree, people) <= uncertainty(people >> 1, people) + 1e-12);
		})
	);
	assert.deepEqual([coverage(0), coverage(5), coverage(20)], [1, 0.5, 0.2]);
	assert.deepEqual([exploration(0), exploration(8), exploration(16)], [8, 4.5, 2.75]);
	assert.equal(uncertainty(0, 0), 1);
	assert.ok(uncertainty(50, 100) > 2 * uncertainty(0, 100));
});

const world = fc.record({
	languages: fc.array(fc.constantFrom('en', 'fr', 'ar'), { minLength: 1, maxLength: 60 }),
	authors: fc.array(fc.nat(3), { minLength: 60, maxLength: 60 }),
	judged: fc.array(fc.integer({ min: 1, max: 70 }), { maxLength: 70 }),
	hidden: fc.array(fc.integer({ min: 1, max: 70 }), { maxLength: 10 }),
	samePoint: fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 21, max: 60 })), { maxLength: 5 }),
	counts: fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 60, maxLength: 60 }),
	cells: fc.array(fc.nat(30), { minLength: 60, maxLength: 60 }),
	reads: fc.subarray(['en', 'fr', 'ar']),
	groups: fc.subarray(['governments', 'civil-society']),
	isBlind: fc.boolean(),
	seed: fc.integer()
});

test('nobody is asked twice, about an idea of their own, or about one that cannot be seen; and about every other at last', () => {
	fc.assert(
		fc.property(world, ({ languages, authors, judged, hidden, samePoint, counts, cells, reads, groups, isBlind, seed }) => {
			const all = languages.map((language, at) => ({ language, number: at + 1, author: authors[at]! }));
			const numbers = all.map(({ number }) => number);
			const standsFor = new Map(
				samePoint.filter(([one, other]) => one <= numbers.length && other <= numbers.length).map(([one, other]) => [other, one])
			);
			const ideas = new WeighedIdeas(
				['ar', 'en', 'fr'].map((language) => {
					const own = all.filter((idea) => idea.language === language);
					return { language, question: null, numbers: own.map(({ number }) => number), authors: own.map(({ author }) => author) };
				}),
				standsFor
			);
			ideas.setBlind(isBlind);
			const people = counts.map(([agree, others]) => agree + others);
			ideas.setCounts({ numbers, agree: counts.map(([agree]) => agree), people });
			ideas.setCells('governments', { numbers, people: cells });
			for (const number of hidden) ideas.hide(number);
			const before = judged.slice(0, judged.length >> 1);
			const person = new Person(before, 2, { reads, groups });
			const random = seededRandom(seed);
			person.next(ideas, random);
			for (const number of judged) person.judges(number);
			const drawn = walk(person, ideas, random);

			const point = (number: number) => standsFor.get(number) ?? number;
			const [closed, gone] = [new Set(judged.map(point)), new Set(hidden.map(point))];
			const expected = all
				.filter(({ number, author }) => point(number) === number && author !== 2 && !closed.has(number) && !gone.has(number))
				.map(({ number }) => number);
			assert.deepEqual(
				drawn.map(({ number }) => number).sort((one, other) => one - other),
				expected
			);
			// the languages that they read, then the others; the last is certain, unless it was drawn before others were judged
			const isRead = (number: number) => reads.length === 0 || reads.includes(all[number - 1]!.language);
			const firstOther = drawn.findIndex(({ number }) => !isRead(number));
			if (firstOther >= 0) assert.ok(drawn.slice(firstOther).every(({ number }) => !isRead(number)));
			for (const { probability } of drawn) assert.ok(probability > 0 && probability <= 1);
			if (drawn.length > 1) assert.ok(Math.abs(drawn.at(-1)!.probability - 1) < 1e-9);
		})
	);
});

test('the probabilities told are those of the draws, and add up to one', () => {
	const ideas = shown(ideasUpTo(6));
	ideas.setCounts({ numbers: [1, 2, 3, 4, 5], agree: [40, 20, 3, 0, 9], people: [40, 40, 6, 20, 10] });
	const told = new Map<number, number>();
	const draws = 40_000;
	const random = seededRandom(3);
	const times = new Map<number, number>();
	for (let draw = 0; draw < draws; draw++) {
		// number 6 is judged: what is left is more probable
		const { number, probability } = new Person([6], 1, anybody).next(ideas, random)!;
		told.set(number, probability);
		times.set(number, (times.get(number) ?? 0) + 1);
	}
	const sum = [...told.values()].reduce((all, one) => all + one, 0);
	assert.ok(Math.abs(sum - 1) < 1e-9, String(sum));
	for (const [number, probability] of told) {
		const deviation = Math.sqrt((probability * (1 - probability)) / draws);
		assert.ok(Math.abs(times.get(number)! / draws - probability) < 5 * deviation, `idea ${number}`);
	}
});

test('who judged nearly everything draws from what remains, with the same probabilities', () => {
	const ideas = shown(ideasUpTo(3000));
	ideas.setCounts({ numbers: [2998, 2999], agree: [5, 30], people: [10, 60] });
	const most = Array.from({ length: 2997 }, (_, at) => at + 1);
	const told = new Map<number, number>();
	const random = seededRandom(5);
	for (let draw = 0; draw < 1500; draw++) {
		const { number, probability } = new Person(most, 1, anybody).next(ideas, random)!;
		told.set(number, probability);
	}
	const weights = [2998, 2999, 3000].map((number) => ideas.audienceOf([]).at(ideas.placeOf(number)));
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	for (const [at, weight] of weights.entries()) assert.ok(Math.abs(told.get(2998 + at)! - weight / total) < 1e-9);
	const last = walk(new Person(most, 1, anybody), ideas);
	assert.deepEqual(new Set(last.map(({ number }) => number)), new Set([2998, 2999, 3000]));
});

test('an estimate weighed by the probabilities of the draws is what all would have said, though the lottery favours some', () => {
	const ideas = shown(ideasUpTo(50));
	const numbers = Array.from({ length: 50 }, (_, at) => at + 1);
	ideas.setCounts({ numbers, agree: numbers.map((n) => n % 7), people: numbers.map((n) => 2 * n) });
	const says = (number: number) => (number <= 10 ? 1 : 0);
	const random = seededRandom(11);
	let [plain, weighed] = [0, 0];
	const draws = 20_000;
	for (let draw = 0; draw < draws; draw++) {
		const { number, probability } = new Person([], 1, anybody).next(ideas, random)!;
		plain += says(number) / draws;
		weighed += says(number) / probability / 50 / draws;
	}
	assert.ok(plain > 0.4, String(plain));
	assert.ok(Math.abs(weighed - 0.2) < 0.02, String(weighed));
});

test('the idea on which the own group was heard least is favoured; who states none is asked for the weakest group', () => {
	const ideas = shown(ideasUpTo(2));
	ideas.setCounts({ numbers: [1, 2], agree: [15, 15], people: [30, 30] });
	ideas.setCells('governments', { numbers: [1, 2], people: [0, 20] });
	ideas.setCells('civil-society', { numbers: [1, 2], people: [25, 5] });
	const share = (groups: string[]) => (firsts(ideas, 3000, () => new Person([], 1, { reads: [], groups })).get(1) ?? 0) / 3000;
	assert.ok(share(['governments']) > 0.78);
	assert.ok(share(['civil-society']) < 0.3);
	// of both: the governments were heard less
	assert.ok(share(['civil-society', 'governments']) > 0.78);
	// the weakest: 0 of the governments on 1, 5 of civil society on 2
	assert.ok(Math.abs(share([]) - 2 / 3) < 0.05);
	// of a group of which nothing is published, all ideas are alike
	assert.ok(Math.abs(share(['academia']) - 0.5) < 0.05);
});

test('of three equal ideas the new one is asked first, and of two known ones that on which people are divided', () => {
	const ideas = shown(ideasUpTo(3));
	ideas.setCounts({ numbers: [1, 2, 3], agree: [40, 20, 0], people: [40, 40, 0] });
	const times = firsts(ideas, 2000, () => new Person([], 1, anybody));
	assert.ok(times.get(3)! > 1500);
	assert.ok(times.get(2)! > 2 * (times.get(1) ?? 0));
});

test('while opinions are blind every idea is as probable as the others, and no opinion changes it', () => {
	const ideas = new WeighedIdeas(ideasUpTo(4));
	const weights = () => [0, 1, 2, 3].map((place) => ideas.audienceOf(['governments']).at(place));
	ideas.setCounts({ numbers: [1, 2], agree: [9, 1], people: [9, 30] });
	ideas.setCells('governments', { numbers: [1], people: [9] });
	ideas.heard(3, true);
	assert.deepEqual(weights(), [1, 1, 1, 1]);
	const person = new Person([], 1, anybody);
	assert.equal(person.next(ideas, seededRandom(1))!.probability, 0.25);
	ideas.setBlind(false);
	assert.equal(new Set(weights()).size, 4);
	ideas.setBlind(true);
	assert.deepEqual(weights(), [1, 1, 1, 1]);
});

test('what a process hears at once weighs as what it would read', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()), { maxLength: 60 }), (said) => {
			const [hearing, reading] = [shown(ideasUpTo(9)), shown(ideasUpTo(9))];
			hearing.audienceOf([]);
			for (const [number, agrees] of said) hearing.heard(number, agrees);
			const numbers = Array.from({ length: 9 }, (_, at) => at + 1);
			const count = (number: number, of: boolean[]) =>
				said.filter(([one, agrees]) => one === number && of.includes(agrees)).length;
			const agree = numbers.map((number) => count(number, [true]));
			reading.setCounts({ numbers, agree, people: numbers.map((number) => count(number, [true, false])) });
			for (let place = 0; place < 9; place++) assert.equal(hearing.audienceOf([]).at(place), reading.audienceOf([]).at(place));
		})
	);
});

test('the same seed draws the same, and what was drawn stays until it is judged, hidden or of another language', () => {
	const ideas = shown(ideasUpTo(200));
	const order = () => walk(new Person([], 1, anybody), ideas, seededRandom(9)).map(({ number }) => number);
	assert.deepEqual(order(), order());
	const person = new Person([], 1, anybody);
	const random = seededRandom(2);
	const first = person.next(ideas, random)!;
	for (let number = 1; number <= 200; number++) if (number !== first.number) ideas.heard(number, false);
	assert.deepEqual(person.next(ideas, random), first);
	assert.equal(person.judges(first.number === 1 ? 2 : 1), null);
	assert.deepEqual(person.next(ideas, random), first);
	// new ideas came in: it still stands
	const more = shown(ideasUpTo(201));
	more.remember(ideas);
	assert.deepEqual(person.next(more, random), first);
	more.hide(first.number);
	assert.notEqual(person.next(more, random)!.number, first.number);
	const second = person.next(more, random)!;
	assert.equal(person.judges(second.number), second.probability);
});
