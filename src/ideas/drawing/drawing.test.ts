import assert from 'node:assert/strict';
import test from 'node:test';
import { countsOf } from '#activity/counting.server.ts';
import { aRapporteur, someSubmissions } from '#contributions/examples.server.ts';
import { passagesOf } from '#contributions/passages/passages.server.ts';
import { markRead, readingOf } from '#contributions/reading.server.ts';
import { partsOf } from '#contributions/parts.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { attachPassages, drawIdea } from '#ideas/drawing/drawing.server.ts';
import { aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { ideaOfTopic } from '#ideas/one-idea.server.ts';
import { sourcesOfIdea, stancesByGroup, stanceTotals } from '#ideas/sources.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { lastActOf, undoLastAct } from '#ideas/drawing/undoing.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { decide } from '#moderation/deciding.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const wording = { point: 'Governments should listen', explanation: '', sources: '', questionId: null, language: 'en' };

/** A topic with these texts at its desk, and two rapporteurs. */
async function aDesk(
	forms: Parameters<typeof someSubmissions>[2] = [{}, { title: 'Two', sector: 'Government', region: 'Chile' }]
) {
	const { topicId, questionId } = await anOpenTopic(database);
	const texts = await someSubmissions(database, topicId, forms);
	const place = (index: number) => ({ topicId, contributionId: texts[index]!.contributionId, requestKey: null });
	return { topicId, questionId, place, ada: aRapporteur(topicId, 'a'), ben: aRapporteur(topicId, 'b') };
}
const quoting = (...spans: { starts: number; ends: number }[]) => ({ quotes: [{ part: 1, textVersion: 1, spans }] });
// "In short.\n\nGovernments should listen. They should decide together with others."
const firstSentence = { starts: 11, ends: 37 };
const secondSentence = { starts: 38, ends: 78 };

test('an idea drawn from a text counts for who wrote it, and shows the words that it rests on', async () => {
	const { topicId, questionId, place, ada } = await aDesk();
	const { number } = await drawIdea(database, { ...place(0), ...quoting(firstSentence) }, { ...wording, questionId }, ada);
	const idea = await ideaOfTopic(database, topicId, number);
	assert.deepEqual(
		[idea.point, idea.attribution, idea.contributionId, idea.questionId],
		[wording.point, 'named', null, questionId]
	);
	const { rows } = await database.query(
		`select channel, drawn_by, stakeholder_groups, region from ideas where topic_id = $1 and idea_number = $2`,
		[topicId, number]
	);
	assert.deepEqual(rows, [{ channel: 'import', drawn_by: ada.accountId, stakeholder_groups: ['academia'], region: 'african' }]);
	const [source, ...others] = await sourcesOfIdea(database, topicId, number);
	assert.deepEqual(others, []);
	const { passageId: _, receivedAt: __, ...shown } = source!;
	assert.deepEqual(shown, {
		stance: 'raises',
		quote: 'Governments should listen.',
		language: 'en',
		submission: 1,
		title: 'The role of governments',
		channel: 'import',
		attribution: 'named',
		name: 'Ana Example',
		organisation: 'University of Nairobi',
		groups: ['academia'],
		region: 'african'
	});
	assert.deepEqual(await countsOf(database, topicId), { ideas: 1, [`ideas-of-question ${questionId}`]: 1, submissions: 2 });
});

test('stances are counted by text and group, and are no opinions', async () => {
	const { topicId, place, ada, ben } = await aDesk([
		{},
		{ title: 'Two', sector: 'Government' },
		{ title: 'Three', sector: 'Other' }
	]);
	const { number } = await drawIdea(database, { ...place(0), ...quoting(firstSentence) }, wording, ada);
	await attachPassages(database, { ...place(1), ...quoting(firstSentence) }, { number, stance: 'supports' }, ben);
	await attachPassages(database, { ...place(1), ...quoting(secondSentence) }, { number, stance: 'supports' }, ben);
	await attachPassages(database, { ...place(2), ...quoting(secondSentence) }, { number, stance: 'opposes' }, ada);
	assert.deepEqual(
		new Map((await stancesByGroup(database, topicId, number)).map(({ group, ...stances }) => [group, stances])),
		new Map([
			['academia', { raises: 1, supports: 0, opposes: 0 }],
			['governments', { raises: 0, supports: 1, opposes: 0 }],
			['not-stated', { raises: 0, supports: 0, opposes: 1 }]
		])
	);
	assert.deepEqual(
		await stanceTotals(database, topicId, [number, 99]),
		new Map([[number, { raises: 1, supports: 1, opposes: 1 }]])
	);
	const { rows } = await database.query(`select agree, disagree, pass from idea_counts where topic_id = $1`, [topicId]);
	assert.deepEqual(rows, [{ agree: 0, disagree: 0, pass: 0 }]);
});

test('a hidden text is no source any more, and nothing can be drawn from it', async () => {
	const { topicId, place, ada } = await aDesk();
	const { number } = await drawIdea(database, { ...place(0), ...quoting(firstSentence) }, wording, ada);
	const thing = { topicId, kind: 'submission', thingId: place(0).contributionId } as const;
	await inTransaction(database, (transaction) =>
		decide(transaction, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId))
	);
	assert.deepEqual(await sourcesOfIdea(database, topicId, number), []);
	await assert.rejects(drawIdea(database, { ...place(0), ...quoting(secondSentence) }, wording, ada), { code: 'not-found' });
});

test('two rapporteurs at once on one text lose nothing, and each takes back only their own last act', async () => {
	const { topicId, place, ada, ben } = await aDesk();
	const { contributionId } = place(0);
	const [adas, bens] = await Promise.all([
		drawIdea(database, { ...place(0), ...quoting(firstSentence) }, wording, ada),
		drawIdea(database, { ...place(0), ...quoting(secondSentence) }, { ...wording, point: 'They should decide together' }, ben)
	]);
	await attachPassages(
		database,
		{ ...place(0), ...quoting(firstSentence, secondSentence) },
		{ number: bens.number, stance: 'supports' },
		ada
	);
	const quotes = async () => (await passagesOf(database, topicId, contributionId)).map(({ quote }) => quote);
	assert.deepEqual((await quotes()).sort(), [
		'Governments should listen.',
		'Governments should listen. They should decide together with others.',
		'They should decide together with others.'
	]);

	assert.equal((await undoLastAct(database, { topicId, contributionId }, ada))?.what, 'attached');
	assert.equal((await undoLastAct(database, { topicId, contributionId }, ada))?.what, 'drew');
	assert.equal(await undoLastAct(database, { topicId, contributionId }, ada), null);
	assert.deepEqual(await quotes(), ['They should decide together with others.']);
	assert.equal((await ideaOfTopic(database, topicId, adas.number)).concealed, 'withdrawn');
	assert.equal((await ideaOfTopic(database, topicId, bens.number)).concealed, null);
	assert.deepEqual(await countsOf(database, topicId), { ideas: 1, submissions: 2 });
	const kept = await database.query(`select from passages where topic_id = $1`, [topicId]);
	assert.equal(kept.rowCount, 3);
});

test('the mark that a text is read is taken back first where it came last', async () => {
	const { topicId, place, ada, ben } = await aDesk();
	const { contributionId } = place(0);
	await drawIdea(database, { ...place(0), ...quoting(firstSentence) }, wording, ada);
	await markRead(database, { topicId, contributionId, outcome: 'done' }, ada);
	assert.equal(await undoLastAct(database, { topicId, contributionId }, ben), null);
	assert.equal((await undoLastAct(database, { topicId, contributionId }, ada))?.what, 'read');
	assert.equal((await readingOf(database, topicId, contributionId))?.outcome, 'reopened');
	assert.equal((await lastActOf(database, topicId, contributionId, ada.accountId))?.what, 'drew');
});

test('an idea to which another text was attached is not taken back by undo', async () => {
	const { topicId, place, ada, ben } = await aDesk();
	const { number } = await drawIdea(database, { ...place(0), ...quoting(firstSentence) }, wording, ada);
	await attachPassages(database, { ...place(1), ...quoting(firstSentence) }, { number, stance: 'supports' }, ben);
	await assert.rejects(undoLastAct(database, { topicId, contributionId: place(0).contributionId }, ada), { code: 'idea-in-use' });
	assert.equal((await sourcesOfIdea(database, topicId, number)).length, 2);
});

test('a double click draws one idea', async () => {
	const { topicId, place, ada } = await aDesk();
	const drawing = { ...place(0), ...quoting(firstSentence), requestKey: 'page-1' };
	const made = await Promise.all([1, 2].map(() => drawIdea(database, drawing, wording, ada)));
	assert.deepEqual(made, [{ number: 1 }, { number: 1 }]);
	assert.equal((await passagesOf(database, topicId, place(0).contributionId)).length, 1);
});

test('a passage can speak to an idea that somebody sent by the form', async () => {
	const { topicId, place, ada } = await aDesk();
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('v'));
	await attachPassages(database, { ...place(0), ...quoting(firstSentence) }, { number, stance: 'opposes' }, ada);
	assert.deepEqual(
		(await sourcesOfIdea(database, topicId, number)).map(({ stance, submission }) => [stance, submission]),
		[['opposes', 1]]
	);
});

test('words that do not stand in the text, and people who are no rapporteurs, are refused', async () => {
	const { topicId, place, ada } = await aDesk();
	for (const spans of [[], [{ starts: 0, ends: 100_000 }], [{ starts: 9, ends: 11 }]]) {
		await assert.rejects(drawIdea(database, { ...place(0), ...quoting(...spans) }, wording, ada), { code: 'no-passage' });
	}
	await assert.rejects(
		drawIdea(database, { ...place(0), quotes: [{ part: 7, textVersion: 1, spans: [firstSentence] }] }, wording, ada),
		{ code: 'not-found' }
	);
	await assert.rejects(drawIdea(database, { ...place(0), ...quoting(firstSentence) }, wording, aModerator(topicId)), {
		code: 'not-allowed'
	});
	const withoutSecondFactor = { ...ada, secondFactor: false };
	await assert.rejects(drawIdea(database, { ...place(0), ...quoting(firstSentence) }, wording, withoutSecondFactor), {
		code: 'not-allowed'
	});
	assert.equal((await partsOf(database, topicId, place(0).contributionId)).length, 1);
});
