import { unzipSync } from 'fflate';
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { follow } from '#contributions/following.server.ts';
import { askedOfStaff, askOfStaff } from '#contributions/receipts/requests.server.ts';
import { submissionNumbered } from '#contributions/submissions.server.ts';
import { submitText } from '#contributions/submitting.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { readSettings } from '#database/settings.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { fileStore } from '#files/store.server.ts';
import { answerRequest } from '#ideas/requests/answering.server.ts';
import { commentsOn } from '#ideas/comments/pages.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { drawIdea } from '#ideas/drawing/drawing.server.ts';
import { editIdea } from '#ideas/editing.server.ts';
import { aCommentDraft, anIdeaDraft, anOpenTopic, aVisitor } from '#ideas/examples.server.ts';
import { eraseTexts } from '#ideas/erasing.server.ts';
import { ideaPage } from '#ideas/idea-page.server.ts';
import { flagThing } from '#ideas/moderating/flagging.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { requestsAtDesk } from '#ideas/requests/at-desk.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { acceptSuggestion, suggestWording } from '#ideas/suggesting.server.ts';
import { runJobs } from '#jobs/running.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { mailerFor } from '#mail/delivering.server.ts';
import { holding } from '#people/examples.ts';
import { checkReport } from '#reports/checking.server.ts';
import { draftReport } from '#reports/drafting/drafting.server.ts';
import { addParagraph } from '#reports/arranging.server.ts';
import { addSource } from '#reports/editing.server.ts';
import { exported, exportFiles } from '#reports/export/exporting.server.ts';
import { publishedEdition, publishReport, waiveRemark } from '#reports/publishing.server.ts';
import { paragraphsOf, reportNumbered } from '#reports/reading.server.ts';
import { redactedAt } from '#reports/redacting.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { tasksOf } from './tasks.ts';

const database = await testDatabase();
const data = mkdtempSync(join(tmpdir(), 'open-talks-erasing-'));
const settings = readSettings({ OPEN_TALKS_DATA: data, OPEN_TALKS_SECRET: 'a secret that is for this test alone' });
const keys = topicKeys({ folder: data, secret: 'a secret that is for this test alone' });
const files = fileStore(database, join(data, 'files'));

const batcher = new OpinionBatcher(database, keys);

const canary = 'qzxkanarie';
const said = (what: string) => `The ${canary} ${what} in the mine`;

test('after an erasure the words of a person are nowhere in the database, the files, the reports and the export', async () => {
	const { topicId } = await anOpenTopic(database);
	const [person, other] = [aVisitor('person'), aVisitor('other')];
	const staff = holding('secretariat', topicId);
	const rapporteur = holding('rapporteur', topicId);
	const claim = { participantNumber: 1, contributionId: null };
	const named = { attribution: 'named', name: `Ann ${canary}`, requestKey: 'once' } as const;

	const idea = await submitIdea(database, keys, anIdeaDraft(topicId, { ...named, point: said('sings') }), person);
	const wording = { point: said('sang'), explanation: said('explains'), sources: said('cites') };
	await editIdea(database, { topicId, number: idea.number, seen: 1 }, wording, { claim, actor: person });
	const others = await submitIdea(database, keys, anIdeaDraft(topicId), other);
	const talk = await comment(
		database,
		keys,
		aCommentDraft(topicId, others.number, { text: said('comments'), requestKey: 'two' }),
		person
	);
	await comment(database, keys, aCommentDraft(topicId, others.number, { answers: talk.number, text: 'I agree.' }), other);
	const suggesting = { topicId, number: others.number, seen: 1, explanation: '', attribution: 'group', name: null } as const;
	const suggested = await suggestWording(database, keys, { ...suggesting, point: said('suggests'), requestKey: 'three' }, person);
	await acceptSuggestion(
		database,
		{ topicId, suggestionId: suggested.receipt.contributionId },
		{ participantNumber: 2, contributionId: null }
	);
	await flagThing(
		database,
		keys,
		{ topicId, kind: 'idea', number: others.number },
		{ reason: 'spam', words: said('flags') },
		person
	);
	const { sha256 } = await files.put([Buffer.from(said('is filed'))], { mediaType: 'text/plain', limit: 1000 });
	const file = { sha256, name: `${canary}.txt` };
	const { contributionId } = await submitText(
		database,
		keys,
		{
			...{ ...named, requestKey: 'four', topicId, file, title: said('is titled'), text: said('submits') },
			...{ questionId: null, language: 'en', channel: 'web' }
		},
		person
	);
	await work();
	const place = { topicId, contributionId, requestKey: null };
	const quotes = [{ part: 0, textVersion: 1, spans: [{ starts: 0, ends: said('submits').length }] }];
	const drawn = { explanation: '', sources: '', questionId: null, language: 'en' };
	const verbatim = await drawIdea(database, { ...place, quotes }, { ...drawn, point: said('submits') }, rapporteur);
	const free = await drawIdea(database, { ...place, quotes }, { ...drawn, point: 'Birds matter' }, rapporteur);
	await batcher.give(topicId, person, { ideaNumber: free.number, opinion: 'agree', seen: null });
	await inTransaction(database, (transaction) =>
		follow(transaction, { topicId, kind: 'idea', thingId: idea.receipt.contributionId }, 1)
	);
	const report = await aReportThatQuotes(topicId, rapporteur, staff, idea.number);

	// what the test looks for is where it could be found
	const before = await tablesWith(canary);
	for (const table of ['idea_versions', 'idea_search', 'contribution_versions', 'contribution_names', 'passages', 'sources'])
		assert.ok(before.includes(table), table);
	for (const table of ['submissions', 'extracted_texts', 'wording_suggestions', 'moderation_flags', 'report_publications'])
		assert.ok(before.includes(table), table);
	assert.ok(filesWith(canary).length > 0);

	const asking = { kind: 'erasure', words: said('asks'), scope: 'all' } as const;
	await inTransaction(database, (transaction) => askOfStaff(transaction, idea.receipt, asking));
	const [request] = await requestsAtDesk(database, topicId, { maySeeErasures: true });
	await answerRequest(database, keys, { topicId, requestId: request!.requestId, grants: true, words: '' }, staff);
	await work();

	assert.deepEqual(await tablesWith(canary), []);
	assert.deepEqual(filesWith(canary), []);
	assert.equal(await files.has(sha256), false);

	// what stays: numbers, the thread, the other's idea with the words it had before, the opinion, as nobody's
	const topic = await topicOf(database, topicId);
	const reader = { actor: other, at: new Date() };
	const gone = await ideaPage(database, topic, idea.number, reader);
	assert.deepEqual([gone.concealed, gone.versions], ['erased', []]);
	const kept = await ideaPage(database, topic, others.number, reader);
	assert.equal(kept.versions[0]!.point, anIdeaDraft(topicId).point);
	const { comments } = await commentsOn(database, topicId, others.number);
	assert.deepEqual(
		comments.map(({ text, isErased }) => [text, isErased]),
		[
			[null, true],
			['I agree.', false]
		]
	);
	assert.equal((await ideaPage(database, topic, verbatim.number, reader)).concealed, 'erased');
	const freely = await ideaPage(database, topic, free.number, reader);
	assert.deepEqual([freely.concealed, freely.counts!.agree], [null, 1]);
	await assert.rejects(submissionNumbered(database, topicId, 1), { code: 'erased' });
	const [answered] = await askedOfStaff(database, topicId, idea.receipt.contributionId);
	assert.equal(answered!.answer, 'done');

	// nothing leads from a text or an opinion to the person
	const { rows: links } = await database.query(`select from participant_links where topic_id = $1 and participant_number = 1`, [
		topicId
	]);
	assert.equal(links.length, 0);
	const { rows: sent } = await database.query(`select from contributions where topic_id = $1 and participant_number = 1`, [
		topicId
	]);
	assert.equal(sent.length, 0);
	const { rows: commitments } = await database.query<{ nonce: null }>(
		`select distinct nonce from contribution_versions where topic_id = $1 and contribution_id = $2`,
		[topicId, idea.receipt.contributionId]
	);
	assert.deepEqual(commitments, [{ nonce: null }]);

	// the check names the source that is gone, and the edition says that it was made unreadable
	const remarks = (await checkReport(database, report)).remarks.filter(({ code }) => code === 'hidden');
	assert.deepEqual(
		remarks.map(({ source }) => source?.thingId),
		[idea.receipt.contributionId]
	);
	const { content } = await publishedEdition(database, report);
	assert.ok(content.paragraphs.some(({ text }) => text.includes('███ ██████████ ████ ██ ███ ████')));
	assert.ok((await redactedAt(database, report, 1)) instanceof Date);
	for (const name of exportFiles) {
		const wishes = { say: speakerOf('en'), showsResults: true, origin: 'https://talks.example.org', at: new Date() };
		const pieces: Buffer[] = [];
		for await (const piece of exported(database, topic, name, wishes).pieces) pieces.push(Buffer.from(piece));
		const bytes = Buffer.concat(pieces);
		const texts = /\.(xlsx|zip)$/.test(name) ? Object.values(unzipSync(bytes)).map((part) => Buffer.from(part)) : [bytes];
		assert.ok(!texts.some((text) => text.includes(canary)), name);
	}
});

test('words that somebody else took over are gone as well: from the receipt of who took them, and from reports that quote them there', async () => {
	const { topicId } = await anOpenTopic(database);
	const [person, other] = [aVisitor('helper'), aVisitor('other')];
	const staff = holding('secretariat', topicId);
	const claim = { participantNumber: 1, contributionId: null };
	const takenOver = async () => {
		const idea = await submitIdea(database, keys, anIdeaDraft(topicId), other);
		const draft = { topicId, number: idea.number, seen: 1, explanation: '', attribution: 'group', name: null } as const;
		const { receipt } = await suggestWording(database, keys, { ...draft, point: said('sang'), requestKey: null }, person);
		await acceptSuggestion(database, { topicId, suggestionId: receipt.contributionId }, claim);
		return { ...idea, suggested: receipt };
	};
	const [judged, quoted] = [await takenOver(), await takenOver()];
	await batcher.give(topicId, person, { ideaNumber: judged.number, opinion: 'agree', seen: 2 });
	const report = await aReportThatQuotes(topicId, holding('rapporteur', topicId), staff, quoted.number);
	assert.ok((await tablesWith(canary)).includes('report_publications'));

	const asking = { kind: 'erasure', words: '', scope: 'all' } as const;
	await inTransaction(database, (transaction) => askOfStaff(transaction, quoted.suggested, asking));
	const [request] = await requestsAtDesk(database, topicId, { maySeeErasures: true });
	await answerRequest(database, keys, { topicId, requestId: request!.requestId, grants: true, words: '' }, staff);
	await work();

	assert.deepEqual(await tablesWith(canary), []);
	assert.ok((await redactedAt(database, report, 1)) instanceof Date);
	// the words of who took them over stay theirs
	const topic = await topicOf(database, topicId);
	const shown = await ideaPage(database, topic, quoted.number, { actor: other, at: new Date() });
	assert.equal(shown.versions[0]!.point, anIdeaDraft(topicId).point);
});

test('of an idea that lost one of its wordings, what it still says stays in reports', async () => {
	const { topicId } = await anOpenTopic(database);
	const [person, other] = [aVisitor('helper'), aVisitor('other')];
	const staff = holding('secretariat', topicId);
	const idea = await submitIdea(database, keys, anIdeaDraft(topicId, { point: said('sang') }), other);
	const draft = { topicId, number: idea.number, seen: 1, explanation: '', attribution: 'group', name: null } as const;
	const { receipt } = await suggestWording(database, keys, { ...draft, point: 'Other words', requestKey: null }, person);
	await acceptSuggestion(
		database,
		{ topicId, suggestionId: receipt.contributionId },
		{ participantNumber: 1, contributionId: null }
	);
	await aReportThatQuotes(topicId, holding('rapporteur', topicId), staff, idea.number);
	await inTransaction(database, (transaction) => eraseTexts(transaction, topicId, [receipt.contributionId], staff));
	await work();
	const { rows } = await database.query(`select distinct quote from sources where topic_id = $1 and kind = 'idea'`, [topicId]);
	assert.deepEqual(rows, [{ quote: said('sang') }]);
});

/** A published report with a sentence that quotes the idea. */
async function aReportThatQuotes(topicId: string, rapporteur: Actor, staff: Actor, idea: number) {
	const { number } = await draftReport(database, topicId, { language: 'en' }, rapporteur);
	const report = await reportNumbered(database, topicId, number);
	const all = await paragraphsOf(database, topicId, report.reportId);
	const first = all.find(({ kind }) => kind === 'text')!;
	const sentence = `Somebody says: ${said('sang')}`;
	const place = { topicId, report: number, number: first.number };
	const added = await addParagraph(database, place, { kind: 'text', text: sentence }, rapporteur);
	const seen = { topicId, report: number, number: added, version: 1 };
	await addSource(database, seen, { sentence: 1, kind: 'idea', reference: String(idea) }, rapporteur);
	await database.query(`update sources set quote = $2 where topic_id = $1 and kind = 'idea'`, [topicId, said('sang')]);
	for (const remark of (await checkReport(database, report)).remarks)
		await waiveRemark(database, { topicId, number }, { ...remark, reason: 'It may stay.' }, rapporteur);
	await publishReport(database, { topicId, number }, staff);
	return report;
}

/** Runs every job that waits. */
async function work() {
	const mailer = mailerFor({ smtpUrl: null, outbox: join(data, 'outbox'), from: 'talks@example.org' });
	const failures: unknown[] = [];
	const jobs = await runJobs(database, tasksOf({ settings, mailer }), { failed: (_, error) => failures.push(error) });
	for (;;) {
		const { rows } = await database.query<{ waiting: number }>(
			`select count(*)::int as waiting from graphile_worker.jobs where run_at <= clock_timestamp() and attempts < max_attempts`
		);
		if (rows[0]!.waiting === 0 || failures.length > 0) break;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	await jobs.stop();
	mailer.close();
	assert.deepEqual(failures, []);
}

/** The tables with a row that has the word in any of its columns, jobs and sign-in included. */
async function tablesWith(word: string): Promise<string[]> {
	const { rows } = await database.query<{ schema: string; name: string }>(
		`select table_schema as schema, table_name as name
		from information_schema.tables
		where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
		order by table_schema, table_name`
	);
	const found: string[] = [];
	for (const { schema, name } of rows) {
		const { rowCount } = await database.query(`select from "${schema}"."${name}" as t where t::text ilike $1 limit 1`, [
			`%${word}%`
		]);
		if (rowCount > 0) found.push(name);
	}
	return found;
}

function filesWith(word: string): string[] {
	return readdirSync(data, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) => path.includes(word) || readFileSync(path).includes(word));
}
