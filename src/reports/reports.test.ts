import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { valueAt } from '#agreement/canonical.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { temporaryKeys } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { holding } from '#people/examples.ts';
import { isRefusal } from '#refusals/refusal.ts';
import { checkReport } from '#reports/checking.server.ts';
import { draftReport } from '#reports/drafting/drafting.server.ts';
import { addParagraph, removeParagraph } from '#reports/arranging.server.ts';
import { addSource, editParagraph, removeSource } from '#reports/editing.server.ts';
import { publishedEdition, publishedReports, publishReport, waiveRemark } from '#reports/publishing.server.ts';
import { paragraphsOf, reportNumbered, type PlacedParagraph } from '#reports/reading.server.ts';
import { staff } from '../../examples/institution.ts';
import { loadOpenTalk } from '../../examples/loading-open-talk.server.ts';

const database = await testDatabase();
await inTransaction(database, async (transaction) => {
	for (const { email, name, language } of staff) await makeAccount(transaction, { email, name, language });
});
const topicId = await loadOpenTalk({ database, keys: await temporaryKeys() });
const rapporteur = holding('rapporteur', topicId);
const secretariat = holding('secretariat', topicId);

async function aDraft() {
	const { number } = await draftReport(database, topicId, { language: 'en' }, rapporteur);
	const report = await reportNumbered(database, topicId, number);
	const paragraphs = () => paragraphsOf(database, topicId, report.reportId);
	const found = async () => (await checkReport(database, report)).remarks.map(({ code, words }) => [code, words]);
	const that = async (test: (paragraph: PlacedParagraph) => boolean) => {
		const paragraph = (await paragraphs()).find(test);
		assert.ok(paragraph);
		return { topicId, report: number, number: paragraph.number, version: paragraph.version, paragraph };
	};
	return { number, report, paragraphs, found, that };
}

const refused = (code: string) => (error: unknown) => isRefusal(error) && error.code === code;

test('a draft of the example has all sections of the café report of 2013, and nothing for the check to find', async () => {
	const { paragraphs, found } = await aDraft();
	const all = await paragraphs();
	assert.deepEqual(
		[...new Set(all.map(({ section }) => section))],
		['structure', 'purpose', 'figures', 'question-1', 'question-2', 'question-3', 'contested', 'balance', 'organisers']
	);
	assert.deepEqual(await found(), []);
	assert.ok(all.some(({ text }) => text.includes('Of the group “Governments”')));
	assert.ok(all.filter(({ kind }) => kind === 'quotation').length >= 8);
});

test('an altered quotation, a hidden source and an unsourced sentence are each named by the check', async () => {
	const { number, report, found, that } = await aDraft();

	const quotation = await that(({ kind, language }) => kind === 'quotation' && language === 'en');
	const altered = quotation.paragraph.text.replace(/^\S+/, 'Hardly');
	await editParagraph(database, quotation, altered, rapporteur);

	const opening = await that(({ text }) => text.includes(' held the open talk '));
	await editParagraph(database, opening, `${opening.paragraph.text} Everyone was pleased with it.`, rapporteur);

	const blockedIdea = await that(({ section, text }) => section === 'contested' && text.startsWith('Idea '));
	const source = blockedIdea.paragraph.sources.find(({ kind }) => kind === 'idea')!;
	const moderator: Actor = { ...rapporteur, roles: [{ role: 'moderator', topicId }] };
	const thing = { topicId, kind: 'idea', thingId: source.thingId } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'off-topic', words: '' }, moderator);

	const counted = await that(({ section, text }) => section === 'figures' && text.includes('took part'));
	await editParagraph(database, counted, counted.paragraph.text.replace(/^\d+ people/, '500 people'), rapporteur);

	const remarks = await found();
	assert.deepEqual(
		remarks.filter(([code]) => code === 'unsourced'),
		[['unsourced', 'Everyone was pleased with it.']]
	);
	assert.deepEqual(
		remarks.filter(([code]) => code === 'altered'),
		[['altered', altered]]
	);
	assert.deepEqual([...new Set(remarks.filter(([code]) => code === 'hidden').map(([, words]) => words))], [source.quote]);
	assert.deepEqual(remarks.filter(([code]) => code === 'figure').length, 1);
	await assert.rejects(publishReport(database, { topicId, number }, secretariat), refused('report-has-remarks'));

	await decideOn(database, thing, { decision: 'restored', words: 'It was no mistake.' }, moderator);
	assert.equal((await checkReport(database, report)).remarks.length, 3);
});

test('a remark that somebody waives with a reason is no obstacle, and the reason is published', async () => {
	const { number, report, that } = await aDraft();
	const opening = await that(({ text }) => text.includes(' held the open talk '));
	await editParagraph(database, opening, `${opening.paragraph.text} We thank everyone.`, rapporteur);
	const [remark] = (await checkReport(database, report)).remarks;
	await assert.rejects(
		waiveRemark(database, { topicId, number }, { ...remark!, reason: ' ' }, rapporteur),
		refused('unusable-text')
	);
	await waiveRemark(database, { topicId, number }, { ...remark!, reason: 'Thanks need no source.' }, rapporteur);
	await assert.rejects(publishReport(database, { topicId, number }, rapporteur), refused('not-allowed'));
	assert.deepEqual(await publishReport(database, { topicId, number }, secretariat), { edition: 1 });

	const { content } = await publishedEdition(database, report);
	assert.deepEqual(content.waivers, [
		{ paragraph: opening.number, remark: 'unsourced', words: 'We thank everyone.', reason: 'Thanks need no source.' }
	]);
	assert.deepEqual(
		(await publishedReports(database, topicId)).map(({ number: of, edition, title }) => [of, edition, title]),
		[[number, 1, 'International Internet-related public policy']]
	);
});

test('what was published stays as it was; a later change is a new edition', async () => {
	const { number, report, that } = await aDraft();
	await publishReport(database, { topicId, number }, secretariat);
	const before = await publishedEdition(database, report);
	const last = await that(({ section, kind }) => section === 'organisers' && kind === 'text');
	await removeParagraph(database, last, rapporteur);
	assert.deepEqual((await publishedEdition(database, report)).content, before.content);
	assert.deepEqual(await publishReport(database, { topicId, number }, secretariat), { edition: 2 });
	const after = await publishedEdition(database, report);
	assert.equal(after.content.paragraphs.length, before.content.paragraphs.length - 1);
	assert.deepEqual((await publishedEdition(database, report, 1)).content, before.content);
});

test('figures of a published report are those of its snapshot, by their pointers', async () => {
	const { number, report } = await aDraft();
	await publishReport(database, { topicId, number }, secretariat);
	const { content } = await publishedEdition(database, report);
	const { snapshot } = await checkReport(database, report);
	const figures = content.paragraphs.flatMap(({ marks }) => marks).filter(({ value }) => value !== null);
	assert.ok(figures.length > 40);
	for (const { pointer, value } of figures) assert.equal(valueAt(snapshot.figures, pointer!), value);
	// and the page of the idea counts the same
	const { rows } = await database.query<{ agree: number; number: number }>(
		'select idea_number as number, agree from idea_counts where topic_id = $1',
		[topicId]
	);
	for (const { number: idea, agree } of rows) {
		const ofIdea = snapshot.figures.ideas[idea];
		if (ofIdea) assert.equal(ofIdea.agree, agree);
	}
});

test('sources are added and taken away by hand', async () => {
	const { number, that, found } = await aDraft();
	const opening = await that(({ text }) => text.includes(' held the open talk '));
	const added = await addParagraph(
		database,
		{ topicId, report: number, number: opening.number },
		{ kind: 'text', text: 'Most want an answer. It is simple.' },
		rapporteur
	);
	assert.deepEqual(
		(await found()).map(([, words]) => words),
		['Most want an answer.', 'It is simple.']
	);
	const mine = () => that((paragraph) => paragraph.number === added);
	await addSource(database, await mine(), { sentence: 1, kind: 'idea', reference: '20' }, rapporteur);
	await addSource(database, await mine(), { sentence: 2, kind: 'submission', reference: '1' }, rapporteur);
	await addSource(database, await mine(), { sentence: 2, kind: 'submission', reference: '1' }, rapporteur);
	assert.deepEqual(await found(), []);
	assert.equal((await mine()).paragraph.sources.length, 2);
	await assert.rejects(
		addSource(database, await mine(), { sentence: 1, kind: 'idea', reference: '9999' }, rapporteur),
		refused('no-such-source')
	);
	await assert.rejects(
		addSource(database, await mine(), { sentence: 1, kind: 'figure', reference: '/ideas/9999' }, rapporteur),
		refused('no-such-source')
	);
	await removeSource(database, await mine(), 0, rapporteur);
	assert.deepEqual(await found(), [['unsourced', 'Most want an answer.']]);
});

test('two who edit the same paragraph do not overwrite each other', async () => {
	const { that } = await aDraft();
	const opening = await that(({ text }) => text.includes(' held the open talk '));
	await editParagraph(database, opening, 'The first was faster.', rapporteur);
	await assert.rejects(editParagraph(database, opening, 'The second was slower.', rapporteur), refused('changed-meanwhile'));
	await assert.rejects(
		editParagraph(database, opening, 'A visitor.', { kind: 'visitor', visitorId: 'v' }),
		refused('not-allowed')
	);
});
