import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ownWords, piecesOf } from './quoting.ts';

const own = (text: string) => ownWords(piecesOf(text));

/** Each: a mail, and what its writer wrote. */
const mails: Readonly<Record<string, readonly [string, string]>> = {
	'a mail without any quotation': ['Dear all,\n\nwe agree.\n\nAna', 'Dear all,\n\nwe agree.\n\nAna'],
	'English, Gmail': [
		'We agree.\n\nOn Mon, 3 Nov 2025 at 10:15, Ana Example <ana@example.org> wrote:\n\n> What do you think?\n',
		'We agree.'
	],
	'English, broken over two lines': [
		'Yes.\n\nOn Mon, Nov 3, 2025 at 10:15 AM Secretariat of the Open Consultation\n<talks@example.org> wrote:\n> Please\n> answer.',
		'Yes.'
	],
	'English, Outlook': [
		'Please find our view.\n\n________________________________\nFrom: Talks <talks@example.org>\nSent: Monday, November 3, 2025 10:15 AM\nTo: Ana\nSubject: Your view\n\nWhat do you think?',
		'Please find our view.'
	],
	'English, old Outlook': [
		'Agreed\n\n-----Original Message-----\nFrom: Ana\nSent: Monday\nTo: Ben\nSubject: x\n\nHello',
		'Agreed'
	],
	'English, Apple without marks': [
		'Agreed.\n\nOn 3 Nov 2025, at 10:15, Ana <ana@example.org> wrote:\n\nWhat do you think?',
		'Agreed.'
	],
	'English, answers between quotations': [
		'On 3 Nov 2025, Ana wrote:\n> First?\nYes.\n> Second?\n\nNo, since it costs too much.\n',
		'Yes.\n\nNo, since it costs too much.'
	],
	'English, answer below': ['On 3 Nov 2025, Ana wrote:\n> First?\n> Second?\n\nBoth.', 'Both.'],
	'English, signature': ['We agree.\n\n-- \nAna Example\nUniversity of Nairobi', 'We agree.'],
	'English, phone': ['We agree.\n\nSent from my iPhone', 'We agree.'],
	'English, phone before a quotation': [
		'We agree.\n\nSent from my iPhone\n\nOn 3 Nov 2025, Ana <a@example.org> wrote:\n> Hm?',
		'We agree.'
	],
	'English, foot of a mailing list': [
		'We agree.\n_______________________________________________\ntalks mailing list\nhttps://lists.example.org',
		'We agree.'
	],
	'English, "From:" in running text': [
		'From: the beginning of the net to now\nmuch has changed.',
		'From: the beginning of the net to now\nmuch has changed.'
	],
	'English, "wrote:" in running text': [
		'On reflection, what Marx wrote:\nit is about power.',
		'On reflection, what Marx wrote:\nit is about power.'
	],
	'English, a list with dashes': ['Points:\n-- first\n-- second', 'Points:\n-- first\n-- second'],
	'French, Gmail': [
		'Nous sommes d’accord.\n\nLe lun. 3 nov. 2025 à 10:15, Ana <ana@example.org> a écrit :\n\n> Qu’en pensez-vous ?',
		'Nous sommes d’accord.'
	],
	'French, Outlook': [
		'Oui.\n\nDe : Ana <ana@example.org>\nEnvoyé : lundi 3 novembre 2025 10:15\nÀ : Benoît\nObjet : Avis\n\nBonjour',
		'Oui.'
	],
	'French, no-break spaces': [
		'Oui.\n\nDe\u00a0: Ana\nEnvoyé\u00a0: lundi\nÀ\u00a0: Benoît\nObjet\u00a0: Avis\n\nBonjour',
		'Oui.'
	],
	'French, original message': ['Oui.\n\n-----Message d’origine-----\nDe : Ana\n\nBonjour', 'Oui.'],
	'French, phone': ['Oui.\n\nEnvoyé de mon iPhone', 'Oui.'],
	'French, running text': ['Le ministre a écrit :\nil faut agir.', 'Le ministre a écrit :\nil faut agir.'],
	'Spanish, Gmail': [
		'De acuerdo.\n\nEl lun, 3 nov 2025 a las 10:15, Ana (<ana@example.org>) escribió:\n\n> ¿Qué opina?',
		'De acuerdo.'
	],
	'Spanish, Outlook': [
		'De acuerdo.\n\nDe: Ana\nEnviado el: lunes, 3 de noviembre de 2025\nPara: Benito\nAsunto: Opinión\n\nHola',
		'De acuerdo.'
	],
	'Spanish, forwarded': ['Véase abajo.\n\n---------- Mensaje reenviado ---------\nDe: Ana\n\nHola', 'Véase abajo.'],
	'Spanish, phone': ['De acuerdo.\n\nEnviado desde mi Android', 'De acuerdo.'],
	'Russian, Thunderbird': ['Согласны.\n\n03.11.2025 10:15, Иван пишет:\n> Что вы думаете?', 'Согласны.'],
	'Russian, Gmail without a verb': [
		'Согласны.\n\nпн, 3 нояб. 2025 г. в 10:15, Иван <ivan@example.org>:\n\n> Что вы думаете?',
		'Согласны.'
	],
	'Russian, Apple': [
		'Согласны.\n\n3 нояб. 2025 г., в 10:15, Иван <ivan@example.org> написал(а):\n\nЧто вы думаете?',
		'Согласны.'
	],
	'Russian, Outlook': [
		'Согласны.\n\nОт: Иван\nОтправлено: 3 ноября 2025 г. 10:15\nКому: Анна\nТема: Мнение\n\nДобрый день',
		'Согласны.'
	],
	'Russian, phone': ['Согласны.\n\nОтправлено с iPhone', 'Согласны.'],
	'Chinese, Gmail': ['我们同意。\n\n张三 <zhang@example.org> 于2025年11月3日周一 10:15写道：\n\n> 您怎么看？', '我们同意。'],
	'Chinese, Apple': ['我们同意。\n\n在 2025年11月3日，10:15，张三 <zhang@example.org> 写道：\n\n您怎么看？', '我们同意。'],
	'Chinese, Outlook': [
		'我们同意。\n\n发件人: 张三\n发送时间: 2025年11月3日 10:15\n收件人: 李四\n主题: 意见\n\n您好',
		'我们同意。'
	],
	'Chinese, full-width colons and a rule': [
		'我们同意。\n\n------------------ 原始邮件 ------------------\n发件人：张三\n收件人：李四\n\n您好',
		'我们同意。'
	],
	'Chinese, phone': ['我们同意。\n\n发自我的 iPhone', '我们同意。'],
	'Arabic, Gmail': [
		'نحن نوافق.\n\nفي الاثنين، ٣ نوفمبر ٢٠٢٥ في ١٠:١٥ ص تمت كتابة ما يلي بواسطة ‪آنا‬‏ <‪ana@example.org‬‏>:\n\n> ما رأيكم؟',
		'نحن نوافق.'
	],
	'Arabic, Apple': ['نحن نوافق.\n\nفي ٣ نوفمبر ٢٠٢٥، الساعة ١٠:١٥ ص، آنا <ana@example.org> كتب:\n\nما رأيكم؟', 'نحن نوافق.'],
	'Arabic, Outlook': ['نحن نوافق.\n\nمن: آنا\nتم الإرسال: 3 نوفمبر 2025\nإلى: بن\nالموضوع: رأي\n\nتحية', 'نحن نوافق.'],
	'Arabic, phone': ['نحن نوافق.\n\nأُرسلت من الـ iPhone', 'نحن نوافق.'],
	'German, beside the six': ['Ja.\n\nAm 03.11.2025 um 10:15 schrieb Ana Example:\n> Was meint ihr?', 'Ja.'],
	'nothing but a quotation was sent for its sake': [
		'---------- Forwarded message ---------\nFrom: Ana\nDate: Mon\nSubject: Our view\nTo: Ben\n\nWe agree.',
		'---------- Forwarded message ---------\nFrom: Ana\nDate: Mon\nSubject: Our view\nTo: Ben\n\nWe agree.'
	],
	'line ends of Windows': ['We agree.\r\n\r\nOn 3 Nov 2025, Ana wrote:\r\n> Hm?\r\n', 'We agree.'],
	'bold labels of a converted page': ['Yes.\n\n*From:* Ana\n*Sent:* Monday\n*To:* Ben\n*Subject:* x\n\nHello', 'Yes.'],
	'nothing at all': ['', '']
};

for (const [name, [mail, written]] of Object.entries(mails))
	test(`own words are found: ${name}`, () => assert.equal(own(mail), written));

test('a signature and a quotation are pieces of their own, in their order', () => {
	assert.deepEqual(piecesOf('Yes.\n-- \nAna\n\nOn 3 Nov 2025, Ben wrote:\n> Hm?\n'), [
		{ kind: 'own', text: 'Yes.\n' },
		{ kind: 'signature', text: '-- \nAna\n\n' },
		{ kind: 'quoted', text: 'On 3 Nov 2025, Ben wrote:\n> Hm?\n' }
	]);
});

const aLine = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 30 }),
	fc.constantFrom('', '-- ', '> quoted', 'On 3 Nov 2025, Ana wrote:', 'From: Ana', 'Sent: Monday', 'To: Ben', 'Subject: x', '\r'),
	fc.constantFrom(
		'-----Original Message-----',
		'Sent from my iPhone',
		'Le 3 nov., Ana a écrit :',
		'张三 于2025年写道：',
		'________'
	)
);
const aMail = fc.array(aLine, { maxLength: 40 }).map((lines) => lines.join('\n'));

test('property: the pieces together are the mail, and neighbours differ', () => {
	fc.assert(
		fc.property(aMail, (mail) => {
			const pieces = piecesOf(mail);
			assert.equal(pieces.map(({ text }) => text).join(''), mail);
			assert.ok(pieces.every(({ text }) => text !== ''));
			for (const [at, { kind }] of pieces.entries()) assert.notEqual(kind, pieces[at + 1]?.kind);
		}),
		{ numRuns: 500 }
	);
});

test('property: whoever wrote something has own words, and what is marked with ">" is never among them where other words are', () => {
	fc.assert(
		fc.property(
			aMail,
			fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '我'), minLength: 1, maxLength: 20 }),
			(mail, words) => {
				const written = own(`I say ${words}.\n${mail}`);
				assert.ok(written.startsWith('I say '));
				assert.ok(!written.split('\n').includes('> quoted'));
			}
		),
		{ numRuns: 500 }
	);
});

test('a long mail made to be slow is told apart at once', () => {
	// of this process alone, whatever else the machine does
	const began = process.cpuUsage();
	piecesOf('On 3 '.repeat(100_000));
	piecesOf('On 3 Nov\n'.repeat(50_000));
	piecesOf('From: x\n'.repeat(50_000));
	piecesOf('> a\n' + '\n'.repeat(200_000) + 'b');
	piecesOf('On 3 Nov, Ana wrote:\n> a\n\n'.repeat(50_000));
	assert.ok(process.cpuUsage(began).user < 3_000_000);
});
