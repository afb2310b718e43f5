import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { participantOf, type Participant } from '#topics/participants/participants.server.ts';
import { isSameProfile, nothingStated, type Assurance, type Profile } from '#topics/participants/profile.ts';
import { regionOfCountry } from '#people/regions.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/**
 * Takes what a participant says of themselves as a new numbered profile; what they gave before keeps the old one. The same again changes
 * nothing.
 */
export async function stateProfile(
	database: Database | Transaction,
	keys: TopicKeys,
	topicId: string,
	actor: Actor,
	stated: Profile
): Promise<Participant> {
	return inTransaction(database, async (transaction) => {
		const participant = await participantOf(transaction, keys, topicId, actor);
		return stateProfileOf(transaction, topicId, participant.number, await consistentProfile(transaction, stated));
	});
}

/** For texts that staff bring in for somebody (an import): a participant without a link to anyone. */
export async function stateProfileOf(
	transaction: Transaction,
	topicId: string,
	participantNumber: number,
	stated: Profile
): Promise<Participant> {
	// two windows of the same person wait for each other here, so that the numbers stay in a row
	await transaction.query(`select from participants where topic_id = $1 and participant_number = $2 for update`, [
		topicId,
		participantNumber
	]);
	const now = await profileOf(transaction, topicId, participantNumber);
	if (isSameProfile(now, stated)) return { number: participantNumber, profile: now.number };
	if (now.number >= mostProfiles) throw refusal('too-many-requests');
	await transaction.query(
		`
			insert into participant_profiles (topic_id, participant_number, profile_number, stakeholder_groups, country, region,
				organisation_id, capacity, reads, assurance, stated_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		[
			topicId,
			participantNumber,
			now.number + 1,
			stated.groups,
			stated.country,
			stated.region,
			stated.organisationId,
			stated.capacity,
			stated.reads,
			now.assurance,
			transaction.at
		]
	);
	return { number: participantNumber, profile: now.number + 1 };
}

/** The profile that holds now. */
export async function profileOf(
	queryable: Queryable,
	topicId: string,
	participantNumber: number
): Promise<Profile & { readonly number: number; readonly assurance: Assurance; readonly hasStated: boolean }> {
	const { rows } = await queryable.query<Profile & { number: number; assurance: Assurance }>({
		name: 'profile-that-holds',
		text: `
			select profile_number as number, stakeholder_groups as groups, country, region, organisation_id as "organisationId",
				capacity, reads, assurance
			from participant_profiles
			where topic_id = $1 and participant_number = $2
			order by profile_number desc
			limit 1`,
		values: [topicId, participantNumber]
	});
	const row = rows[0];
	if (!row) throw refusal('not-found');
	return { ...row, hasStated: !isSameProfile(row, nothingStated) };
}

const mostProfiles = 1000;

/** Only groups of this institution are kept, and a country brings its region. */
export async function consistentProfile(queryable: Queryable, stated: Profile): Promise<Profile> {
	const { rows } = await queryable.query<{ key: string }>(
		`
			select group_key as key
			from stakeholder_groups
			where group_key = any ($1::text[])
			order by position`,
		[stated.groups]
	);
	return {
		...stated,
		groups: rows.map((group) => group.key),
		region: stated.country ? (regionOfCountry(stated.country) ?? stated.region) : stated.region
	};
}

/** The name under which an organisation is known now, joined ones included. */
export async function organisationNameOf(queryable: Queryable, organisationId: string): Promise<string> {
	const { rows } = await queryable.query<{ name: string }>(
		`
			select n.name
			from organisation_names n
			where n.organisation_id = coalesce((select into_id from organisation_joins where organisation_id = $1), $1)
			order by n.is_main desc, n.added_at
			limit 1`,
		[organisationId]
	);
	return rows[0]?.name ?? '';
}
