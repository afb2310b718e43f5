import type { Database, Transaction } from '#database/connection.server.ts';
import { alike, likeness, marksOf, signatureOf } from '#moderation/likeness.ts';
import type { Moderated } from '#moderation/rules.ts';

/** So many texts of one author within so many minutes are a burst. */
const burst = { texts: 5, minutes: 10 };
const daysOfMarks = 7;
/** Of each mark so many texts are compared: a mark that thousands share names the cluster with its first. */
const mostCompared = 40;

interface Like {
	readonly thingId: string;
	readonly clusterId: string;
	readonly signature: readonly number[];
}

/** Notes which texts of the last days a new or changed one is like, and whether it is one of a burst. Nothing is held or hidden for it. */
export async function noteLikeness(
	transaction: Transaction,
	{ topicId, kind, thingId }: Moderated,
	{ text, participantNumber }: { text: string; participantNumber: number | null }
): Promise<void> {
	const signature = signatureOf(text);
	const marks = signature ? marksOf(signature) : [];
	const found = signature ? await nearest(transaction, topicId, { thingId, signature, marks }) : null;
	const clusterId = found ?? (await burstOf(transaction, topicId, thingId, participantNumber)) ?? thingId;
	await transaction.query({
		name: 'note-likeness',
		text: `
			with gone as (
				delete from text_marks
				where topic_id = $1 and kind = $2 and thing_id = $3 and mark <> all ($7::int[])
			), marked as (
				insert into text_marks (topic_id, mark, kind, thing_id, noted_at)
				select distinct $1::uuid, mark, $2::text, $3::uuid, $8::timestamptz
				from unnest($7::int[]) as given (mark)
				on conflict do nothing
			)
			insert into text_likenesses (topic_id, kind, thing_id, cluster_id, participant_number, signature, noted_at)
			values ($1, $2, $3, $4, $5, $6, $8)
			on conflict (topic_id, kind, thing_id) do update set cluster_id = excluded.cluster_id, signature = excluded.signature`,
		values: [topicId, kind, thingId, clusterId, participantNumber, signature ?? [], marks, transaction.at]
	});
}

/** What nobody will be compared with any more. For the jobs process. */
export async function forgetMarks(database: Database): Promise<void> {
	const before = new Date(Date.now() + database.clockShift - daysOfMarks * 24 * 3_600_000);
	await database.query(`delete from text_marks where noted_at < $1`, [before]);
}

/** The texts of which one knows no likeness any more: their words are not what they were. */
export async function forgetLikeness(transaction: Transaction, topicId: string, thingIds: readonly string[]): Promise<void> {
	await transaction.query(`delete from text_marks where topic_id = $1 and thing_id = any ($2::uuid[])`, [topicId, thingIds]);
	await transaction.query(`delete from text_likenesses where topic_id = $1 and thing_id = any ($2::uuid[])`, [topicId, thingIds]);
}

async function nearest(
	transaction: Transaction,
	topicId: string,
	{ thingId, signature, marks }: { thingId: string; signature: readonly number[]; marks: readonly number[] }
): Promise<string | null> {
	const { rows } = await transaction.query<Like>({
		name: 'nearest-texts',
		text: `
			select distinct l.thing_id as "thingId", l.cluster_id as "clusterId", l.signature
			from unnest($2::int[]) as asked (mark)
			cross join lateral (
				select kind, thing_id
				from text_marks m
				where m.topic_id = $1 and m.mark = asked.mark and m.thing_id <> $3
				limit ${mostCompared}
			) m
			join text_likenesses l on l.topic_id = $1 and l.kind = m.kind and l.thing_id = m.thing_id
			order by "thingId"`,
		values: [topicId, marks, thingId]
	});
	const best = rows
		.map((row) => ({ ...row, share: likeness(signature, row.signature) }))
		.filter(({ share }) => share >= alike)
		.reduce<{ clusterId: string; share: number } | null>((best, one) => (best && best.share >= one.share ? best : one), null);
	return best?.clusterId ?? null;
}

/** The cluster of the author's burst, where this text makes one; those of its texts that stood alone come into it. */
async function burstOf(
	transaction: Transaction,
	topicId: string,
	thingId: string,
	participantNumber: number | null
): Promise<string | null> {
	if (participantNumber === null) return null;
	const { rows } = await transaction.query<{ thingId: string; clusterId: string }>({
		name: 'burst-of-author',
		text: `
			select thing_id as "thingId", cluster_id as "clusterId"
			from text_likenesses
			where topic_id = $1 and participant_number = $2 and thing_id <> $3
				and noted_at > $4::timestamptz - make_interval(mins => ${burst.minutes})
			order by noted_at, thing_id
			limit 100`,
		values: [topicId, participantNumber, thingId, transaction.at]
	});
	if (rows.length < burst.texts - 1) return null;
	const { clusterId } = rows[0]!;
	const alone = rows.filter((row) => row.clusterId === row.thingId && row.clusterId !== clusterId);
	if (alone.length > 0)
		await transaction.query(`update text_likenesses set cluster_id = $3 where topic_id = $1 and thing_id = any ($2::uuid[])`, [
			topicId,
			alone.map((row) => row.thingId),
			clusterId
		]);
	return clusterId;
}
