import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { deliverMail, mailerFor, type MailWay } from '#mail/delivering.server.ts';
import { deliverMailJob, mailById, mailCounts, mails, queueMail, retryMail, type Mail } from '#mail/mail.server.ts';

const database = await testDatabase();
const outbox = await mkdtemp(join(tmpdir(), 'open-talks-outbox-'));
after(() => rm(outbox, { recursive: true }));
const from = 'Open Talks <talks@example.org>';

const aMail = (differences: Partial<Mail> = {}): Mail => ({
	topicId: nilTopic,
	to: 'amina@example.org',
	language: 'fr',
	kind: 'news',
	subject: 'Votre idée a été publiée',
	body: 'Bonjour,\n\nvotre idée est en ligne : https://talks.example.org/fr/topics/internet/ideas/7\n',
	...differences
});
const queue = (mail: Mail) => inTransaction(database, (transaction) => queueMail(transaction, mail));

/** A mail server on loopback, and what it received. */
async function mailServer(answerTo: (address: string) => Error | null = () => null) {
	const received: string[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		logger: false,
		onRcptTo: ({ address }, _session, done) => done(answerTo(address)),
		onData(stream, _session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				received.push(Buffer.concat(chunks).toString());
				done();
			});
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.server.address() as AddressInfo;
	const stop = () => new Promise<void>((resolve) => server.close(resolve));
	return { received, stop, way: { smtpUrl: `smtp://127.0.0.1:${port}`, outbox, from } satisfies MailWay };
}

test('a mail is queued with what it tells of, and not at all if that fails', async () => {
	await assert.rejects(
		inTransaction(database, async (transaction) => {
			await queueMail(transaction, aMail());
			throw new Error('no');
		}),
		/no/
	);
	assert.deepEqual(await mails(database), []);
	const mailId = await queue(aMail({ subject: 'One\r\nBcc: all@example.org' }));
	assert.equal((await mailById(database, nilTopic, mailId))?.subject, 'One Bcc: all@example.org');
	const jobs = await database.query(`select task_identifier as task, key, max_attempts as tries from graphile_worker.jobs`);
	assert.deepEqual(jobs.rows, [{ task: deliverMailJob, key: `mail ${mailId}`, tries: 18 }]);
});

test('the tries of a mail, at the pace of the queue, reach over an outage of a day', async () => {
	const { rows } = await database.query<{ hours: number }>(`
		select sum(exp(least(attempt, 10)))::float8 / 3600 as hours
		from (select max(max_attempts) as tries from graphile_worker.jobs) as job, generate_series(1, tries - 1) as attempt`);
	assert.ok(rows[0]!.hours > 48, `${rows[0]!.hours} hours`);
});

test('a mail reaches the server once, in its language, under a name that stays the same', async () => {
	const server = await mailServer();
	const mailer = mailerFor(server.way);
	const mailId = await queue(aMail());
	await deliverMail(database, mailer, nilTopic, mailId);
	await deliverMail(database, mailer, nilTopic, mailId);
	mailer.close();
	await server.stop();

	assert.equal(server.received.length, 1);
	const headers = server.received[0]!.split('\r\n\r\n')[0]!;
	for (const line of [
		`Message-ID: <${mailId}@example.org>`,
		'From: Open Talks <talks@example.org>',
		'To: amina@example.org',
		'Content-Language: fr',
		'Auto-Submitted: auto-generated',
		'Subject: =?UTF-8?Q?Votre_id=C3=A9e_a_=C3=A9t=C3=A9_publi?='
	])
		assert.ok(headers.split('\r\n').includes(line), `${line} in\n${headers}`);
	const mail = await mailById(database, nilTopic, mailId);
	assert.deepEqual([mail?.state, mail?.attempts], ['sent', 1]);
});

test('a mail outlives an outage of the server: it fails, waits, and is sent later under the same name', async () => {
	const server = await mailServer();
	await server.stop();
	const mailId = await queue(aMail());
	const mailer = mailerFor(server.way);
	await assert.rejects(deliverMail(database, mailer, nilTopic, mailId), /ECONNREFUSED/);
	await assert.rejects(deliverMail(database, mailer, nilTopic, mailId), /ECONNREFUSED/);
	mailer.close();
	const failed = await mailById(database, nilTopic, mailId);
	assert.deepEqual([failed?.state, failed?.attempts], ['failed', 2]);
	assert.match(failed?.explanation ?? '', /ECONNREFUSED/);

	const back = await mailServer();
	const later = mailerFor(back.way);
	await deliverMail(database, later, nilTopic, mailId);
	later.close();
	await back.stop();
	assert.equal((await mailById(database, nilTopic, mailId))?.state, 'sent');
	assert.match(back.received[0]!, new RegExp(`^Message-ID: <${mailId}@example.org>`, 'm'));
});

test('a receiver who does not exist is refused for good; the staff can try again', async () => {
	const noSuch = Object.assign(new Error('no such user'), { responseCode: 550 });
	const server = await mailServer((address) => (address === 'nobody@example.org' ? noSuch : null));
	const mailer = mailerFor(server.way);
	const mailId = await queue(aMail({ to: 'nobody@example.org' }));
	await deliverMail(database, mailer, nilTopic, mailId);
	mailer.close();
	await server.stop();
	const refused = await mailById(database, nilTopic, mailId);
	assert.deepEqual([refused?.state, refused?.attempts], ['refused', 1]);
	assert.match(refused?.explanation ?? '', /550/);

	await database.query('delete from graphile_worker._private_jobs');
	await inTransaction(database, (transaction) => retryMail(transaction, nilTopic, mailId));
	assert.equal((await database.query(`select from graphile_worker.jobs where key = $1`, [`mail ${mailId}`])).rowCount, 1);
});

test('without a server the mail lies in the outbox folder, whole and readable', async () => {
	const mailer = mailerFor({ smtpUrl: null, outbox, from });
	const mailId = await queue(aMail({ language: 'ar', subject: 'رمز الدخول', body: 'الرمز: 123456\n' }));
	await deliverMail(database, mailer, nilTopic, mailId);
	const [name, ...others] = await readdir(outbox);
	assert.deepEqual(others, []);
	assert.ok(name?.endsWith(`${mailId}.eml`), name);
	const text = await readFile(join(outbox, name!), 'utf8');
	assert.match(text, /^To: amina@example.org$/m);
	assert.match(Buffer.from(text.split('\n\n')[1]!, 'base64').toString(), /الرمز: 123456/);
	assert.equal((await mailById(database, nilTopic, mailId))?.state, 'outbox');
});

test('the list shows the newest first and counts each state', async () => {
	const all = await mails(database);
	assert.deepEqual(
		all.map(({ state }) => state),
		['outbox', 'refused', 'sent', 'sent', 'waiting']
	);
	assert.deepEqual(await mailCounts(database), { waiting: 1, sent: 2, outbox: 1, failed: 0, refused: 1 });
	assert.deepEqual(
		(await mails(database, { state: 'sent', before: all[2]!.mailId })).map(({ mailId }) => mailId),
		[all[3]!.mailId]
	);
});

test('a mail that can be ended carries the link for one click, and no other does', async () => {
	const server = await mailServer();
	const mailer = mailerFor(server.way);
	const unsubscribeUrl = 'https://talks.example.org/unsubscribe/AbC-_9';
	for (const mail of [aMail({ unsubscribeUrl }), aMail()]) await deliverMail(database, mailer, nilTopic, await queue(mail));
	mailer.close();
	await server.stop();
	const [news, other] = server.received;
	assert.match(news!, /^List-Unsubscribe: <https:\/\/talks\.example\.org\/unsubscribe\/AbC-_9>\r$/m);
	assert.match(news!, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
	assert.doesNotMatch(other!, /^List-Unsubscribe/m);
});
