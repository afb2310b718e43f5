import { record } from '#activity/recording.server.ts';
import { accountOf, type Actor } from '#activity/actor.ts';
import { isRapporteur, isSecretariat } from '#activity/staff.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** How far a text is at the desk. */
export interface TextAtDesk {
	readonly contributionId: string;
	readonly number: number;
	readonly title: string;
	readonly organisation: string;
	readonly words: number;
	readonly allocatedTo: string | null;
	readonly outcome: Outcome | null;
	readonly passages: number;
}

export type Outcome = 'nothing-to-draw' | 'done' | 'reopened';
export type DeskList = 'mine' | 'to-read' | 'uncited' | 'all';

export const textsOnAPage = 50;

/** The texts of a topic by their numbers, 50 from `after` on; `mine` are those allocated to the account. */
export async function textsAtDesk(
	queryable: Queryable,
	topicId: string,
	{ list, accountId, after = 0 }: { list: DeskList; accountId: string | null; after?: number }
): Promise<TextAtDesk[]> {
	const { rows } = await queryable.query<TextAtDesk>(
		`
			${standings}
			select contribution_id as "contributionId", submission_number as number, title, organisation_as_written as organisation, words,
				allocated_to as "allocatedTo", outcome, passages
			from standings
			where submission_number > $2
				and case $3
					when 'mine' then allocated_to = $4
					when 'to-read' then not is_read
					when 'uncited' then passages = 0
					else true end
			order by submission_number
			limit $5`,
		[topicId, after, list, accountId, textsOnAPage]
	);
	return rows;
}

export interface DeskProgress {
	readonly texts: number;
	readonly allocated: number;
	readonly read: number;
	readonly nothingToDraw: number;
	readonly cited: number;
	readonly passages: number;
	readonly words: number;
	readonly wordsRead: number;
}

export async function deskProgress(queryable: Queryable, topicId: string): Promise<DeskProgress> {
	const { rows } = await queryable.query<DeskProgress>(
		`
			${standings}
			select count(*)::int as texts, count(allocated_to)::int as allocated, count(*) filter (where is_read)::int as read,
				count(*) filter (where outcome = 'nothing-to-draw')::int as "nothingToDraw",
				count(*) filter (where passages > 0)::int as cited, coalesce(sum(passages), 0)::int as passages,
				coalesce(sum(words), 0)::int as words, coalesce(sum(words) filter (where is_read), 0)::int as "wordsRead"
			from standings`,
		[topicId]
	);
	return rows[0]!;
}

/** What each rapporteur has and has read. */
export async function deskShares(
	queryable: Queryable,
	topicId: string
): Promise<{ accountId: string; texts: number; read: number }[]> {
	const { rows } = await queryable.query<{ accountId: string; texts: number; read: number }>(
		`
			${standings}
			select allocated_to as "accountId", count(*)::int as texts, count(*) filter (where is_read)::int as read
			from standings
			where allocated_to is not null
			group by allocated_to
			order by allocated_to`,
		[topicId]
	);
	return rows;
}

/**
 * Every submission that can be seen, with the newest of its allocations and readings. Withdrawn, held and hidden texts are nobody's to draw
 * from.
 */
const standings = `
	with standings as (
		select s.contribution_id, s.submission_number, s.title, s.organisation_as_written, s.words, a.account_id as allocated_to, r.outcome,
			coalesce(r.outcome in ('done', 'nothing-to-draw'), false) as is_read,
			(select count(*) from passages p
				where p.topic_id = s.topic_id and p.contribution_id = s.contribution_id
					and not exists (select from passage_removals x where x.topic_id = p.topic_id and x.passage_id = p.passage_id)
			)::int as passages
		from submissions s
		left join lateral (
			select account_id from allocations a
			where a.topic_id = s.topic_id and a.contribution_id = s.contribution_id
			order by version desc limit 1) a on true
		left join lateral (
			select outcome from readings r
			where r.topic_id = s.topic_id and r.contribution_id = s.contribution_id
			order by version desc limit 1) r on true
		where s.topic_id = $1
			and ${canBeSeen('submission', 's.contribution_id')}
	)`;

/** Gives texts to a rapporteur, or (null) back to all. */
export async function allocateTexts(
	database: Database | Transaction,
	topicId: string,
	contributionIds: readonly string[],
	accountId: string | null,
	actor: Actor
): Promise<void> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await lockTexts(transaction, topicId, contributionIds);
		await transaction.query(
			`
				insert into allocations (topic_id, contribution_id, version, account_id, allocated_at, allocated_by)
				select $1, given.contribution_id,
					1 + coalesce((
						select max(version) from allocations a where a.topic_id = $1 and a.contribution_id = given.contribution_id), 0),
					$3, $4, $5
				from unnest($2::uuid[]) as given (contribution_id)`,
			[topicId, contributionIds, accountId, transaction.at, accountOf(actor)]
		);
		await record(transaction, {
			topicId,
			actor,
			did: 'allocated',
			kind: 'submission',
			thingId: contributionIds.length === 1 ? contributionIds[0]! : null,
			details: { texts: contributionIds.length, to: accountId }
		});
	});
}

/** A rapporteur has read a text to its end, or found nothing in it to draw. */
export async function markRead(
	database: Database | Transaction,
	{ topicId, contributionId, outcome }: { topicId: string; contributionId: string; outcome: 'done' | 'nothing-to-draw' },
	actor: Actor
): Promise<void> {
	await inTransaction(database, async (transaction) => {
		await noteReading(transaction, { topicId, contributionId, outcome }, actor);
		await record(transaction, { topicId, actor, did: 'read', kind: 'submission', thingId: contributionId, details: { outcome } });
	});
}

/** The text is to be read again. */
export async function reopen(
	database: Database | Transaction,
	{ topicId, contributionId }: { topicId: string; contributionId: string },
	actor: Actor
): Promise<void> {
	await inTransaction(database, async (transaction) => {
		await noteReading(transaction, { topicId, contributionId, outcome: 'reopened' }, actor);
		await record(transaction, { topicId, actor, did: 'reopened', kind: 'submission', thingId: contributionId });
	});
}

async function noteReading(
	transaction: Transaction,
	{ topicId, contributionId, outcome }: { topicId: string; contributionId: string; outcome: Outcome },
	actor: Actor
): Promise<void> {
	if (!isRapporteur(actor, topicId) || actor.kind !== 'account') throw refusal('not-allowed');
	await lockTexts(transaction, topicId, [contributionId]);
	await transaction.query(
		`
			insert into readings (topic_id, contribution_id, version, account_id, outcome, at)
			select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5
			from readings
			where topic_id = $1 and contribution_id = $2`,
		[topicId, contributionId, actor.accountId, outcome, transaction.at]
	);
}

/** The newest reading of a text. */
export async function readingOf(
	queryable: Queryable,
	topicId: string,
	contributionId: string
): Promise<{ outcome: Outcome; accountId: string; at: Date } | null> {
	const { rows } = await queryable.query<{ outcome: Outcome; accountId: string; at: Date }>(
		`
			select outcome, account_id as "accountId", at
			from readings
			where topic_id = $1 and contribution_id = $2
			order by version desc
			limit 1`,
		[topicId, contributionId]
	);
	return rows[0] ?? null;
}

/** The account to which a text is allocated. */
export async function allocationOf(queryable: Queryable, topicId: string, contributionId: string): Promise<string | null> {
	const { rows } = await queryable.query<{ accountId: string | null }>(
		`
			select account_id as "accountId"
			from allocations
			where topic_id = $1 and contribution_id = $2
			order by version desc
			limit 1`,
		[topicId, contributionId]
	);
	return rows[0]?.accountId ?? null;
}

/** The text to read next: allocated to the account and not read, else one that nobody has; null where all is read. */
export async function nextText(queryable: Queryable, topicId: string, accountId: string, after = 0): Promise<number | null> {
	const { rows } = await queryable.query<{ number: number }>(
		`
			${standings}
			select submission_number as number
			from standings
			where not is_read and (allocated_to = $2 or allocated_to is null)
			order by allocated_to is null, submission_number <= $3, submission_number
			limit 1`,
		[topicId, accountId, after]
	);
	return rows[0]?.number ?? null;
}

/** Shares out what nobody has, so that each of the rapporteurs has about as many words to read. Returns how many texts were given. */
export async function shareOutTexts(
	database: Database,
	topicId: string,
	accountIds: readonly string[],
	actor: Actor
): Promise<number> {
	if (!isSecretariat(actor) && !isRapporteur(actor, topicId)) throw refusal('not-allowed');
	if (accountIds.length === 0) throw refusal('no-rapporteur');
	return inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<{ contributionId: string; words: number; allocatedTo: string | null }>(
			`
				${standings}
				select contribution_id as "contributionId", words, allocated_to as "allocatedTo"
				from standings
				order by words desc, submission_number`,
			[topicId]
		);
		const shares = shared(
			rows.filter((text) => text.allocatedTo === null),
			accountIds.map((accountId) => ({
				accountId,
				words: rows.filter((text) => text.allocatedTo === accountId).reduce((sum, text) => sum + text.words, 0)
			}))
		);
		for (const [accountId, contributionIds] of shares)
			await allocateTexts(transaction, topicId, contributionIds, accountId, actor);
		return [...shares.values()].reduce((sum, texts) => sum + texts.length, 0);
	});
}

/** The longest text to whoever has the fewest words so far. */
function shared(
	texts: readonly { contributionId: string; words: number }[],
	rapporteurs: readonly { accountId: string; words: number }[]
): Map<string, string[]> {
	const loads = rapporteurs.map((rapporteur) => ({ ...rapporteur }));
	const shares = new Map<string, string[]>();
	for (const { contributionId, words } of texts) {
		const next = loads.reduce((least, load) => (load.words < least.words ? load : least));
		next.words += words;
		shares.set(next.accountId, [...(shares.get(next.accountId) ?? []), contributionId]);
	}
	return shares;
}

/** In one order, so that two people who allocate at once wait for each other and number their rows in a row. */
async function lockTexts(transaction: Transaction, topicId: string, contributionIds: readonly string[]): Promise<void> {
	const { rowCount } = await transaction.query(
		`
			select from submissions
			where topic_id = $1 and contribution_id = any ($2::uuid[])
			order by contribution_id
			for update`,
		[topicId, contributionIds]
	);
	if (rowCount !== new Set(contributionIds).size) throw refusal('not-found');
}
