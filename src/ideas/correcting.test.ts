import assert from 'node:assert/strict';
import test from 'node:test';
import { aRapporteur, someSubmissions } from '#contributions/examples.server.ts';
import { submissionsOf } from '#contributions/submissions.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { correctMeaning } from '#ideas/correcting.server.ts';
import { attachPassages, drawIdea } from '#ideas/drawing/drawing.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { ideasOnTopic, type ListWishes } from '#ideas/listing.server.ts';
import { sourcesOfIdea, stancesByGroup } from '#ideas/sources.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const wording = { point: 'Governments should listen', explanation: '', sources: '', questionId: null, language: 'en' };
// "In short.\n\nGovernments should listen. They should decide together with others."
const quotes = [{ part: 1, textVersion: 1, spans: [{ starts: 11, ends: 37 }] }];

async function aDesk() {
	const { topicId } = await anOpenTopic(database);
	const texts = await someSubmissions(database, topicId, [
		{ sector: 'Riders of Rohan', region: 'Middle Earth' },
		{ title: 'Two', sector: 'Riders of Rohan', region: 'Chile' },
		{ title: 'Three', sector: 'Government', region: 'Middle Earth' }
	]);
	const ada = aRapporteur(topicId, 'a');
	const place = (index: number) => ({ topicId, contributionId: texts[index]!.contributionId, quotes, requestKey: null });
	const numbers = async (wishes: ListWishes) => {
		const moment = { actor: aVisitor('nobody'), at: new Date() };
		return (await ideasOnTopic(database, { topicId, stages: [] }, wishes, moment)).ideas.map(({ number }) => number);
	};
	return { topicId, ada, place, numbers };
}

test('when a person says what a sector means, the ideas drawn from its texts and their stances follow', async () => {
	const { topicId, ada, place, numbers } = await aDesk();
	const { number } = await drawIdea(database, place(0), wording, ada);
	const { number: another } = await drawIdea(database, place(2), wording, ada);
	await attachPassages(database, place(1), { number, stance: 'supports' }, ada);
	await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	assert.deepEqual(await numbers({ group: 'civil-society' }), []);
	assert.deepEqual(await stancesByGroup(database, topicId, number), [
		{ group: 'not-stated', raises: 1, supports: 1, opposes: 0 }
	]);

	const sector = { topicId, field: 'sector', asWritten: 'Riders of Rohan', means: 'civil-society' } as const;
	assert.equal(await correctMeaning(database, sector, ada), 2);
	assert.deepEqual(
		(await submissionsOf(database, topicId)).map(({ groups }) => groups),
		[['civil-society'], ['civil-society'], ['governments']]
	);
	assert.deepEqual(await numbers({ group: 'civil-society' }), [number]);
	assert.deepEqual(await numbers({ group: 'governments' }), [another]);
	assert.deepEqual(await stancesByGroup(database, topicId, number), [
		{ group: 'civil-society', raises: 1, supports: 1, opposes: 0 }
	]);
	assert.deepEqual(
		(await sourcesOfIdea(database, topicId, number)).map(({ groups }) => groups),
		[['civil-society'], ['civil-society']]
	);

	// said otherwise a second time, and taken back
	await correctMeaning(database, { ...sector, means: 'academia' }, ada);
	assert.deepEqual([await numbers({ group: 'civil-society' }), await numbers({ group: 'academia' })], [[], [number]]);
	await correctMeaning(database, { ...sector, means: '' }, ada);
	assert.deepEqual(await numbers({ group: 'academia' }), []);
});

test('when a person says what a region means, the ideas drawn from its texts follow', async () => {
	const { topicId, ada, place, numbers } = await aDesk();
	const { number } = await drawIdea(database, place(0), wording, ada);
	assert.deepEqual(await numbers({ region: 'not-stated' }), [number]);
	await correctMeaning(database, { topicId, field: 'region', asWritten: 'Middle Earth', means: 'KE' }, ada);
	assert.deepEqual([await numbers({ region: 'african' }), await numbers({ region: 'not-stated' })], [[number], []]);
	assert.deepEqual(
		(await sourcesOfIdea(database, topicId, number)).map(({ region }) => region),
		['african']
	);
});

test('an idea that is drawn while somebody corrects the text counts as corrected', async () => {
	const { topicId, ada, place, numbers } = await aDesk();
	const correction = { topicId, field: 'sector', asWritten: 'Riders of Rohan', means: 'academia' } as const;
	const drawn = await Promise.all([
		...Array.from({ length: 6 }, (_, at) => drawIdea(database, place(at % 2), wording, ada)),
		correctMeaning(database, correction, ada).then(() => null)
	]);
	const drawnNumbers = drawn.flatMap((one) => (one ? [one.number] : []));
	assert.deepEqual((await numbers({ group: 'academia' })).sort(), drawnNumbers.sort());
});

test('only who works on the texts says what they mean', async () => {
	const { topicId } = await aDesk();
	const correction = { topicId, field: 'sector', asWritten: 'Riders of Rohan', means: 'academia' } as const;
	await assert.rejects(correctMeaning(database, correction, aVisitor('somebody')), { code: 'not-allowed' });
});
