import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { projectFolder } from '#database/project.server.ts';

const folder = mkdtempSync(join(tmpdir(), 'open-talks-seat-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function seat(rows: readonly string[], words: readonly string[]) {
	const file = join(folder, 'people.csv');
	writeFileSync(file, `${rows.join('\r\n')}\r\n`);
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[...process.execArgv, join(projectFolder, 'src/cli/open-talks.ts'), 'seat', file, ...words],
		{ encoding: 'utf8' }
	);
	return { status, lines: stdout.trim().split('\n'), err: stderr };
}

interface LastLine {
	readonly rounds: readonly (readonly (readonly string[])[])[];
	readonly elapsedMs: number;
}

const people = [
	'id;name;group;region;languages;host',
	...Array.from(
		{ length: 12 },
		(_, place) => `${place + 1};"Person; ${place + 1}";${place % 2 ? 'a' : 'b'};;en fr;${place < 3 ? place + 1 : ''}`
	)
];

test('a list is seated, and the last line says how well', () => {
	const { status, lines, err } = seat(people, ['--tables', '3', '--rounds', '2', '--apart', '4:5,6:7', '--json']);
	assert.deepEqual([status, err, lines.length], [0, '', 1]);
	const { rounds, elapsedMs, ...figures } = JSON.parse(lines[0]!) as LastLine;
	assert.ok(elapsedMs >= 0);
	assert.deepEqual(figures, {
		...{ repeatedMeetings: 3, lowerBound: 3, mix: { group: { off: 0, bound: 0 } }, worstPerson: 5, method: 'search' },
		...{ worstPersonBound: 5, provenBest: { repeatedMeetings: true, mix: true, worstPerson: true } },
		...{ unmet: { apart: [], together: [] }, moves: null }
	});
	for (const tables of rounds) {
		assert.deepEqual(
			tables.map(([host]) => host),
			['1', '2', '3']
		);
		for (const table of tables) {
			assert.equal(table.length, 4);
			for (const pair of [
				['4', '5'],
				['6', '7']
			])
				assert.ok(!pair.every((id) => table.includes(id)));
		}
	}
});

test('without --json people are named at their tables, and hosts may be named on the command line', () => {
	const { status, lines } = seat(
		people.map((row) => row.replace(/\d*$/, '')),
		['--tables', '3', '--rounds', '2', '--hosts', '9,8']
	);
	assert.equal(status, 0);
	assert.equal(lines[0], 'Round 1');
	assert.match(lines[1]!, /^ {2}table 1: .*9 Person; 9/);
	assert.match(lines[2]!, /^ {2}table 2: .*8 Person; 8/);
});

const wrongs: [words: string[], status: number, sentence: RegExp][] = [
	[['--tables', '3', '--rounds', '0'], 1, /^At least one round is needed\.\n$/],
	[['--tables', '3'], 2, /^--rounds is needed\./],
	[['--tables', 'many', '--rounds', '2'], 2, /^--tables is "many"; it is to be a whole number, 0 to 10000\.\n/],
	[['--tables', '999999999', '--rounds', '2'], 2, /^--tables is "999999999"; it is to be a whole number, 0 to 10000\.\n/],
	[['--tables', '3', '--rounds', '2', '--seed=-1'], 2, /^--seed is "-1"; it is to be a whole number, 0 to 4294967295\.\n/],
	[['--tables', '3', '--rounds', '2', '--seconds', 'Infinity'], 2, /^--seconds is "Infinity", no number of seconds\.\n/],
	[['--tables', '3', '--rounds', '2', '--hosts', '1,1'], 2, /^--hosts names "1" twice\.\n/],
	[['--tables', '3', '--rounds', '2', '--hosts', '2'], 2, /^Person 2 hosts table 2 in the list and table 1 by --hosts\.\n/],
	[
		['--tables', '3', '--rounds', '2', '--apart', '4:1,4:2,4:3'],
		1,
		/^4 may sit at no table in round 1: at each is one of 1, 2, 3\.\n$/
	],
	[['--tables', '3', '--rounds', '2', '--hosts', 'nobody'], 2, /^--hosts names "nobody", who is not in the list\./],
	[['--tables', '3', '--rounds', '2', '--apart', '4:99'], 1, /^There is no person 99\.\n$/],
	[['--tables', '2', '--rounds', '2'], 1, /^3 hosts for 2 tables\.\n$/]
];
for (const [words, expected, sentence] of wrongs) {
	test(`seat ${words.join(' ')}: status ${expected}, and a sentence`, () => {
		const { status, err } = seat(people, words);
		assert.equal(status, expected);
		assert.match(err, sentence);
	});
}

const sheets: [about: string, rows: readonly string[], status: number, sentence: RegExp][] = [
	['rows without anything in them are passed over', ['id,name', '1,a', ',', '2,b', '3,', '4,', ',', ','], 0, /^$/],
	['a first line tells the delimiter', ['sep=;', 'id;name', '1;a,b', '2;b', '3;c', '4;d'], 0, /^$/],
	['a row without an id is refused', ['id,name', '1,a', ',b', '3,c', '4,d'], 2, /^Row 3 has no id\.\n/],
	['a person twice is refused', ['id', '1', '2', '2', '4'], 1, /^Person 2 stands in the list twice\.\n$/],
	['a column twice is refused', ['id,Id', '1,2', '2,3', '3,4', '4,5'], 2, /^The list has two columns "id"\.\n/],
	['a quotation mark that nothing closes is refused', ['id,name', '1,"a', '2,b'], 2, /^In row 2 a quotation mark is opened/]
];
for (const [about, rows, expected, sentence] of sheets) {
	test(about, () => {
		const { status, err } = seat(rows, ['--tables', '2', '--rounds', '1']);
		assert.equal(status, expected);
		assert.match(err, sentence);
	});
}

test('a list that is not there is refused in a sentence', () => {
	const missing = join(folder, 'missing.csv');
	const { status, stderr } = spawnSync(
		process.execPath,
		[...process.execArgv, join(projectFolder, 'src/cli/open-talks.ts'), 'seat', missing, '--tables', '2', '--rounds', '1'],
		{ encoding: 'utf8' }
	);
	assert.equal(status, 2);
	assert.match(stderr, /^The list cannot be read: ENOENT/);
});
