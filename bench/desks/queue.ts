import { inTransaction, type Database } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { aModerator, anOpenTopic } from '#ideas/examples.server.ts';
import { moderate, undoModeration } from '#ideas/moderating/moderating-many.server.ts';
import { wordsOf } from '#ideas/moderating/moderating.server.ts';
import { claimsOn } from '#moderation/claiming.server.ts';
import { howManyWait, likeThese, moderationQueue, type Filter } from '#moderation/queue.server.ts';
import { signatureOf } from '#moderation/likeness.ts';
import { bringInParticipants } from '#topics/participants/bringing-in.server.ts';
import { seeded } from '../../examples/seeded.ts';
import { figure, median, rounded, type Figure } from '../talk/figures.ts';
import { openGround } from '../talk/shipped.ts';
import { vocabulary } from '../talk/vocabulary.ts';

const held = 20_000;
const few = 40;
const people = 2_000;
const bulk = 1_000;
const rounds = 15;

/** A queue of 20,000 held ideas: its first page, with and without filters, and a thousand approved with one click. */
export async function queue(): Promise<Figure[]> {
	const ground = await openGround();
	const { database, keys } = ground;
	try {
		const large = await aQueue(database, held);
		const small = await aQueue(database, few);
		await database.query('vacuum analyze');
		const [page, pageOfFew] = [await timed(() => firstPage(database, large)), await timed(() => firstPage(database, small))];
		const filtered = await timed(() => firstPage(database, large, { language: 'fr', hours: 0 }));

		const { waiting } = await moderationQueue(database, large, null, { filter: { heldBy: 'all-held' }, most: bulk });
		if (waiting.length !== bulk) throw new Error(`only ${waiting.length} wait`);
		const chosen = waiting.map(({ kind, thingId, last }) => ({ kind, thingId, last, seen: 1 }));
		const moderator = aModerator(large);
		const seconds: number[] = [];
		for (let round = 0; round < 3; round++) {
			const begun = performance.now();
			const wish = { topicId: large, chosen: await now(database, large, chosen), act: { does: 'keep' } as const, words: '' };
			const { actId, done, left } = await moderate(database, keys, wish, moderator);
			seconds.push((performance.now() - begun) / 1000);
			if (done !== bulk || left.length > 0) throw new Error(`${done} were approved, ${left.length} left`);
			const { rows } = await database.query<{ count: number }>(
				`select count(*)::int as count from activity where topic_id = $1 and did = 'approved' and details ->> 'actId' = $2`,
				[large, actId]
			);
			if (rows[0]!.count !== bulk) throw new Error(`${rows[0]!.count} rows of activity`);
			await undoModeration(database, large, actId, moderator);
		}
		const bare = (await timed(() => bareRows(database, large))) / 1000;
		return [
			figure(
				{ bench: 'queue', value: page, unit: 'ms, first page of 20,000 held', baseline: pageOfFew, must: '≤ 100' },
				{ filtered: rounded(filtered), ratioToFew: rounded(page / pageOfFew) }
			),
			figure(
				{ bench: 'queue-approve', value: median(seconds), unit: 's, 1,000 approved at once', baseline: bare, must: '≤ 3' },
				{ ratioToBareRows: rounded(median(seconds) / bare) }
			)
		];
	} finally {
		await ground.close();
	}
}

/** What the page of the desk asks of the database, in its order. */
async function firstPage(database: Database, topicId: string, filter: Filter = {}): Promise<void> {
	const [waits, { waiting }] = await Promise.all([
		howManyWait(database, topicId),
		moderationQueue(database, topicId, null, { filter })
	]);
	const ids = waiting.map(({ thingId }) => thingId);
	const [words] = await Promise.all([
		wordsOf(database, topicId, waiting),
		claimsOn(database, topicId, waiting, new Date()),
		likeThese(database, topicId, ids)
	]);
	if (waits.held === 0 || words.length !== waiting.length || waiting.length === 0) throw new Error('the page is not whole');
}

/** The things with the latest decision on each: an undone one is newer than what the page knew. */
async function now<Thing extends { thingId: string; last?: string | null }>(
	database: Database,
	topicId: string,
	chosen: readonly Thing[]
): Promise<Thing[]> {
	const { rows } = await database.query<{ thingId: string; last: string }>(
		`select distinct on (thing_id) thing_id as "thingId", decision_id as last
		from moderation_decisions
		where topic_id = $1 and thing_id = any ($2::uuid[])
		order by thing_id, decision_id desc`,
		[topicId, chosen.map(({ thingId }) => thingId)]
	);
	const last = new Map(rows.map((row) => [row.thingId, row.last]));
	return chosen.map((thing) => ({ ...thing, last: last.get(thing.thingId) ?? null }));
}

/** A thousand rows of decisions and of activity, written by nothing but their statements. */
async function bareRows(database: Database, topicId: string): Promise<void> {
	await inTransaction(database, async (transaction) => {
		await transaction.query(
			`insert into moderation_decisions (topic_id, decision_id, kind, thing_id, decision, decided_at)
			select $1, gen_random_uuid(), 'bare', gen_random_uuid(), 'approved', $2 from generate_series(1, ${bulk})`,
			[topicId, transaction.at]
		);
		await transaction.query(
			`insert into activity (topic_id, activity_id, at, actor_kind, did, kind)
			select $1, gen_random_uuid(), $2, 'job', 'bare', 'bare' from generate_series(1, ${bulk})`,
			[topicId, transaction.at]
		);
	});
}

async function timed(act: () => Promise<void>): Promise<number> {
	const seen: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const begun = performance.now();
		await act();
		seen.push(performance.now() - begun);
	}
	return median(seen);
}

/** The rows that the verbs write of so many held ideas, every tenth in French, each hundredth one of a cluster of near-duplicates. */
async function aQueue(database: Database, ideas: number): Promise<string> {
	const { topicId } = await anOpenTopic(database);
	const random = seeded(11);
	const profile = { groups: [], country: null, region: null, organisationId: null, capacity: null, reads: ['en'] };
	await inTransaction(database, (transaction) =>
		bringInParticipants(
			transaction,
			topicId,
			Array.from({ length: Math.min(people, ideas) }, () => profile)
		)
	);
	const clusters = Array.from({ length: 20 }, () => uuidv7());
	const rows = Array.from({ length: ideas }, (_, index) => {
		const id = uuidv7();
		const text = Array.from({ length: 12 }, () => random.pick(vocabulary.en)).join(' ');
		const cluster = index % 100 === 0 ? random.pick(clusters) : id;
		const language = index % 10 === 0 ? 'fr' : 'en';
		return {
			id,
			number: index + 1,
			text,
			cluster,
			language,
			author: 1 + (index % Math.min(people, ideas)),
			signature: signatureOf(text)
		};
	});
	for (let begun = 0; begun < rows.length; begun += 2_000)
		await database.query(statement, [topicId, JSON.stringify(rows.slice(begun, begun + 2_000))]);
	return topicId;
}

const statement = `
	with given as (
		select *, now() - interval '1 day' + number * interval '1 second' as at
		from jsonb_to_recordset($2::jsonb)
			as given (id uuid, number int, text text, cluster uuid, language text, author int, signature int[])
	), contribution as (
		insert into contributions (topic_id, contribution_id, kind, channel, participant_number, profile_number, attribution, language,
			received_at, licence, notice_version)
		select $1, id, 'idea', 'web', author, 1, 'group', language, at, 'CC-BY-4.0', 'none' from given
	), version as (
		insert into contribution_versions (topic_id, contribution_id, version, text, language, written_at, nonce, commitment)
		select $1, id, 1, text, language, at, decode(md5(text), 'hex'), sha256(text::bytea) from given
	), idea as (
		insert into ideas (topic_id, idea_number, idea_id, contribution_id, channel, language, participant_number, profile_number,
			attribution, shuffle, published_at)
		select $1, number, id, id, 'web', language, author, 1, 'group', number, at from given
	), wording as (
		insert into idea_versions (topic_id, idea_number, version, point, written_at)
		select $1, number, 1, text, at from given
	), counts as (
		insert into idea_counts (topic_id, idea_number) select $1, number from given
	), concealed as (
		insert into concealments (topic_id, kind, thing_id, why, since, held_by)
		select $1, 'idea', id, 'held', at, 'all-held' from given
	), decision as (
		insert into moderation_decisions (topic_id, decision_id, kind, thing_id, decision, reason, decided_at)
		select $1, id, 'idea', id, 'held', 'all-held', at from given
	)
	insert into text_likenesses (topic_id, kind, thing_id, cluster_id, participant_number, signature, noted_at)
	select $1, 'idea', id, cluster, author, signature, at from given`;
