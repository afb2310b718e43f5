import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clockOf, msOf, timestampOf, type Cue } from '#townhalls/captions/cue.ts';
import { cuesIn, voicesIn } from '#townhalls/captions/reading-cues.ts';

const cue = (startsMs: number, endsMs: number, text: string, speaker: string | null = null): Cue => ({
	startsMs,
	endsMs,
	speaker,
	text
});

test('reads WebVTT with a heading, notes, names of cues, settings and voices', () => {
	const read = cuesIn(
		'WEBVTT - Town hall\nKind: captions\n\nNOTE made by hand\nover two lines\n\nopening\n00:01.000 --> 00:04.500 align:start\n<v Ambassador Jones>Good <i>morning</i>,\nall &amp; sundry</v>\n\n01:00:04.500 --> 01:00:05.000\n- <v.loud Amina>Yes!</v> <v Li Wei>No.</v>\n'
	);
	assert.deepEqual(read, {
		cues: [
			cue(1000, 4500, 'Good morning, all & sundry', 'Ambassador Jones'),
			cue(3_604_500, 3_605_000, '-'),
			cue(3_604_500, 3_605_000, 'Yes!', 'Amina'),
			cue(3_604_500, 3_605_000, 'No.', 'Li Wei')
		],
		problems: []
	});
});

test('reads SubRip with a mark of byte order, lines of Windows, commas and names before the words', () => {
	const read = cuesIn(
		'\uFEFF1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}CHAIR: Welcome.\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\n>> AMINA DIALLO: We meet at 10: 30.\r\n'
	);
	assert.deepEqual(read.cues, [cue(1000, 2000, 'Welcome.', 'CHAIR'), cue(2000, 3000, 'We meet at 10: 30.', 'AMINA DIALLO')]);
	assert.deepEqual(read.problems, []);
});

test('tells what is wrong by its line and keeps the rest', () => {
	const read = cuesIn(
		[
			'WEBVTT',
			'',
			'00:00:01.000 --> 00:00:02.000',
			'one',
			'00:00:02.000 --> 00:00:03.000',
			'two, without an empty line before',
			'',
			'words without a time',
			'',
			'00:61:00.000 --> 00:62:00.000',
			'no such minute',
			'',
			'00:00:09.000 --> 00:00:08.000',
			'turned round',
			'',
			'00:00:10.000 --> 00:00:11.000',
			'',
			'00:00:12.000 --> soon',
			'no end',
			'',
			'00:00:13.000 --> 00:00:14.000',
			'x'.repeat(1001),
			'',
			'00:00:15.000 --> 00:00:16.000',
			'last'
		].join('\n')
	);
	assert.deepEqual(
		read.cues.map(({ text }) => text),
		['one', 'two, without an empty line before', 'last']
	);
	assert.deepEqual(read.problems, [
		{ line: 8, what: 'no-times' },
		{ line: 10, what: 'times-unreadable' },
		{ line: 13, what: 'ends-before' },
		{ line: 16, what: 'no-words' },
		{ line: 18, what: 'times-unreadable' },
		{ line: 21, what: 'too-long' }
	]);
});

test('an empty file and one of another kind have no cues', () => {
	assert.deepEqual(cuesIn(''), { cues: [], problems: [] });
	assert.deepEqual(cuesIn('Dear all,\nplease find attached'), { cues: [], problems: [{ line: 1, what: 'no-times' }] });
});

test('goes on over midnight, in the order of the file and in reverse', () => {
	const files = ['23:59:58.000 --> 23:59:59.000\na', '23:59:59.000 --> 00:00:01.000\nb', '00:00:01.000 --> 00:00:02.000\nc'];
	const expected = [cue(86_398_000, 86_399_000, 'a'), cue(86_399_000, 86_401_000, 'b'), cue(86_401_000, 86_402_000, 'c')];
	assert.deepEqual(cuesIn(files.join('\n\n')).cues, expected);
	assert.deepEqual(cuesIn([...files].reverse().join('\n\n')).cues, expected);
});

test('a name is taken from before the words only where it looks like one', () => {
	assert.deepEqual(voicesIn('Mr. O’Neil-Katz: yes'), [{ speaker: 'Mr. O’Neil-Katz', text: 'yes' }]);
	assert.deepEqual(voicesIn('رئيس الجلسة: أهلا'), [{ speaker: 'رئيس الجلسة', text: 'أهلا' }]);
	assert.deepEqual(voicesIn('主席：欢迎'), [{ speaker: '主席', text: '欢迎' }]);
	assert.deepEqual(voicesIn('and then: nothing'), [{ speaker: null, text: 'and then: nothing' }]);
	assert.deepEqual(voicesIn('See https://example.org'), [{ speaker: null, text: 'See https://example.org' }]);
	assert.deepEqual(voicesIn('If a < b and b > c'), [{ speaker: null, text: 'If a < b and b > c' }]);
});

const cues = fc.array(
	fc.record({
		startsMs: fc.nat(20_000_000),
		lasts: fc.integer({ min: 1, max: 60_000 }),
		text: fc.stringMatching(/^[a-z]{1,9}( [a-z]{1,9}){0,5}$/),
		speaker: fc.option(fc.stringMatching(/^[A-Z][a-z]{1,9}( [A-Z][a-z]{1,9})?$/))
	}),
	{ maxLength: 40 }
);

test('what is written as WebVTT is read as it was, whatever the order of the file and its line ends', () => {
	fc.assert(
		fc.property(cues, fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), (given, end, withMark) => {
			const blocks = given.map(
				({ startsMs, lasts, text, speaker }) =>
					`${timestampOf(startsMs)} --> ${timestampOf(startsMs + lasts)}${end}${speaker === null ? text : `<v ${speaker}>${text}`}`
			);
			const read = cuesIn([`${withMark ? '\uFEFF' : ''}WEBVTT`, ...blocks].join(end + end));
			const expected = new Set(
				given.map(({ startsMs, lasts, text, speaker }) => JSON.stringify([startsMs, startsMs + lasts, speaker, text]))
			);
			assert.deepEqual(read.problems, []);
			assert.deepEqual(
				new Set(read.cues.map((one) => JSON.stringify([one.startsMs, one.endsMs, one.speaker, one.text]))),
				expected
			);
			assert.equal(read.cues.length, expected.size);
			for (const [at, { startsMs }] of read.cues.entries()) assert.ok(at === 0 || read.cues[at - 1]!.startsMs <= startsMs);
		})
	);
});

test('no text makes it fail, and a good cue between any lines is found', () => {
	fc.assert(
		fc.property(
			fc.array(fc.string({ unit: 'binary', maxLength: 30 })),
			fc.array(fc.string({ maxLength: 30 })),
			(above, below) => {
				const file = [
					...above.filter((line) => !line.includes('-->')),
					'',
					'00:01.000 --> 00:02.000',
					'here it is',
					'',
					...below
				];
				assert.ok(cuesIn(file.join('\n')).cues.some(({ text }) => text === 'here it is'));
			}
		)
	);
});

test('times are written as they are read', () => {
	fc.assert(fc.property(fc.nat(359_999_999), (ms) => msOf(timestampOf(ms)) === ms));
	assert.equal(clockOf(65_000), '1:05');
	assert.equal(clockOf(3_725_999), '1:02:05');
	assert.equal(msOf('1:99'), null);
});
