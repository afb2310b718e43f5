import assert from 'node:assert/strict';
import test from 'node:test';
import { inTransaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { temporaryKeys } from '#ideas/examples.server.ts';
import { progressOf } from '#jobs/jobs.server.ts';
import { runJobs } from '#jobs/running.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { holding } from '#people/examples.ts';
import { isRefusal } from '#refusals/refusal.ts';
import { addParagraph, moveParagraph, quotePassage, removeParagraph } from '#reports/arranging.server.ts';
import { askForDraft, draftAsked, draftingTask, draftsUnderWay, draftWithin } from '#reports/drafting/asking.server.ts';
import { checkReport } from '#reports/checking.server.ts';
import { draftReport } from '#reports/drafting/drafting.server.ts';
import { addSource, editParagraph, restoreVersion, undoChange } from '#reports/editing.server.ts';
import { passagesToQuote, type PassageWishes } from '#reports/finding-passages.server.ts';
import { paragraphsOf, removedParagraphs, reportNumbered, reportsOf, versionsOf } from '#reports/reading.server.ts';
import { staff } from '../../examples/institution.ts';
import { loadOpenTalk } from '../../examples/loading-open-talk.server.ts';

const database = await testDatabase();
await inTransaction(database, async (transaction) => {
	for (const { email, name, language } of staff) await makeAccount(transaction, { email, name, language });
});
const topicId = await loadOpenTalk({ database, keys: await temporaryKeys() });
const rapporteur = holding('rapporteur', topicId);
const refused = (code: string) => (error: unknown) => isRefusal(error) && error.code === code;

async function aDraft() {
	const { number } = await draftReport(database, topicId, { language: 'en' }, rapporteur);
	const report = await reportNumbered(database, topicId, number);
	const paragraphs = () => paragraphsOf(database, topicId, report.reportId);
	const numbers = async () => (await paragraphs()).map((paragraph) => paragraph.number);
	const seen = async (paragraph: number) => {
		const [newest] = await versionsOf(database, report, paragraph);
		return { topicId, report: number, number: paragraph, version: newest!.version };
	};
	const after = (paragraph: number) => ({ topicId, report: number, number: paragraph });
	const words = async (paragraph: number) => (await paragraphs()).find((one) => one.number === paragraph)?.text;
	return { report, paragraphs, numbers, seen, after, words };
}

test('a hundred paragraphs find room at the same place, in the order in which they came', async () => {
	const { paragraphs, after, report } = await aDraft();
	const [first, second] = await paragraphs();
	const said = { kind: 'text', text: 'One more.' } as const;
	const added: number[] = [];
	for (let count = 0; count < 100; count++) added.unshift(await addParagraph(database, after(first!.number), said, rapporteur));
	const all = await paragraphsOf(database, topicId, report.reportId);
	assert.deepEqual(
		all.slice(0, 102).map(({ number }) => number),
		[first!.number, ...added, second!.number]
	);
	assert.equal(new Set(all.map(({ position }) => position)).size, all.length);
});

test('a paragraph moves up and down by one place, keeps its number and sources, and stays at the ends', async () => {
	const { numbers, seen, paragraphs } = await aDraft();
	assert.deepEqual((await numbers()).slice(0, 4), [1, 2, 3, 4]);
	const before = (await paragraphs())[2]!;
	await moveParagraph(database, await seen(3), 'up', rapporteur);
	assert.deepEqual((await numbers()).slice(0, 4), [1, 3, 2, 4]);
	await moveParagraph(database, await seen(3), 'up', rapporteur);
	await moveParagraph(database, await seen(3), 'up', rapporteur);
	assert.deepEqual((await numbers()).slice(0, 4), [3, 1, 2, 4]);
	assert.deepEqual((await paragraphs())[0]!.sources, before.sources);
	for (let step = 0; step < 4; step++) await moveParagraph(database, await seen(3), 'down', rapporteur);
	assert.deepEqual((await numbers()).slice(0, 5), [1, 2, 4, 5, 3]);
	const last = (await numbers()).at(-1)!;
	await moveParagraph(database, await seen(last), 'down', rapporteur);
	assert.equal((await numbers()).at(-1), last);
});

test('a paragraph that was moved under another heading belongs to its section', async () => {
	const { paragraphs, seen } = await aDraft();
	const second = (await paragraphs()).findIndex(({ kind }, index) => kind === 'heading' && index > 0);
	const [heading, moved] = (await paragraphs()).slice(second, second + 2);
	await moveParagraph(database, await seen(moved!.number), 'up', rapporteur);
	const now = (await paragraphs()).find(({ number }) => number === moved!.number)!;
	assert.deepEqual([moved!.section, heading!.section, now.section], ['purpose', 'purpose', 'structure']);
});

test('what was done last to a paragraph is undone: words, place, taking out, adding', async () => {
	const { numbers, seen, words, after, report } = await aDraft();
	const before = await words(3);
	await editParagraph(database, await seen(3), 'Quite other words.', rapporteur);
	await undoChange(database, await seen(3), rapporteur);
	assert.equal(await words(3), before);
	assert.deepEqual((await checkReport(database, report)).remarks, []);

	const order = await numbers();
	await moveParagraph(database, await seen(3), 'down', rapporteur);
	await undoChange(database, await seen(3), rapporteur);
	assert.deepEqual(await numbers(), order);

	await removeParagraph(database, await seen(3), rapporteur);
	assert.deepEqual(
		(await removedParagraphs(database, topicId, report.reportId)).map(({ number, text }) => [number, text]),
		[[3, before]]
	);
	await assert.rejects(editParagraph(database, await seen(3), 'Words for nothing.', rapporteur), refused('changed-meanwhile'));
	await undoChange(database, await seen(3), rapporteur);
	assert.deepEqual(await numbers(), order);
	assert.deepEqual((await checkReport(database, report)).remarks, []);

	const added = await addParagraph(database, after(3), { kind: 'heading', text: 'A heading of our own' }, rapporteur);
	assert.equal(await words(added), 'A heading of our own');
	await undoChange(database, await seen(added), rapporteur);
	assert.deepEqual(await numbers(), order);
	assert.deepEqual(await removedParagraphs(database, topicId, report.reportId).then((all) => all.length), 1);
});

test('an earlier version is put back with its sources, where the paragraph stands now', async () => {
	const { numbers, seen, words, report } = await aDraft();
	const before = await words(3);
	await editParagraph(database, await seen(3), 'First other words.', rapporteur);
	await editParagraph(database, await seen(3), 'Second other words.', rapporteur);
	await moveParagraph(database, await seen(3), 'up', rapporteur);
	await restoreVersion(database, await seen(3), 1, rapporteur);
	assert.equal(await words(3), before);
	assert.deepEqual((await numbers()).slice(0, 3), [1, 3, 2]);
	assert.deepEqual((await checkReport(database, report)).remarks, []);
	await assert.rejects(restoreVersion(database, await seen(3), 77, rapporteur), refused('not-found'));
	const stale = { ...(await seen(3)), version: 1 };
	await assert.rejects(undoChange(database, stale, rapporteur), refused('changed-meanwhile'));
	await assert.rejects(moveParagraph(database, await seen(3), 'up', { kind: 'visitor', visitorId: 'v' }), refused('not-allowed'));
});

test('passages are found by words, idea, group and language, and quoted word for word with their source', async () => {
	const find = async (wishes: Partial<PassageWishes>) =>
		passagesToQuote(database, topicId, { idea: null, group: null, language: null, words: '', from: 0, ...wishes });
	const everything = await find({});
	assert.ok(everything.all >= 10);
	assert.equal(everything.passages.length, Math.min(20, everything.all));
	const [one] = everything.passages;
	const { idea } = one!.stances[0]!;
	for (const { stances } of (await find({ idea })).passages) assert.ok(stances.some((stance) => stance.idea === idea));
	const group = everything.passages.flatMap(({ groups }) => groups)[0]!;
	const ofGroup = await find({ group });
	assert.ok(ofGroup.all > 0 && ofGroup.all < everything.all);
	for (const { groups } of ofGroup.passages) assert.ok(groups.includes(group));
	const arabic = await find({ language: 'ar' });
	assert.ok(arabic.all > 0);
	assert.deepEqual([...new Set(arabic.passages.map(({ language }) => language))], ['ar']);
	const words = one!.quote.slice(2, 30).toUpperCase();
	assert.ok((await find({ words })).passages.some(({ passageId }) => passageId === one!.passageId));
	assert.equal((await find({ words: '100%_nowhere' })).all, 0);
	assert.deepEqual((await find({ from: 1 })).passages[0], everything.passages[1]);

	const { after, paragraphs, seen, report } = await aDraft();
	const quoted = await quotePassage(database, after(3), one!.passageId, rapporteur);
	await addSource(database, await seen(3), { sentence: 1, kind: 'passage', reference: one!.passageId }, rapporteur);
	const quotation = (await paragraphs()).find(({ number }) => number === quoted)!;
	assert.deepEqual([quotation.kind, quotation.text, quotation.language], ['quotation', one!.quote, one!.language]);
	assert.deepEqual((await checkReport(database, report)).remarks, []);
	await assert.rejects(quotePassage(database, after(3), uuidv7(), rapporteur), refused('no-such-source'));
});

test('a draft that is asked for twice with one id is one report, made by a job that says how far it is', async () => {
	const before = (await reportsOf(database, topicId)).length;
	const reportId = uuidv7();
	const asked = { topicId, reportId, language: 'fr' };
	await Promise.all([askForDraft(database, asked, rapporteur), askForDraft(database, asked, rapporteur)]);
	assert.deepEqual(
		(await draftsUnderWay(database, topicId)).map(({ reportId: id, language, state }) => [id, language, state]),
		[[reportId, 'fr', 'waiting']]
	);
	assert.equal(await draftWithin(database, topicId, reportId, 0), null);

	const jobs = await runJobs(database, { [draftingTask]: async () => draftAsked });
	const number = await draftWithin(database, topicId, reportId, 20_000);
	await jobs.stop();
	assert.ok(number !== null);
	await askForDraft(database, asked, rapporteur);
	const reports = await reportsOf(database, topicId);
	assert.equal(reports.length, before + 1);
	assert.deepEqual([reports[0]!.number, reports[0]!.language, reports[0]!.reportId], [number, 'fr', reportId]);
	assert.deepEqual(await draftsUnderWay(database, topicId), []);
	const progress = await progressOf(database, topicId, `draft ${reportId}`);
	assert.deepEqual([progress!.state, progress!.done === progress!.total || progress!.done === 0], ['done', true]);
	const { rows } = await database.query<{ kind: string; id: string }>(
		`select actor_kind as kind, actor_id as id from activity where topic_id = $1 and thing_id = $2 and did = 'drafted'`,
		[topicId, reportId]
	);
	assert.deepEqual(rows, [{ kind: 'account', id: rapporteur.accountId }]);
});

test('who may not draft asks for nothing', async () => {
	const asked = { topicId, reportId: uuidv7(), language: 'en' };
	await assert.rejects(askForDraft(database, asked, { kind: 'visitor', visitorId: 'v' }), refused('not-allowed'));
	await assert.rejects(askForDraft(database, { ...asked, language: 'xx' }, rapporteur), refused('unknown-language'));
	await assert.rejects(draftWithin(database, topicId, asked.reportId, 0), refused('not-found'));
	assert.deepEqual(await draftsUnderWay(database, topicId), []);
});
