import type { Channel } from '#contributions/contribution.ts';
import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { limits } from '#ideas/idea.ts';
import { recountAll } from '#ideas/recounting-seen.server.ts';
import { usableText } from '#languages/usable.ts';
import { decide, type Verdict } from '#moderation/deciding.server.ts';
import { lockThing } from '#moderation/locking.server.ts';
import { isHidingReason, type Moderated, type ModeratedKind } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';
import { announce, isAnybodyListening } from '#webhooks/announcing.server.ts';

export type Deciding = {
	readonly words: string;
	/** the version that the moderator read; without it whatever stands now is decided on */
	readonly seen?: number;
} & (
	{ readonly decision: 'approved' | 'restored' | 'flags-dismissed' } | { readonly decision: 'hidden'; readonly reason: string }
);

/**
 * A moderator decides on anything that hangs on an idea, on a submission, or on what was said at an event; what pages count follows in the same transaction. An author may
 * mend what is held: words that nobody read are not decided on.
 */
export async function decideOn(
	database: Database | Transaction,
	thing: Moderated,
	deciding: Deciding,
	actor: Actor
): Promise<void> {
	const words = usableText(deciding.words, { max: limits.reason, what: 'words', mayBeEmpty: true });
	await inTransaction(database, async (transaction) => {
		await requireThing(transaction, thing);
		await lockThing(transaction, thing);
		if (deciding.seen !== undefined) {
			const [shown] = await wordsOf(transaction, thing.topicId, [thing]);
			if (shown?.version !== deciding.seen) throw refusal('changed-meanwhile');
		}
		const change = await decide(transaction, thing, verdictOf({ ...deciding, words }), actor);
		if (deciding.decision === 'approved') await announceApproved(transaction, thing.topicId, [thing]);
		await recountAll(transaction, thing.topicId, [{ ...thing, change }]);
	});
}

/** What a moderator reads in the queue. */
export interface Shown {
	readonly kind: ModeratedKind;
	readonly thingId: string;
	/** of the words */
	readonly version: number;
	readonly text: string;
	readonly language: string;
	/** the idea that it is or hangs on; null for a submission, and for what was said at an event */
	readonly ideaNumber: number | null;
	readonly commentNumber: number | null;
	readonly submissionNumber: number | null;
	readonly channel: Channel;
	readonly receivedAt: Date;
}

/** in characters: a moderator reads the rest in the file */
const mostOfAFile = 20_000;

/** The words of things, in the order given: one query whatever their number. */
export async function wordsOf(
	queryable: Queryable,
	topicId: string,
	things: readonly Omit<Moderated, 'topicId'>[]
): Promise<Shown[]> {
	const { rows } = await queryable.query<Shown>(
		`select asked.kind, asked.thing_id as "thingId", coalesce(v.version, w.version, 1) as version,
			case
				when b.title is not null then concat_ws(e'\\n\\n', b.title, coalesce(nullif(v.text, ''), f.text))
				else coalesce(v.text, w.point || case when w.explanation = '' then '' else e'\\n\\n' || w.explanation end, '')
			end as text,
			coalesce(v.language, i.language, 'und') as language,
			coalesce(i.idea_number, m.idea_number, s.idea_number) as "ideaNumber", m.comment_number as "commentNumber",
			b.submission_number as "submissionNumber",
			coalesce(c.channel, i.channel) as channel, coalesce(c.received_at, i.published_at) as "receivedAt"
		from unnest($2::text[], $3::uuid[]) with ordinality as asked (kind, thing_id, position)
		left join contributions c on c.topic_id = $1 and c.contribution_id = asked.thing_id
		left join lateral (
			select version, text, language from contribution_versions
			where topic_id = c.topic_id and contribution_id = c.contribution_id
			order by version desc
			limit 1
		) v on true
		left join ideas i on i.topic_id = $1 and i.idea_id = asked.thing_id and asked.kind = 'idea'
		left join lateral (
			select version, point, explanation from idea_versions
			where topic_id = i.topic_id and idea_number = i.idea_number
			order by version desc
			limit 1
		) w on true
		left join comments m on m.topic_id = $1 and m.comment_id = asked.thing_id and asked.kind = 'comment'
		left join wording_suggestions s on s.topic_id = $1 and s.suggestion_id = asked.thing_id and asked.kind = 'suggestion'
		left join submissions b on b.topic_id = $1 and b.contribution_id = asked.thing_id and asked.kind = 'submission'
		left join lateral (
			-- of a submission that is its files alone
			select string_agg(left(read.text, ${mostOfAFile}), e'\\n\\n' order by read.part) as text
			from (
				select distinct on (part) part, text
				from extracted_texts
				join submission_files using (topic_id, contribution_id, part, file_version)
				where topic_id = $1 and contribution_id = b.contribution_id
				order by part, text_version desc
			) read
		) f on v.text = ''
		order by asked.position`,
		[topicId, things.map(({ kind }) => kind), things.map(({ thingId }) => thingId)]
	);
	return rows;
}

/** What was held is published now; what is restored was told of before it was hidden. */
export async function announceApproved(
	transaction: Transaction,
	topicId: string,
	things: readonly Omit<Moderated, 'topicId'>[]
): Promise<void> {
	if (things.length === 0 || !(await isAnybodyListening(transaction, topicId))) return;
	const { rows } = await transaction.query<{ kind: 'idea' | 'comment' | 'submission'; number: number }>(
		`select asked.kind, coalesce(i.idea_number, m.comment_number, b.submission_number) as number
		from unnest($2::text[], $3::uuid[]) as asked (kind, thing_id)
		left join ideas i on i.topic_id = $1 and i.idea_id = asked.thing_id and asked.kind = 'idea'
		left join comments m on m.topic_id = $1 and m.comment_id = asked.thing_id and asked.kind = 'comment'
		left join submissions b on b.topic_id = $1 and b.contribution_id = asked.thing_id and asked.kind = 'submission'
		where asked.kind in ('idea', 'comment', 'submission')
		order by asked.kind, number`,
		[topicId, things.map(({ kind }) => kind), things.map(({ thingId }) => thingId)]
	);
	for (const { kind, number } of rows)
		if (number) await announce(transaction, { topicId, event: `${kind}.published`, path: `/${kind}s/${number}` });
}

function verdictOf(deciding: Deciding): Verdict {
	const { decision, words } = deciding;
	if (decision !== 'hidden') return { decision, words };
	if (!isHidingReason(deciding.reason)) throw refusal('reason-missing');
	return { decision, words, reason: deciding.reason };
}

/** An id of another topic is nothing in this one. */
async function requireThing(queryable: Queryable, { topicId, kind, thingId }: Moderated): Promise<void> {
	const { rowCount } =
		kind === 'idea'
			? await queryable.query(`select from ideas where topic_id = $1 and idea_id = $2`, [topicId, thingId])
			: await queryable.query(`select from contributions where topic_id = $1 and contribution_id = $2 and kind = $3`, [
					topicId,
					thingId,
					kind
				]);
	if (rowCount === 0) throw refusal('not-found');
}
