import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { inTransaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { archiveTopic } from '#topics/archiving.server.ts';
import { copyTopic } from '#topics/copying.server.ts';
import { changeDeliverable, promiseDeliverable, setDeliverableState } from '#topics/deliverables.server.ts';
import { aSecretary, aWrittenStage, someWords } from '#topics/examples.ts';
import { addDocument, removeDocument } from '#topics/library.server.ts';
import { changeTopic, openTopic, publishTopic } from '#topics/opening.server.ts';
import { participantOf } from '#topics/participants.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import { topicAt, topicOf, topicsListed } from '#topics/reading.server.ts';
import { moveStage, setStages } from '#topics/staging.server.ts';
import { setTargets, targetsOf } from '#topics/targets.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { lacks } from '#topics/topic.ts';

// the first talk takes place: it is the 15th of October 2013, 12:00
const database = await testDatabase({ clockShift: Date.parse('2013-10-15T12:00Z') - Date.now() });
const folder = await mkdtemp(join(tmpdir(), 'topics-'));
after(() => rm(folder, { recursive: true }));
const keys = topicKeys({ folder, secret: 'a secret' });
const stranger = { kind: 'visitor', visitorId: randomUUID() } as const;

async function aPublishedTopic() {
	const { topicId, slug } = await openTopic(database, someWords(), aSecretary);
	await setQuestions(
		database,
		topicId,
		[{ questionId: null, texts: { text: { en: 'What is the role of governments?' } } }],
		aSecretary
	);
	await setStages(database, topicId, [aWrittenStage()], aSecretary);
	await publishTopic(database, topicId, aSecretary);
	return { topicId, slug };
}
const activity = async (topicId: string) =>
	(
		await database.query<{ did: string }>(`select did from activity where topic_id = $1 order by activity_id`, [topicId])
	).rows.map(({ did }) => did);

test('a topic is opened as a draft, gets an address from its title, and is public once it is published', async () => {
	const { topicId, slug } = await openTopic(database, someWords(), aSecretary);
	assert.equal(slug, 'international-internet-related-public-policy');
	await assert.rejects(topicAt(database, slug), { code: 'not-found' });
	assert.deepEqual(lacks(await topicAt(database, slug, { drafts: true })), ['questions', 'stages']);
	await assert.rejects(publishTopic(database, topicId, aSecretary), { code: 'topic-incomplete' });
	await setQuestions(database, topicId, [{ questionId: null, texts: { text: { en: 'Why?' } } }], aSecretary);
	await setStages(database, topicId, [aWrittenStage()], aSecretary);
	await publishTopic(database, topicId, aSecretary);
	await publishTopic(database, topicId, aSecretary);
	const topic = await topicAt(database, slug);
	assert.equal(topic.texts['title']?.[1]?.text, 'Politiques publiques internationales relatives à l’Internet');
	assert.equal(topic.questions[0]?.number, 1);
	assert.deepEqual(topic.stages[0]?.opensAt, new Date('2013-10-08T16:00Z'));
	assert.deepEqual(await activity(topicId), ['opened', 'set-questions', 'set-stages', 'published']);
});

test('two topics of the same title get addresses of their own', async () => {
	const words = someWords({ texts: { title: { en: 'Same title' }, summary: { en: 'x' } } });
	const made = [await openTopic(database, words, aSecretary), await openTopic(database, words, aSecretary)];
	assert.deepEqual(
		made.map(({ slug }) => slug),
		['same-title', 'same-title-2']
	);
	const arabic = await openTopic(
		database,
		someWords({ texts: { title: { ar: 'الإنترنت' } }, defaultLanguage: 'ar' }),
		aSecretary
	);
	assert.equal(arabic.slug, 'talk');
});

test('an old address leads to the topic, which shows the new one; the address of another topic is refused', async () => {
	const { topicId, slug } = await aPublishedTopic();
	await changeTopic(database, topicId, someWords({ address: 'internet' }), aSecretary);
	assert.equal((await topicAt(database, slug)).slug, 'internet');
	assert.equal((await topicAt(database, 'internet')).topicId, topicId);
	const other = await openTopic(database, someWords(), aSecretary);
	await assert.rejects(changeTopic(database, other.topicId, someWords({ address: slug }), aSecretary), { code: 'address-taken' });
	await assert.rejects(changeTopic(database, other.topicId, someWords({ address: 'No Way' }), aSecretary), {
		code: 'address-unusable'
	});
	await changeTopic(database, topicId, someWords({ address: slug }), aSecretary);
	assert.equal((await topicAt(database, 'internet')).slug, slug);
});

test('nobody but the secretariat changes a topic', async () => {
	const { topicId } = await aPublishedTopic();
	const withoutSecondFactor = { ...aSecretary, secondFactor: false };
	for (const actor of [stranger, withoutSecondFactor]) {
		await assert.rejects(openTopic(database, someWords(), actor), { code: 'not-allowed' });
		await assert.rejects(changeTopic(database, topicId, someWords(), actor), { code: 'not-allowed' });
		await assert.rejects(setQuestions(database, topicId, [], actor), { code: 'not-allowed' });
		await assert.rejects(setStages(database, topicId, [], actor), { code: 'not-allowed' });
		await assert.rejects(archiveTopic(database, keys, topicId, actor), { code: 'not-allowed' });
		await assert.rejects(copyTopic(database, topicId, actor), { code: 'not-allowed' });
	}
});

test('questions keep their identity when they are put into another order, and one that is answered stays', async () => {
	const { topicId, slug } = await aPublishedTopic();
	const [first] = (await topicAt(database, slug)).questions;
	const [second, same] = await setQuestions(
		database,
		topicId,
		[
			{ questionId: null, texts: { text: { en: 'Which key issues?' } } },
			{ questionId: first!.questionId, texts: { text: { en: 'What is the role of governments?', fr: 'Quel rôle ?' } } }
		],
		aSecretary
	);
	assert.equal(same, first!.questionId);
	assert.deepEqual(
		(await topicAt(database, slug)).questions.map(({ questionId, number }) => [questionId, number]),
		[
			[second, 1],
			[same, 2]
		]
	);
	await database.query(
		`
			insert into ideas (topic_id, idea_number, idea_id, question_id, channel, language, attribution, shuffle, published_at)
			values ($1, 1, $2, $3, 'web', 'en', 'anonymous', 0, now())`,
		[topicId, uuidv7(), same]
	);
	await assert.rejects(setQuestions(database, topicId, [{ questionId: second!, texts: {} }], aSecretary), {
		code: 'question-answered'
	});
	await setQuestions(database, topicId, [{ questionId: same, texts: {} }], aSecretary);
	assert.deepEqual(
		(await topicAt(database, slug)).questions.map(({ questionId }) => questionId),
		[same]
	);
});

test('a stage of a public talk is extended with a public note only, and what is past stays', async () => {
	const { topicId, slug } = await aPublishedTopic();
	const [stage] = (await topicAt(database, slug)).stages;
	const written = aWrittenStage({ stageId: stage!.stageId });
	const later = new Date('2013-11-01T10:30Z');
	await assert.rejects(setStages(database, topicId, [{ ...written, closesAt: later }], aSecretary), { code: 'stage-needs-note' });
	await assert.rejects(setStages(database, topicId, [{ ...written, takesOpinions: 'blind' }], aSecretary), {
		code: 'stage-has-begun'
	});
	await assert.rejects(setStages(database, topicId, [], aSecretary), { code: 'stage-has-begun' });
	const { opensAt } = stage!;
	const move = (change: { opensAt?: Date; closesAt?: Date; note?: Record<string, string> }) =>
		moveStage(
			database,
			topicId,
			stage!.stageId,
			{ opensAt, closesAt: later, note: { en: 'Asked for by many.' }, ...change },
			aSecretary
		);
	await assert.rejects(move({ note: { en: ' ' } }), { code: 'note-missing' });
	await assert.rejects(move({ opensAt: new Date('2013-10-09T00:00Z') }), { code: 'stage-has-begun' });
	await assert.rejects(move({ closesAt: new Date('2013-10-15T11:59Z') }), { code: 'time-past' });
	await assert.rejects(move({ closesAt: new Date('2013-10-01T00:00Z') }), { code: 'stage-ends-before-it-opens' });
	await move({});
	const [moved] = (await topicAt(database, slug)).stages;
	assert.deepEqual(
		[moved!.closesAt, moved!.closedAtBefore, moved!.version, moved!.texts['note-1']?.[0]?.text],
		[later, new Date('2013-10-25T10:30Z'), 1, 'Asked for by many.']
	);
	await move({ closesAt: new Date('2013-11-05T10:30Z'), note: { en: 'Again.' } });
	const [again] = (await topicAt(database, slug)).stages;
	assert.deepEqual([again!.version, again!.closedAtBefore], [2, later]);
});

test('the dates of a draft move freely, and a stage ends after it opens in a zone that exists', async () => {
	const { topicId } = await openTopic(database, someWords(), aSecretary);
	const [stageId] = await setStages(database, topicId, [aWrittenStage()], aSecretary);
	await setStages(database, topicId, [aWrittenStage({ stageId: stageId!, closesAt: new Date('2013-12-01T00:00Z') })], aSecretary);
	assert.deepEqual((await topicOf(database, topicId)).stages[0]!.closesAt, new Date('2013-12-01T00:00Z'));
	const opensAt = new Date('2013-12-02T00:00Z');
	await assert.rejects(setStages(database, topicId, [aWrittenStage({ opensAt, closesAt: opensAt })], aSecretary), {
		code: 'stage-ends-before-it-opens'
	});
	await assert.rejects(setStages(database, topicId, [aWrittenStage({ zone: 'Mars' })], aSecretary), { code: 'unknown-zone' });
	await setStages(database, topicId, [], aSecretary);
	assert.deepEqual((await topicOf(database, topicId)).stages, []);
});

test('library and promises stand in the topic with their state', async () => {
	const { topicId, slug } = await aPublishedTopic();
	const title = { en: 'Background paper' };
	const source = { address: 'https://example.org/paper' };
	const kept = await addDocument(database, topicId, { title, language: 'fr', source }, aSecretary);
	const gone = await addDocument(database, topicId, { title, language: 'en', source }, aSecretary);
	await removeDocument(database, topicId, gone, aSecretary);
	await assert.rejects(
		addDocument(database, topicId, { title, language: 'en', source: { address: 'javascript:1' } }, aSecretary),
		{
			code: 'web-address-unusable'
		}
	);
	const promise = {
		kind: 'information-document',
		deadline: '2013-11-11',
		promised: '2013-11-04',
		texts: { title: { en: 'Information Document' }, addressee: { en: 'Council Working Group' }, meeting: { en: 'November 2013' } }
	};
	const deliverableId = await promiseDeliverable(database, topicId, promise, aSecretary);
	await changeDeliverable(database, topicId, deliverableId, { ...promise, promised: '2013-11-06' }, aSecretary);
	await setDeliverableState(database, topicId, deliverableId, { state: 'in work', link: null }, aSecretary);
	await setDeliverableState(database, topicId, deliverableId, { state: 'delivered', link: '/topics/x/reports/y' }, aSecretary);
	const { documents, deliverables } = await topicAt(database, slug);
	assert.deepEqual(
		documents.map(({ documentId, language, address }) => [documentId, language, address]),
		[[kept, 'fr', 'https://example.org/paper']]
	);
	assert.deepEqual(
		deliverables.map(({ promised, deadline, state, link }) => ({ promised, deadline, state, link })),
		[{ promised: '2013-11-06', deadline: '2013-11-11', state: 'delivered', link: '/topics/x/reports/y' }]
	);
});

test('targets are set, changed and taken back', async () => {
	const { topicId } = await aPublishedTopic();
	const academia = { dimension: 'group', key: 'academia', people: 20 } as const;
	await setTargets(database, topicId, [academia, { dimension: 'region', key: 'african', people: 10 }], aSecretary);
	await setTargets(database, topicId, [academia, { dimension: 'region', key: 'african', people: 0 }], aSecretary);
	assert.deepEqual(await targetsOf(database, topicId), [academia]);
	assert.equal((await activity(topicId)).filter((did) => did === 'set-targets').length, 2);
});

test('a copy begins as the earlier topic did, four weeks ahead at the same times of day, as a draft with nothing that people gave', async () => {
	const { topicId } = await aPublishedTopic();
	await setTargets(database, topicId, [{ dimension: 'group', key: 'academia', people: 20 }], aSecretary);
	await addDocument(
		database,
		topicId,
		{ title: { en: 'Paper' }, language: 'en', source: { address: 'https://example.org/' } },
		aSecretary
	);
	await inTransaction(database, (t) => participantOf(t, keys, topicId, stranger));
	const { topicId: copyId, slug } = await copyTopic(database, topicId, aSecretary);
	const copy = await topicAt(database, slug, { drafts: true });
	assert.equal(copy.publishedAt, null);
	assert.equal(copy.copiedFrom, topicId);
	assert.deepEqual(
		copy.stages.map(({ opensAt, closesAt }) => [opensAt, closesAt]),
		[[new Date('2013-11-12T16:00Z'), new Date('2013-11-29T10:30Z')]]
	);
	assert.deepEqual(
		[copy.texts['title']?.length, copy.questions[0]?.texts['text']?.[0]?.text, copy.documents.length, lacks(copy)],
		[2, 'What is the role of governments?', 1, []]
	);
	assert.equal((await targetsOf(database, copyId)).length, 1);
	assert.equal((await database.query(`select from participants where topic_id = $1`, [copyId])).rows.length, 0);
});

test('a finished topic is archived for good: it is read, nothing is added, and its participants can no longer be found', async () => {
	const { topicId, slug } = await aPublishedTopic();
	await inTransaction(database, (t) => participantOf(t, keys, topicId, stranger));
	await assert.rejects(archiveTopic(database, keys, topicId, aSecretary), { code: 'topic-still-open' });
	const [stage] = (await topicAt(database, slug)).stages;
	const { rows } = await database.query<{ soon: Date }>(`select clock_timestamp() + $1 * interval '1 millisecond' as soon`, [
		database.clockShift + 150
	]);
	await moveStage(
		database,
		topicId,
		stage!.stageId,
		{ opensAt: stage!.opensAt, closesAt: rows[0]!.soon, note: { en: 'Done.' } },
		aSecretary
	);
	await new Promise((done) => setTimeout(done, 200));
	await archiveTopic(database, keys, topicId, aSecretary, 'over');
	assert.notEqual((await topicAt(database, slug)).archivedAt, null);
	await assert.rejects(setQuestions(database, topicId, [], aSecretary), { code: 'topic-archived' });
	await assert.rejects(
		inTransaction(database, (t) => participantOf(t, keys, topicId, stranger)),
		{ code: 'topic-archived' }
	);
});

test('a topic with one question and one with three, with stages, library and promises, is read with two queries', async () => {
	const { topicId } = await aPublishedTopic();
	const counted = async () => {
		let queries = 0;
		await topicOf(
			{
				query: ((...given: Parameters<typeof database.query>) => {
					queries += 1;
					return database.query(...given);
				}) as typeof database.query
			},
			topicId
		);
		return queries;
	};
	assert.equal(await counted(), 2);
	const [first] = (await topicOf(database, topicId)).questions;
	await setQuestions(
		database,
		topicId,
		[first!.questionId, null, null].map((questionId) => ({ questionId, texts: { text: { en: 'Why?' } } })),
		aSecretary
	);
	await promiseDeliverable(database, topicId, { kind: 'report', deadline: null, promised: null, texts: {} }, aSecretary);
	assert.equal(await counted(), 2);
});

test('the list shows drafts to staff only, the newest first', async () => {
	const { topicId } = await aPublishedTopic();
	const draft = await openTopic(database, someWords(), aSecretary);
	const shown = await topicsListed(database);
	assert.equal(shown[0]?.topicId, topicId);
	assert.equal(
		shown.some((topic) => topic.topicId === draft.topicId),
		false
	);
	assert.equal((await topicsListed(database, { drafts: true }))[0]?.topicId, draft.topicId);
});
