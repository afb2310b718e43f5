import assert from 'node:assert/strict';
import { test } from 'node:test';
import iconv from 'iconv-lite';
import { automaticBy } from './automatic.ts';
import { addressIn, headOf, MailReader, messageIdOf, readable, writerOf } from './head.ts';

const bytes = (text: string) => Buffer.from(text);
const head = (...lines: string[]) => headOf(bytes(lines.join('\r\n')));
const ownAddress = 'talks@talks.example.org';

function read(mail: string | Uint8Array, step = 7) {
	const reader = new MailReader();
	const all = Buffer.from(mail);
	for (let at = 0; at < all.length; at += step) reader.take(all.subarray(at, at + step));
	return reader.end();
}

test('a head is read whatever the chunks, folded lines in one piece', () => {
	const mail = 'Subject: One\r\n two\r\nFrom: Ana <ana@example.org>\r\nReceived: a\r\nReceived: b\r\n\r\nbody\r\n\r\nx: y\r\n';
	for (const step of [1, 2, 3, 50, 1000]) {
		const { head } = read(mail, step);
		assert.deepEqual(
			[...head],
			[
				['subject', ['One two']],
				['from', ['Ana <ana@example.org>']],
				['received', ['a', 'b']]
			]
		);
	}
});

test('the same mail has the same likeness over another way, in a file, and with other line ends', () => {
	const body = 'Hello\r\n\r\nAna\r\n';
	const { likeness } = read(`Message-ID: <1@example.org>\r\nFrom: a\r\n\r\n${body}`);
	assert.deepEqual(read(`Received: by x\r\nMessage-ID: <1@example.org>\r\nFrom: a\r\n\r\n${body}`, 3).likeness, likeness);
	assert.deepEqual(read(`Message-ID: <1@example.org>\nFrom: a\n\nHello\n\nAna\n\n\n`, 2).likeness, likeness);
	assert.notDeepEqual(read(`Message-ID: <2@example.org>\r\nFrom: a\r\n\r\n${body}`).likeness, likeness);
	assert.notDeepEqual(read(`Message-ID: <1@example.org>\r\nFrom: a\r\n\r\nHello\r\nAna\r\n`).likeness, likeness);
});

test('a head without end is refused', () => {
	const reader = new MailReader();
	assert.throws(() => {
		for (let times = 0; times < 100; times++) reader.take(bytes(`X-${times}: ${'x'.repeat(10_000)}\r\n`));
	}, /mail-unusable/);
});

test('the writer, the subject and the id are read from whatever programs write', () => {
	assert.deepEqual(writerOf(head('From: =?UTF-8?B?0JjQstCw0L0=?= <Ivan@Example.org>')), {
		address: 'ivan@example.org',
		name: 'Иван'
	});
	assert.deepEqual(writerOf(head('From: nobody')), { address: '', name: 'nobody' });
	assert.deepEqual(writerOf(head('Subject: x')), { address: '', name: '' });
	assert.equal(readable('=?koi8-r?Q?=EF=D4=D7=C5=D4?='), 'Ответ');
	assert.equal(readable('One\r\nBcc: x\u202e'), 'One Bcc: x');
	assert.equal(messageIdOf(head('Message-Id:  <a.b@c> (note)')), '<a.b@c>');
	assert.equal(addressIn('a@b, c@d'), '');
	const raw = iconv.encode('Subject: Открытая консультация о роли правительств\r\nFrom: <ivan@example.org>', 'koi8-r');
	assert.equal(headOf(raw).get('subject')?.[0], 'Открытая консультация о роли правительств');
});

/** Each: lines of a head, the envelope's sender, and what is said of it. */
const seen: readonly (readonly [string, readonly string[], string | null, string | null])[] = [
	['a mail of a person', ['From: Ana <ana@example.org>', 'Subject: Our view'], 'ana@example.org', null],
	['one whose program says so', ['From: Ana <ana@example.org>', 'Auto-Submitted: no'], 'ana@example.org', null],
	['one from a file', ['From: Ana <ana@example.org>'], null, null],
	[
		'an answer to our notice',
		['From: ana@example.org', `In-Reply-To: <0190a3f0-0000-7000-8000-000000000001@talks.example.org>`],
		'a@b',
		null
	],
	['Auto-Submitted', ['From: a@example.org', 'Auto-Submitted: auto-generated'], 'a@example.org', 'automatic'],
	['a vacation program', ['From: a@example.org', 'Auto-Submitted: auto-replied (vacation)'], 'a@example.org', 'away'],
	['Exchange, English', ['From: a@example.org', 'Subject: Automatic reply: Confirm'], 'a@example.org', 'away'],
	['Exchange, French', ['From: a@example.org', 'Subject: =?UTF-8?Q?R=C3=A9ponse_automatique=C2=A0=3A_x?='], 'a@b', 'away'],
	['Exchange, Spanish', ['From: a@example.org', 'Subject: Respuesta automática: x'], 'a@b', 'away'],
	['Exchange, Russian', ['From: a@example.org', 'Subject: Автоматический ответ: x'], 'a@b', 'away'],
	['Exchange, Chinese', ['From: a@example.org', 'Subject: 自动答复: x'], 'a@b', 'away'],
	['Exchange, Arabic', ['From: a@example.org', 'Subject: رد تلقائي: x'], 'a@b', 'away'],
	['Precedence', ['From: a@example.org', 'Precedence: bulk'], 'a@example.org', 'automatic'],
	['a mailing list', ['From: a@example.org', 'List-Id: <x.example.org>', 'Precedence: list'], 'x-bounces@example.org', 'list'],
	['an empty sender', ['From: a@example.org'], '', 'automatic'],
	['an empty Return-Path in a file', ['Return-Path: <>', 'From: a@example.org'], null, 'automatic'],
	['a report', ['From: x@example.org', 'Content-Type: multipart/report; report-type=delivery-status; boundary=x'], '', 'bounce'],
	['a report of qmail', ['From: MAILER-DAEMON@example.org', 'Subject: failure notice'], '', 'bounce'],
	[
		'our own Message-ID',
		['From: a@example.org', 'Message-ID: <0190a3f0-0000-7000-8000-000000000001@talks.example.org>'],
		'a@b',
		'loop'
	],
	['our own mark', ['From: a@example.org', `X-Loop: ${ownAddress}`], 'a@b', 'loop'],
	['our own address', [`From: <${ownAddress}>`], ownAddress, 'loop'],
	['an address that takes no answer', ['From: no-reply@example.org'], 'no-reply@example.org', 'automatic'],
	['"out of office" within a subject', ['From: a@example.org', 'Subject: Why I am out of office'], 'a@example.org', null]
];

for (const [name, lines, sender, why] of seen)
	test(`automatic or not: ${name}`, () => assert.equal(automaticBy({ head: head(...lines), sender, ownAddress }), why));
