import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { inTransaction } from '#database/connection.server.ts';
import { someoneWaits, testDatabase } from '#database/test-database.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { editIdea } from '#ideas/editing.server.ts';
import { aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { opinionWords, type Opinion } from '#ideas/opinions/opinion.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { joinOpinions } from '#ideas/opinions/writing.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const batcher = new OpinionBatcher(database, keys);

const give = (topicId: string, who: string, ideaNumber: number, opinion: Opinion) =>
	batcher.give(topicId, aVisitor(who), { ideaNumber, opinion, seen: null });

async function topicWithIdeas(howMany: number, stage = {}) {
	const { topicId } = await anOpenTopic(database, stage);
	const ideas = [];
	for (let at = 0; at < howMany; at++) ideas.push(await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author')));
	return { topicId, ideas };
}

async function counts(topicId: string) {
	const { rows } = await database.query<{ number: number; agree: number; disagree: number; pass: number }>(
		`select idea_number as number, agree, disagree, pass from idea_counts where topic_id = $1 order by idea_number`,
		[topicId]
	);
	return rows.map(({ number, agree, disagree, pass }) => [number, agree, disagree, pass]);
}

/** What the counts must be, read from the opinions themselves. */
async function recount(topicId: string) {
	const { rows } = await database.query<{ number: number; agree: number; disagree: number; pass: number }>(
		`select i.idea_number as number, count(*) filter (where value = 1) as agree, count(*) filter (where value = -1) as disagree,
			count(*) filter (where value = 0) as pass
		from ideas i
		left join opinions o using (topic_id, idea_number)
		where i.topic_id = $1
		group by i.idea_number
		order by i.idea_number`,
		[topicId]
	);
	return rows.map(({ number, agree, disagree, pass }) => [number, agree, disagree, pass]);
}

test('opinions of two hundred new visitors at once: each one once, each one counted', async () => {
	const { topicId } = await topicWithIdeas(3);
	const participants = await Promise.all(
		Array.from({ length: 200 }, (_, at) => give(topicId, `visitor ${at}`, (at % 3) + 1, opinionWords[at % 2]!))
	);
	assert.equal(new Set(participants).size, 200);
	const { rows } = await database.query(`select count(*), max(participant_number) from participants where topic_id = $1`, [
		topicId
	]);
	assert.deepEqual(rows, [{ count: 201, max: 201 }]);
	assert.deepEqual(await counts(topicId), await recount(topicId));
	assert.equal(
		(await counts(topicId)).flatMap(([, ...said]) => said).reduce((sum, n) => sum + n),
		200
	);
});

test('a person has one opinion on an idea, and the last one holds, however fast they click', async () => {
	const { topicId } = await topicWithIdeas(1);
	const clicks: Opinion[] = ['agree', 'pass', 'disagree', 'agree', 'disagree'];
	const answers = await Promise.all(clicks.map((opinion) => give(topicId, 'clicker', 1, opinion)));
	assert.deepEqual(new Set(answers).size, 1);
	assert.deepEqual(await counts(topicId), [[1, 0, 1, 0]]);
	for (const opinion of clicks.slice(0, 4)) await give(topicId, 'clicker', 1, opinion);
	assert.deepEqual(await counts(topicId), [[1, 1, 0, 0]]);
});

test('what cannot be taken is refused, beside what is taken in the same batch', async () => {
	const { topicId, ideas } = await topicWithIdeas(3);
	const moderator = aModerator(topicId);
	const thing = { topicId, kind: 'idea', thingId: ideas[1]!.receipt.contributionId } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, moderator);
	const outcomes = await Promise.allSettled([1, 2, 3, 77].map((number) => give(topicId, 'reader', number, 'agree')));
	assert.deepEqual(
		outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'taken' : (outcome.reason as { code: string }).code)),
		['taken', 'not-found', 'taken', 'not-found']
	);
});

test('a stage that closed one second ago takes no opinions, and nobody becomes a participant by one', async () => {
	const { topicId } = await topicWithIdeas(1);
	await database.query(`update stages set closes_at = clock_timestamp() - interval '1 second' where topic_id = $1`, [topicId]);
	await assert.rejects(give(topicId, 'late', 1, 'agree'), { code: 'stage-closed' });
	await assert.rejects(give(topicId, 'author', 1, 'agree'), { code: 'stage-closed' });
	await database.query(
		`insert into stage_changes (topic_id, stage_id, version, opens_at, closes_at, changed_at)
		select topic_id, stage_id, 1, opens_at, clock_timestamp() + interval '1 hour', clock_timestamp() from stages where topic_id = $1`,
		[topicId]
	);
	await give(topicId, 'late', 1, 'agree');
	const { rows } = await database.query(`select participant_number as number from participants where topic_id = $1`, [topicId]);
	assert.equal(rows.length, 2);
});

test('an idea of another topic cannot be reached, nor an unknown topic', async () => {
	const [one, other] = [await topicWithIdeas(1), await topicWithIdeas(2)];
	await assert.rejects(give(one.topicId, 'reader', 2, 'agree'), { code: 'not-found' });
	await give(other.topicId, 'reader', 2, 'agree');
	await assert.rejects(give(uuidv7(), 'reader', 1, 'agree'), { code: 'not-found' });
	await assert.rejects(
		batcher.give(one.topicId, { kind: 'visitor', visitorId: null }, { ideaNumber: 1, opinion: 'agree', seen: null }),
		{
			code: 'no-visitor'
		}
	);
});

test('a number that no column holds fails alone and takes nobody with it', async () => {
	const { topicId } = await topicWithIdeas(1);
	await give(topicId, 'known', 1, 'pass');
	const outcomes = await Promise.allSettled([
		give(topicId, 'known', 1, 'agree'),
		batcher.give(topicId, aVisitor('known'), { ideaNumber: 2 ** 40, opinion: 'agree', seen: null }),
		give(topicId, 'other', 1, 'agree')
	]);
	assert.deepEqual(
		outcomes.map(({ status }) => status),
		['fulfilled', 'rejected', 'fulfilled']
	);
	assert.deepEqual(await counts(topicId), [[1, 2, 0, 0]]);
});

test('the wording is fixed by the first opinion of somebody else, not by that of its author', async () => {
	const { topicId } = await topicWithIdeas(1);
	const author = { claim: { participantNumber: 1, contributionId: null }, actor: aVisitor('author') };
	const wording = { point: 'First wording', explanation: '', sources: '' };
	await give(topicId, 'author', 1, 'agree');
	await editIdea(database, { topicId, number: 1, seen: 1 }, wording, author);
	await give(topicId, 'reader', 1, 'disagree');
	await assert.rejects(editIdea(database, { topicId, number: 1, seen: 2 }, { ...wording, point: 'Second' }, author), {
		code: 'wording-fixed'
	});
	const { rows } = await database.query(
		`select participant_number as who, idea_version as version from opinions where topic_id = $1 order by 1`,
		[topicId]
	);
	assert.deepEqual(rows, [
		{ who: 1, version: 1 },
		{ who: 2, version: 2 }
	]);
});

test('an opinion on a wording that was replaced meanwhile is refused, beside what is taken, and its person does not become a participant', async () => {
	const { topicId } = await topicWithIdeas(2);
	const author = { claim: { participantNumber: 1, contributionId: null }, actor: aVisitor('author') };
	await editIdea(database, { topicId, number: 1, seen: 1 }, { point: 'Other words', explanation: '', sources: '' }, author);
	await give(topicId, 'known', 2, 'agree');
	const judge = (who: string, ideaNumber: number, seen: number) =>
		batcher.give(topicId, aVisitor(who), { ideaNumber, opinion: 'agree', seen });
	const outcomes = await Promise.allSettled([
		judge('known', 1, 1),
		judge('new', 1, 1),
		judge('newer', 1, 2),
		judge('third', 1, 3),
		judge('newest', 2, 1)
	]);
	assert.deepEqual(
		outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'taken' : (outcome.reason as { code: string }).code)),
		['changed-meanwhile', 'changed-meanwhile', 'taken', 'changed-meanwhile', 'taken']
	);
	assert.deepEqual(await counts(topicId), [
		[1, 1, 0, 0],
		[2, 2, 0, 0]
	]);
	const { rows } = await database.query(`select from participants where topic_id = $1`, [topicId]);
	assert.equal(rows.length, 4);
});

test('an opinion that waits while its idea is reworded is refused, or counts for the new words where none were named', async () => {
	const { topicId } = await topicWithIdeas(2);
	const author = { claim: { participantNumber: 1, contributionId: null }, actor: aVisitor('author') };
	await give(topicId, 'known', 2, 'agree');
	const reworded = async (version: number, who: string, seen: number | null) => {
		let given: Promise<unknown> = Promise.resolve();
		await inTransaction(database, async (transaction) => {
			const wording = { point: `Words that replace version ${version}`, explanation: '', sources: '' };
			await editIdea(transaction, { topicId, number: 1, seen: version }, wording, author);
			given = batcher
				.give(topicId, aVisitor(who), { ideaNumber: 1, opinion: 'agree', seen })
				.catch(({ code }: { code: string }) => code);
			await someoneWaits(database);
		});
		return given;
	};
	assert.equal(await reworded(1, 'known', 1), 'changed-meanwhile');
	assert.equal(await reworded(2, 'newcomer', 2), 'changed-meanwhile');
	assert.deepEqual(await counts(topicId), [
		[1, 0, 0, 0],
		[2, 1, 0, 0]
	]);
	assert.equal((await database.query(`select from participants where topic_id = $1`, [topicId])).rowCount, 2);
	assert.equal(await reworded(3, 'known', null), 2);
	const { rows } = await database.query(`select idea_version as version from opinions where topic_id = $1 and idea_number = 1`, [
		topicId
	]);
	assert.deepEqual(rows, [{ version: 4 }]);
	assert.deepEqual(await counts(topicId), await recount(topicId));
});

test('counts equal a recount after any sequence of opinions, refused ones and joined people among them', async () => {
	const given = fc.record({
		who: fc.integer({ min: 1, max: 6 }),
		idea: fc.integer({ min: 1, max: 4 }),
		opinion: fc.constantFrom(...opinionWords)
	});
	await fc.assert(
		fc.asyncProperty(fc.array(fc.array(given, { maxLength: 12 }), { maxLength: 5 }), fc.boolean(), async (bursts, joining) => {
			const { topicId } = await topicWithIdeas(3);
			for (const burst of bursts)
				await Promise.allSettled(burst.map(({ who, idea, opinion }) => give(topicId, `person ${who}`, idea, opinion)));
			assert.deepEqual(await counts(topicId), await recount(topicId));
			if (!joining) return;
			const { rows } = await database.query<{ number: number }>(
				`select distinct participant_number as number from opinions where topic_id = $1 order by 1 limit 2`,
				[topicId]
			);
			if (rows.length < 2) return;
			await inTransaction(database, (transaction) =>
				joinOpinions(transaction, topicId, { from: rows[1]!.number, into: rows[0]!.number })
			);
			assert.deepEqual(await counts(topicId), await recount(topicId));
		}),
		{ numRuns: 25 }
	);
});
