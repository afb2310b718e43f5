import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import type { Actor } from '#activity/actor.ts';
import { askToEraseAll } from '#contributions/receipts/asking-for-all.server.ts';
import { aPicture } from '#contributions/intake/paper/examples.server.ts';
import { formsOfRun, makeForms } from '#contributions/intake/paper/printing.server.ts';
import { takeScan } from '#contributions/intake/paper/scans.server.ts';
import { joinReceipt } from '#contributions/receipts/joining.server.ts';
import { importSubmissions } from '#contributions/intake/importing.server.ts';
import { acceptMail, confirmMail } from '#contributions/intake/mail/becoming.server.ts';
import { aMail, mailDomain, ownAddress, send } from '#contributions/intake/mail/examples.server.ts';
import { openMailDoor } from '#contributions/intake/mail/listening.server.ts';
import { zipSource } from '#contributions/intake/sources.server.ts';
import { leave } from '#contributions/leaving.server.ts';
import { receiptOfContribution } from '#contributions/receipts/receipts.server.ts';
import { askOfStaff } from '#contributions/receipts/requests.server.ts';
import { submitText } from '#contributions/submitting.server.ts';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { readSettings } from '#database/settings.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { fileStore } from '#files/store.server.ts';
import { answerRequest, eraseWithoutReceipt } from '#ideas/requests/answering.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { editIdea } from '#ideas/editing.server.ts';
import { aCommentDraft, aModerator, anIdeaDraft, anOpenTopic, aVisitor } from '#ideas/examples.server.ts';
import { enterForm } from '#ideas/entering-paper.server.ts';
import { flagThing } from '#ideas/moderating/flagging.server.ts';
import { moderate } from '#ideas/moderating/moderating-many.server.ts';
import { requestsAtDesk } from '#ideas/requests/at-desk.server.ts';
import { erasePersonWith, personWith } from '#ideas/requests/erasing-persons.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { suggestWording } from '#ideas/suggesting.server.ts';
import { answerThirdPerson, askAboutMe, thirdPersonsAtDesk } from '#ideas/requests/third-persons.server.ts';
import { runJobs, type Job, type TaskList } from '#jobs/running.server.ts';
import { mailerFor } from '#mail/delivering.server.ts';
import { mails, queueMail } from '#mail/mail.server.ts';
import { stopMail } from '#mail/stopping.server.ts';
import { sendNotice } from '#newsroom/notices/sending.server.ts';
import { saveNotice } from '#newsroom/notices/writing.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { holding } from '#people/examples.ts';
import { inviteByMail } from '#people/invitations/inviting.server.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { addName, confirmDomain } from '#people/organisations/changing.server.ts';
import { joinOrganisations } from '#people/organisations/joining.server.ts';
import { makeToken } from '#people/tokens.server.ts';
import { eraseOrganisation, organisationToErase } from '#reports/erasing-organisations.server.ts';
import { makeArchive } from '#reports/export/archives.server.ts';
import { startSheet, uploadSheet } from '#sheets/uploading.server.ts';
import { acceptAsParticipant } from '#topics/participants/invited.server.ts';
import { participantOf } from '#topics/participants/participants.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { addWebhook } from '#webhooks/keeping.server.ts';
import { tasksOf } from './tasks.ts';
import * as traces from './traces.ts';

const database = await testDatabase();
const data = mkdtempSync(join(tmpdir(), 'open-talks-canary-'));
const secret = 'a secret that is for this test alone';
const settings = readSettings({ OPEN_TALKS_DATA: data, OPEN_TALKS_SECRET: secret, MAIL_DOMAIN: mailDomain });
const keys = topicKeys({ folder: data, secret });
const files = fileStore(database, join(data, 'files'));
const mailer = mailerFor({ smtpUrl: null, outbox: join(data, 'outbox'), from: 'talks@example.org' });
after(() => mailer.close());

/** Nobody else has it, in this run or any before. */
const canary = `qzx${randomBytes(4).toString('hex')}`;
const address = `${canary}@example.org`;
const name = `Ann ${canary}`;
const organisation = `${canary} Foundation`;
const said = (what: string) => `The ${canary} ${what} in the mine`;

const { topicId, slug } = await anOpenTopic(database);
const other = aVisitor('other');
const moderator = aModerator(topicId);
const staff = holding('secretariat');
const rapporteur = holding('rapporteur', topicId);
const { accountId } = await inTransaction(database, (transaction) =>
	makeAccount(transaction, { email: address, name, language: 'en' })
);
const person: Actor = { kind: 'account', accountId, visitorId: null, roles: [], secondFactor: false };

test('a person who came in by every way, and is erased, is found nowhere', async () => {
	await signsIn();
	await addWebhook(
		database,
		Buffer.alloc(32),
		{
			topicId: nilTopic,
			address: 'https://hooks.example.org/',
			events: ['idea.published', 'comment.published', 'submission.published']
		},
		staff
	);
	await isInvitedAndSaysWhoTheyAre();
	const theirs = await sendsByForm();
	await isModerated(theirs);
	await asksAboutOthers();
	await writesMails();
	await standsInFilesOfStaff();
	const strip = await writesOnPaper();
	await work();
	await nightlyArchives();
	await work();
	await isWrittenToByTheSecretariat();
	await work();
	// a mail that still waits when they go
	await inTransaction(database, (transaction) =>
		queueMail(transaction, { topicId, to: address, language: 'en', kind: 'news', subject: said('is told'), body: said('hears') })
	);

	// what the test looks for is where it could be found
	const before = await placesInDatabase();
	for (const table of [
		...['accounts', 'user', 'verification', 'account_tokens', 'mails', 'mail_stops', 'invitations', 'organisation_names'],
		...['idea_versions', 'idea_search', 'contribution_versions', 'contribution_names', 'submissions', 'submission_files'],
		...[
			'paper_scans',
			'wording_suggestions',
			'moderation_flags',
			'receipt_requests',
			'third_person_requests',
			'mails_in',
			'mail_in_readings'
		]
	])
		assert.ok(
			before.some((place) => place.startsWith(`${table}.`)),
			`${table} of ${before.join(', ')}`
		);
	assert.ok(filesWith().some((path) => path.includes('outbox')) && filesWith().some((path) => path.includes('files')));
	assert.ok((await shownToEverybody()).length > 0);

	await asksForErasure(strip);
	await work();
	await nightlyArchives();
	await work();
	// a moderator may have to explain for a month what somebody asked for
	assert.deepEqual(await placesInDatabase(), ['third_person_requests.words']);
	assert.deepEqual(filesWith(), []);
	assert.deepEqual(await shownToEverybody(), []);

	await passes(31);
	await work();
	assert.deepEqual(await placesInDatabase(), []);
	assert.deepEqual(filesWith(), []);
	assert.deepEqual(await logsWith(), []);
});

test('a person whom the secretariat erases by the address that they wrote from is found nowhere, and neither is an organisation', async () => {
	await database.query('delete from third_person_requests');
	const letter: Actor = { ...person, accountId: await makesAnAccount() };
	await inTransaction(database, (transaction) => participantOf(transaction, keys, topicId, letter));
	const idea = { attribution: 'named', name, point: said('rings'), requestKey: 'again' } as const;
	await submitIdea(database, keys, anIdeaDraft(topicId, idea), letter);
	await writesMails();
	await isWrittenToByTheSecretariat();
	await work();
	assert.deepEqual(await personWith(database, keys, address, staff), {
		...{ hasAccount: true, isStaff: false, talks: 1, texts: 3, mails: 3, invitations: 0 }
	});
	await assert.rejects(personWith(database, keys, address, moderator), { code: 'not-allowed' });
	await assert.rejects(erasePersonWith(database, keys, { email: address, asked: 'letter' }, rapporteur), { code: 'not-allowed' });
	await erasePersonWith(database, keys, { email: address.toUpperCase(), asked: 'letter' }, staff);
	await assert.rejects(erasePersonWith(database, keys, { email: address, asked: 'letter' }, staff), { code: 'no-such-person' });
	await work();
	assert.deepEqual(await placesInDatabase(), []);
	assert.deepEqual(filesWith(), []);

	const [organisationId, double] = await inTransaction(database, (transaction) =>
		organisationsNamed(transaction, [
			{ name: organisation, country: null },
			{ name: `${organisation} International`, country: 'KE' }
		])
	);
	await addName(database, organisationId!, { name: `${canary} Fondation`, language: 'fr', isMain: false }, staff);
	await confirmDomain(database, organisationId!, `${canary}.example`, staff);
	await joinOrganisations(database, double!, organisationId!, staff, said('is the same'));
	for (const [index, id] of [organisationId!, double!].entries()) {
		const member = aVisitor(`member ${index}`);
		await stateProfile(database, keys, topicId, member, { ...nothingStated, organisationId: id });
		await submitIdea(database, keys, anIdeaDraft(topicId, { point: `A point of member ${index}` }), member);
	}
	await inviteByMail(
		database,
		{ topicId, role: 'participant', language: 'en', days: 30, organisationId: organisationId! },
		['member@example.org'],
		'https://talks.example.org',
		staff
	);
	await standsInAForm();
	assert.ok(await makeArchive(database, files, topicId, 'https://talks.example.org'));
	assert.ok((await shownToEverybody()).length > 0 && filesWith().length > 0);
	assert.deepEqual((await organisationToErase(database, organisationId!, staff)).people, null);
	await assert.rejects(eraseOrganisation(database, organisationId!, 'asked', moderator), { code: 'not-allowed' });
	await eraseOrganisation(database, organisationId!, 'asked', staff);
	await work();
	await nightlyArchives();
	await work();
	assert.deepEqual(await placesInDatabase(), []);
	assert.deepEqual([filesWith(), await shownToEverybody(), await logsWith()], [[], [], []]);
	const { rowCount } = await database.query(`select from idea_versions where topic_id = $1 and point like 'A point of member%'`, [
		topicId
	]);
	assert.equal(rowCount, 2);
});

async function makesAnAccount(): Promise<string> {
	const made = await inTransaction(database, (transaction) => makeAccount(transaction, { email: address, name, language: 'en' }));
	return made.accountId;
}

/** An imported submission whose form names the organisation; its words do not. */
async function standsInAForm(): Promise<void> {
	const lines = [`Title,Text,Organisation`, `A title,A text,The ${organisation}`].join('\r\n');
	const { sha256 } = await files.put([Buffer.from(lines)], { mediaType: 'text/csv', limit: 10_000 });
	const { sheetId } = await uploadSheet(database, { topicId, kind: 'submissions', sha256, fileName: 'forms.csv' }, staff);
	await work();
	await startSheet(database, topicId, sheetId, staff);
	await work();
	const { rowCount } = await database.query(`select from submissions where organisation_as_written like $1`, [`%${canary}%`]);
	assert.equal(rowCount, 1);
}

async function signsIn(): Promise<void> {
	const { rows } = await database.query<{ id: string }>(
		`insert into sign_in."user" ("name", "email", "emailVerified") values ($1, $2, true) returning "id"`,
		[name, address]
	);
	await database.query('update accounts set sign_in_user = $1 where account_id = $2', [rows[0]!.id, accountId]);
	await database.query(
		`insert into sign_in."verification" ("identifier", "value", "expiresAt") values ($1, 'hashed', now() + interval '5 minutes')`,
		[`sign-in-otp-${address}`]
	);
	await makeToken(database, { name: canary, scopes: ['me:read'], days: 30 }, person);
	await inTransaction(database, (transaction) => stopMail(transaction, { topicId: nilTopic, address, kind: 'news' }));
}

async function isInvitedAndSaysWhoTheyAre(): Promise<void> {
	const words = { topicId, role: 'participant', language: 'en', days: 30, note: said('is invited') } as const;
	await inviteByMail(database, words, [address], 'https://talks.example.org', staff);
	const token = /\?token=(\S+)/.exec((await mails(database))[0]!.body)![1]!;
	await acceptAsParticipant(database, keys, token, person);
	const [organisationId] = await inTransaction(database, (transaction) =>
		organisationsNamed(transaction, [{ name: organisation, country: null }])
	);
	await stateProfile(database, keys, topicId, person, { ...nothingStated, organisationId: organisationId! });
}

async function sendsByForm() {
	const named = { attribution: 'named', name } as const;
	const others = await submitIdea(database, keys, anIdeaDraft(topicId), other);
	const idea = await submitIdea(
		database,
		keys,
		anIdeaDraft(topicId, { ...named, point: said('sings'), requestKey: 'one' }),
		person
	);
	const claim = { participantNumber: null, contributionId: idea.receipt.contributionId };
	const wording = { point: said('sang'), explanation: said('explains'), sources: said('cites') };
	await editIdea(database, { topicId, number: idea.number, seen: 1 }, wording, { claim, actor: person });
	await comment(database, keys, aCommentDraft(topicId, others.number, { ...named, text: said('comments') }), person);
	const suggestion = { topicId, number: others.number, seen: 1, explanation: '', ...named, requestKey: null };
	await suggestWording(database, keys, { ...suggestion, point: said('suggests') }, person);
	const flag = { reason: 'spam', words: said('flags') } as const;
	await flagThing(database, keys, { topicId, kind: 'idea', number: others.number }, flag, person);
	const { sha256 } = await files.put([Buffer.from(said('is filed'))], { mediaType: 'text/plain', limit: 1000 });
	const typed = { topicId, title: said('is titled'), text: said('submits'), file: { sha256, name: `${canary}.txt` } };
	const rest = { ...named, questionId: null, language: 'en', channel: 'web', requestKey: null } as const;
	await submitText(database, keys, { ...typed, ...rest }, person);
	return idea;
}

/** Hidden with a statement of reasons by mail, appealed, shown again with another mail. */
async function isModerated(idea: Awaited<ReturnType<typeof sendsByForm>>): Promise<void> {
	const chosen = [{ kind: 'idea', thingId: idea.receipt.contributionId, seen: 2 }] as const;
	await moderate(
		database,
		keys,
		{ topicId, chosen, act: { does: 'hide', reason: 'spam' }, words: 'It was not about this.' },
		moderator
	);
	await inTransaction(database, (transaction) =>
		askOfStaff(transaction, idea.receipt, { kind: 'appeal', words: said('appeals') })
	);
	const [appeal] = await requestsAtDesk(database, topicId, { maySeeErasures: true });
	await answerRequest(database, keys, { topicId, requestId: appeal!.requestId, grants: true, words: '' }, moderator);
}

async function asksAboutOthers(): Promise<void> {
	const about = { words: said('is named there'), email: address, language: 'en' };
	await askAboutMe(database, { topicId, kind: 'idea', number: 1 }, about);
	const [request] = await thirdPersonsAtDesk(database, topicId);
	const answer = { answer: 'declined', words: 'It is about a bird.' } as const;
	await answerThirdPerson(database, keys, { topicId, requestId: request!.requestId, ...answer }, moderator);
	// and one that nobody has answered yet
	await askAboutMe(database, { topicId, kind: 'idea', number: 1 }, { ...about, words: 'It is about me.' });
}

/** One mail is confirmed, one taken by staff, one still held. */
async function writesMails(): Promise<void> {
	const door = await openMailDoor({ database, files, way: 'smtp', host: '127.0.0.1', port: 0, mailDomain, ownAddress });
	const head = { From: `${name} <${address}>`, To: `${slug}@${mailDomain}` };
	for (const which of ['confirmed', 'taken', 'held']) {
		const mail = aMail(
			{ ...head, Subject: said(which), 'Message-ID': `<${which}-${uuidv7()}@${canary}.example>`, 'Content-Type': 'text/plain' },
			`${said(`writes what is ${which}`)}\r\n\r\n-- \r\n${name}\r\n${organisation}\r\n`
		);
		assert.match((await send(door.port, mail, { from: address, to: [head.To] })).last, /^250 /);
	}
	await door.stop();
	await work();
	const { rows } = await database.query<{ topicId: string; mailInId: string; isNew: boolean }>(
		`select topic_id as "topicId", mail_in_id as "mailInId", from_address <> '' as "isNew" from mail_in_readings order by mail_in_id`
	);
	const [confirmed, taken] = rows.filter(({ isNew }) => isNew);
	const as = { attribution: 'named', name } as const;
	await confirmMail(database, keys, confirmed!, as, person);
	await acceptMail(database, keys, taken!, as, rapporteur);
}

/** In a spreadsheet of ideas, in one of invitations, and in a zip of submissions. */
async function standsInFilesOfStaff(): Promise<void> {
	for (const [kind, ...lines] of [
		[
			'ideas',
			'Point,Explanation,Name,Organisation',
			`${said('is listed')},${said('is explained')},${name},Another ${organisation}`
		],
		['invitations', 'Email,Role,Organisation', `${address},participant,${organisation} too`]
	] as const) {
		const { sha256 } = await files.put([Buffer.from(lines.join('\r\n'))], { mediaType: 'text/csv', limit: 10_000 });
		const { sheetId } = await uploadSheet(database, { topicId, kind, sha256, fileName: `${kind}.csv` }, staff);
		await work();
		await startSheet(database, topicId, sheetId, staff);
		await work();
	}
	const form = [
		...[
			said('is brought in'),
			'Area: Roadmap',
			`Entitled by: ${name}`,
			'Region: Kenya',
			`Organization: ${organisation} in Kenya`
		],
		...['Sector: Civil Society', `Keywords: ${canary}`, 'Abstract', said('is short'), 'Document', said('is long')]
	];
	await importSubmissions(database, files, zipSource(zipSync({ '001A.txt': strToU8(form.join('\n')) })), topicId, staff);
}

/** A notice that has left, and one that still waits. */
async function isWrittenToByTheSecretariat(): Promise<void> {
	for (const way of ['now', 'digest'] as const) {
		const noticeId = uuidv7();
		const texts = { title: { en: 'The next stage' }, text: { en: 'It begins.' } };
		const notice = { topicId, noticeId, audience: 'everybody', audienceKey: '', isPublic: true, texts } as const;
		await saveNotice(database, notice, staff);
		await sendNotice(database, topicId, noticeId, way, staff);
	}
	// who wanted no news gets no notices either: they want them again
	await database.query('delete from mail_stops where address = $1', [address]);
	await work();
	await runNow('newsroom.send-news');
	const { rows } = await database.query<{ count: number }>(
		`select count(*)::int from mails where to_address = $1 and kind = 'notice'`,
		[address]
	);
	assert.equal(rows[0]!.count, 1);
	await inTransaction(database, (transaction) => stopMail(transaction, { topicId: nilTopic, address, kind: 'news' }));
}

/** Two photos of the form, in whose files and names the word stands; typed by a helper, opened by the strip. */
async function writesOnPaper(): Promise<string> {
	const run = await makeForms(database, keys, { topicId, questionId: null, language: 'en', forms: 1, name: 'Hall' }, rapporteur);
	const [form] = (await formsOfRun(database, keys, topicId, run)).sheets;
	const front = aPicture([`https://talks.example.org/paper/${form!.code}`]);
	for (const side of ['front', 'back']) {
		const bytes = Buffer.concat([front, Buffer.from(said(side))]);
		await takeScan(database, files, topicId, { bytes, name: `${canary} ${side}.png` }, rapporteur);
	}
	await work();
	await enterForm(
		database,
		keys,
		{
			topicId,
			number: form!.number,
			ideas: [{ point: said('is written by hand'), explanation: said('has reasons'), questionId: null }],
			long: { title: said('is a letter'), text: said('writes at length') },
			...{ language: 'en', groups: [], country: 'KE', organisation: `${organisation} on paper`, attribution: 'named', name }
		},
		rapporteur
	);
	return form!.strip;
}

async function asksForErasure(strip: string): Promise<void> {
	// what was typed from paper is theirs by the strip, on another device
	const phone: Actor = { kind: 'visitor', visitorId: 'phone' };
	const { contributionId } = await joinReceipt(database, keys, strip, phone);
	const receipt = await receiptOfContribution(database, topicId, contributionId);
	await inTransaction(database, (transaction) =>
		askOfStaff(transaction, receipt!, { kind: 'erasure', words: said('asks by the strip'), scope: 'all' })
	);
	assert.equal(await askToEraseAll(database, keys, person, said('asks')), 1);
	for (const { requestId, kind } of await requestsAtDesk(database, topicId, { maySeeErasures: true }))
		if (kind === 'erasure') await answerRequest(database, keys, { topicId, requestId, grants: true, words: '' }, staff);
	// what others brought in has no receipt: they write to the secretariat
	const { rows } = await database.query<{ id: string }>(
		`select distinct contribution_id as id from contribution_versions where topic_id = $1 and text ilike $2`,
		[topicId, `%${canary}%`]
	);
	assert.equal(rows.length, 3);
	for (const { id: contributionId } of rows)
		await eraseWithoutReceipt(database, keys, { topicId, contributionId, words: `${name} wrote from ${address}` }, staff);
	await leave(database, person);
}

const placesInDatabase = () => traces.inDatabase(database, canary);
const filesWith = () => traces.inFiles(data, canary);
const shownToEverybody = () => traces.inPublic(database, topicId, canary);
const logsWith = () => traces.inLogs(database, canary);

const tasks: TaskList = {
	...tasksOf({ settings, mailer }),
	// nothing leaves this machine; what would be sent are the rows of webhook_messages
	'webhooks.deliver': () => Promise.resolve(() => Promise.resolve())
};

/** Does everything that waits. */
async function work(): Promise<void> {
	const failures: unknown[] = [];
	const jobs = await runJobs(database, tasks, { failed: (_, error) => failures.push(error) });
	for (;;) {
		const { rows } = await database.query<{ waiting: number }>(
			`select count(*)::int as waiting from graphile_worker.jobs where run_at <= clock_timestamp() and attempts < max_attempts`
		);
		if (rows[0]!.waiting === 0 || failures.length > 0) break;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	await jobs.stop();
	assert.deepEqual(failures, []);
}

async function runNow(task: string, days = 0): Promise<void> {
	const job: Job = {
		payload: { topicId: nilTopic },
		database: { ...database, clockShift: days * 86_400_000 },
		...{ attempt: 1, isLastAttempt: false, ending: new AbortController().signal, progress: () => Promise.resolve() }
	};
	await (
		await tasks[task]!()
	)(job);
}

const nightlyArchives = () => runNow('reports.keep-exports');

/** So many days later, what is done every hour is done. */
async function passes(days: number): Promise<void> {
	for (const task of ['people.tidy', 'newsroom.send-news']) await runNow(task, days);
}
