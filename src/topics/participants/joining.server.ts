import { record } from '#activity/recording.server.ts';
import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { participantOf, seenParticipant } from '#topics/participants/participants.server.ts';
import { isSameProfile, nothingStated } from '#topics/participants/profile.ts';
import { profileOf, stateProfileOf } from '#topics/participants/stating.server.ts';
import { stagesOf } from '#topics/stages/stages.server.ts';
import { standing } from '#topics/stages/stage.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/**
 * A person who took part without an account has signed in: their browser's participant becomes the account's. Done at the next visit
 * of each open topic; in a finished one nothing is joined, since its figures stand. What the browser's participant wrote stays
 * under its number and is read through participant_joins; its opinions are joined by ideas/ in the same transaction (`into` and `from`
 * of the answer), where the later one wins.
 */
export async function joinVisitor(
	database: Database | Transaction,
	keys: TopicKeys,
	topicId: string,
	actor: Actor
): Promise<{ from: number; into: number } | null> {
	if (actor.kind !== 'account' || !actor.visitorId) return null;
	const { visitorId } = actor;
	const browsers = await seenParticipant(database, keys, topicId, { kind: 'visitor', visitorId });
	if (!browsers) return null;
	return inTransaction(database, async (transaction) => {
		if (standing(await stagesOf(transaction, topicId), transaction.at) !== 'open') return null;
		// finds the account's own, or claims the browser's for it
		const accounts = await participantOf(transaction, keys, topicId, actor);
		const from = await unclaimed(transaction, topicId, await keys.hash(topicId, visitorId), accounts.number);
		if (from === null) return null;
		await moveLinks(transaction, topicId, from, accounts.number);
		await takeOverProfile(transaction, topicId, from, accounts.number);
		await record(transaction, {
			topicId,
			actor: { kind: 'job', name: 'join' },
			did: 'joined',
			kind: 'participant',
			thingId: null,
			details: { from, into: accounts.number }
		});
		return { from, into: accounts.number };
	});
}

/** Locks both participants, the lower number first, and looks again: two windows that join at once do it once. */
async function unclaimed(transaction: Transaction, topicId: string, visitorsHash: Buffer, into: number): Promise<number | null> {
	const { rows } = await transaction.query<{ number: number }>(
		`
			select p.participant_number as number
			from participants p
			where p.topic_id = $1
				and (p.participant_number = $3
					or p.participant_number in (
						select participant_number from participant_links where topic_id = $1 and keyed_hash = $2))
			order by p.participant_number
			for update`,
		[topicId, visitorsHash, into]
	);
	if (rows.length < 2) return null;
	const { rows: free } = await transaction.query<{ number: number }>(
		`
			select l.participant_number as number
			from participant_links l
			where l.topic_id = $1 and l.keyed_hash = $2 and l.participant_number <> $3
				and not exists (
					select from participant_links other
					where other.topic_id = l.topic_id and other.participant_number = l.participant_number and other.holder = 'account')`,
		[topicId, visitorsHash, into]
	);
	return free[0]?.number ?? null;
}

async function moveLinks(transaction: Transaction, topicId: string, from: number, into: number): Promise<void> {
	await transaction.query(
		`
			insert into participant_joins (topic_id, participant_number, into_number, joined_at)
			values ($1, $2, $3, $4)`,
		[topicId, from, into, transaction.at]
	);
	await transaction.query(
		`update participant_links set participant_number = $3 where topic_id = $1 and participant_number = $2`,
		[topicId, from, into]
	);
}

/** What was said of oneself before signing in is not asked again. */
async function takeOverProfile(transaction: Transaction, topicId: string, from: number, into: number): Promise<void> {
	const [said, known] = [await profileOf(transaction, topicId, from), await profileOf(transaction, topicId, into)];
	if (isSameProfile(known, nothingStated)) await stateProfileOf(transaction, topicId, into, said);
}
