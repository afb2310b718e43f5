import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { inTransaction, nilTopic, type Transaction } from '#database/connection.server.ts';
import { atOnce, testDatabase } from '#database/test-database.server.ts';
import { aCommentDraft, aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { setModerationRule } from '#moderation/ruling.server.ts';
import { holding } from '#people/examples.ts';
import { isRefusal } from '#refusals/refusal.ts';
import { announce, deliverWebhookJob } from '#webhooks/announcing.server.ts';
import { deliverWebhook, waits } from '#webhooks/delivering.server.ts';
import { aReceiver, aStandIn, type StandIn } from '#webhooks/examples.ts';
import {
	addWebhook,
	endWebhook,
	lastMessages,
	mostWebhooks,
	rotateSecret,
	sendAgain,
	tryWebhook,
	webhooksOf
} from '#webhooks/keeping.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const key = randomBytes(32);
const secretariat = holding('secretariat');
const address = 'https://hooks.example.org/open-talks';
const names = { 'hooks.example.org': ['93.184.215.14'] };
const origin = 'https://talks.example.org';

async function deliverAll(topicId: string, network: StandIn) {
	for (const { webhookId, messageId, state } of (await lastMessages(database, topicId)).reverse())
		if (state === 'waiting') await deliverWebhook(database, { network, key, origin }, { topicId, webhookId, messageId });
}

function isSignedWith(secret: string, { headers, body }: { headers: Record<string, unknown>; body: string }): boolean {
	const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
	const signature = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
		.update(content)
		.digest('base64');
	return String(headers['webhook-signature']).split(' ').includes(`v1,${signature}`);
}

test('what is published is told, signed, to who asked for it, and to nobody else', async () => {
	const { topicId, slug } = await anOpenTopic(database);
	const other = await anOpenTopic(database);
	const own = await addWebhook(database, key, { topicId, address, events: ['idea.published'] }, secretariat);
	await addWebhook(
		database,
		key,
		{ topicId: nilTopic, address: `${address}/all`, events: ['idea.published', 'comment.published'] },
		secretariat
	);
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	await comment(database, keys, aCommentDraft(topicId, number), aVisitor('critic'));
	await submitIdea(database, keys, anIdeaDraft(other.topicId), aVisitor('author'));
	assert.deepEqual(
		(await lastMessages(database, topicId)).map(({ event, path, state }) => [event, path, state]),
		[['idea.published', `/ideas/${number}`, 'waiting']]
	);
	assert.deepEqual(
		(await lastMessages(database, nilTopic)).map(({ event }) => event),
		['idea.published', 'comment.published', 'idea.published']
	);
	const jobs = await database.query(`select from graphile_worker.jobs where task_identifier = $1`, [deliverWebhookJob]);
	assert.equal(jobs.rowCount, 4);

	const receiver = await aReceiver(['hooks.example.org']);
	try {
		const network = aStandIn(names, receiver);
		await deliverAll(topicId, network);
		const [message] = receiver.received;
		assert.equal(receiver.received.length, 1);
		const told = JSON.parse(message!.body) as { type: string; timestamp: string; data: object };
		assert.deepEqual(
			[told.type, told.data],
			[
				'idea.published',
				{ topic: slug, path: `/topics/${slug}/ideas/${number}`, address: `${origin}/topics/${slug}/ideas/${number}` }
			]
		);
		assert.equal(message!.headers.host, 'hooks.example.org');
		assert.ok(isSignedWith(own.secret, message!));
		assert.ok(!isSignedWith(`whsec_${randomBytes(32).toString('base64')}`, message!));
		assert.deepEqual(
			(await lastMessages(database, topicId)).map(({ state, attempts, status }) => [state, attempts, status]),
			[['delivered', 1, 204]]
		);
		// delivered is delivered: a job that comes twice sends once
		await deliverAll(topicId, network);
		assert.equal(receiver.received.length, 1);
	} finally {
		receiver.close();
	}
});

test('what is held is told of when it is approved, and never when it was hidden', async () => {
	const { topicId } = await anOpenTopic(database);
	await addWebhook(database, key, { topicId, address, events: ['idea.published'] }, secretariat);
	await setModerationRule(database, topicId, 'all-held', aModerator(topicId));
	const good = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	const bad = await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'Buy my pills' }), aVisitor('spammer'));
	assert.deepEqual(await lastMessages(database, topicId), []);
	const { rows } = await database.query<{ number: number; id: string }>(
		'select idea_number as number, idea_id as id from ideas where topic_id = $1',
		[topicId]
	);
	const thing = (number: number) => ({
		topicId,
		kind: 'idea' as const,
		thingId: rows.find((idea) => idea.number === number)!.id
	});
	await decideOn(database, thing(good.number), { decision: 'approved', words: '' }, aModerator(topicId));
	await decideOn(database, thing(bad.number), { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
	assert.deepEqual(
		(await lastMessages(database, topicId)).map(({ path }) => path),
		[`/ideas/${good.number}`]
	);
});

test('an act of a transaction that fails is told to nobody', async () => {
	const { topicId } = await anOpenTopic(database);
	await addWebhook(database, key, { topicId, address, events: ['stage.changed'] }, secretariat);
	await assert.rejects(
		inTransaction(database, async (transaction) => {
			await announce(transaction, { topicId, event: 'stage.changed', path: '' });
			throw new Error('no');
		}),
		/no/
	);
	assert.deepEqual(await lastMessages(database, topicId), []);
});

test('a failure is tried again later and later, then given up, and sent again by hand; the address rests meanwhile', async () => {
	const { topicId } = await anOpenTopic(database);
	const { webhookId } = await addWebhook(database, key, { topicId, address, events: ['idea.published'] }, secretariat);
	await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	let isWell = false;
	const receiver = await aReceiver(['hooks.example.org'], (response) => response.writeHead(isWell ? 200 : 503).end());
	try {
		const network = aStandIn(names, receiver);
		for (const [attempt, wait] of [...waits, null].entries()) {
			await deliverAll(topicId, network);
			const [message] = await lastMessages(database, topicId);
			assert.deepEqual([message!.attempts, message!.status, message!.problem], [attempt + 1, 503, 'refused']);
			assert.equal(message!.againAt === null ? null : +message!.againAt - +message!.triedAt!, wait);
		}
		const [failed] = await lastMessages(database, topicId);
		assert.equal(failed!.state, 'failed');
		const tries = receiver.received.length;

		await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'Another' }), aVisitor('author'));
		await deliverAll(topicId, network);
		assert.equal(receiver.received.length, tries, 'new messages wait while the address rests');
		isWell = true;
		await tryWebhook(database, { topicId, webhookId }, secretariat);
		await deliverAll(topicId, network);
		assert.equal(receiver.received.length, tries + 1, 'a trial does not wait');
		await deliverAll(topicId, network);
		assert.equal(receiver.received.length, tries + 2, 'and what waited follows once it answered');
		await sendAgain(database, { topicId, webhookId, messageId: failed!.messageId }, secretariat);
		await deliverWebhook(database, { network, key, origin }, { topicId, webhookId, messageId: failed!.messageId });
		assert.deepEqual(
			(await lastMessages(database, topicId)).map(({ state }) => state),
			['delivered', 'delivered', 'delivered']
		);
	} finally {
		receiver.close();
	}
});

test('a new secret signs beside the one before for a day; an ended webhook is told nothing more', async () => {
	const { topicId } = await anOpenTopic(database);
	const first = await addWebhook(database, key, { topicId, address, events: ['idea.published'] }, secretariat);
	const webhook = { topicId, webhookId: first.webhookId };
	const second = await rotateSecret(database, key, webhook, secretariat);
	const receiver = await aReceiver(['hooks.example.org']);
	try {
		const network = aStandIn(names, receiver);
		await tryWebhook(database, webhook, secretariat);
		await deliverAll(topicId, network);
		assert.ok(isSignedWith(first.secret, receiver.received[0]!) && isSignedWith(second.secret, receiver.received[0]!));
		await database.query(`update webhook_secrets set made_at = made_at - interval '25 hours' where topic_id = $1`, [topicId]);
		await tryWebhook(database, webhook, secretariat);
		await deliverAll(topicId, network);
		assert.ok(!isSignedWith(first.secret, receiver.received[1]!) && isSignedWith(second.secret, receiver.received[1]!));

		await tryWebhook(database, webhook, secretariat);
		const waiting = (await lastMessages(database, topicId)).find(({ state }) => state === 'waiting')!;
		await endWebhook(database, webhook, secretariat);
		assert.equal(await deliverWebhook(database, { network, key, origin }, { ...webhook, messageId: waiting.messageId }), null);
		await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
		assert.deepEqual([await webhooksOf(database, topicId), await lastMessages(database, topicId)], [[], []]);
		assert.equal(receiver.received.length, 2);
	} finally {
		receiver.close();
	}
});

test('neither the database nor the record keeps a secret that can be read', async () => {
	const { topicId } = await anOpenTopic(database);
	const { secret } = await addWebhook(database, key, { topicId, address, events: ['idea.published'] }, secretariat);
	const { rows } = await database.query<{ all: string }>(
		`select string_agg(encode(secret_sealed, 'escape'), '') || (select string_agg(details::text, '') from activity where topic_id = $1) as all
		from webhook_secrets where topic_id = $1`,
		[topicId]
	);
	assert.ok(!rows[0]!.all.includes(secret.slice(6)));
});

test('only the secretariat sets webhooks, with an event at least, and not without end', async () => {
	const { topicId } = await anOpenTopic(database);
	const given = { topicId, address, events: ['idea.published'] };
	const refusedWith = (code: string) => (error: unknown) => isRefusal(error) && error.code === code;
	await assert.rejects(addWebhook(database, key, given, aModerator(topicId)), refusedWith('not-allowed'));
	await assert.rejects(
		addWebhook(database, key, { ...given, events: ['other'] }, secretariat),
		refusedWith('webhook-without-events')
	);
	await assert.rejects(
		addWebhook(database, key, { ...given, address: 'https://127.1/' }, secretariat),
		refusedWith('webhook-address-private')
	);
	for (let number = 1; number < mostWebhooks; number++) await addWebhook(database, key, given, secretariat);
	const add = (transaction: Transaction) => addWebhook(transaction, key, given, secretariat);
	assert.deepEqual(await atOnce(database, [add, add]), ['done', 'webhooks-too-many']);
});
