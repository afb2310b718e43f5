import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { anEvent } from '#events/examples.server.ts';
import { cancelEvent } from '#events/planning.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { aPublishedTopic } from '#topics/examples.server.ts';
import { aProduct } from './product.ts';

const product = await aProduct();
const { database } = product;

async function ask(path: string) {
	const answer = await fetch(`${product.address}/api/v1${path}`);
	return { status: answer.status, body: z.record(z.string(), z.unknown()).parse(await answer.json()) };
}

test('a program reads the events that everybody may see, and neither those that are planned nor the link for those online', async () => {
	const { topicId, slug } = await aPublishedTopic(database);
	const remoteLink = 'https://meet.example.org/secret';
	await anEvent(database, { topicId, isPlanned: true });
	const event = await anEvent(database, { topicId, remoteLink, kind: 'town-hall', zone: 'Asia/Makassar' });
	const list = await ask(`/topics/${slug}/events`);
	const events = z.array(z.record(z.string(), z.unknown())).parse(list.body['events']);
	assert.deepEqual(
		events.map(({ number, kind, state, zone }) => [number, kind, state, zone]),
		[[2, 'town-hall', 'confirmed', 'Asia/Makassar']]
	);
	const one = await ask(`/topics/${slug}/events/2`);
	assert.equal(one.body['startsAt'], event.startsAt.toISOString());
	assert.deepEqual(one.body['taken'], { room: 0, online: 0 });
	assert.ok(!JSON.stringify([list.body, one.body]).includes('secret'));
	assert.equal((await ask(`/topics/${slug}/events/1`)).status, 404);
	await cancelEvent(database, topicId, event.eventId, { en: 'Flooded.' }, aSecretary);
	const { body } = await ask(`/topics/${slug}/events/2`);
	assert.deepEqual([body['state'], body['reason']], ['cancelled', [{ language: 'en', text: 'Flooded.' }]]);
});
