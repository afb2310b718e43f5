import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { follow } from '#contributions/following.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { aCommentDraft, anIdeaDraft, aVisitor } from '#ideas/examples.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { aNewsroom, aTalkOfSix } from '#newsroom/notices/examples.server.ts';
import { noticesOf } from '#newsroom/notices/writing.server.ts';
import { sendNews } from '#newsroom/sending-news.server.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';

const database = await testDatabase();
const newsroom = await aNewsroom(database);
const { keys, wishes } = newsroom;

let talk: Awaited<ReturnType<typeof aTalkOfSix>>;
beforeEach(async () => {
	talk = await aTalkOfSix(database, newsroom);
});

test('with the news it comes in one mail of the day, alone where there is no news, and never an empty one', async () => {
	const { aNotice, sent, spread, mailsOf, receivers, topicId, mark, people, address } = talk;
	const { number, receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), people[0]!);
	const participant = (await seenParticipant(database, keys, topicId, people[0]!))!;
	const thing = { topicId, kind: 'idea', thingId: receipt.contributionId } as const;
	await inTransaction(database, (transaction) => follow(transaction, thing, participant.number));
	await comment(database, keys, aCommentDraft(topicId, number), aVisitor(mark));
	for (const change of [
		`followers set since = since - interval '1 hour'`,
		`comments set written_at = written_at - interval '5 minutes'`
	])
		await database.query(`update ${change} where topic_id = $1`, [topicId]);
	const noticeId = await aNotice();
	await sent(noticeId, 'digest');
	await spread(noticeId);
	assert.deepEqual(await receivers('notice'), []);
	await sendNews(database, wishes);
	await sendNews(database, wishes);
	const all = await mailsOf('news');
	assert.deepEqual(
		all.map(({ to }) => to),
		[0, 1, 2, 3, 4, 5].map(address)
	);
	assert.equal(all[0]!.subject, 'News of what you sent or follow: An open talk');
	const parts = all[0]!.body.split('\n\n');
	assert.equal(parts[0], 'Notice of the secretariat: An open talk\nStage two');
	assert.ok(all[0]!.body.includes('1 new comment'));
	assert.equal(all[1]!.subject, 'Deuxième étape – An open talk');
	assert.ok(!all[1]!.body.includes('commentaire'));

	// a second within the day waits for tomorrow's mail, and a third goes into the same
	const others = [await aNotice(), await aNotice()];
	for (const other of others) await sent(other, 'digest');
	await sendNews(database, wishes);
	assert.equal((await mailsOf('news')).length, 6);
	assert.equal((await noticesOf(database, topicId))[0]!.isComplete, false);
	await database.query(`update mails set queued_at = queued_at - interval '25 hours'`);
	await sendNews(database, wishes);
	const later = (await mailsOf('news')).filter(({ subject }) => subject === '2 notices of the secretariat');
	assert.equal(later.length, 5);
	assert.deepEqual(
		(await noticesOf(database, topicId)).map(({ isComplete }) => isComplete),
		[true, true, true]
	);
});
