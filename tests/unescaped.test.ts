import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import type { Actor } from '#activity/actor.ts';
import { readMail } from '#contributions/intake/mail/reading-mail.server.ts';
import { mailInLinks } from '#contributions/intake/mail/links.server.ts';
import { storeMail } from '#contributions/intake/mail/storing.server.ts';
import { aPicture } from '#contributions/intake/paper/examples.server.ts';
import { formsOfRun, makeForms } from '#contributions/intake/paper/printing.server.ts';
import { readScan } from '#contributions/intake/paper/reading-scans.server.ts';
import { takeScan } from '#contributions/intake/paper/scans.server.ts';
import { submitText } from '#contributions/submitting.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { inTransaction } from '#database/connection.server.ts';
import { fileStore } from '#files/store.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { enterForm } from '#ideas/entering-paper.server.ts';
import { flagThing } from '#ideas/moderating/flagging.server.ts';
import { suggestWording } from '#ideas/suggesting.server.ts';
import { askAboutMe } from '#ideas/requests/third-persons.server.ts';
import { mailerFor } from '#mail/delivering.server.ts';
import { mailById, queueMail } from '#mail/mail.server.ts';
import { sendNotice } from '#newsroom/notices/sending.server.ts';
import { saveNotice } from '#newsroom/notices/writing.server.ts';
import { bringIn } from '#sheets/bringing-in.server.ts';
import { prepareSheet } from '#sheets/preparing.server.ts';
import type { SheetKind } from '#sheets/sheet.ts';
import { exportFiles } from '#reports/export/exporting.server.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { addresses } from './addresses.ts';
import { hostileTexts, Known, mark } from './hostile.ts';
import { signedInAs, theExampleWorld, type StaffRole } from './world.ts';

const slug = 'internet-public-policy';
const talk = `/topics/${slug}`;
const product = await theExampleWorld({ environment: { MAIL_DOMAIN: 'talks.example.org' } });
const { address, database, settings } = product;
const topicId = (await topicIdAtAddress(database, slug))!;
const keys = topicKeys({ folder: settings.data, secret: settings.secret ?? undefined });
const files = fileStore(database, join(settings.data, 'files'));
const noticeNumbers: number[] = [];
const staff: Actor = { kind: 'job', name: 'test' };
const cookies = new Map<StaffRole, string>();
for (const role of ['administrator', 'secretariat', 'moderator', 'rapporteur'] as const)
	cookies.set(role, await signedInAs(product, role));

/** Long enough for the field, and still with the mark that it has. */
const cut = (text: string, most: number) => [...text].slice(0, most).join('');
const at = (index: number) => hostileTexts[index % hostileTexts.length]!;
const some = (howMany: number) => hostileTexts.filter((_, index) => index % Math.floor(hostileTexts.length / howMany) === 0);

const known = new Known();
// what Markdown may become, which the example world does not use everywhere
for (const tag of [
	'p',
	'br',
	'hr',
	'h2',
	'h3',
	'h4',
	'h5',
	'h6',
	'strong',
	'em',
	's',
	'code',
	'pre',
	'blockquote',
	'ul',
	'ol',
	'li'
])
	known.add(tag);
for (const tag of ['table', 'thead', 'tbody', 'tr', 'th', 'td']) known.add(tag);
// filters are open while one is set
known.add('details', 'open').add('strong', 'dir');
// of the page of notices, which has none in the example world
known.add('article', 'id');
// of the desk of paper, whose forms and pictures are made below
known.add('input', 'lang', 'multiple').add('img', 'class', 'loading').add('h3', 'class');
known.add('a', 'href', 'rel', 'title').add('ol', 'start').add('div', 'tabindex', 'class');

const fixedPages = Object.values(addresses).flatMap(({ path, as, leadsOn, reach }) =>
	typeof path === 'string' && !leadsOn && !reach ? [{ path, as }] : []
);
for (const { path, as } of fixedPages) known.learn((await page(path, as)).text);
// with what a form says of mistakes
known.learn((await send({ point: '' })).text);

test('there are more than a thousand texts that would do something, and each is known again', () => {
	assert.ok(hostileTexts.length >= 1000, `${hostileTexts.length}`);
	assert.ok(hostileTexts.every((text) => text.includes(mark)));
	assert.deepEqual(new Known().add('p').foreignIn(`<p>${mark}<b>x</b></p>`), ['<b>']);
	assert.deepEqual(new Known().add('a', 'href').foreignIn(`<a href="java\nscript:${mark}()" onclick=x>`), [
		'<a href="java\nscript:zqmark()">',
		'<a onclick>',
		'<a onclick> acts'
	]);
});

test('by every way in they come in as they are', async () => {
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
});

test('no page has an element, an attribute or an address that is not the product’s own', async () => {
	const { rows: ideas } = await database.query<{ number: number }>(
		`select idea_number as number from ideas where topic_id = $1`,
		[topicId]
	);
	const { rows: submissions } = await database.query<{ number: number }>(
		`select submission_number as number from submissions where topic_id = $1 order by 1 desc limit 220`,
		[topicId]
	);
	const { rows: comments } = await database.query<{ idea: number; number: number }>(
		`select idea_number as idea, comment_number as number from comments where topic_id = $1 order by 2 limit 200`,
		[topicId]
	);
	const paths: { path: string; as?: StaffRole | undefined }[] = [
		...ideas.flatMap(({ number }) =>
			['', '?since=1', '?order=active'].map((asked) => ({ path: `${talk}/ideas/${number}${asked}` }))
		),
		...comments.map(({ idea, number }) => ({ path: `${talk}/ideas/${idea}?branch=${number}` })),
		...submissions.map(({ number }) => ({ path: `${talk}/submissions/${number}` })),
		...submissions.slice(0, 40).map(({ number }) => ({ path: `/desk${talk}/texts/${number}`, as: 'rapporteur' as const })),
		...some(40).map((text) => ({ path: `${talk}/ideas?search=${encodeURIComponent(text)}` })),
		...fixedPages
	];
	for (const one of [1, 2, 3, 5, 8])
		paths.push({ path: `/ar${talk}/ideas?page=${one}` }, { path: `${talk}/submissions?page=${one}` });
	paths.push({ path: `/desk${talk}/mail-in`, as: 'rapporteur' });
	for (const number of noticeNumbers) paths.push({ path: `/desk${talk}/notices/${number}`, as: 'secretariat' });
	paths.push({ path: `${talk}/notices?before=21` }, { path: `/desk${talk}/notices?before=21`, as: 'secretariat' });
	paths.push({ path: `/desk${talk}/paper`, as: 'moderator' });
	for (const form of [1, 2, 3, 4]) paths.push({ path: `/desk${talk}/paper/forms/${form}`, as: 'moderator' });
	for (const run of [1, 2]) paths.push({ path: `/desk${talk}/paper/runs/${run}`, as: 'moderator' });
	let marks = 0;
	const foreign = new Map<string, string>();
	await inParallel(paths, async ({ path, as }) => {
		const { text, status } = await page(path, as);
		assert.ok(status < 500, `${path}: ${status}`);
		marks += text.split(mark).length - 1;
		for (const one of known.foreignIn(text)) foreign.set(one, path);
	});
	assert.deepEqual([...foreign].slice(0, 50), []);
	assert.ok(marks > 5_000, `${marks} marks on ${paths.length} pages`);
});

test('what stands in an address or is given back by a form stays text', async () => {
	const foreign = new Map<string, string>();
	const names = [
		'q',
		'search',
		'sort',
		'page',
		'per_page',
		'group',
		'region',
		'question',
		'language',
		'after',
		'branch',
		'since',
		'order',
		'to',
		'then',
		mark
	];
	await inParallel(some(150), async (text) => {
		const query = new URLSearchParams(names.map((name) => [name, text]));
		for (const path of [
			`${talk}/ideas`,
			`${talk}/ideas/new`,
			'/sign-in',
			`${talk}/${encodeURIComponent(text.replaceAll('/', ''))}`
		]) {
			const { text: shown, status } = await page(`${path}?${query.toString()}`);
			assert.ok(status < 500, `${path}?${query.toString()}: ${status}`);
			for (const one of known.foreignIn(shown)) foreign.set(one, path);
		}
	});
	await inParallel(some(120), async (text) => {
		const long = text.padEnd(250, '.');
		const { text: shown, status } = await send({
			point: long,
			explanation: text,
			sources: text,
			name: text,
			attribution: 'named'
		});
		assert.equal(status, 422);
		assert.ok(shown.includes(mark));
		for (const one of known.foreignIn(shown)) foreign.set(one, 'the form');
	});
	assert.deepEqual([...foreign].slice(0, 50), []);
});

test('feeds, tables, JSON and the API give them as data', async () => {
	const atom = new Known()
		.add('feed', 'xmlns', 'xml:lang')
		.add('entry', 'xml:lang')
		.add('link', 'rel', 'type', 'href')
		.add('category', 'term')
		.add('content', 'type');
	for (const tag of ['id', 'title', 'published', 'updated', 'author', 'name', 'rights']) atom.add(tag);
	const feed = await page(`${talk}/feed.atom`);
	assert.ok(feed.text.includes(mark));
	assert.deepEqual(atom.foreignIn(feed.text, { xml: true }), []);
	for (const path of [
		`${talk}/feed.json`,
		`/api/v1/topics/${slug}/ideas`,
		`/api/v1/topics/${slug}/submissions`,
		`${talk}/export/topic.json`
	]) {
		const { text, type } = await page(path);
		assert.match(type, /^application\/(?:feed\+)?json/, path);
		JSON.parse(text);
	}
	for (const name of exportFiles.filter((file) => file.endsWith('.csv'))) {
		const { text, type, headers } = await page(`${talk}/export/${name}`);
		assert.match(type, /^text\/csv/);
		assert.equal(headers.get('x-content-type-options'), 'nosniff');
		assert.match(headers.get('content-disposition') ?? '', /^attachment/);
		for (const cell of cellsOf(text)) assert.doesNotMatch(cell, /^[=+@\t\r]|^-(?!\d)/, `${name}: ${cell.slice(0, 80)}`);
	}
	const answer = await fetch(`${address}${talk}/export/ideas.xlsx`);
	for (const [name, part] of Object.entries(unzipSync(new Uint8Array(await answer.arrayBuffer())))) {
		const xml = Buffer.from(part).toString();
		assert.ok(!/<f[ >]/.test(xml), `${name} has a formula`);
		assert.ok(!new RegExp(`<[^<>]*${mark}[^<>]*>`).test(xml.replaceAll(/"[^"]*"/g, '""')), name);
	}
});

test('mails are plain text of one part, whatever stands in their subject', async () => {
	const outbox = join(settings.data, 'hostile');
	const mailer = mailerFor({ smtpUrl: null, outbox, from: settings.mailFrom });
	for (const text of some(100)) {
		const mailId = await inTransaction(database, (transaction) =>
			queueMail(transaction, {
				topicId,
				to: 'a@example.org',
				language: 'en',
				kind: 'news',
				subject: `${text}\r\nX-Own: ${mark}`,
				body: text
			})
		);
		await mailer.send((await mailById(database, topicId, mailId))!);
	}
	mailer.close();
	const all = readdirSync(outbox).map((name) => readFileSync(join(outbox, name), 'utf8'));
	assert.ok(all.length >= 100);
	for (const mail of all) {
		const head = mail.split('\n\n')[0]!;
		assert.match(head, /^Content-Type: text\/plain; charset=utf-8$/m);
		assert.doesNotMatch(head, /^(?:X-Own|Content-Type: (?:multipart|text\/html))/m);
	}
});

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

async function page(path: string, as?: StaffRole) {
	const answer = await fetch(address + path, { headers: { accept: 'text/html', ...(as && { cookie: cookies.get(as)! }) } });
	const { status, headers } = answer;
	return { status, headers, type: headers.get('content-type') ?? '', text: await answer.text() };
}

async function send(fields: Record<string, string>) {
	const path = `${talk}/ideas/new`;
	const cookie = (await fetch(address + path)).headers.getSetCookie().map((one) => one.split(';')[0])[0]!;
	const answer = await fetch(`${address}${path}?/send`, {
		method: 'POST',
		headers: { origin: address, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', cookie },
		body: new URLSearchParams({ requestKey: crypto.randomUUID(), attribution: 'group', ...fields })
	});
	return { status: answer.status, text: await answer.text() };
}

async function inParallel<Thing>(things: readonly Thing[], act: (thing: Thing) => Promise<void>): Promise<void> {
	let next = 0;
	const acting = async () => {
		while (next < things.length) await act(things[next++]!);
	};
	await Promise.all(Array.from({ length: 4 }, acting));
}

function cellsOf(csv: string): string[] {
	return [...csv.replace(/^\ufeff/, '').matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
		(found) => found[1] ?? found[2] ?? ''
	);
}
