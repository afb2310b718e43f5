import type { Actor } from '#activity/actor.ts';
import { inTransaction, nilTopic, type Database } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { anOpenTopic } from '#ideas/examples.server.ts';
import { outcomesOf } from '#newsroom/notices/outcomes.server.ts';
import { reachOf } from '#newsroom/notices/receivers.server.ts';
import { sendNotice } from '#newsroom/notices/sending.server.ts';
import { saveNotice } from '#newsroom/notices/writing.server.ts';
import { bringInParticipants } from '#topics/participants/bringing-in.server.ts';
import { figure, median, rounded, type Figure } from '../talk/figures.ts';
import { inProcess, openGround, type Ground } from '../talk/shipped.ts';
import type { Spread, Spreading } from './spread-notice.ts';
import { slopeOfSecondHalf, startHalfEnd } from './weighing-along.ts';

/** `--short`: a tenth, to see that it works. */
const people = process.argv.includes('--short') ? 10_000 : 100_000;
const batch = 5_000;
/** MiB a thousand people: 20 in all, which is less than the allocator leaves behind now and then. */
const mostKept = 20_000 / people;
const languages = ['en', 'fr', 'es', 'ru', 'zh', 'ar'];
const secretary: Actor = {
	...{ kind: 'account', accountId: uuidv7(), visitorId: null, secondFactor: true },
	roles: [{ role: 'secretariat', topicId: nilTopic }]
};

/** A notice to 100,000 people with accounts in six languages: until all their mails are queued, and what the desk then tells of it. */
export async function notices(): Promise<Figure[]> {
	const ground = await openGround();
	const { database } = ground;
	try {
		const { topicId } = await anOpenTopic(database);
		await whoTakePart(ground, topicId);
		const noticeId = uuidv7();
		const texts = Object.fromEntries(
			['title', 'text'].map((field) => [
				field,
				Object.fromEntries(languages.map((code) => [code, `The next stage (${code}). `.repeat(field === 'title' ? 1 : 8)]))
			])
		);
		const notice = { topicId, noticeId, audience: 'everybody', audienceKey: '', isPublic: true, texts } as const;
		await saveNotice(database, notice, secretary);
		await sendNotice(database, topicId, noticeId, 'now', secretary);
		const { longest, stop } = longestTransaction(database);
		const given: Spreading = { data: ground.settings.data, topicId, noticeId, people };
		const { milliseconds, weights } = await inProcess<Spread>('../desks/spread-notice.ts', given, ['--expose-gc']);
		await stop();
		const { rows } = await database.query<{ mails: number; people: number }>(
			`select count(*)::int as mails, count(distinct to_address)::int as people from mails where kind = 'notice'`
		);
		if (rows[0]!.mails !== people || rows[0]!.people !== people)
			throw new Error(`${rows[0]!.mails} mails to ${rows[0]!.people} people`);
		await delivered(database);
		const told = await timed(async () => {
			const outcome = (await outcomesOf(database, topicId, [noticeId], secretary)).get(noticeId);
			if (outcome?.sent !== people) throw new Error(`${outcome?.sent} were sent`);
		});
		const reached = await timed(() => reachOf(database, topicId, notice));
		const base = { baseline: null };
		return [
			figure(
				{ bench: 'notices', value: milliseconds / people, unit: `ms a person, of ${people}`, ...base, must: '≤ 2' },
				{ seconds: rounded(milliseconds / 1000) }
			),
			figure(
				{
					bench: 'notices-slope',
					value: slopeOfSecondHalf(weights, people, 'resident'),
					unit: 'MiB a 1,000 people, second half',
					...base,
					must: `≤ ${mostKept}`
				},
				{ alive: rounded(slopeOfSecondHalf(weights, people, 'alive')), ...startHalfEnd(weights, people) }
			),
			figure({ bench: 'notices-lock', value: longest(), unit: 'ms, the longest transaction', ...base, must: '≤ 1000' }),
			figure(
				{ bench: 'notices-page', value: told, unit: 'ms to tell what became of it', ...base, must: '≤ 1000' },
				{ reach: rounded(reached) }
			)
		];
	} finally {
		await ground.close();
	}
}

/** The rows that joining writes, of people with an account each. */
async function whoTakePart({ database, keys }: Ground, topicId: string): Promise<void> {
	const profile = { groups: [], country: null, region: null, organisationId: null, capacity: null, reads: [] };
	for (let begun = 0; begun < people; begun += batch) {
		const accounts = Array.from({ length: batch }, () => uuidv7());
		const hashes = await keys.hashAll(topicId, accounts);
		await inTransaction(database, async (transaction) => {
			const joined = await bringInParticipants(
				transaction,
				topicId,
				accounts.map(() => profile)
			);
			await transaction.query(
				`with account as (
					insert into accounts (account_id, email, name, language, created_at)
					select id, 'person-' || number || '@example.org', 'Person', ($5::text[])[1 + number % 6], $6
					from unnest($2::uuid[], $4::int[]) as given (id, number)
				)
				insert into participant_links (topic_id, keyed_hash, participant_number, holder, linked_at)
				select $1, hash, number, 'account', $6
				from unnest($3::bytea[], $4::int[]) as given (hash, number)`,
				[topicId, accounts, hashes, joined.map(({ number }) => number), languages, transaction.at]
			);
		});
	}
	await database.query('vacuum analyze');
}

async function delivered(database: Database): Promise<void> {
	await database.query(
		`insert into mail_deliveries (topic_id, mail_id, attempt, at, outcome) select topic_id, mail_id, 1, now(), 'sent' from mails`
	);
	await database.query('vacuum analyze');
}

/** How long the oldest transaction of others has been open at most, looked at twenty times a second. */
function longestTransaction(database: Database): { longest: () => number; stop: () => Promise<void> } {
	let [most, isOver] = [0, false];
	const looking = (async () => {
		while (!isOver) {
			const { rows } = await database.query<{ open: number | null }>(
				`select max(extract(epoch from clock_timestamp() - xact_start) * 1000)::float8 as open
				from pg_stat_activity
				where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`
			);
			most = Math.max(most, rows[0]?.open ?? 0);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	})();
	return {
		longest: () => most,
		stop: () => {
			isOver = true;
			return looking;
		}
	};
}

async function timed(act: () => Promise<unknown>): Promise<number> {
	const seen: number[] = [];
	for (let round = 0; round < 5; round++) {
		const begun = performance.now();
		await act();
		seen.push(performance.now() - begun);
	}
	return median(seen);
}
