import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import { receiptWithCode, type Receipt } from '#contributions/receipts/receipts.server.ts';
import { formOfStrip } from '#contributions/intake/paper/strips.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicIdsUnderWay } from '#topics/reading.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** A contribution by the ids that name it. */
export type Text = Pick<Receipt, 'topicId' | 'contributionId'>;

/**
 * Puts what the code is of on the page of who gives it, whatever device it was sent from; the second time changes nothing. The row holds
 * a hash of its own: that two contributions are one person's shows to nobody but that person. Refuses `wrong-receipt-code`, also for
 * texts of archived topics, where nobody can tell any more whose page is whose.
 */
export async function joinReceipt(database: Database, keys: TopicKeys, code: string, actor: Actor): Promise<Text> {
	const [id] = gatherersOf(actor);
	if (id === undefined) throw refusal('no-visitor');
	return inTransaction(database, async (transaction) => {
		const topicIds = await topicIdsUnderWay(transaction);
		const receipt = await receiptWithCode(transaction, topicIds, code);
		// a strip of a paper form is for all that was typed from it
		const strip = receipt ? null : await formOfStrip(transaction, topicIds, code);
		const { topicId } = receipt ?? strip ?? {};
		const contributionIds = receipt ? [receipt.contributionId] : strip?.contributionIds;
		if (topicId === undefined || !contributionIds?.[0]) throw refusal('wrong-receipt-code');
		await transaction.query(
			`insert into joined_receipts (topic_id, gatherer_hash, contribution_id, joined_at)
			select $1, $2, contribution_id, $4
			from unnest($3::uuid[]) as given (contribution_id)
			where not exists (select from erasures e where e.topic_id = $1 and e.contribution_id = given.contribution_id)
			on conflict do nothing`,
			[topicId, await hashOf(keys, topicId, id), contributionIds, transaction.at]
		);
		return { topicId, contributionId: contributionIds[0] };
	});
}

/** Takes it off the page again; the text stays as it is, and so does its receipt. */
export async function takeOffPage(
	database: Database,
	keys: TopicKeys,
	{ topicId, contributionId }: Text,
	actor: Actor
): Promise<void> {
	const hashes = await Promise.all(gatherersOf(actor).map((id) => hashOf(keys, topicId, id)));
	await database.query(
		`delete from joined_receipts where topic_id = $1 and gatherer_hash = any ($2::bytea[]) and contribution_id = $3`,
		[topicId, hashes, contributionId]
	);
}

/** What who asks has gathered in the topics; none of them may be archived. */
export async function joinedTexts(
	queryable: Queryable,
	keys: TopicKeys,
	topicIds: readonly string[],
	actor: Actor
): Promise<Text[]> {
	const asked = gatherersOf(actor).flatMap((id) => topicIds.map((topicId) => ({ topicId, id })));
	if (asked.length === 0) return [];
	const hashes = await Promise.all(asked.map(({ topicId, id }) => hashOf(keys, topicId, id)));
	const { rows } = await queryable.query<Text>(
		`select distinct topic_id as "topicId", contribution_id as "contributionId"
		from unnest($1::uuid[], $2::bytea[]) as asked (topic_id, gatherer_hash)
		join joined_receipts using (topic_id, gatherer_hash)`,
		[asked.map(({ topicId }) => topicId), hashes]
	);
	return rows;
}

export async function isJoined(
	queryable: Queryable,
	keys: TopicKeys,
	{ topicId, contributionId }: Text,
	actor: Actor
): Promise<boolean> {
	const joined = await joinedTexts(queryable, keys, [topicId], actor);
	return joined.some((text) => text.contributionId === contributionId);
}

/** The account first, for it is the same on every device; what its browser gathered before signing in is there too. */
function gatherersOf(actor: Actor): string[] {
	if (actor.kind === 'job') return [];
	const browser = actor.visitorId === null ? [] : [actor.visitorId];
	return actor.kind === 'account' ? [actor.accountId, ...browser] : browser;
}

/** Never that of participant_links: a row here leads to no participant. */
function hashOf(keys: TopicKeys, topicId: string, id: string): Promise<Buffer> {
	return keys.hash(topicId, `gatherer ${id}`);
}
