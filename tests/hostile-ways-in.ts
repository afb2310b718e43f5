// For the test of what stays text: every way in by which people send something.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Actor } from '#activity/actor.ts';
import { readMail } from '#contributions/intake/mail/reading-mail.server.ts';
import { mailInLinks } from '#contributions/intake/mail/links.server.ts';
import { storeMail } from '#contributions/intake/mail/storing.server.ts';
import { aPicture } from '#contributions/intake/paper/examples.server.ts';
import { formsOfRun, makeForms } from '#contributions/intake/paper/printing.server.ts';
import { readScan } from '#contributions/intake/paper/reading-scans.server.ts';
import { takeScan } from '#contributions/intake/paper/scans.server.ts';
import { submitText } from '#contributions/submitting.server.ts';
import { withdrawSubmission } from '#contributions/withdrawing.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { inTransaction } from '#database/connection.server.ts';
import { fileStore } from '#files/store.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { enterForm } from '#ideas/entering-paper.server.ts';
import { flagThing } from '#ideas/moderating/flagging.server.ts';
import { suggestWording } from '#ideas/suggesting.server.ts';
import { askAboutMe } from '#ideas/requests/third-persons.server.ts';
import { sendNotice } from '#newsroom/notices/sending.server.ts';
import { saveNotice } from '#newsroom/notices/writing.server.ts';
import { bringIn } from '#sheets/bringing-in.server.ts';
import { prepareSheet } from '#sheets/preparing.server.ts';
import type { SheetKind } from '#sheets/sheet.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { hostileTexts, mark } from './hostile.ts';
import { theExampleWorld } from './world.ts';

export const slug = 'internet-public-policy';
export const talk = `/topics/${slug}`;
export const product = await theExampleWorld({ environment: { MAIL_DOMAIN: 'talks.example.org' } });
export const { address, database, settings } = product;
export const topicId = (await topicIdAtAddress(database, slug))!;
export const keys = topicKeys({ folder: settings.data, secret: settings.secret ?? undefined });
export const files = fileStore(database, join(settings.data, 'files'));
/** filled by `entered` */
export const noticeNumbers: number[] = [];
export const staff: Actor = { kind: 'job', name: 'test' };

/** Long enough for the field, and still with the mark that it has. */
export const cut = (text: string, most: number) => [...text].slice(0, most).join('');
export const at = (index: number) => hostileTexts[index % hostileTexts.length]!;
export const some = (howMany: number) =>
	hostileTexts.filter((_, index) => index % Math.floor(hostileTexts.length / howMany) === 0);

/** Sends each text in by each way. */
export async function enterTexts(): Promise<void> {
	const lines = hostileTexts.map((text, index) => [
		text,
		at(index + 1),
		at(index + 2),
		cut(text, 120),
		cut(at(index + 3), 120),
		'en'
	]);
	await sheet('ideas', [['Point', 'Explanation', 'Sources', 'Name', 'Organisation', 'Language'], ...lines]);
	const texts = Array.from({ length: 150 }, (_, index) => [
		...[at(index * 7), hostileTexts.slice(index * 8, index * 8 + 8).join('\n\n'), at(index + 5), cut(at(index + 9), 100)],
		...[cut(at(index + 11), 120), cut(at(index + 13), 120), 'en']
	]);
	await sheet('submissions', [['Title', 'Text', 'Abstract', 'Keywords', 'Name', 'Organisation', 'Language'], ...texts]);
	const { rows } = await database.query<{ number: number }>(`select idea_number as number from idea_versions where point = $1`, [
		at(0)
	]);
	const { number } = rows[0]!;
	for (const [index, text] of hostileTexts.entries()) {
		const person: Actor = { kind: 'visitor', visitorId: `hostile ${index % 50}` };
		const named = { attribution: 'named', name: cut(at(index + 4), 120), language: 'en', requestKey: null } as const;
		if (index % 3 === 0)
			await comment(
				database,
				keys,
				{
					topicId,
					ideaNumber: number + (index % 40),
					answers: null,
					side: 'neutral',
					text: `${text}\n\n${at(index + 1)}\n\n${at(index + 2)}`,
					...named
				},
				person
			);
		if (index % 20 !== 0) continue;
		await suggestWording(database, keys, { topicId, number, seen: 1, point: text, explanation: at(index + 1), ...named }, person);
		await flagThing(
			database,
			keys,
			{ topicId, kind: 'idea', number: number + (index % 40) },
			{ reason: 'other', words: text },
			person
		);
		await askAboutMe(database, { topicId, kind: 'idea', number }, { words: text, email: 'a@example.org', language: 'en' });
		const { sha256 } = await files.put([Buffer.from(text)], { mediaType: 'text/plain', limit: 10_000 });
		const sent = {
			topicId,
			title: text,
			text: at(index + 2),
			file: { sha256, name: `${cut(text, 100)}.txt` },
			questionId: null,
			channel: 'web'
		} as const;
		await submitText(database, keys, { ...sent, ...named }, person);
		if (index % 200 !== 0) continue;
		const { receipt } = await submitText(database, keys, { ...sent, ...named }, person);
		await withdrawSubmission(database, receipt, text, person);
	}
	for (const text of some(60)) await mailCame(text);
	for (const [index, text] of some(40).entries()) {
		const texts = { title: { en: cut(text, 150) }, text: { en: `${text}\n\n${at(index)}\n\n[${at(index)}](${text})` } };
		const noticeId = uuidv7();
		const notice = { topicId, noticeId, audience: 'everybody', audienceKey: '', isPublic: true, texts } as const;
		noticeNumbers.push(await saveNotice(database, notice, staff));
		await sendNotice(database, topicId, noticeId, index % 2 === 0 ? 'now' : 'digest', staff);
		// more a day than the secretariat may send
		await database.query(`update notice_sendings set sent_at = sent_at - interval '2 days' where notice_id = $1`, [noticeId]);
	}
	for (const [index, text] of some(40).entries()) await paperCame(text, index);
	await database.query(`update accounts set name = $1 where account_id in (select account_id from roles)`, [
		`"><script>${mark}()</script>`
	]);
}

async function sheet(kind: SheetKind, rows: readonly (readonly string[])[]): Promise<void> {
	const bytes = Buffer.from(rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n'));
	const { fresh, errors } = await prepareSheet(database, keys, { topicId, kind, slug }, bytes);
	assert.deepEqual(errors.slice(0, 5), []);
	const added = await inTransaction(database, (transaction) =>
		bringIn(transaction, { topicId, kind, origin: address }, fresh, staff)
	);
	assert.ok(added > (rows.length - 1) * 0.9, `${added} of ${rows.length - 1}`);
}

async function mailCame(text: string): Promise<void> {
	const word = (plain: string) => `=?utf-8?B?${Buffer.from(plain).toString('base64')}?=`;
	const mail = [
		...[
			`From: ${word(text)} <a@example.org>`,
			`To: ${slug}@talks.example.org`,
			`Subject: ${word(text)}`,
			`Message-ID: <${crypto.randomUUID()}@b>`
		],
		...[
			'MIME-Version: 1.0',
			'Content-Type: multipart/mixed; boundary=b',
			'',
			'--b',
			'Content-Type: text/html; charset=utf-8',
			''
		],
		...[
			`<p>${text}</p>`,
			'--b',
			'Content-Type: text/plain',
			`Content-Disposition: attachment; filename="${word(`${text}.txt`)}"`,
			'',
			text
		],
		...['--b--', '']
	].join('\r\n');
	const arriving = { source: [Buffer.from(mail)], way: 'smtp', sender: 'a@example.org', topicsOf: () => [topicId] } as const;
	const [stored] = await storeMail(database, files, arriving);
	await readMail(database, files, stored!, {
		links: await mailInLinks(settings),
		origin: address,
		ownAddress: 'open-talks@localhost'
	});
}

/** The picture shows a code that says it, its name says it, and a helper types it; of some nobody knows what form they are. */
async function paperCame(text: string, index: number): Promise<void> {
	const run = await makeForms(
		database,
		keys,
		{ topicId, questionId: null, language: 'en', forms: 1, name: cut(text, 120) },
		staff
	);
	const [form] = (await formsOfRun(database, keys, topicId, run)).sheets;
	const said = index % 2 === 0 ? cut(text, 300) : `${address}/paper/${form!.code}`;
	await takeScan(database, files, topicId, { bytes: aPicture([said]), name: `${cut(text, 150)}.png` }, staff);
	const { rows } = await database.query<{ scanId: string }>(
		`select scan_id as "scanId" from paper_scans where topic_id = $1 order by scan_id desc limit 1`,
		[topicId]
	);
	await readScan(database, files, { topicId, scanId: rows[0]!.scanId });
	if (index % 3 === 0) return;
	await enterForm(
		database,
		keys,
		{
			topicId,
			number: form!.number,
			ideas: [{ point: cut(text, 200), explanation: `${text}\n\n${at(index + 1)}`, questionId: null }],
			long: { title: cut(text, 300), text: at(index + 2) },
			...{ language: 'en', groups: [], country: null, organisation: cut(at(index + 3), 200), attribution: 'named' },
			name: cut(at(index + 4), 120)
		},
		staff
	);
}
