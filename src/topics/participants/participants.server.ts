import type { Actor, SignedIn } from '#activity/actor.ts';
import { nextNumber } from '#activity/recording.server.ts';
import type { Queryable, Transaction } from '#database/connection.server.ts';
import { Gathering } from '#database/gathering.ts';
import { uuidv4 } from '#database/ids.ts';
import { refusal } from '#refusals/refusal.ts';
import { isStronger, type Assurance } from '#topics/participants/profile.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** Who acts in a topic, as ideas, comments and opinions know them: a number, and the number of the profile that holds now. */
export interface Participant {
	readonly number: number;
	readonly profile: number;
}

/**
 * The participant of who acts, made if this is their first act in the topic. Call it before other numbers are taken in the transaction:
 * making a participant locks the counter of participants, and transactions that lock counters in different orders would wait for each other.
 * @param at since when they take part, where that is not to be known more exactly
 */
export async function participantOf(
	transaction: Transaction,
	keys: TopicKeys,
	topicId: string,
	actor: Actor,
	at = transaction.at
): Promise<Participant> {
	if (actor.kind === 'job') throw refusal('not-allowed');
	if (actor.kind === 'visitor') {
		if (!actor.visitorId) throw refusal('no-visitor');
		return (await participantsOf(transaction, keys, topicId, [actor.visitorId], at))[0]!;
	}
	const own = await keys.hash(topicId, actor.accountId);
	const known = await holderOf(transaction, keys, topicId, actor);
	if (known?.isAccounts) return known.participant;
	const assurance = await assuranceOf(transaction, actor.accountId);
	if (known) return claim(transaction, topicId, own, known.participant, { assurance, at });
	return (await made(transaction, topicId, { hashes: [own], holder: 'account', assurance, at }))[0]!;
}

/** The same for many visitors with a fixed number of statements, in the order given; a visitor may stand there twice. */
export async function participantsOf(
	transaction: Transaction,
	keys: TopicKeys,
	topicId: string,
	visitorIds: readonly string[],
	at = transaction.at
): Promise<Participant[]> {
	const hashes = await Promise.all(visitorIds.map((visitorId) => keys.hash(topicId, visitorId)));
	return made(transaction, topicId, { hashes, holder: 'browser', assurance: 'browser', at });
}

/** The participant of who asks, or null; makes nothing. */
export async function seenParticipant(
	queryable: Queryable,
	keys: TopicKeys,
	topicId: string,
	actor: Actor
): Promise<Participant | null> {
	if (actor.kind === 'account') return (await holderOf(queryable, keys, topicId, actor))?.participant ?? null;
	if (actor.kind === 'job' || !actor.visitorId) return null;
	const hash = await keys.hash(topicId, actor.visitorId);
	return (await linkedTogether(queryable, topicId, hash)) ?? null;
}

/** Gives the participant a stronger assurance (an accepted invitation, a confirmed address) in a new profile; a weaker one changes nothing. */
export async function raiseAssurance(
	transaction: Transaction,
	topicId: string,
	participant: Participant,
	assurance: Assurance,
	at = transaction.at
): Promise<Participant> {
	const { rows } = await transaction.query<{ assurance: Assurance }>({
		name: 'assurance-of-participant',
		text: `
			select assurance
			from participant_profiles
			where topic_id = $1 and participant_number = $2 and profile_number = $3`,
		values: [topicId, participant.number, participant.profile]
	});
	if (!rows[0] || !isStronger(assurance, rows[0].assurance)) return participant;
	const raised = await transaction.query<Participant>(
		`
			insert into participant_profiles (topic_id, participant_number, profile_number, stakeholder_groups, country, region,
				organisation_id, capacity, reads, assurance, stated_at)
			select topic_id, participant_number, $3::int + 1, stakeholder_groups, country, region, organisation_id, capacity, reads, $4, $5
			from participant_profiles
			where topic_id = $1 and participant_number = $2 and profile_number = $3
			on conflict do nothing
			returning participant_number as number, profile_number as profile`,
		[topicId, participant.number, participant.profile, assurance, at]
	);
	return raised.rows[0] ?? participant;
}

/**
 * In SQL: the number under which the author of a row takes part now. What a browser sent keeps its number when its person signs in; its
 * author is the account's participant from then on.
 */
export const authorNow = (row: string): string => `
	coalesce((
		select j.into_number from participant_joins j
		where j.topic_id = ${row}.topic_id and j.participant_number = ${row}.participant_number
	), ${row}.participant_number)`;

/** The account's own participant; else the one that its browser made before signing in, unless another account holds that one. */
async function holderOf(
	queryable: Queryable,
	keys: TopicKeys,
	topicId: string,
	actor: SignedIn
): Promise<{ participant: Participant; isAccounts: boolean } | null> {
	const own = await keys.hash(topicId, actor.accountId);
	const browsers = actor.visitorId ? await keys.hash(topicId, actor.visitorId) : own;
	const { rows } = await queryable.query<{ number: number; profile: number; isAccounts: boolean }>({
		name: 'participant-of-account',
		text: `
			select l.participant_number as number, l.keyed_hash = $2 as "isAccounts",
				(select max(p.profile_number) from participant_profiles p
				where p.topic_id = l.topic_id and p.participant_number = l.participant_number) as profile
			from participant_links l
			where l.topic_id = $1
				and (l.keyed_hash = $2 or l.keyed_hash = $3 and not exists (
					select from participant_links other
					where other.topic_id = l.topic_id and other.participant_number = l.participant_number and other.holder = 'account'))
			order by l.keyed_hash = $2 desc
			limit 1`,
		values: [topicId, own, browsers]
	});
	const found = rows[0];
	return found ? { participant: { number: found.number, profile: found.profile }, isAccounts: found.isAccounts } : null;
}

async function claim(
	transaction: Transaction,
	topicId: string,
	own: Buffer,
	participant: Participant,
	{ assurance, at }: Pick<Making, 'assurance' | 'at'>
): Promise<Participant> {
	const { rowCount } = await transaction.query(
		`
			insert into participant_links (topic_id, keyed_hash, participant_number, holder, linked_at)
			values ($1, $2, $3, 'account', $4)
			on conflict (topic_id, keyed_hash) do nothing`,
		[topicId, own, participant.number, at]
	);
	// a second window of the same person was faster: what it made holds
	if (rowCount === 0) return (await linked(transaction, topicId, [own])).get(own.toString('hex'))!;
	return raiseAssurance(transaction, topicId, participant, assurance, at);
}

interface Making {
	/** who they are here, each as its keyed hash */
	readonly hashes: readonly Buffer[];
	readonly holder: 'browser' | 'account';
	readonly assurance: Assurance;
	readonly at: Date;
}

async function made(transaction: Transaction, topicId: string, { hashes, ...making }: Making): Promise<Participant[]> {
	let known = await linked(transaction, topicId, hashes);
	const isNew = (hash: Buffer) => !known.has(hash.toString('hex'));
	if (hashes.some(isNew)) {
		// The lock first, then the second look: a double click waits here and then finds what the first click made, so numbers have no gaps.
		await nextNumber(transaction, topicId, 'participants', 0);
		known = await linked(transaction, topicId, hashes);
		const missing = [...new Map(hashes.filter(isNew).map((hash) => [hash.toString('hex'), hash])).values()];
		if (missing.length > 0) {
			const first = await nextNumber(transaction, topicId, 'participants', missing.length);
			await insert(transaction, topicId, { first, hashes: missing, ...making });
			missing.forEach((hash, index) => known.set(hash.toString('hex'), { number: first + index, profile: 1 }));
		}
	}
	return hashes.map((hash) => known.get(hash.toString('hex'))!);
}

async function linked(queryable: Queryable, topicId: string, hashes: readonly Buffer[]): Promise<Map<string, Participant>> {
	const { rows } = await queryable.query<Participant & { hash: Buffer }>({
		name: 'participants-linked',
		text: `
			select l.keyed_hash as hash, l.participant_number as number,
				(select max(p.profile_number) from participant_profiles p
				where p.topic_id = l.topic_id and p.participant_number = l.participant_number) as profile
			from participant_links l
			where l.topic_id = $1 and l.keyed_hash = any ($2::bytea[])`,
		values: [topicId, hashes]
	});
	return new Map(rows.map(({ hash, number, profile }) => [hash.toString('hex'), { number, profile }]));
}

// hung on the connection or transaction that is asked
const gatherings = new WeakMap<Queryable, Map<string, Gathering<string, Participant>>>();
const mostTopics = 1000;

/** A hall opens its pages at once: those who come while others are looked up are looked up together. */
function linkedTogether(queryable: Queryable, topicId: string, hash: Buffer): Promise<Participant | undefined> {
	const topics = gatherings.get(queryable) ?? new Map<string, Gathering<string, Participant>>();
	gatherings.set(queryable, topics);
	let gathering = topics.get(topicId);
	if (!gathering) {
		if (topics.size >= mostTopics) topics.clear();
		gathering = new Gathering((hashes) =>
			linked(
				queryable,
				topicId,
				hashes.map((one) => Buffer.from(one, 'hex'))
			)
		);
		topics.set(topicId, gathering);
	}
	return gathering.ask(hash.toString('hex'));
}

async function insert(
	transaction: Transaction,
	topicId: string,
	{ first, hashes, holder, assurance, at }: Making & { readonly first: number }
): Promise<void> {
	await transaction.query({
		name: 'participants-make',
		text: `
			with given as (
				select $2::int + position::int - 1 as number, hash, participant_id
				from unnest($3::bytea[], $4::uuid[]) with ordinality as given (hash, participant_id, position)
			), people as (
				insert into participants (topic_id, participant_number, participant_id, joined_at)
				select $1, number, participant_id, $7 from given
			), profiles as (
				insert into participant_profiles (topic_id, participant_number, profile_number, stakeholder_groups, reads, assurance, stated_at)
				select $1, number, 1, '{}', '{}', $6, $7 from given
			)
			insert into participant_links (topic_id, keyed_hash, participant_number, holder, linked_at)
			select $1, hash, number, $5, $7 from given`,
		values: [topicId, first, hashes, hashes.map(() => uuidv4()), holder, assurance, at]
	});
}

/** A confirmed mail address, or more: one whose domain staff confirmed as an organisation's. */
async function assuranceOf(queryable: Queryable, accountId: string): Promise<Assurance> {
	const { rows } = await queryable.query(
		`
			select 1
			from accounts
			join confirmed_domains on confirmed_domains.domain = lower(split_part(accounts.email, '@', 2))
			where account_id = $1`,
		[accountId]
	);
	return rows.length > 0 ? 'organisation-verified' : 'e-mail';
}
