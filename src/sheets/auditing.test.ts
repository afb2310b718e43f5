import { strFromU8, unzipSync } from 'fflate';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor, Role } from '#activity/actor.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anOpenTopic } from '#ideas/examples.server.ts';
import {
	agreeToAudit,
	askForAudit,
	auditBundle,
	auditRequests,
	forgetAuditRequests,
	hoursOfAudit
} from '#sheets/auditing.server.ts';
import { bringInConversation } from '#sheets/polis/bringing-in.server.ts';
import { conversationIn, type Conversation } from '#sheets/polis/conversation.ts';
import { conversationOf } from '#sheets/polis/exporting.server.ts';
import { temporaryKeys } from '#topics/examples.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { nilTopic } from '#database/connection.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const origin = 'https://talks.example.org';

function somebody(role: Role['role'] | null, secondFactor = true): Extract<Actor, { kind: 'account' }> {
	const roles = role ? [{ role, topicId: nilTopic }] : [];
	return { kind: 'account', accountId: uuidv7(), visitorId: null, roles, secondFactor };
}
const [ada, ben, eve] = [somebody('secretariat'), somebody('administrator'), somebody('secretariat')];

const votes = [
	...['timestamp,datetime,comment-id,voter-id,vote', '1500000003000,Mon,1,2,1', '1500000001000,Mon,1,3,-1'],
	'1500000002000,Mon,2,3,0'
];
const conversation = conversationIn({
	'comments.csv': [
		'timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body',
		'1500282615559,Mon,1,1,1,1,1,Connect every school',
		'1500282615559,Mon,2,1,0,0,-1,Buy pills'
	].join('\n'),
	'votes.csv': votes.join('\n')
})!;

async function aTalk(stage: Parameters<typeof anOpenTopic>[1] = {}) {
	const { topicId } = await anOpenTopic(database, stage);
	await bringInConversation(database, keys, { topicId, conversation }, { kind: 'job', name: 'test' });
	return topicId;
}

async function bundle(topicId: string, requestId: string, actor: Actor, shifted = database): Promise<Conversation> {
	const { pieces, fileName } = await auditBundle(shifted, topicId, requestId, { origin, actor });
	assert.match(fileName, /^talk-[\w]+-audit\.zip$/);
	const bytes: Uint8Array[] = [];
	for await (const piece of pieces) bytes.push(piece);
	const files = unzipSync(Buffer.concat(bytes));
	assert.deepEqual(Object.keys(files).sort(), ['comments.csv', 'participants-votes.csv', 'summary.csv', 'votes.csv']);
	return conversationIn(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, strFromU8(content)])))!;
}

async function deeds(topicId: string): Promise<string[]> {
	const { rows } = await database.query<{ did: string; by: string }>(
		`select did, actor_id as by from activity where topic_id = $1 and kind = 'audit-bundle' order by at, activity_id`,
		[topicId]
	);
	return rows.map(({ did, by }) => `${did} by ${by === ada.accountId ? 'ada' : by === ben.accountId ? 'ben' : 'another'}`);
}

test('all rows come with their times to the two who asked and agreed, and each taking is recorded', async () => {
	const topicId = await aTalk();
	const { requestId } = await askForAudit(database, topicId, 'The figures are disputed', ada);
	await agreeToAudit(database, topicId, requestId, ben);
	for (const actor of [ada, ben]) {
		const { votes: given, comments } = await bundle(topicId, requestId, actor);
		assert.deepEqual(given.map(({ comment, vote, at }) => [comment, vote, at?.getTime()]).sort(), [
			[1, -1, 1500000001000],
			[1, 1, 1500000003000],
			[2, 0, 1500000002000]
		]);
		assert.deepEqual(
			comments.map(({ body, moderated }) => [body, moderated]),
			[
				['Connect every school', 1],
				['Buy pills', -1]
			]
		);
	}
	assert.deepEqual(await deeds(topicId), ['asked for by ada', 'agreed to by ben', 'downloaded by ada', 'downloaded by ben']);
});

test('what everybody else gets of a conversation has no times', async () => {
	const topic = await topicOf(database, await aTalk());
	for (const { name, pieces } of conversationOf(database, topic, origin)) {
		let text = '';
		for await (const piece of pieces) text += piece;
		assert.doesNotMatch(text, /15000000\d|\d{4}-\d\d-\d\dT|T\d\d:\d\d/, name);
	}
});

test('nobody takes it alone, or a day later, or who is neither of the two', async () => {
	const topicId = await aTalk();
	const { requestId } = await askForAudit(database, topicId, 'The figures are disputed', ada);
	const take = (actor: Actor, shifted = database) => auditBundle(shifted, topicId, requestId, { origin, actor });
	await assert.rejects(take(ada), { code: 'audit-needs-another' });
	await assert.rejects(agreeToAudit(database, topicId, requestId, ada), { code: 'audit-needs-another' });
	assert.deepEqual(
		(await auditRequests(database, topicId, ada, new Date())).map(({ mayAgree, mayTake }) => [mayAgree, mayTake]),
		[[false, false]]
	);
	await agreeToAudit(database, topicId, requestId, ben);
	await assert.rejects(agreeToAudit(database, topicId, requestId, eve), { code: 'already-decided' });
	await assert.rejects(take(eve), { code: 'not-allowed' });
	const later = { ...database, clockShift: hoursOfAudit * 3_600_000 + 1000 };
	await assert.rejects(take(ada, later), { code: 'link-expired' });
	assert.deepEqual(
		(await auditRequests(database, topicId, eve, new Date())).map(({ mayAgree, mayTake }) => [mayAgree, mayTake]),
		[[false, false]]
	);
	assert.deepEqual(await deeds(topicId), ['asked for by ada', 'agreed to by ben']);
});

test('only the secretariat asks, agrees and takes, with its second factor; a job is nobody; a request of another talk is none', async () => {
	const [topicId, other] = [await aTalk(), await aTalk()];
	const { requestId } = await askForAudit(database, topicId, 'The figures are disputed', ada);
	const moderator = { ...somebody(null), roles: [{ role: 'moderator', topicId }] } as const;
	for (const actor of [
		somebody(null),
		moderator,
		somebody('secretariat', false),
		{ kind: 'visitor', visitorId: 'v' } as const,
		{ kind: 'job', name: 'test' } as const
	]) {
		await assert.rejects(askForAudit(database, topicId, 'Why not', actor), { code: 'not-allowed' });
		await assert.rejects(agreeToAudit(database, topicId, requestId, actor), { code: 'not-allowed' });
		await assert.rejects(auditBundle(database, topicId, requestId, { origin, actor }), { code: 'not-allowed' });
		await assert.rejects(auditRequests(database, topicId, actor, new Date()), { code: 'not-allowed' });
	}
	await assert.rejects(agreeToAudit(database, other, requestId, ben), { code: 'not-found' });
	await assert.rejects(askForAudit(database, topicId, ' ', ada), { code: 'unusable-text' });
});

test('while results are withheld nobody takes a bundle', async () => {
	const topicId = await aTalk({ takesOpinions: 'blind' });
	const { requestId } = await askForAudit(database, topicId, 'The figures are disputed', ada);
	await agreeToAudit(database, topicId, requestId, ben);
	await assert.rejects(auditBundle(database, topicId, requestId, { origin, actor: ada }), { code: 'results-blind' });
});

test('a month after the last act a request goes with its words, and the record of it stays', async () => {
	const [topicId, other] = [await aTalk(), await aTalk()];
	const { requestId } = await askForAudit(database, topicId, 'Ana doubts the figures', ada);
	await askForAudit({ ...database, clockShift: -15 * day }, other, 'Ben doubts them', ada);
	await forgetAuditRequests({ ...database, clockShift: 20 * day });
	assert.deepEqual(await auditRequests(database, other, ada, new Date()), []);
	await agreeToAudit({ ...database, clockShift: 20 * day }, topicId, requestId, ben);
	await forgetAuditRequests({ ...database, clockShift: 40 * day });
	assert.equal((await auditRequests(database, topicId, ada, new Date())).length, 1);
	await forgetAuditRequests({ ...database, clockShift: 51 * day });
	assert.deepEqual(await auditRequests(database, topicId, ada, new Date()), []);
	assert.deepEqual(await deeds(topicId), ['asked for by ada', 'agreed to by ben']);
});

const day = 24 * 3_600_000;
