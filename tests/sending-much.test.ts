import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { anOpenTopic } from '#ideas/examples.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { makeToken } from '#people/tokens.server.ts';
import { aPage } from './browser.ts';
import { aProduct } from './product.ts';

const product = await aProduct();
const { address, database } = product;
const say = speakerOf('en');

/** As `rates.sending` has it. */
const withoutProof = 100;

/** The clock of the limits stands still, so that no token comes back meanwhile. Returns what sets it going again. */
function stoppedClock(t: TestContext): () => void {
	const at = performance.now();
	const { mock } = t.mock.method(performance, 'now', () => at);
	return () => mock.restore();
}

async function ask(method: string, path: string, headers: Record<string, string>, body?: unknown) {
	const answer = await fetch(`${address}/api/v1${path}`, {
		method,
		headers: { 'content-type': 'application/json', ...headers },
		...(body !== undefined && { body: JSON.stringify(body) })
	});
	return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}

async function aVisitorAt(network: string): Promise<Record<string, string>> {
	const { body } = await ask('POST', '/visitors', { 'x-forwarded-for': network });
	return { 'x-forwarded-for': network, authorization: `Bearer ${String(body['token'])}` };
}

let sent = 0;
function send(slug: string, headers: Record<string, string>) {
	const idea = { text: `Connect school ${++sent}`, language: 'en' };
	return ask('POST', `/topics/${slug}/ideas`, { 'idempotency-key': `sent ${sent}`, ...headers }, idea);
}

/** So many texts by the API that the next one of this network is asked for a computation. */
async function muchFrom(slug: string, network: string): Promise<void> {
	for (let begun = 0; begun < withoutProof; begun += 10) {
		const visitor = await aVisitorAt(network);
		const answers = await Promise.all(Array.from({ length: 10 }, () => send(slug, visitor)));
		assert.deepEqual([...new Set(answers.map(({ status, body }) => `${status} ${String(body['held'])}`))], ['201 false']);
	}
}

/** A personal token of somebody, with an office of the institution or without. */
async function aTokenAt(network: string, role: 'secretariat' | null): Promise<Record<string, string>> {
	const email = `${role ?? 'nobody'}@example.org`;
	const { accountId } = await inTransaction(database, async (transaction) => {
		const made = await makeAccount(transaction, { email, name: 'Amina', language: 'en' });
		if (role)
			await transaction.query(
				`insert into roles (topic_id, role_id, account_id, role, granted_at) values ($1, $2, $3, $4, now())`,
				[...[nilTopic, uuidv7(), made.accountId, role]]
			);
		return made;
	});
	const actor = { kind: 'account', accountId, visitorId: null, roles: [], secondFactor: false } as const;
	const { token } = await makeToken(database, { name: 'A program', scopes: ['ideas:write'], days: 7 }, actor);
	return { 'x-forwarded-for': network, authorization: `Bearer ${token}` };
}

test('a program of a network that sends very much is told to compute something or to wait, and either leads on', async (t) => {
	const goOn = stoppedClock(t);
	const { slug } = await anOpenTopic(database);
	const network = '203.0.113.21';
	assert.deepEqual((await ask('GET', '/proof', { 'x-forwarded-for': network })).body, { challenge: null });
	await muchFrom(slug, network);

	const visitor = await aVisitorAt(network);
	const refused = await send(slug, { ...visitor, 'accept-language': 'en' });
	assert.deepEqual([refused.status, refused.body['code'], refused.headers.get('retry-after')], [429, 'proof-needed', '1']);
	assert.match(String(refused.body['message']), /Wait 1 second .* GET \/api\/v1\/proof .* header Proof/);
	assert.deepEqual(Object.keys(refused.body).sort(), ['code', 'message']);

	const { challenge } = (await ask('GET', '/proof', visitor)).body as { challenge: Challenge };
	const proof = JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) });
	const solved = await send(slug, { ...visitor, proof });
	assert.deepEqual([solved.status, solved.body['held']], [201, false]);
	assert.equal((await send(slug, { ...visitor, proof })).body['code'], 'proof-needed', 'a solution is taken once');
	assert.equal((await send(slug, { ...visitor, proof: '{"challenge":{}}' })).status, 429);

	assert.equal((await send(slug, await aVisitorAt('203.0.113.22'))).status, 201, 'another network is asked nothing');
	assert.equal((await send(slug, await aTokenAt(network, null))).body['code'], 'proof-needed');
	assert.equal((await send(slug, await aTokenAt(network, 'secretariat'))).status, 201, 'who has an office is known');
	goOn();
	await new Promise((resolve) => setTimeout(resolve, 1000 * Number(refused.headers.get('retry-after'))));
	assert.equal((await send(slug, visitor)).status, 201);
});

test('after very much by the API a browser of that network computes unseen, and one without script has its text looked at first', async (t) => {
	stoppedClock(t);
	const { slug, topicId } = await anOpenTopic(database);
	const network = '203.0.113.23';
	const context = { extraHTTPHeaders: { 'x-forwarded-for': network } };
	await muchFrom(slug, network);
	for (const [javaScript, heldBy] of [
		[true, null],
		[false, 'no-proof']
	] as const) {
		const page = await aPage(t, { address, javaScript, context });
		const point = `Written ${javaScript ? 'with' : 'without'} script`;
		await page.goto(`/topics/${slug}/ideas/new`);
		await page.getByLabel(say('ideas.point'), { exact: true }).fill(point);
		await page.getByRole('button', { name: say('ideas.send') }).click();
		await page.getByText(say('receipts.thanks')).waitFor();
		const { rows } = await database.query<{ heldBy: string | null }>(
			`select c.held_by as "heldBy"
			from idea_versions v
			join ideas i using (topic_id, idea_number)
			left join concealments c on c.topic_id = i.topic_id and c.kind = 'idea' and c.thing_id = i.idea_id
			where v.topic_id = $1 and v.point = $2`,
			[topicId, point]
		);
		assert.deepEqual(rows, [{ heldBy }], point);
	}
});
