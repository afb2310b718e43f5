import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import iconv from 'iconv-lite';
import { aRapporteur } from '#contributions/examples.server.ts';
import { submissionsOf } from '#contributions/submissions.server.ts';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { mailById, mails, queueMail } from '#mail/mail.server.ts';
import { isUnreachable } from '#mail/unreachable.server.ts';
import { acceptMail } from './becoming.server.ts';
import { aMail, aMailDesk, ownAddress, send } from './examples.server.ts';
import { parseInThread } from './parsing.server.ts';
import { ownWords } from './quoting.ts';

const database = await testDatabase();
const { topicId, keys, door, links, readAll, another, arrived } = await aMailDesk(database);
after(() => door.stop());
const rapporteur = aRapporteur(topicId);

test('a mail is read, held, and its sender asked in their language, without a word of the mail', async () => {
	const body =
		'Nous pensons que les gouvernements devraient écouter davantage la société civile.\r\n\r\nLe lun. 3 nov. 2025, Ben a écrit :\r\n> Et vous ?\r\n';
	const mail = await arrived(another({ Subject: 'Buy pills', 'Content-Type': 'text/plain; charset=utf-8' }, body));
	assert.equal(mail.state, 'held');
	assert.equal(mail.language, 'fr');
	assert.deepEqual(
		mail.pieces.map(({ kind }) => kind),
		['own', 'quoted']
	);
	const [asked] = await mails(database);
	assert.deepEqual([asked?.to, asked?.language, asked?.kind], [mail.fromAddress, 'fr', 'confirm-mail-in']);
	assert.match(asked!.body, new RegExp(`https://talks.example.org/fr/mail/${links.token(mail)}`));
	assert.ok(!`${asked!.subject} ${asked!.body}`.includes('pills'));
	assert.equal((await submissionsOf(database, topicId)).length, 0);
});

test('what programs write is never answered, and stands apart', async () => {
	const before = (await mails(database)).length;
	for (const [fields, envelope, why] of [
		[{ 'Auto-Submitted': 'auto-replied' }, {}, 'away'],
		[{ Precedence: 'bulk' }, {}, 'automatic'],
		[{}, { from: '' }, 'automatic'],
		[{ 'X-Loop': ownAddress }, {}, 'loop'],
		[{ Subject: 'Automatic reply: hello' }, {}, 'away']
	] as const) {
		const mail = await arrived(another(fields), envelope);
		assert.deepEqual([mail.state, mail.automatic], ['automatic', why]);
	}
	const listed = await arrived(another({ 'List-Id': '<x.example.org>' }));
	assert.deepEqual([listed.state, listed.isAsked], ['held', false]);
	assert.equal((await mails(database)).length, before);
});

test('an address is asked to confirm five times a day, whoever writes in its name; the rest is held for staff', async () => {
	const asked: boolean[] = [];
	for (let times = 0; times < 7; times++) asked.push((await arrived(another({ From: 'victim@example.org' }))).isAsked);
	assert.deepEqual(asked, [true, true, true, true, true, false, false]);
});

test('a notice of ours that comes back marks its address as unreachable, and is forgotten; a made-up one marks nobody', async () => {
	const news = {
		topicId: nilTopic,
		to: 'Gone@example.org',
		language: 'en',
		kind: 'news',
		subject: 's',
		body: 'b',
		unsubscribeUrl: 'https://x'
	};
	const mailId = await inTransaction(database, (transaction) => queueMail(transaction, news));
	const report = (id: string, recipient: string) =>
		[
			'From: MAILER-DAEMON@mx.example.org',
			`To: ${ownAddress}`,
			`Message-ID: <report-${id}-${recipient}@mx.example.org>`,
			'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
			'',
			'--r',
			'Content-Type: text/plain',
			'',
			'Sorry.',
			'--r',
			'Content-Type: message/delivery-status',
			'',
			'Reporting-MTA: dns; mx.example.org',
			'',
			`Final-Recipient: rfc822; ${recipient}`,
			'Action: failed',
			'Status: 5.1.1',
			'Diagnostic-Code: smtp; 550 no such user',
			'',
			'--r',
			'Content-Type: message/rfc822',
			'',
			`Message-ID: <${id}@talks.example.org>`,
			'Subject: s',
			'',
			'b',
			'--r--',
			''
		].join('\r\n');
	const bounce = async (id: string, recipient: string) => {
		assert.match((await send(door.port, report(id, recipient), { from: '', to: [ownAddress] })).last, /^250 /);
		assert.equal((await readAll()).length, 1);
	};
	await bounce('0190a3f0-0000-7000-8000-000000000001', 'gone@example.org');
	await bounce(mailId, 'else@example.org');
	assert.equal(await isUnreachable(database, 'gone@example.org'), false);
	await bounce(mailId, 'gone@example.org');
	assert.equal(await isUnreachable(database, 'Gone@example.org'), true);
	const mail = await mailById(database, nilTopic, mailId);
	assert.deepEqual([mail?.state, mail?.explanation], ['refused', '550 no such user']);
	assert.equal((await database.query(`select from mails_in where topic_id = $1`, [nilTopic])).rowCount, 0);
});

test('any encoding is read, and one that was declared wrongly too', async () => {
	const texts = {
		ru: 'Правительства должны прислушиваться к гражданскому обществу и отвечать ему.',
		zh: '各国政府应当听取民间社会的意见，并公开说明采纳的理由。我们支持这一建议。',
		ar: 'ينبغي للحكومات أن تستمع إلى المجتمع المدني وأن تجيب عن أسئلته.',
		fr: 'Les gouvernements devraient écouter la société civile, à chaque étape.'
	};
	const mail = (charset: string | null, encoding: string, text: string, packing = '8bit') => {
		const bytes = iconv.encode(text, encoding);
		const head = another(
			{
				'MIME-Version': '1.0',
				'Content-Type': charset === null ? 'text/plain' : `text/plain; charset=${charset}`,
				'Content-Transfer-Encoding': packing
			},
			''
		);
		const body = packing === 'base64' ? Buffer.from(bytes.toString('base64').replaceAll(/.{76}/gu, '$&\r\n')) : bytes;
		return Buffer.concat([Buffer.from(head), body]);
	};
	for (const [charset, encoding, language, packing] of [
		['gb18030', 'gb18030', 'zh', '8bit'],
		['gb2312', 'gb18030', 'zh', 'base64'],
		['koi8-r', 'koi8-r', 'ru', 'base64'],
		['windows-1251', 'windows-1251', 'ru', '8bit'],
		['windows-1256', 'windows-1256', 'ar', 'base64'],
		['iso-8859-1', 'iso-8859-1', 'fr', '8bit'],
		['utf-8', 'utf-8', 'ar', '8bit'],
		['iso-8859-1', 'utf-8', 'ar', '8bit'],
		['utf-8', 'gb18030', 'zh', '8bit'],
		['us-ascii', 'windows-1251', 'ru', '8bit'],
		[null, 'koi8-r', 'ru', '8bit'],
		['utf-8', 'iso-8859-1', 'fr', '8bit']
	] as const) {
		const { pieces } = await arrived(mail(charset, encoding, texts[language], packing));
		assert.equal(ownWords(pieces), texts[language], `${encoding} declared ${charset}, ${packing}`);
	}
	const notPacked = another(
		{ 'MIME-Version': '1.0', 'Content-Transfer-Encoding': 'base64' },
		'This was never packed, whatever its header says.'
	);
	assert.equal(ownWords((await arrived(notPacked)).pieces), 'This was never packed, whatever its header says.');
	const packed = Buffer.from(texts.ru.repeat(3)).toString('base64').replaceAll(/.{76}/gu, '$&\r\n');
	assert.equal(ownWords((await arrived(another({}, packed))).pieces), texts.ru.repeat(3));
	const quoted = 'Les gouvernements devraient =C3=A9couter la soci=C3=A9t=C3=A9 civile, =C3=A0 chaque =\r\n=C3=A9tape.';
	assert.equal(
		ownWords((await arrived(another({}, quoted))).pieces),
		'Les gouvernements devraient écouter la société civile, à chaque étape.'
	);
});

test('a mail without a body, one with nothing but a quotation mark, and one made to hurt end with a reason', async () => {
	assert.deepEqual([(await arrived(another({}, ''))).reason], ['empty']);
	const bomb = Array.from({ length: 10_000 }, (_, at) => `--b\r\nContent-Type: text/plain; name="${at}.txt"\r\n\r\nx\r\n`).join(
		''
	);
	const many = await arrived(another({ 'Content-Type': 'multipart/mixed; boundary=b' }, `${bomb}--b--\r\n`));
	assert.deepEqual([many.state, many.reason, many.files.length], ['refused', 'parts', 0]);
	await assert.rejects(acceptMail(database, keys, many, { attribution: 'anonymous', name: '' }, rapporteur), {
		code: 'mail-unusable'
	});
	const nested = Array.from(
		{ length: 100 },
		(_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`
	).join('');
	const deep = await arrived(another({ 'Content-Type': 'multipart/mixed; boundary=b0' }, nested));
	assert.deepEqual([deep.state, deep.reason], ['refused', 'broken']);
	assert.equal((await arrived(another({ From: '' }))).isAsked, false);
	const long = await arrived(another({}, `${'We agree with all of this. '.repeat(20_000)}\r\n`));
	assert.deepEqual([long.state, long.reason], ['refused', 'too-long']);
});

test('a mail that takes too long to read ends with its thread; the next is read in another', async () => {
	const mail = { bytes: Buffer.from(aMail()), sender: '', ownAddress };
	const slow = { ...mail, bytes: Buffer.from(aMail({}, 'We agree with all of this. '.repeat(200_000))) };
	assert.equal(await parseInThread(slow, 1), null);
	assert.equal((await parseInThread(mail))?.subject, 'Our view');
});

test('a page is read as its writer saw it, a forwarded mail as a quotation', async () => {
	const html =
		'<html><head><style>p{}</style></head><body><p>We <b>agree</b> &amp; thank you.</p><ul><li>One</li><li>Two</li></ul><div class="gmail_signature">Ana</div><blockquote type="cite">Do you?</blockquote></body></html>';
	const { pieces } = await arrived(another({ 'Content-Type': 'text/html; charset=utf-8' }, html));
	assert.equal(ownWords(pieces), 'We agree & thank you.\n\n• One\n• Two');
	assert.deepEqual(
		pieces.map(({ kind }) => kind),
		['own', 'signature', 'quoted']
	);
	const forwarded = `--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Ben <b@example.org>\r\nSubject: Draft\r\n\r\nThe draft says so.\r\n--b--\r\n`;
	const mail = await arrived(another({ 'Content-Type': 'multipart/mixed; boundary=b' }, forwarded));
	assert.equal(ownWords(mail.pieces), 'See below.');
	assert.match(mail.pieces.at(-1)!.text, /Ben <b@example\.org>\nDraft\n\nThe draft says so\./);
});
