import type { Actor } from '#activity/actor.ts';
import { submissionNumbered } from '#contributions/submissions.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { commentOfTopic } from '#ideas/comments/commenting.server.ts';
import { limits } from '#ideas/idea.ts';
import { ideaOfTopic } from '#ideas/one-idea.server.ts';
import { suggestionShown } from '#ideas/suggesting.server.ts';
import { usableText } from '#languages/usable.ts';
import { textCanBeSeen } from '#moderation/concealed.server.ts';
import { flag } from '#moderation/flagging.server.ts';
import type { FlagReason, ModeratedKind } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';
import { participantOf } from '#topics/participants/participants.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** A thing as a reader names it. */
export type Named =
	| { readonly kind: 'idea' | 'comment' | 'submission'; readonly number: number }
	| { readonly kind: 'suggestion'; readonly suggestionId: string }
	/** what was written at a table of a café, or said at a town hall */
	| { readonly kind: 'said'; readonly contributionId: string };

/** A reader says that something that everybody can see breaks the rules. */
export async function flagThing(
	database: Database | Transaction,
	keys: TopicKeys,
	{ topicId, ...named }: { topicId: string } & Named,
	{ reason, words }: { reason: FlagReason; words: string },
	actor: Actor
): Promise<void> {
	const usable = usableText(words, { max: limits.reason, what: 'words', mayBeEmpty: true });
	await inTransaction(database, async (transaction) => {
		const { thingId, kind } = await shownThing(transaction, topicId, named);
		const participant = await participantOf(transaction, keys, topicId, actor);
		const flagged = { topicId, kind, thingId };
		await flag(transaction, flagged, { reason, words: usable, participantNumber: participant.number });
	});
}

export interface ShownThing {
	readonly kind: ModeratedKind;
	readonly thingId: string;
	/** enough of its words to know it by */
	readonly text: string;
	readonly language: string;
	/** the idea that it is or hangs on; null for a submission, and for what was said at an event */
	readonly ideaNumber: number | null;
}

/** Throws `not-found` for what cannot be seen. */
export async function shownThing(queryable: Queryable, topicId: string, named: Named): Promise<ShownThing> {
	switch (named.kind) {
		case 'idea': {
			const { id: thingId, point: text, language, concealed } = await ideaOfTopic(queryable, topicId, named.number);
			if (concealed !== null) throw refusal('not-found');
			return { kind: named.kind, thingId, text, language, ideaNumber: named.number };
		}
		case 'comment': {
			const { id: thingId, text, language, concealed, ideaNumber } = await commentOfTopic(queryable, topicId, named.number);
			if (concealed !== null) throw refusal('not-found');
			return { kind: named.kind, thingId, text, language, ideaNumber };
		}
		case 'submission': {
			const { contributionId: thingId, title: text, language } = await submissionNumbered(queryable, topicId, named.number);
			return { kind: named.kind, thingId, text, language, ideaNumber: null };
		}
		case 'suggestion': {
			const { point: text, ideaNumber } = await suggestionShown(queryable, topicId, named.suggestionId);
			const { language, concealed } = await ideaOfTopic(queryable, topicId, ideaNumber);
			if (concealed !== null) throw refusal('not-found');
			return { kind: named.kind, thingId: named.suggestionId, text, language, ideaNumber };
		}
		case 'said':
			return { ...(await saidShown(queryable, topicId, named.contributionId)), ideaNumber: null };
	}
}

/** A note or an intervention in its last words. What waits in a tray, or was refused at its desk, is none that can be seen. */
async function saidShown(
	queryable: Queryable,
	topicId: string,
	contributionId: string
): Promise<Omit<ShownThing, 'ideaNumber'> & { kind: 'note' | 'intervention' }> {
	const { rows } = await queryable.query<{ kind: 'note' | 'intervention'; thingId: string; text: string; language: string }>(
		`
			select c.kind, c.contribution_id as "thingId", v.text, v.language
			from contributions c
			join contribution_versions v using (topic_id, contribution_id)
			where c.topic_id = $1 and c.contribution_id = $2 and c.kind in ('note', 'intervention') and v.text <> '' and ${textCanBeSeen('c')}
				and not exists (select from withdrawals w where w.topic_id = c.topic_id and w.contribution_id = c.contribution_id)
			order by v.version desc
			limit 1`,
		[topicId, contributionId]
	);
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}
