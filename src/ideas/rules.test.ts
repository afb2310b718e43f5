import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { placeOf, type Place } from '#ideas/comments/comment.ts';
import { anIdea } from '#ideas/examples.ts';
import { isAuthor, isWordingOpen, mayChange, maySuggest, mayWithdraw, sortToShow } from '#ideas/idea.ts';
import { counted, howMany, sharesOf, type OpinionValue } from '#ideas/opinions/opinion.ts';

const author = { participantNumber: 7, contributionId: null };
const stranger = { participantNumber: 8, contributionId: null };
const nobody = { participantNumber: null, contributionId: null };

test('an author is known by their participant or by the code of the receipt, and by nothing else', () => {
	const idea = anIdea();
	assert.equal(isAuthor(author, idea), true);
	assert.equal(isAuthor({ participantNumber: null, contributionId: idea.contributionId }, idea), true);
	assert.equal(isAuthor(stranger, idea), false);
	assert.equal(isAuthor(nobody, anIdea({ participantNumber: null, contributionId: null })), false);
});

test('a wording is open until the first opinion of somebody else', () => {
	assert.deepEqual([0, 1, 12].map(isWordingOpen), [true, false, false]);
});

test('an author may mend what is held, take back what is hidden, and do nothing with what was taken back', () => {
	const states = [null, 'held', 'hidden', 'withdrawn', 'erased'] as const;
	assert.deepEqual(
		states.map((concealed) => [mayChange(author, anIdea({ concealed })), mayWithdraw(author, anIdea({ concealed }))]),
		[
			[true, true],
			[true, true],
			[false, true],
			[false, false],
			[false, false]
		]
	);
});

test('a better wording comes from somebody else', () => {
	assert.deepEqual(
		[maySuggest(stranger, anIdea()), maySuggest(author, anIdea()), maySuggest(stranger, anIdea({ concealed: 'held' }))],
		[true, false, false]
	);
});

test('the order by support is not shown while results are blind', () => {
	assert.deepEqual(
		[sortToShow('supported', true), sortToShow('supported', false), sortToShow('discussed', false), sortToShow('x', true)],
		['supported', 'newest', 'discussed', 'newest']
	);
});

test('a thread is three replies deep; a further reply stands beside what it answers', () => {
	const thread: (Place & { id: string })[] = [];
	for (const number of [1, 2, 5, 9, 12]) thread.push({ id: `c${number}`, ...placeOf(number, thread.at(-1) ?? null) });
	assert.deepEqual(
		thread.map(({ parentId, depth, path }) => [parentId, depth, path.join('.')]),
		[
			[null, 0, '1'],
			['c1', 1, '1.2'],
			['c2', 2, '1.2.5'],
			['c5', 3, '1.2.5.9'],
			['c5', 3, '1.2.5.12']
		]
	);
});

test('counts after any sequence of opinions equal a recount of the last ones', () => {
	const given = fc.record({ participant: fc.integer({ min: 1, max: 5 }), value: fc.constantFrom<OpinionValue[]>(1, 0, -1) });
	fc.assert(
		fc.property(fc.array(given), (sequence) => {
			const last = new Map<number, OpinionValue>();
			let counts = { agree: 0, disagree: 0, pass: 0 };
			for (const { participant, value } of sequence) {
				counts = { ...counted(counts, value, last.get(participant) ?? null) };
				last.set(participant, value);
			}
			const values = [...last.values()];
			const of = (value: OpinionValue) => values.filter((one) => one === value).length;
			assert.deepEqual(counts, { agree: of(1), disagree: of(-1), pass: of(0) });
			assert.equal(howMany(counts), last.size);
		})
	);
});

test('shares are of all who gave an opinion', () => {
	assert.deepEqual(sharesOf({ agree: 3, disagree: 1, pass: 0 }), { agree: 0.75, disagree: 0.25, pass: 0 });
	assert.equal(sharesOf({ agree: 0, disagree: 0, pass: 0 }), null);
});
