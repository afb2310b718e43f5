// For the test of erasure: every way in and every place of staff where the words of a person can go.
import assert from 'node:assert/strict';
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
import { receiptOfContribution } from '#contributions/receipts/receipts.server.ts';
import { askOfStaff } from '#contributions/receipts/requests.server.ts';
import { submitText } from '#contributions/submitting.server.ts';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { answerRequest, eraseWithoutReceipt } from '#ideas/requests/answering.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { editIdea } from '#ideas/editing.server.ts';
import { aCommentDraft, anIdeaDraft } from '#ideas/examples.server.ts';
import { enterForm } from '#ideas/entering-paper.server.ts';
import { flagThing } from '#ideas/moderating/flagging.server.ts';
import { moderate } from '#ideas/moderating/moderating-many.server.ts';
import { requestsAtDesk } from '#ideas/requests/at-desk.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { suggestWording } from '#ideas/suggesting.server.ts';
import { answerThirdPerson, askAboutMe, thirdPersonsAtDesk } from '#ideas/requests/third-persons.server.ts';
import { mails } from '#mail/mail.server.ts';
import { stopMail } from '#mail/stopping.server.ts';
import { leaveForGood } from '#newsroom/leaving.server.ts';
import { sendNotice } from '#newsroom/notices/sending.server.ts';
import { saveNotice } from '#newsroom/notices/writing.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { inviteByMail } from '#people/invitations/inviting.server.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { makeToken } from '#people/tokens.server.ts';
import { startSheet, uploadSheet } from '#sheets/uploading.server.ts';
import { acceptAsParticipant } from '#topics/participants/invited.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import {
	accountId,
	address,
	canary,
	database,
	files,
	keys,
	moderator,
	name,
	organisation,
	other,
	person,
	rapporteur,
	runNow,
	said,
	slug,
	staff,
	topicId,
	work
} from './canary.ts';

export async function makesAnAccount(): Promise<string> {
	const made = await inTransaction(database, (transaction) => makeAccount(transaction, { email: address, name, language: 'en' }));
	return made.accountId;
}

/** An imported submission whose form names the organisation; its words do not. */
export async function standsInAForm(): Promise<void> {
	const lines = [`Title,Text,Organisation`, `A title,A text,The ${organisation}`].join('\r\n');
	const { sha256 } = await files.put([Buffer.from(lines)], { mediaType: 'text/csv', limit: 10_000 });
	const { sheetId } = await uploadSheet(database, { topicId, kind: 'submissions', sha256, fileName: 'forms.csv' }, staff);
	await work();
	await startSheet(database, topicId, sheetId, staff);
	await work();
	const { rowCount } = await database.query(`select from submissions where organisation_as_written like $1`, [`%${canary}%`]);
	assert.equal(rowCount, 1);
}

export async function signsIn(): Promise<void> {
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

export async function isInvitedAndSaysWhoTheyAre(): Promise<void> {
	const words = { topicId, role: 'participant', language: 'en', days: 30, note: said('is invited') } as const;
	await inviteByMail(database, words, [address], 'https://talks.example.org', staff);
	const token = /\?token=(\S+)/.exec((await mails(database))[0]!.body)![1]!;
	await acceptAsParticipant(database, keys, token, person);
	const [organisationId] = await inTransaction(database, (transaction) =>
		organisationsNamed(transaction, [{ name: organisation, country: null }])
	);
	await stateProfile(database, keys, topicId, person, { ...nothingStated, organisationId: organisationId! });
}

export async function sendsByForm() {
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
	const suggestion = { topicId, number: others.number, seen: 1, explanation: said('gives reasons'), ...named, requestKey: null };
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
export async function isModerated(idea: Awaited<ReturnType<typeof sendsByForm>>): Promise<void> {
	const chosen = [{ kind: 'idea', thingId: idea.receipt.contributionId, seen: 2 }] as const;
	await moderate(
		database,
		keys,
		{ topicId, chosen, act: { does: 'hide', reason: 'spam' }, words: said('is not about this') },
		moderator
	);
	await inTransaction(database, (transaction) =>
		askOfStaff(transaction, idea.receipt, { kind: 'appeal', words: said('appeals') })
	);
	const [appeal] = await requestsAtDesk(database, topicId, { maySeeErasures: true });
	await answerRequest(
		database,
		keys,
		{ topicId, requestId: appeal!.requestId, grants: true, words: said('was right') },
		moderator
	);
}

export async function asksAboutOthers(): Promise<void> {
	const about = { words: said('is named there'), email: address, language: 'en' };
	await askAboutMe(database, { topicId, kind: 'idea', number: 1 }, about);
	const [request] = await thirdPersonsAtDesk(database, topicId);
	const answer = { answer: 'declined', words: said('is a bird') } as const;
	await answerThirdPerson(database, keys, { topicId, requestId: request!.requestId, ...answer }, moderator);
	// and one that nobody has answered yet
	await askAboutMe(database, { topicId, kind: 'idea', number: 1 }, { ...about, words: 'It is about me.' });
}

/** One mail is confirmed, one taken by staff, one refused, one still held; each with a file. */
export async function writesMails(): Promise<void> {
	const door = await openMailDoor({ database, files, way: 'smtp', host: '127.0.0.1', port: 0, mailDomain, ownAddress });
	const head = { From: `${name} <${address}>`, To: `${slug}@${mailDomain}` };
	for (const which of ['confirmed', 'taken', 'refused', 'held']) {
		const mail = aMail(
			{
				...head,
				Subject: said(which),
				'Message-ID': `<${which}-${uuidv7()}@${canary}.example>`,
				'MIME-Version': '1.0',
				'Content-Type': 'multipart/mixed; boundary=b'
			},
			[
				...['--b', 'Content-Type: text/plain', '', said(`writes what is ${which}`), '', `-- `, name, organisation],
				...['--b', 'Content-Type: text/plain', `Content-Disposition: attachment; filename="${canary} ${which}.txt"`, ''],
				...[said(`encloses what is ${which}`), '--b--', '']
			].join('\r\n')
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
export async function standsInFilesOfStaff(): Promise<void> {
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
			`Area: ${canary}`,
			`Entitled by: ${name}`,
			`Region: ${canary} region`,
			`Organization: ${organisation} in Kenya`
		],
		...[`Sector: ${canary} sector`, `Keywords: ${canary}`, 'Abstract', said('is short'), 'Document', said('is long')]
	];
	await importSubmissions(database, files, zipSource(zipSync({ '001A.txt': strToU8(form.join('\n')) })), topicId, staff);
}

/** A notice that has left, and one that still waits. */
export async function isWrittenToByTheSecretariat(): Promise<void> {
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
export async function writesOnPaper(): Promise<string> {
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

export async function asksForErasure(strip: string): Promise<void> {
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
	assert.equal(rows.length, 4);
	for (const { id: contributionId } of rows)
		await eraseWithoutReceipt(database, keys, { topicId, contributionId, words: `${name} wrote from ${address}` }, staff);
	await leaveForGood(database, { keys, origin: 'https://talks.example.org' }, person);
}
