import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aTopicOpenForSubmissions } from '#contributions/examples.server.ts';
import { inviteByLink } from '#people/invitations/inviting.server.ts';
import { holding } from '#people/examples.ts';
import { moveStage } from '#topics/stages/staging.server.ts';
import { stagesOf } from '#topics/stages/stages.server.ts';
import { rates } from '#web/front/limits.server.ts';
import { aProduct } from './product.ts';

// a hall of people behind one address
const { address, database } = await aProduct();
const slug = 'role-of-governments';
const { topicId } = await aTopicOpenForSubmissions(database, slug);

async function ask(path: string, cookies: Map<string, string>, body?: BodyInit) {
	const answer = await fetch(new URL(path, address), {
		method: body === undefined ? 'GET' : 'POST',
		headers: { origin: address, accept: 'text/html', cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
		redirect: 'manual',
		...(body !== undefined && { body })
	});
	for (const cookie of answer.headers.getSetCookie()) {
		const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
		cookies.set(name!, value!);
	}
	return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
}

test('300 people follow one link for their group and accept', { timeout: 120_000 }, async () => {
	const words = { topicId, role: 'participant', language: 'en', days: 30, group: 'academia' } as const;
	const { invitationId, link } = await inviteByLink(database, words, 300, address, holding('secretariat'));
	const followed = async () => {
		const cookies = new Map<string, string>();
		const opened = await ask(link, cookies);
		const shown = await ask(opened.location!, cookies);
		const accepted = await ask(`${opened.location!}?/accept`, cookies, new URLSearchParams());
		return [opened.status, shown.status, accepted.status, accepted.location].join(' ');
	};
	const paths = new Set<string>();
	for (let group = 0; group < 10; group++)
		for (const path of await Promise.all(Array.from({ length: 30 }, followed))) paths.add(path);
	assert.deepEqual([...paths], [`303 200 303 /topics/${slug}/me?invited`]);
	const { rows } = await database.query<{ accepted: number }>(
		`select count(*)::int as accepted from invitation_answers where topic_id = $1 and invitation_id = $2`,
		[topicId, invitationId]
	);
	assert.equal(rows[0]!.accepted, 300);
});

test('wrong codes of invitations are refused after a few, and then nothing is tried', async () => {
	const statuses: number[] = [];
	for (let tried = 0; tried < rates.guessing.burst + 5; tried++) {
		const code = new URLSearchParams({ code: 'A'.repeat(43) });
		statuses.push((await ask('/invitations/00000000-0000-7000-8000-000000000000?/code', new Map(), code)).status);
	}
	assert.deepEqual(new Set(statuses.slice(0, rates.guessing.burst)), new Set([404]));
	assert.equal(statuses.at(-1), 429);
});

const howManyFiles = async () => (await database.query(`select from files`)).rowCount;

function aFile(fields: Record<string, string>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries({ title: 'Our view', text: '', attribution: 'anonymous', ...fields }))
		form.append(name, value);
	form.append('file', new File([`${crypto.randomUUID()} Governments should listen.`], 'view.txt'));
	return form;
}

test('a file is kept only where its submission can be, and uploads have a limit of their own', async () => {
	const page = `/topics/${slug}/submissions/new`;
	const cookies = new Map<string, string>();
	await ask(page, cookies);
	for (const fields of [{ title: ' ' }, { attribution: 'named', name: '' }])
		assert.equal((await ask(`${page}?/send`, cookies, aFile(fields))).status, 422);
	assert.equal((await ask(`${page}?/send`, new Map(), aFile({}))).status, 401);
	assert.equal(await howManyFiles(), 0);
	assert.equal((await ask(`${page}?/send`, cookies, aFile({}))).status, 303);
	assert.equal(await howManyFiles(), 1);

	const [stage] = await stagesOf(database, topicId);
	const closing = { opensAt: stage!.opensAt, closesAt: new Date(Date.now() + 300), note: { en: 'It ends now.' } };
	await moveStage(database, topicId, stage!.stageId, closing, { kind: 'job', name: 'test' });
	await new Promise((resolve) => setTimeout(resolve, 1500));
	assert.equal((await ask(`${page}?/send`, cookies, aFile({}))).status, 409);
	assert.equal(await howManyFiles(), 1);

	const statuses: number[] = [];
	for (let sent = 0; sent < rates.uploading.burst; sent++)
		statuses.push((await ask(`${page}?/preview`, new Map(), aFile({}))).status);
	assert.equal(statuses[0], 200);
	assert.equal(statuses.at(-1), 429);
});

test('whole tables have a limit of their own, and whoever took too many reads on', async () => {
	const statuses: number[] = [];
	for (let asked = 0; asked < rates.exporting.burst + 5; asked++)
		statuses.push((await ask(`/topics/${slug}/export/topic.json`, new Map())).status);
	assert.equal(statuses[0], 200);
	assert.equal(statuses.at(-1), 429);
	assert.equal((await ask(`/topics/${slug}/ideas?page=1`, new Map())).status, 200);
	assert.equal((await fetch(`${address}/api/v1/topics/${slug}/export/topic.json`)).status, 429);
	assert.equal((await fetch(`${address}/api/v1/topics/${slug}/ideas`)).status, 200);
});
