import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { inTransaction, nilTopic, type Database } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { runJobs } from '#jobs/running.server.ts';
import { deliverMail, mailerFor } from '#mail/delivering.server.ts';
import { deliverMailJob, mailCounts, queueMail } from '#mail/mail.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { anOpenTopic, temporaryKeys } from '#ideas/examples.server.ts';
import { outcomesOf } from '#newsroom/notices/outcomes.server.ts';
import { sendNotice } from '#newsroom/notices/sending.server.ts';
import { spreadNotice } from '#newsroom/notices/spreading.server.ts';
import { saveNotice } from '#newsroom/notices/writing.server.ts';
import { newsLinks } from '#newsroom/unsubscribing.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { participantOf } from '#topics/participants/participants.server.ts';
import { freePort } from '../free-port.ts';

const database = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'open-talks-outage-'));
const mailbox = join(folder, 'mailbox');
writeFileSync(mailbox, '');
const port = await freePort();
const mailer = mailerFor({ smtpUrl: `smtp://127.0.0.1:${port}`, outbox: folder, from: 'Open Talks <talks@example.org>' });
let server: ChildProcess | undefined;
after(async () => {
	mailer.close();
	await away();
	rmSync(folder, { recursive: true });
});

const anHour = 3_600_000;
/** By how much the clock is ahead of this machine's. */
let shift = 0;
const now = (): Database => ({ ...database, clockShift: shift });

test('every notice arrives once after the mail server was away for a day: none lost, none doubled', async () => {
	await back('well');
	const before = await notices('before', 20);
	await work();
	assert.deepEqual(idsReceived(), [...before].sort());

	await away();
	const sent = [...before, ...(await notices('when it went', 20))];
	// it is away, then there but unable to take anything, then away again
	for (const [manner, hours] of [
		['away', 9],
		['busy', 3],
		['away', 12]
	] as const) {
		if (manner === 'busy') await back(manner);
		await pass(hours * anHour);
		sent.push(...(await notices(`${hours} hours of ${manner}`, 10)));
		await work();
		await away();
	}
	assert.ok(shift >= 24 * anHour);
	assert.equal(idsReceived().length, before.length);
	assert.deepEqual({ ...(await mailCounts(database)), failed: 0, waiting: 0 }, counts({ sent: before.length }));

	await back('well');
	// the last try before it came back was six hours ago at most
	await pass(7 * anHour);
	assert.deepEqual(idsReceived(), [...sent].sort());
	assert.deepEqual(await mailCounts(database), counts({ sent: sent.length }));
	assert.equal((await database.query('select from graphile_worker.jobs')).rowCount, 0);
	const { rows } = await database.query<{ hours: number; tries: number }>(`
		select extract(epoch from max(at) - min(at))::float8 / 3600 as hours, max(attempt) as tries
		from mail_deliveries
		group by mail_id
		order by hours desc
		limit 1`);
	assert.ok(rows[0]!.hours >= 24 && rows[0]!.tries >= 10, `${rows[0]!.tries} tries over ${rows[0]!.hours} hours`);
});

test('a notice of the secretariat to a hundred people survives the same day, and a kill while its mails are written: each gets it once', async () => {
	await away();
	writeFileSync(mailbox, '');
	const keys = await temporaryKeys();
	const { topicId } = await anOpenTopic(now());
	for (let index = 0; index < 100; index++)
		await inTransaction(now(), async (transaction) => {
			const email = `receiver-${index}@example.org`;
			const { accountId } = await makeAccount(transaction, { email, name: '', language: 'en' });
			const person = { kind: 'account', accountId, visitorId: null, roles: [], secondFactor: false } as const;
			await participantOf(transaction, keys, topicId, person);
		});
	const staff = { kind: 'job', name: 'test' } as const;
	const noticeId = uuidv7();
	const texts = { title: { en: 'Stage two' }, text: { en: 'It opens.' } };
	const whom = { audience: 'everybody', audienceKey: '', isPublic: true } as const;
	await saveNotice(now(), { topicId, noticeId, ...whom, texts }, staff);
	await sendNotice(now(), topicId, noticeId, 'now', staff);
	await database.query(`select graphile_worker.remove_job($1)`, [`notice ${noticeId}`]);
	const links = await newsLinks({ data: folder, secret: 'a secret of this test' });
	const wishes = { keys, links, origin: 'https://talks.example.org' };
	let transactions = 0;
	const connect = () => (transactions++ === 0 ? database.pool.connect() : Promise.reject(new Error('killed')));
	const pool = new Proxy(database.pool, {
		get: (real, name) => (name === 'connect' ? connect : Reflect.get(real, name)) as unknown
	});
	await assert.rejects(spreadNotice({ ...now(), pool }, { topicId, noticeId }, wishes), /killed/);
	await Promise.all([1, 2].map(() => spreadNotice(now(), { topicId, noticeId }, wishes)));
	await pass(25 * anHour);
	assert.equal(idsReceived().length, 0);
	await back('well');
	await pass(7 * anHour);
	const receivers = readFileSync(mailbox, 'utf8')
		.split('\n')
		.filter(Boolean)
		.map((line) => /^To: (receiver-\d+@example\.org)/im.exec(JSON.parse(line) as string)?.[1]);
	assert.equal(receivers.length, 100);
	assert.equal(new Set(receivers).size, 100);
	const became = (await outcomesOf(database, topicId, [noticeId], staff)).get(noticeId);
	assert.deepEqual(became, { unwanted: 0, waiting: 0, sent: 100, failed: 0, stopped: 0, unsubscribed: 0 });
	await away();
});

test('a server that dies between taking a mail and saying so gets it again under the same name', async () => {
	await away();
	writeFileSync(mailbox, '');
	await back('mute');
	const sent = await notices('whose answer is lost', 1);
	await work();
	await away();
	assert.deepEqual(idsReceived(), sent);
	await back('well');
	await pass(anHour);
	// it was sent twice, and mail programs show a Message-ID once
	assert.deepEqual(idsReceived(), [...sent, ...sent]);
	// from our side: one row that says sent, and no further try
	assert.deepEqual(idsReceived(), [...sent, ...sent]);
	await pass(24 * anHour);
	assert.equal(idsReceived().length, 2);
});

/** Mails that something has told of, as the product queues them. @returns their ids */
async function notices(when: string, howMany: number): Promise<string[]> {
	return inTransaction(now(), async (transaction) => {
		const ids: string[] = [];
		for (let index = 0; index < howMany; index++) {
			const to = `person-${index}@example.org`;
			const mail = {
				topicId: nilTopic,
				to,
				language: 'en',
				kind: 'news',
				subject: `Notice ${index}, ${when}`,
				body: 'Something happened.\n'
			};
			ids.push(await queueMail(transaction, mail));
		}
		return ids;
	});
}

/** Lets time go by, from one due job to the next: the clock is moved on, and what the queue has planned comes as much nearer. */
async function pass(milliseconds: number): Promise<void> {
	for (const until = shift + milliseconds; shift < until;) {
		const { rows } = await database.query<{ wait: number | null }>(
			`select extract(epoch from min(run_at) - clock_timestamp())::float8 * 1000 as wait from graphile_worker.jobs`
		);
		// half a minute more, so that what is due together is done together
		const step = Math.min(Math.max(rows[0]!.wait ?? Infinity, 0) + 30_000, until - shift);
		shift += step;
		await database.query(`update graphile_worker._private_jobs set run_at = run_at - $1 * interval '1 millisecond'`, [step]);
		await work();
	}
}

/** Does what is due now. */
async function work(): Promise<void> {
	const task = () =>
		Promise.resolve((job: { database: Database; payload: { topicId: string; mailId?: unknown } }) =>
			deliverMail(job.database, mailer, job.payload.topicId, String(job.payload.mailId))
		);
	const jobs = await runJobs(now(), { [deliverMailJob]: task });
	for (;;) {
		const { rows } = await database.query<{ due: number }>(
			`select count(*)::int as due from graphile_worker.jobs where run_at <= clock_timestamp() or locked_at is not null`
		);
		if (rows[0]!.due === 0) break;
		await pauseFor(20);
	}
	await jobs.stop();
}

async function back(manner: 'well' | 'busy' | 'mute'): Promise<void> {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'mail-server.ts'), String(port), mailbox, manner], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	server = child;
	await once(child.stdout, 'data');
}

async function away(): Promise<void> {
	const ended = server;
	server = undefined;
	if (!ended || ended.exitCode !== null || ended.signalCode !== null) return;
	ended.kill('SIGKILL');
	await once(ended, 'exit');
}

/** The ids of what arrived, in order: one that came twice stands twice. */
function idsReceived(): string[] {
	return readFileSync(mailbox, 'utf8')
		.split('\n')
		.filter(Boolean)
		.map((line) => /^Message-ID: <([0-9a-f-]+)@example\.org>/im.exec(JSON.parse(line) as string)?.[1] ?? line)
		.sort();
}

function counts(some: Partial<Awaited<ReturnType<typeof mailCounts>>>) {
	return { waiting: 0, sent: 0, outbox: 0, failed: 0, refused: 0, ...some };
}
