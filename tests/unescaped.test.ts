import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { inTransaction } from '#database/connection.server.ts';
import { mailerFor } from '#mail/delivering.server.ts';
import { mailById, queueMail } from '#mail/mail.server.ts';
import { exportFiles } from '#reports/export/exporting.server.ts';
import { addresses } from './addresses.ts';
import { columnsOfWords, inDatabase } from './traces.ts';
import { hostileTexts, Known, mark } from './hostile.ts';
import { signedInAs, type StaffRole } from './world.ts';
import { address, database, enterTexts, noticeNumbers, product, settings, slug, some, talk, topicId } from './hostile-ways-in.ts';
import { brokenElsewhere, known, neverHostile, pagesOfDesks } from './hostile-places.ts';
import { enterInTownHalls } from './hostile-floors.ts';
import { roomPages, speakInARoom } from './hostile-rooms.ts';
import { enterAtDesks, hostileTalk, made } from './hostile-desks.ts';
import { enterAtEvents, pagesOfEvents } from './hostile-events.ts';

const cookies = new Map<StaffRole, string>();
for (const role of ['administrator', 'secretariat', 'moderator', 'rapporteur'] as const)
	cookies.set(role, await signedInAs(product, role));

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

let pagesOfRooms: { path: string; as?: StaffRole }[] = [];

test('by every way in they come in as they are', async () => {
	await enterTexts();
	await enterAtDesks();
	await enterAtEvents();
	await speakInARoom();
	pagesOfRooms = await enterInTownHalls();
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
	paths.push(...pagesOfDesks(), ...pagesOfEvents(), ...roomPages, ...pagesOfRooms);
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

test('each of the twelve kinds of places where another platform was broken shows such texts, as text', async () => {
	assert.equal(Object.keys(brokenElsewhere).length, 12);
	for (const [place, where] of Object.entries(brokenElsewhere)) {
		const { path, as } = await where();
		const { text, status } = await page(path, as);
		assert.equal(status, 200, `${place}: ${path}`);
		assert.ok(text.includes(mark), `nothing hostile stands in ${place}: ${path}`);
		assert.deepEqual(known.foreignIn(text), [], place);
	}
});

test('every column that can hold words of people held such a text', async () => {
	const reached = await inDatabase(database, mark);
	const columns = await columnsOfWords(database);
	const listed = Object.values(neverHostile).flat();
	assert.deepEqual(
		columns.filter((column) => !reached.includes(column) && !listed.includes(column)),
		[],
		'no hostile text came in here'
	);
	assert.deepEqual(
		listed.filter((column) => reached.includes(column)),
		[],
		'these are reached'
	);
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
		`${talk}/export/topic.json`,
		`/topics/${hostileTalk}/export/topic.json`,
		`/topics/${hostileTalk}/feed.json`,
		`/api/v1/topics`,
		`/api/v1/topics/${hostileTalk}`
	]) {
		const { text, type } = await page(path);
		assert.match(type, /^application\/(?:feed\+)?json/, path);
		JSON.parse(text);
	}
	const tables = [
		...exportFiles.filter((file) => file.endsWith('.csv')).map((name) => ({ name: `${talk}/export/${name}`, as: undefined })),
		...[`/desk${talk}/activity.csv`, '/desk/activity.csv'].map((name) => ({ name, as: 'secretariat' as const })),
		{ name: `/desk${talk}/sheets/${made.sheetId}/remarks`, as: 'rapporteur' as const }
	];
	for (const { name, as } of tables) {
		const { text, type, headers } = await page(name, as);
		assert.match(type, /^text\/csv/, name);
		assert.equal(headers.get('x-content-type-options'), 'nosniff');
		assert.match(headers.get('content-disposition') ?? '', /^attachment/);
		for (const cell of cellsOf(text)) assert.doesNotMatch(cell, /^[=+@\t\r]|^-(?!\d)/, `${name}: ${cell.slice(0, 80)}`);
	}
	const calendar = await page(`/topics/${hostileTalk}/calendar.ics`);
	assert.match(calendar.type, /^text\/calendar/);
	for (const line of calendar.text.split('\r\n')) assert.match(line, /^(?:[A-Z-]+[;:]|[ ]|$)/);
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
