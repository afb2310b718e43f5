import { noteSeen } from '#contributions/following.server.ts';
import { whoseTexts, type Whose } from '#contributions/receipts/own-texts.server.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import type { Actor } from '#activity/actor.ts';
import { isBelowPath, newestComment } from '#ideas/comments/pages.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { refusal } from '#refusals/refusal.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** What others said to an idea or a comment since somebody who follows it last went to what was new, or began to follow it. */
export interface NewComments {
	readonly topicId: string;
	readonly kind: 'idea' | 'comment';
	readonly thingId: string;
	/** of the idea or the comment */
	readonly number: number;
	readonly ideaNumber: number;
	/** new is what came after the comment of this number */
	readonly since: number;
	/** up to `mostCounted` */
	readonly count: number;
}

/** More than that nobody counts, and counting costs. */
export const mostCounted = 100;

/** Of all that they follow and of which there is anything new; for their own page. */
export async function newOnFollowed(queryable: Queryable, { numbers }: Pick<Whose, 'numbers'>): Promise<NewComments[]> {
	return (await followed(queryable, numbers)).filter(({ count }) => count > 0);
}

/**
 * They go to what is new: it is told where that begins, and what is new the next time begins after what is there now. Refuses `not-found` where they
 * do not follow it.
 */
export async function goToNew(
	database: Database,
	keys: TopicKeys,
	{ topicId, thingId }: Pick<NewComments, 'topicId' | 'thingId'>,
	actor: Actor
): Promise<NewComments> {
	const { numbers } = await whoseTexts(database, keys, actor);
	return inTransaction(database, async (transaction) => {
		const own = numbers.filter((one) => one.topicId === topicId);
		const thing = (await followed(transaction, own)).find((one) => one.thingId === thingId);
		if (!thing) throw refusal('not-found');
		const newest = await newestComment(transaction, topicId, thing.ideaNumber);
		for (const { number } of own) await noteSeen(transaction, thing, number, newest);
		return thing;
	});
}

async function followed(queryable: Queryable, numbers: Whose['numbers']): Promise<NewComments[]> {
	const { rows } = await queryable.query<NewComments>(
		`
			with person as materialized (
				select *
				from unnest($1::uuid[], $2::int[]) as person (topic_id, number)
			)
			select f.topic_id as "topicId", f.kind, f.thing_id as "thingId", thing.number, thing.idea_number as "ideaNumber", begins.since, fresh.count
			from (
				select f.topic_id, f.kind, f.thing_id, max(f.seen_comment) as seen, min(f.since) as since
				from person
				join followers f on f.topic_id = person.topic_id and f.participant_number = person.number
				where f.kind in ('idea', 'comment')
				group by f.topic_id, f.kind, f.thing_id
			) f
			join lateral (
				select i.idea_number as number, i.idea_number, null::int[] as path
				from ideas i
				where f.kind = 'idea' and i.topic_id = f.topic_id and i.idea_id = f.thing_id and ${canBeSeen('idea', 'i.idea_id')}
				union all
				select m.comment_number, m.idea_number, m.path
				from comments m
				join ideas i using (topic_id, idea_number)
				where f.kind = 'comment' and m.topic_id = f.topic_id and m.comment_id = f.thing_id
					and ${canBeSeen('comment', 'm.comment_id')} and ${canBeSeen('idea', 'i.idea_id')}
			) thing on true
			cross join lateral (
				select coalesce(f.seen, (
					select max(m.comment_number)
					from comments m
					where m.topic_id = f.topic_id and m.idea_number = thing.idea_number and m.written_at < f.since
				), 0) as since
			) begins
			cross join lateral (
				select count(*)::int as count
				from (
					select
					from comments m
					join contributions c using (topic_id, contribution_id)
					where m.topic_id = f.topic_id and m.idea_number = thing.idea_number and m.comment_number > begins.since
						and (thing.path is null or ${isBelowPath('m', 'thing.path')})
						and ${canBeSeen('comment', 'm.comment_id')}
						and not exists (
							select from person
							where person.topic_id = c.topic_id and person.number = c.participant_number)
					limit ${mostCounted}
				) others
			) fresh
			order by f.topic_id, f.kind, thing.number
			limit 500`,
		[numbers.map(({ topicId }) => topicId), numbers.map(({ number }) => number)]
	);
	return rows;
}
