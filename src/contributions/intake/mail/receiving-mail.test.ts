import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { aTopicOpenForSubmissions } from '#contributions/examples.server.ts';
import { aMail, aMailDesk, mailDomain, ownAddress, send } from './examples.server.ts';
import { senderLimits } from './addressees.server.ts';

const database = await testDatabase();
const { topicId, door, failures, bytesOf } = await aMailDesk(database);
after(() => door.stop());

const stored = async () =>
	(
		await database.query<{ sha256: string; sender: string; size: number; way: string }>(
			`select encode(file_sha256, 'hex') as sha256, sender, size, way from mails_in where topic_id = $1 order by mail_in_id`,
			[topicId]
		)
	).rows;

test('a mail is acknowledged once it lies in the store byte for byte, with its row and the job that reads it', async () => {
	const mail = aMail();
	assert.match((await send(door.port, mail)).last, /^250 /);
	const rows = await stored();
	assert.equal(rows.length, 1);
	const kept = Buffer.from(await bytesOf(rows[0]!.sha256)).toString();
	assert.equal(kept, `${mail}\r\n`);
	assert.deepEqual([rows[0]!.sender, rows[0]!.way, rows[0]!.size], ['ana@example.org', 'smtp', kept.length]);
	const jobs = await database.query<{ task: string }>(`select task_identifier as task from graphile_worker.jobs`);
	assert.deepEqual(jobs.rows, [{ task: 'contributions.read-mail' }]);
});

test('a mail that comes twice, over another way too, is acknowledged and kept once', async () => {
	assert.match((await send(door.port, aMail())).last, /^250 /);
	assert.match((await send(door.port, `Received: by relay.example.org\r\n${aMail()}`)).last, /^250 /);
	assert.equal((await stored()).length, 1);
});

test('an address that is none, of another domain, or of a finished talk is refused for good, with a reason', async () => {
	const { topicId: other } = await aTopicOpenForSubmissions(database, 'old-talk');
	await database.query(`insert into topic_archivals (topic_id, archived_at, reason) values ($1, now(), '')`, [other]);
	for (const [to, answer] of [
		[`nothing@${mailDomain}`, '550 5.1.1 There is no talk at this address'],
		['ana@example.com', '550 5.7.1 Mail is taken for talks only, not passed on'],
		[`old-talk@${mailDomain}`, '550 5.7.1 This talk is finished'],
		[ownAddress, '550 5.7.1 Nobody reads this address']
	] as const)
		assert.equal((await send(door.port, aMail(), { to: [to] })).last, answer);
	assert.match(
		(await send(door.port, aMail({ 'Message-ID': '<2@x>' }), { to: [`NET+note@${mailDomain.toUpperCase()}`] })).last,
		/^250 /
	);
});

test('a mail of 300 MB is refused at its announcement, and while it streams in flat memory where it announces nothing', async () => {
	const announced = await send(door.port, '', { parameters: ' SIZE=314572800' });
	assert.match(announced.last, /^552 /);
	const before = (await stored()).length;
	const line = Buffer.from(`${'x'.repeat(76)}\r\n`.repeat(840));
	let most = 0;
	global.gc?.();
	const rest = process.memoryUsage().rss;
	function* streamed() {
		yield Buffer.from(aMail({ 'Message-ID': '<300@x>' }));
		for (let sent = 0; sent < 300 * 1024 * 1024; sent += line.length) {
			yield line;
			if (sent % (line.length * 64) === 0) most = Math.max(most, process.memoryUsage().rss);
		}
	}
	assert.match((await send(door.port, streamed())).last, /^552 /);
	assert.ok(most - rest < 120 * 1024 * 1024, `memory grew by ${Math.round((most - rest) / 1024 / 1024)} MB`);
	assert.equal((await stored()).length, before);
	assert.match((await send(door.port, aMail({ 'Message-ID': '<after@x>' }))).last, /^250 /);
});

test('a client that breaks off leaves nothing behind', async () => {
	const before = (await stored()).length;
	async function* broken() {
		yield Buffer.from(aMail({ 'Message-ID': '<broken@x>' }));
		await new Promise((resolve) => setTimeout(resolve, 50));
		throw new Error('the line is cut');
	}
	await assert.rejects(send(door.port, broken()), /the line is cut/);
	await new Promise((resolve) => setTimeout(resolve, 300));
	assert.equal((await stored()).length, before);
});

test('a head without end, and a mail that went round, are refused for good', async () => {
	const endless = `From: a@example.org\r\n${'X-Y: z\r\n'.repeat(60_000)}\r\nbody`;
	assert.match((await send(door.port, endless)).last, /^554 /);
	const round = 'Received: by a.example.org\r\n'.repeat(60) + aMail({ 'Message-ID': '<round@x>' });
	assert.match((await send(door.port, round)).last, /^554 /);
	assert.match((await send(door.port, aMail({ 'Message-ID': '<after-2@x>' }))).last, /^250 /);
});

test('one sender is asked to wait after many mails; others are not', async () => {
	const answers: string[] = [];
	for (let number = 0; number <= senderLimits.anHour; number++)
		answers.push((await send(door.port, aMail({ 'Message-ID': `<many-${number}@x>` }), { from: 'many@example.org' })).last);
	assert.equal(answers.filter((answer) => answer.startsWith('250')).length, senderLimits.anHour);
	assert.match(answers.at(-1)!, /^450 4\.7\.1 /);
	assert.match((await send(door.port, aMail({ 'Message-ID': '<other@x>' }), { from: 'other@example.org' })).last, /^250 /);
});

test('while the database does not answer a mail is put off, not lost', async () => {
	await database.query('alter table mails_in rename to mails_in_away');
	const { last } = await send(door.port, aMail({ 'Message-ID': '<later@x>' }), { from: '' });
	await database.query('alter table mails_in_away rename to mails_in');
	assert.match(last, /^451 4\.3\.0 /);
	assert.equal(failures.length, 1);
	assert.match((await send(door.port, aMail({ 'Message-ID': '<later@x>' }), { from: '' })).last, /^250 /);
});

test('LMTP answers for each receiver', async () => {
	const lmtp = await aMailDesk(database, 'another', { way: 'lmtp' });
	const said = await send(lmtp.door.port, aMail({ 'Message-ID': '<lmtp@x>' }), {
		to: [`another@${mailDomain}`, `net@${mailDomain}`],
		greeting: 'LHLO x'
	});
	assert.match(said.last, /^250 /);
	const { rows } = await database.query<{ topics: number }>(
		`select count(distinct topic_id)::int as topics from mails_in where way = 'lmtp'`
	);
	assert.deepEqual(rows, [{ topics: 2 }]);
	await lmtp.door.stop();
});

test('a mail of 20 MB arrives whole', async () => {
	const body = `${createHash('sha256').update('x').digest('hex')}\r\n`.repeat(310_000);
	assert.match((await send(door.port, aMail({ 'Message-ID': '<large@x>' }, body), { from: 'large@example.org' })).last, /^250 /);
	const { sha256, size } = (await stored()).at(-1)!;
	const kept = await bytesOf(sha256);
	assert.equal(kept.length, size);
	assert.equal(Buffer.from(kept).toString(), `${aMail({ 'Message-ID': '<large@x>' }, body)}\r\n`);
});

test('who dribbles a command for longer than a connection may last is cut off', async () => {
	const { door: strict } = await aMailDesk(database, 'strict', { longest: 300 });
	const socket = connect(strict.port, '127.0.0.1');
	const dribbling = setInterval(() => socket.write('E'), 20);
	await new Promise((resolve) => socket.once('close', resolve).on('error', () => {}));
	clearInterval(dribbling);
	await strict.stop();
});
