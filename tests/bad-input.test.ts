import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pauseFor } from 'node:timers/promises';
import type { Actor } from '#activity/actor.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { topicAt } from '#topics/reading.server.ts';
import { stagesOf } from '#topics/stages/stages.server.ts';
import { moveStage } from '#topics/stages/staging.server.ts';
import { signedInAs, theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const { address, database } = product;
const form = '/topics/internet-public-policy/ideas/new';

/** A visitor's cookie, as the form's page sets it. */
async function aCookie(): Promise<string> {
	const page = await fetch(address + form);
	await page.text();
	return page.headers.getSetCookie().map((cookie) => cookie.split(';')[0])[0]!;
}

async function send(fields: Record<string, string>, { cookie, path = `${form}?/send` }: { cookie?: string; path?: string } = {}) {
	const answer = await fetch(address + path, {
		method: 'POST',
		headers: {
			origin: address,
			accept: 'text/html',
			'content-type': 'application/x-www-form-urlencoded',
			cookie: cookie ?? (await aCookie())
		},
		body: new URLSearchParams({ requestKey: crypto.randomUUID(), attribution: 'group', ...fields }),
		redirect: 'manual'
	});
	return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
}

const howMany = async () => {
	const { rows } = await database.query<{ ideas: number }>(`select count(*) as ideas from ideas`);
	return rows[0]!.ideas;
};

test('what cannot be kept is answered with a clear sentence, all that was typed, and no idea', async () => {
	const before = await howMany();
	const explanation = 'Typed with care';
	const points = ['', ' \u200f \u200b ', 'x'.repeat(201), 'a\0b', 'x'.repeat(400_000)];
	for (const point of points) {
		const { status, text } = await send({ point, explanation });
		assert.equal(status, 422, point.slice(0, 10));
		assert.ok(text.includes('There is a problem'));
		assert.ok(text.includes(explanation));
	}
	const far = await send({ point: 'x'.repeat(10_000_000), explanation });
	assert.equal(far.status, 413);
	assert.ok(far.text.includes('What you sent is too large.'));
	assert.equal(await howMany(), before);
});

test('a form that cannot be read is answered with a sentence, in the language of the page', async () => {
	const cookie = await aCookie();
	const types = { 'multipart/form-data': 'fr', 'multipart/form-data; boundary=x': 'ar', 'text/plain': 'es' } as const;
	for (const [type, language] of Object.entries(types)) {
		const answer = await fetch(`${address}/${language}${form}?/send`, {
			method: 'POST',
			headers: { origin: address, accept: 'text/html', 'content-type': type, cookie },
			body: 'nothing of a form'
		});
		assert.equal(answer.status, 400, type);
		assert.ok((await answer.text()).includes(speakerOf(language)('refusals.unreadable')), type);
	}
});

test('half a character cannot even be sent: it arrives as a sign of its own, and nothing breaks', async () => {
	const answer = await fetch(address + form + '?/send', {
		method: 'POST',
		headers: {
			origin: address,
			accept: 'text/html',
			'content-type': 'application/x-www-form-urlencoded',
			cookie: await aCookie()
		},
		body: 'attribution=group&requestKey=half&point=half%ED%A0%80way',
		redirect: 'manual'
	});
	assert.ok([303, 422].includes(answer.status));
});

test('a text that turns the reading direction stays within its own line', async () => {
	const { status, location } = await send({ point: 'Safe \u202egnp.exe words' });
	assert.equal(status, 303);
	assert.match(location!, /^\/receipts\/[\w-]{43}\?sent$/);
	const list = await (await fetch(`${address}/topics/internet-public-policy/ideas?after=&search=`)).text();
	const place = list.indexOf('\u202egnp.exe');
	assert.ok(place > 0);
	// an element with a direction of its own isolates what it holds
	assert.match(list.slice(Math.max(0, place - 200), place), /<h2[^>]* dir="(ltr|rtl|auto)"/);
});

test('a hundred and fifty kilobytes of nested Markdown are refused or shown, never a burden', async () => {
	const began = performance.now();
	const nested = await send({ point: 'Nested', explanation: '> '.repeat(4_900) + 'deep' });
	assert.equal(nested.status, 303);
	const tooLong = await send({ point: 'Nested', explanation: '['.repeat(150_000) });
	assert.equal(tooLong.status, 422);
	assert.ok(performance.now() - began < 20_000);
});

test('markup in any field is shown as it was typed, and none of it runs', async () => {
	const attack = '<img src=x onerror=alert(1)><script>alert(1)</script>';
	const cookie = await aCookie();
	const fields = {
		point: `Attack ${attack}`,
		explanation: `${attack} [x](javascript:alert(1))`,
		sources: attack,
		name: attack,
		attribution: 'named'
	};
	const { location } = await send(fields, { cookie });
	const receipt = await (await fetch(address + location!, { headers: { cookie } })).text();
	const { rows } = await database.query<{ number: number }>(`select max(idea_number) as number from ideas i
		join addresses a using (topic_id) where a.slug = 'internet-public-policy'`);
	const page = await (await fetch(`${address}/topics/internet-public-policy/ideas/${rows[0]!.number}`)).text();
	for (const html of [receipt, page]) {
		assert.ok(html.includes('&lt;img src=x'));
		assert.doesNotMatch(html, /<img src=x|<script>alert|href="javascript:/);
	}
});

test('a cookie of another instance is a stranger, and gets one of ours', async () => {
	const { status, text } = await send({ point: 'From elsewhere' }, { cookie: `visitor=${'A'.repeat(22)}.${'B'.repeat(22)}` });
	assert.equal(status, 401);
	assert.ok(text.includes('From elsewhere'));
	const page = await fetch(address + form, { headers: { cookie: `visitor=${'A'.repeat(22)}.${'B'.repeat(22)}` } });
	assert.match(page.headers.getSetCookie().join(), /^visitor=/);
});

test('an id or number that does not exist is not found, whatever it looks like', async () => {
	const paths = [
		'ideas/0',
		'ideas/-1',
		'ideas/1e3',
		'ideas/99999999999999',
		'ideas/999999',
		"ideas/1'--",
		'comments/999999',
		'ideas/1/comment?to=999999'
	];
	for (const path of paths) assert.equal((await fetch(`${address}/topics/internet-public-policy/${path}`)).status, 404, path);
	assert.equal((await fetch(`${address}/receipts/${'A'.repeat(43)}`)).status, 404);
	assert.equal((await fetch(`${address}/receipts/x`)).status, 404);
	for (const query of ['after=x-y', 'from=1.x', 'question=999', 'group=%00', 'sort=__proto__', `search=${'a+'.repeat(400)}`])
		assert.equal((await fetch(`${address}/topics/internet-public-policy/ideas?${query}`)).status, 200, query);
});

test('an id or number of another topic is nothing in this one: not found, or refused with all that was typed', async () => {
	const { rows } = await database.query<{ topicId: string; id: string; slug: string; number: number }>(
		`select i.topic_id as "topicId", i.idea_id as id, a.slug, i.idea_number as number
		from ideas i
		join addresses a using (topic_id)
		where a.slug = 'connecting-the-unconnected'
		order by i.idea_number desc
		limit 1`
	);
	const other = rows[0]!;
	const cookie = await aCookie();
	const here = '/topics/internet-public-policy';
	// numbers beyond this topic's own
	for (const path of [
		`ideas/${other.number}`,
		`ideas/${other.number}/comment`,
		`ideas/${other.number}/flag`,
		`opinions?idea=${other.number}`
	])
		assert.ok([200, 404].includes((await fetch(`${address}${here}/${path}`, { headers: { cookie } })).status), path);
	assert.equal((await fetch(`${address}${here}/ideas/${other.number}`)).status, 404);
	const said = await send({ text: 'Typed with care', side: 'for' }, { cookie, path: `${here}/ideas/${other.number}/comment` });
	assert.equal(said.status, 404);

	// a successor of an idea, a better wording and a decision that name a thing of the other topic
	const follows = await send({ point: 'Follows a stranger' }, { cookie, path: `${form}?/send&follows=${other.number}` });
	assert.ok([303, 404, 422].includes(follows.status));
	const mine = await send({ point: 'An idea of my own' }, { cookie });
	const accepting = await send({ suggestion: other.id }, { cookie, path: `${mine.location!.replace('?sent', '')}?/accept` });
	assert.equal(accepting.status, 404);
	const moderator = await signedInAs(product, 'moderator');
	const hiding = { only: `idea ${other.id} 1 -`, reason: 'spam', words: 'Typed with care' };
	const hidden = await send(hiding, { cookie: moderator, path: `/desk${here}/moderation?/hide` });
	assert.equal(hidden.status, 404);
	const { rowCount } = await database.query(`select from concealments where thing_id = $1`, [other.id]);
	assert.equal(rowCount, 0);
	const answering = await send(
		{ request: other.id, words: 'No.' },
		{ cookie: moderator, path: `/desk${here}/moderation?/decline` }
	);
	assert.equal(answering.status, 404);
});

test('a stage that closed one second ago refuses with the time in the language of the reader, and gives back all that was typed', async () => {
	const slug = 'connecting-the-unconnected';
	const topicId = (await topicAt(database, slug)).topicId;
	const [stage] = (await stagesOf(database, topicId)).filter(
		({ opensAt, closesAt }) => opensAt <= new Date() && new Date() < closesAt
	);
	const talk = `/fr/topics/${slug}`;
	const opened = await fetch(`${address}${talk}/ideas/new`);
	const cookie = opened.headers.getSetCookie().map((one) => one.split(';')[0])[0]!;
	const sentBefore = await send({ point: 'Arrivée à temps' }, { cookie, path: `${talk}/ideas/new?/send` });
	assert.equal(sentBefore.status, 303);
	const before = await howMany();

	const staff: Actor = { kind: 'job', name: 'test' };
	const closing = { opensAt: stage!.opensAt, closesAt: new Date(Date.now() - 1000), note: { en: 'It ends now.' } };
	await moveStage({ ...database, clockShift: -2000 }, topicId, stage!.stageId, closing, staff);

	const closed = speakerOf('fr')('refusals.stage-closed');
	const receipt = sentBefore.location!.replace('?sent', '');
	const late: [string, Record<string, string>][] = [
		[`${talk}/ideas/new?/send`, { point: 'Tapée avec soin' }],
		[`${talk}/ideas/1/comment`, { text: 'Tapée avec soin', side: 'for' }],
		[`${talk}/ideas/1/wording`, { point: 'Tapée avec soin', version: '1' }],
		[`${talk}/submissions/new?/send`, { title: 'Tapée avec soin', text: 'Tapée avec soin' }],
		[`${receipt}?/edit`, { point: 'Tapée avec soin', seen: '1' }]
	];
	for (const [path, fields] of late) {
		const { status, text } = await send(fields, { cookie, path });
		assert.equal(status, 409, path);
		assert.ok(text.includes(closed), path);
		assert.ok(text.includes('Tapée avec soin'), path);
	}
	const opinion = await send({ idea: '1', version: '1', value: 'agree' }, { cookie, path: `${talk}/opinions` });
	assert.equal(opinion.status, 409);
	assert.ok(opinion.text.includes(closed));
	// whoever comes a moment later is not asked to type in vain: a talk is kept for a second
	await pauseFor(1100);
	for (const path of ['ideas/new', 'ideas/1/comment', 'ideas/1/wording', 'submissions/new']) {
		const text = await (await fetch(`${address}${talk}/${path}`, { headers: { cookie } })).text();
		assert.ok(text.includes(speakerOf('fr')('ideas.closed')) && !text.includes('<textarea'), path);
	}
	assert.equal(await howMany(), before);
});
