import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opinionsIn, UnreadableFile } from './strict.ts';

const comments = [
	'timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body',
	'1,Mon,7,3,1,0,1,"One\r\nidea"',
	'2,Mon,2,3,0,0,-1,Other'
];
const votes = ['timestamp,datetime,comment-id,voter-id,vote', '9,Mon,7,12,1', '8,Mon,2,4,-1', '9,Mon,7,12,1'];

function refusedOf(files: Record<string, string>): [string, number | null, string] {
	try {
		opinionsIn({ 'comments.csv': comments.join('\n'), 'votes.csv': votes.join('\n'), ...files });
	} catch (error) {
		assert.ok(error instanceof UnreadableFile);
		return [error.file, error.line, error.message];
	}
	throw new Error('was taken');
}

test('the rows of a conversation are taken as they stand, with the mark of Windows and line ends of any kind', () => {
	for (const end of ['\n', '\r\n', '\r']) {
		const found = opinionsIn({
			'comments.csv': `\ufeff${comments.join(end)}${end}`,
			'votes.csv': `\ufeff${votes.join(end)}${end}${end}`,
			'participants-votes.csv': `participant,group-id${end}99,${end}4,0`
		});
		assert.deepEqual(found.ideas, [
			{ id: 2, isHidden: true },
			{ id: 7, isHidden: false }
		]);
		assert.deepEqual(found.people, [4, 12, 99]);
		assert.deepEqual(
			[[...found.person], [...found.idea], [...found.value], [...found.time]],
			[
				[1, 0, 1],
				[1, 0, 1],
				[1, -1, 1],
				[9, 8, 9]
			]
		);
	}
});

test('what cannot be counted is told by file and line', () => {
	const row = (line: string) => ({ 'votes.csv': [...votes, line].join('\n') });
	assert.deepEqual(refusedOf(row('9,Mon,7,12,2')), ['votes.csv', 5, 'votes.csv, line 5: the vote is "2", none of 1, 0 and -1']);
	assert.deepEqual(refusedOf(row('9,Mon,8,12,1')), ['votes.csv', 5, 'votes.csv, line 5: there is no comment 8 in comments.csv']);
	assert.deepEqual(refusedOf(row('9,Mon,7,\0,1')), [
		'votes.csv',
		5,
		'votes.csv, line 5: voter-id is "\\u{0}", no whole number below 2^53'
	]);
	assert.equal(refusedOf(row('9,Mon,7,12'))[1], 5);
	assert.equal(refusedOf(row('9,"Mon,7,12,1\n'))[1], 5);
	assert.equal(refusedOf(row(`9,Mon,${'7'.repeat(10_000_000)},12,1`))[2].length, 104);
	assert.equal(refusedOf(row('9,Mon,7,9007199254740993,1'))[1], 5, 'two people would be one');
	assert.equal(refusedOf({ 'votes.csv': '' })[2], 'votes.csv, line 1: there is no column "comment-id"');
	assert.deepEqual(refusedOf({ 'comments.csv': [...comments, '3,Mon,x,3,0,0,1,Third'].join('\n') }).slice(0, 2), [
		'comments.csv',
		5
	]);
	assert.deepEqual(refusedOf({ 'comments.csv': [...comments, '3,Mon,7,3,0,0,-1,One'].join('\n') }).slice(0, 2), [
		'comments.csv',
		5
	]);
	assert.deepEqual(refusedOf({ 'participants-votes.csv': 'participant\n1\nsomebody' }).slice(0, 2), [
		'participants-votes.csv',
		3
	]);
});

test('ids may be large, below nothing and far apart, as the files have them', () => {
	const files = {
		'comments.csv': 'comment-id,extra,moderated\n-3,x,1\n9007199254740991,y,0',
		'votes.csv': 'vote,voter-id,comment-id\n1,-1,-3\n-1,9007199254740990,9007199254740991'
	};
	const { ideas, people, value } = opinionsIn(files);
	assert.deepEqual(
		ideas.map(({ id }) => id),
		[-3, 9007199254740991]
	);
	assert.deepEqual(
		[people, [...value]],
		[
			[-1, 9007199254740990],
			[1, -1]
		]
	);
});

test('a text of ten megabytes and a NUL in it are none of our business', () => {
	const found = opinionsIn({
		'comments.csv': [...comments, `3,Mon,9,3,0,0,1,"${'long \0'.repeat(2_000_000)}"`].join('\n'),
		'votes.csv': votes.join('\n')
	});
	assert.equal(found.ideas.length, 3);
});
