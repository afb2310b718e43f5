// For the test of erasure: where staff and other programs write down the words of a person, or words about them.
import assert from 'node:assert/strict';
import { strToU8, zipSync } from 'fflate';
import { changeSubmission } from '#contributions/changing.server.ts';
import { refuseMail } from '#contributions/intake/mail/becoming.server.ts';
import { uploadSubmissions } from '#contributions/intake/uploads.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { correctMeaning } from '#ideas/correcting.server.ts';
import { drawIdea } from '#ideas/drawing/drawing.server.ts';
import { withdrawIdea } from '#ideas/editing.server.ts';
import { anIdeaDraft } from '#ideas/examples.server.ts';
import { moderate } from '#ideas/moderating/moderating-many.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { renameTheme, splitTheme } from '#ideas/themes/changing.server.ts';
import { queueMail } from '#mail/mail.server.ts';
import { noteUnreachable } from '#mail/unreachable.server.ts';
import { quotePassage } from '#reports/arranging.server.ts';
import { draftReport } from '#reports/drafting/drafting.server.ts';
import { publishReport } from '#reports/publishing.server.ts';
import { paragraphsOf, reportNumbered } from '#reports/reading.server.ts';
import { askForAudit } from '#sheets/auditing.server.ts';
import { uploadSheet } from '#sheets/uploading.server.ts';
import {
	address,
	canary,
	database,
	files,
	keys,
	moderator,
	name,
	organisation,
	person,
	rapporteur,
	said,
	staff,
	topicId
} from './canary.ts';

/** By a provider and a passkey, in a browser that says what it is. */
export async function signsInElsewhere(): Promise<void> {
	const { rows } = await database.query<{ id: string }>(`select "id" from sign_in."user" where "email" = $1`, [address]);
	const userId = rows[0]!.id;
	await database.query(`update sign_in."user" set "image" = $2 where "id" = $1`, [userId, `https://example.org/${canary}.png`]);
	await database.query(
		`insert into sign_in."account" ("accountId", "providerId", "userId", "accessToken", "refreshToken", "idToken", "scope", "updatedAt")
		values ($2, 'provider', $1, $2, $2, $2, 'openid', now())`,
		[userId, canary]
	);
	await database.query(
		`insert into sign_in."passkey" ("name", "publicKey", "userId", "credentialID", "counter", "deviceType", "backedUp")
		values ($2, $2, $1, $2, 0, 'phone', false)`,
		[userId, canary]
	);
	await database.query(
		`insert into sign_in."session" ("expiresAt", "token", "updatedAt", "ipAddress", "userAgent", "userId")
		values (now() + interval '1 day', $2, now(), '192.0.2.7', $3, $1)`,
		[userId, canary, `A browser of ${canary}`]
	);
}

/** Takes one idea back, and sends the submission again with other words and another file. */
export async function thinksAgain(): Promise<void> {
	const draft = anIdeaDraft(topicId, { attribution: 'named', name, point: said('doubts'), requestKey: 'two' });
	const { number, receipt } = await submitIdea(database, keys, draft, person);
	const claim = { participantNumber: null, contributionId: receipt.contributionId };
	await withdrawIdea(database, { topicId, number }, said('goes back'), { claim, actor: person });
	const { sha256 } = await files.put([Buffer.from(said('is filed anew'))], { mediaType: 'text/plain', limit: 1000 });
	const change = { title: said('is retitled'), text: said('submits anew'), file: { sha256, name: `${canary} anew.txt` } };
	await changeSubmission(database, { topicId, contributionId: await theirSubmission(), seen: 1 }, change, person);
}

/** A rapporteur draws an idea from their submission, and quotes it in a report that is published. */
export async function isQuoted(): Promise<void> {
	const contributionId = await theirSubmission();
	const text = said('submits anew');
	const draw = (point: string, words: string) => {
		const starts = text.indexOf(words);
		const quotes = [{ part: 0, textVersion: 2, spans: [{ starts, ends: starts + words.length }] }];
		const wording = { point, explanation: '', sources: '', questionId: null, language: 'en' };
		return drawIdea(database, { topicId, contributionId, requestKey: null, quotes }, wording, rapporteur);
	};
	const theirs = await draw(text, 'submits anew');
	const theme = await splitTheme(database, { topicId, ideas: [theirs.number], name: said('has a theme') }, rapporteur);
	await renameTheme(database, { topicId, number: theme, name: said('has matters') }, rapporteur);
	await draw('Mines have birds in them', 'The');
	await draw('Birds are sent anew', text);
	const { rows } = await database.query<{ passageId: string }>(
		`select passage_id as "passageId" from passages where topic_id = $1 and contribution_id = $2 and quote = $3`,
		[topicId, contributionId, text]
	);
	const { number } = await draftReport(database, topicId, { language: 'en' }, rapporteur);
	const [first] = await paragraphsOf(database, topicId, (await reportNumbered(database, topicId, number)).reportId);
	await quotePassage(database, { topicId, report: number, number: first!.number }, rows[0]!.passageId, rapporteur);
	await publishReport(database, { topicId, number }, staff);
}

/** Where staff say why, they may name who it is about. */
export async function isWrittenAbout(): Promise<void> {
	await askForAudit(database, topicId, said('doubts the figures'), staff);
	const held = await database.query<{ topicId: string; mailInId: string }>(
		`select topic_id as "topicId", mail_in_id as "mailInId"
		from mail_in_readings r
		where subject = $1 and not exists (
			select from mail_in_decisions d where d.topic_id = r.topic_id and d.mail_in_id = r.mail_in_id)`,
		[said('refused')]
	);
	await refuseMail(database, held.rows[0]!, said('is refused'), rapporteur);
	const chosen = [{ kind: 'submission', thingId: await theirSubmission(), seen: 2 }] as const;
	await moderate(
		database,
		keys,
		{ topicId, chosen, act: { does: 'block', reason: 'spam' }, words: said('is blocked') },
		moderator
	);
}

/** In files that were looked at and never brought in, and in forms whose words somebody had to explain. */
export async function waitsAtDesks(): Promise<void> {
	const form = [
		...[said('waits'), `Area: ${canary}`, `Entitled by: ${name}`, `Region: ${canary} valley`],
		...[`Organization: ${organisation} in waiting`, `Sector: ${canary} sector`, `Keywords: ${canary}`, 'Abstract'],
		...[said('is short'), 'Document', said('waits at length')]
	];
	const zip = zipSync({ [`${canary}.txt`]: strToU8(form.join('\n')) });
	const stored = await files.put([zip], { mediaType: 'application/zip', limit: 10_000 });
	await uploadSubmissions(database, { topicId, sha256: stored.sha256, fileName: 'waiting.zip' }, rapporteur);
	const lines = ['Point,Country', `${said('is in a table')},KE`, `${said('is nowhere')},${canary}`].join('\r\n');
	const { sha256 } = await files.put([Buffer.from(lines)], { mediaType: 'text/csv', limit: 10_000 });
	await uploadSheet(database, { topicId, kind: 'ideas', sha256, fileName: 'waiting.csv' }, staff);
	for (const field of ['sector', 'region'] as const)
		await correctMeaning(database, { topicId, field, asWritten: `${canary} ${field}`, means: '' }, rapporteur);
}

/** A server says that it does not know them: a mail to them came back. */
export async function isUnknownToAServer(): Promise<void> {
	const mailId = await inTransaction(database, (transaction) =>
		queueMail(transaction, {
			topicId,
			to: address,
			language: 'en',
			kind: 'news',
			subject: said('is far'),
			body: said('is sought')
		})
	);
	const explanation = `550 5.1.1 <${address}> unknown`;
	const cameBack = { recipient: address, messageIds: [`<${mailId}@talks.example.org>`], explanation };
	assert.ok(await inTransaction(database, (transaction) => noteUnreachable(transaction, cameBack)));
}

async function theirSubmission(): Promise<string> {
	const { rows } = await database.query<{ id: string }>(
		`select contribution_id as id
		from submissions
		join contributions using (topic_id, contribution_id)
		where topic_id = $1 and channel = 'web' and (title = $2 or title = $3)`,
		[topicId, said('is titled'), said('is retitled')]
	);
	return rows[0]!.id;
}
