import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { aTopicInTwoCamps } from '#agreement/examples.server.ts';
import { findGroups } from '#agreement/finding-groups.server.ts';
import { publishCells } from '#agreement/publishing.server.ts';
import { anOpenTopic, anIdeaDraft, aVisitor } from '#ideas/examples.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { splitTheme } from '#ideas/themes/changing.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { aProduct, secretOfTests } from './product.ts';

const product = await aProduct();
const { database, settings } = product;
const keys = topicKeys({ folder: settings.data, secret: secretOfTests });
const opinions = new OpinionBatcher(database, keys);

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
	const answer = await fetch(`${product.address}/api/v1${path}`, {
		method,
		headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
		...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) })
	});
	return { status: answer.status, headers: answer.headers, body: z.record(z.string(), z.unknown()).parse(await answer.json()) };
}

test('a program reads levels of support with the cells on which they rest, and nothing of them while blind', async () => {
	const { topicId, slug } = await anOpenTopic(database);
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	for (let person = 1; person <= 6; person++) {
		const actor = aVisitor(`g${person}`);
		await stateProfile(database, keys, topicId, actor, { ...nothingStated, groups: ['governments'] });
		await opinions.give(topicId, actor, { ideaNumber: number, opinion: person === 6 ? 'pass' : 'agree', seen: null });
	}
	await publishCells(database, topicId);
	const path = `/topics/${slug}/agreement`;
	const { status, body } = await ask('GET', `${path}?sort=awaited&level=not-heard&group=governments`);
	assert.equal(status, 200);
	const groups = ['governments', 'private-sector', 'civil-society', 'technical-community', 'academia', 'intergovernmental'];
	assert.deepEqual(body['thresholds'], { heard: 5, majority: 0.5, most: 2 / 3, groups });
	assert.deepEqual(body['totals'], { consensus: 0, opposition: 0, divergence: 0, 'not-heard': 1 });
	const [idea] = z.array(z.record(z.string(), z.unknown())).parse(body['ideas']);
	const [cell] = z
		.array(z.record(z.string(), z.unknown()))
		.parse(idea?.['cells'])
		.filter((one) => one['dimension'] === 'group');
	assert.deepEqual([idea?.['level'], idea?.['notHeardFrom'], idea?.['opposedBy']], ['not-heard', groups.slice(1), []]);
	assert.deepEqual(
		{ ...cell, published: null },
		{
			...{ dimension: 'group', key: 'governments', agree: 5, disagree: 0, pass: 1, voices: 6, published: null },
			// (5 + ½) / 6; Beta(5½, ½)
			...{ share: 0.9167, within80: [0.7733, 0.9985], within95: [0.6206, 0.9999] }
		}
	);
	assert.equal((await ask('GET', `${path}?sort=random`)).status, 422);
	assert.equal((await ask('GET', `${path}?question=99`)).status, 404);
	await database.query(`update stages set takes_opinions = 'blind' where topic_id = $1`, [topicId]);
	await new Promise((resolve) => setTimeout(resolve, 1200));
	const blind = await ask('GET', path);
	assert.deepEqual([blind.body['ideas'], blind.body['totals'], blind.body['next']], [null, null, null]);
});

test('a program reads the themes that were confirmed and the ideas of one, and lists levels by theme and by opinion group', async () => {
	const { topicId, slug } = await aTopicInTwoCamps(database, { people: 60, ideas: 12 });
	const rapporteur = { kind: 'job', name: 'test' } as const;
	const theme = await splitTheme(database, { topicId, ideas: [2, 5], name: 'Cables' }, rapporteur);
	await publishCells(database, topicId);
	await findGroups(database, topicId);
	const themes = await ask('GET', `/topics/${slug}/themes`);
	assert.deepEqual(themes.body, { themes: [{ number: theme, name: 'Cables', language: 'und' }] });
	const numbers = async (path: string) => {
		const { body } = await ask('GET', `/topics/${slug}/${path}`);
		return z
			.array(z.object({ number: z.number() }))
			.parse(body['ideas'])
			.map(({ number }) => number)
			.sort((one, other) => one - other);
	};
	assert.deepEqual(await numbers(`ideas?theme=${theme}`), [2, 5]);
	assert.deepEqual(await numbers(`agreement?theme=${theme}`), [2, 5]);
	const { body } = await ask('GET', `/topics/${slug}/agreement?opinionGroup=B&theme=${theme}`);
	assert.deepEqual(body['opinionGroups'], ['A', 'B']);
	const groups = z.object({ opinionGroups: z.array(z.object({ letter: z.string(), agree: z.number(), share: z.number() })) });
	const [idea] = z.array(groups).parse(body['ideas']);
	assert.deepEqual(
		idea?.opinionGroups.map(({ letter }) => letter),
		['A', 'B']
	);
	for (const path of ['ideas?theme=99', 'agreement?theme=99', 'agreement?opinionGroup=Z'])
		assert.equal((await ask('GET', `/topics/${slug}/${path}`)).status, 404);
	assert.equal((await ask('GET', `/topics/${slug}/ideas?theme=nonsense`)).status, 422);
});
