import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { comment, commentOfTopic } from '#ideas/comments/commenting.server.ts';
import { commentsOn, commentsPage, lineTo, placeOfComment } from '#ideas/comments/pages.server.ts';
import { aCommentDraft, aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { branchesOn, type BranchesListed } from '#ideas/comments/folding.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { threadOrders, type ThreadOrder } from '#ideas/comments/thread.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

async function aThread() {
	const { topicId } = await anOpenTopic(database);
	await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	/** Says one thing after the other; each names what it answers. */
	const say = (...answered: (number | null)[]) =>
		inTransaction(database, async (transaction) => {
			for (const answers of answered)
				await comment(transaction, keys, aCommentDraft(topicId, 1, { answers, text: 'Secret words' }), aVisitor('reader'));
		});
	const decide = async (number: number, decision: 'hidden' | 'restored') => {
		const { id } = await commentOfTopic(database, topicId, number);
		const thing = { topicId, kind: 'comment', thingId: id } as const;
		await decideOn(database, thing, { decision, reason: 'spam', words: '' }, aModerator(topicId));
	};
	const pages = (wishes: { below?: readonly number[]; order?: ThreadOrder } = {}) => allPages(topicId, wishes);
	return { topicId, say, decide, pages };
}

async function allPages(topicId: string, wishes: { below?: readonly number[]; order?: ThreadOrder }) {
	const pages: BranchesListed[] = [];
	for (let from: string | null = null; pages.length === 0 || from !== null;) {
		const page: BranchesListed = await branchesOn(database, topicId, 1, { ...wishes, from });
		pages.push(page);
		from = page.next;
	}
	return pages;
}

const outline = ({ branches }: BranchesListed) =>
	branches.map(({ comments, folded }) => [comments.map(({ number }) => number), folded?.answers ?? 0]);
const headsIn = (pages: readonly BranchesListed[]) =>
	pages.flatMap(({ branches }) => branches.map(({ comments }) => comments[0]!.number));
const nones = (count: number) => Array.from({ length: count }, () => null);

test('what fits on one page is not folded', async () => {
	const { topicId, say } = await aThread();
	await say(null, 1, 2, 1, 4, 1, null, 7);
	assert.deepEqual(outline(await branchesOn(database, topicId, 1)), [
		[[1, 2, 3, 4, 5, 6], 0],
		[[7, 8], 0]
	]);
});

test('of a long branch the first two answers are shown, with how many there are, by whom and since when; all are on its own page', async () => {
	const { topicId, say } = await aThread();
	await say(null, 1, 2, 1, 1, null, 6, 6, 6, ...nones(20));
	await database.query(`update comments set side = 'against' where topic_id = $1 and comment_number in (4, 5)`, [topicId]);
	await database.query(
		`update participant_profiles set stakeholder_groups = '{academia}' where topic_id = $1 and participant_number = 2`,
		[topicId]
	);
	const first = await branchesOn(database, topicId, 1);
	assert.deepEqual(outline(first).slice(0, 3), [
		[[1, 2, 3], 4],
		[[6, 7, 8, 9], 0],
		[[10], 0]
	]);
	assert.equal(first.branches.flatMap(({ comments }) => comments).length, commentsPage);
	const { rows } = await database.query<{ at: Date }>(
		`select written_at as at from comments where topic_id = $1 and comment_number = 5`,
		[topicId]
	);
	assert.deepEqual(first.branches[0]!.folded, {
		answers: 4,
		newestAt: rows[0]!.at,
		for: 2,
		against: 2,
		groups: ['academia']
	});
	const { line, path } = await lineTo(database, topicId, { ideaNumber: 1, number: 1 });
	assert.deepEqual([line.map(({ number }) => number), path], [[1], [1]]);
	assert.deepEqual(outline(await branchesOn(database, topicId, 1, { below: path })), [
		[[2, 3], 0],
		[[4], 0],
		[[5], 0]
	]);
});

test('branches are read from the oldest, the newest, the one with the newest answer or the one with most answers', async () => {
	const { say, pages } = await aThread();
	await say(null, null, null, 2, 1, 2);
	const order = async (name: ThreadOrder) => headsIn(await pages({ order: name }));
	assert.deepEqual(await order('oldest'), [1, 2, 3]);
	assert.deepEqual(await order('newest'), [3, 2, 1]);
	assert.deepEqual(await order('active'), [2, 1, 3]);
	assert.deepEqual(await order('answered'), [2, 1, 3]);
});

test('a deep comment is known with all that it answers', async () => {
	const { topicId, say } = await aThread();
	await say(null, 1, 2, 3, 4);
	const numbers = async (number: number) =>
		(await lineTo(database, topicId, { ideaNumber: 1, number })).line.map((one) => one.number);
	assert.deepEqual(
		[await numbers(4), await numbers(5)],
		[
			[1, 2, 3, 4],
			[1, 2, 3, 5]
		]
	);
	await assert.rejects(lineTo(database, topicId, { ideaNumber: 2, number: 4 }), { code: 'not-found' });
	await assert.rejects(lineTo(database, topicId, { ideaNumber: 1, number: 99 }), { code: 'not-found' });
});

test('the address of a comment leads to the page of the idea where all fits on it, else to the branch', async () => {
	const { topicId, say } = await aThread();
	await say(...nones(20));
	assert.deepEqual(await placeOfComment(database, topicId, 3), { ideaNumber: 1, fitsOnAPage: true });
	await say(3);
	assert.deepEqual(await placeOfComment(database, topicId, 3), { ideaNumber: 1, fitsOnAPage: false });
	await assert.rejects(placeOfComment(database, topicId, 99), { code: 'not-found' });
});

test('what was hidden keeps its branch, tells nothing, and is gone when all below it is', async () => {
	const { topicId, say, decide, pages } = await aThread();
	await say(null, 1, 2, 2, 2, 2, ...nones(20));
	await decide(1, 'hidden');
	await decide(2, 'hidden');
	const first = await branchesOn(database, topicId, 1);
	assert.deepEqual(outline(first)[0], [[1, 2, 3], 4]);
	assert.deepEqual(
		first.branches[0]!.comments.map(({ text }) => text),
		[null, null, 'Secret words']
	);
	assert.deepEqual((await lineTo(database, topicId, { ideaNumber: 1, number: 2 })).path, [1, 2]);
	for (const order of threadOrders) assert.ok(headsIn(await pages({ order })).includes(1), order);
	for (const number of [3, 4, 5, 6]) await decide(number, 'hidden');
	assert.equal(headsIn(await pages()).includes(1), false);
	await assert.rejects(lineTo(database, topicId, { ideaNumber: 1, number: 2 }), { code: 'not-found' });
});

test('what is new since a comment is a list of its own, within a branch too', async () => {
	const { topicId, say, decide } = await aThread();
	await say(null, null, 1, 3, 2);
	await decide(3, 'hidden');
	const numbers = async (wishes: Parameters<typeof commentsOn>[3]) =>
		(await commentsOn(database, topicId, 1, wishes)).comments.map(({ number }) => number);
	assert.deepEqual(await numbers({ since: 2 }), [4, 5]);
	assert.deepEqual(await numbers({ since: 2, below: [2] }), [5]);
	assert.deepEqual(await numbers({ since: 5 }), []);
	assert.deepEqual(await numbers({}), [1, 3, 4, 2, 5]);
});

const things = fc.array(fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: fc.nat(1000) }), {
	minLength: 30,
	maxLength: 90
});

test('whatever people say and moderators hide, each comment that can be seen is reached through folds, once in each order', async () => {
	await fc.assert(
		fc.asyncProperty(things, fc.array(fc.nat(1000), { maxLength: 20 }), async (said, hidden) => {
			const { topicId, say, decide, pages } = await aThread();
			await say(...said.map((answered, at) => (answered === null || at === 0 ? null : 1 + (answered % at))));
			const gone = new Set(hidden.map((one) => 1 + (one % said.length)));
			for (const number of gone) await decide(number, 'hidden');
			const seen = said.map((_, at) => at + 1).filter((number) => !gone.has(number));
			for (const order of threadOrders) {
				const met: number[] = [];
				const read = async (below: readonly number[]): Promise<void> => {
					for (const { branches } of await pages({ below, order })) {
						assert.ok(branches.flatMap(({ comments }) => comments).length <= commentsPage);
						for (const { comments, folded } of branches) {
							const shown = comments.filter(({ text }) => text !== null).map(({ number }) => number);
							if (!folded) {
								met.push(...shown);
								continue;
							}
							const { number, text } = comments[0]!;
							if (text !== null) met.push(number);
							const { path } = await lineTo(database, topicId, { ideaNumber: 1, number });
							const before = met.length;
							await read(path);
							assert.equal(met.length - before, folded.answers);
						}
					}
				};
				await read([]);
				assert.deepEqual(
					met.toSorted((one, other) => one - other),
					seen
				);
			}
		}),
		{ numRuns: 8 }
	);
});

test('who goes from page to page while others comment meets each branch once, in each order', async () => {
	for (const order of threadOrders) {
		const { topicId, say } = await aThread();
		await say(...nones(45), 3, 3, 40, 7, 12);
		const before = headsIn(await allPages(topicId, { order }));
		const met: number[] = [];
		for (let from: string | null = null, page = 0; page === 0 || from !== null; page++) {
			const list: BranchesListed = await branchesOn(database, topicId, 1, { order, from });
			met.push(...headsIn([list]));
			from = list.next;
			await say(null, 45, 1, 44, 2, 20, 20, 20, 20);
		}
		// those that came meanwhile may be met, where they stand behind
		assert.deepEqual(
			met.filter((number) => number <= 45),
			before,
			order
		);
		assert.equal(new Set(met).size, met.length);
	}
});
