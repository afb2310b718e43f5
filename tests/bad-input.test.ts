import assert from 'node:assert/strict';
import { test } from 'node:test';
import { theExampleWorld } from './world.ts';

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
	const points = ['', ' \u200f \u200b ', 'x'.repeat(201), 'a\0b', 'x'.repeat(10_000_000)];
	for (const point of points) {
		const { status, text } = await send({ point, explanation });
		assert.equal(status, 422, point.slice(0, 10));
		assert.ok(text.includes('There is a problem'));
		assert.ok(text.includes(explanation));
	}
	assert.equal(await howMany(), before);
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

test('two hundred kilobytes of nested Markdown are refused or shown, never a burden', async () => {
	const began = performance.now();
	const nested = await send({ point: 'Nested', explanation: '> '.repeat(4_900) + 'deep' });
	assert.equal(nested.status, 303);
	const tooLong = await send({ point: 'Nested', explanation: '['.repeat(200_000) });
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
