import assert from 'node:assert/strict';
import test from 'node:test';
import { aCafe, type CafeWishes } from './examples.ts';
import { UnfitSeating, type Pair } from './input.ts';
import { seatEveryone } from './seating.ts';

const refused: [about: string, wishes: CafeWishes, code: string, sentence: RegExp][] = [
	['no rounds', { rounds: 0 }, 'no-rounds', /At least one round/],
	['one table', { tables: 1 }, 'one-table', /At least two tables/],
	['more tables than people', { people: 3, tables: 4 }, 'more-tables-than-people', /^4 tables for 3 people\.$/],
	['more hosts than tables', { guests: { p3: { host: 0 } }, hosts: 3 }, 'more-hosts-than-tables', /^4 hosts for 3 tables\.$/],
	['two hosts of a table', { guests: { p5: { host: 0 } }, hosts: 1 }, 'two-hosts', /^Table 1 has two hosts, p0 and p5\.$/],
	[
		'a table that is not there',
		{ guests: { p5: { host: 7 } } },
		'unknown-table',
		/^Person p5 is to sit at table 8; there are 3\.$/
	],
	['a person twice', { guests: { p5: { id: 'p4' } } }, 'person-twice', /^Person p4 stands in the list twice\.$/],
	[
		'a host pinned elsewhere',
		{ guests: { p0: { pins: [{ round: 1, table: 2 }] } }, hosts: 1 },
		'host-pinned-elsewhere',
		/hosts table 1 and is pinned to table 3 in round 2/
	],
	['too few chairs', { seats: [3, 4, 4] }, 'too-few-chairs', /^11 chairs for 12 people in round 1\.$/],
	['a pair with a stranger', { apart: [['p1', 'x']] }, 'unknown-person', /^There is no person x\.$/],
	[
		'a pair apart and together',
		{
			apart: [['p1', 'p3']],
			together: [
				['p1', 'p2'],
				['p2', 'p3']
			]
		},
		'apart-and-together',
		/^p1 and p3 are to sit apart and together\.$/
	],
	[
		'four apart at three tables',
		{
			apart: [
				['p1', 'p2'],
				['p1', 'p3'],
				['p1', 'p4'],
				['p2', 'p3'],
				['p2', 'p4'],
				['p3', 'p4']
			]
		},
		'apart-cannot-be-met',
		/p1, p2, p3, p4 are all to sit apart: that takes 4 tables, and there are 3\./
	],
	[
		'a pair apart, bound to one table',
		{ apart: [['p1', 'p5']], hosts: 2, guests: { p5: { pins: [{ round: 0, table: 1 }] } } },
		'apart-cannot-be-met',
		/^p1 and p5 are to sit apart and are both bound to table 2 in round 1\.$/
	],
	[
		'a guest whom no host may meet',
		{ hosts: 3, apart: [0, 1, 2].map((host): Pair => [`p${host}`, 'p7']) },
		'apart-cannot-be-met',
		/^p7 may sit at no table in round 1: at each is one of p0, p1, p2\.$/
	],
	[
		'parties that leave a table short',
		{
			people: 10,
			together: [0, 1, 2, 4, 5, 6].map((person): Pair => [`p${person}`, `p${person + 1}`])
		},
		'together-cannot-be-met',
		/^Those who are to sit together leave table \d too few people in round 1: p\d, p\d, p\d, p\d; p\d, p\d, p\d, p\d\.$/
	],
	[
		'a pin after the last round',
		{ guests: { p5: { pins: [{ round: 3, table: 0 }] } } },
		'unknown-round',
		/^Round 4 of person p5; there are 3\.$/
	],
	[
		'a table nobody understands',
		{
			languages: [['eo']],
			guests: Object.fromEntries(Array.from({ length: 12 }, (_, person) => [`p${person}`, { languages: ['en'] }]))
		},
		'languages-cannot-be-met',
		/^Table 1 finds 0 of 4 people of its languages in round 1\.$|No table of their language/
	]
];
for (const [about, wishes, code, sentence] of refused) {
	test(`refused by name: ${about}`, () => {
		assert.throws(
			() => seatEveryone(aCafe(wishes), { seed: 1, coolings: 2 }),
			(error) => error instanceof UnfitSeating && error.code === code && sentence.test(error.message)
		);
	});
}
