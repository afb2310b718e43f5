import type { Queryable, Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { forgetUnused } from '#people/organisations/forgetting.server.ts';

/** The numbers of one person in the topic: a browser's participant that became an account's is the same person. The given one is among them. */
export async function numbersOfPerson(queryable: Queryable, topicId: string, participantNumber: number): Promise<number[]> {
	const { rows } = await queryable.query<{ number: number }>(
		`
			with recursive person as (
				select $2::int as number
				union
				select case when joined.participant_number = person.number then joined.into_number else joined.participant_number end
				from person
				join participant_joins as joined
					on joined.topic_id = $1 and person.number in (joined.participant_number, joined.into_number)
			)
			select number from person order by number`,
		[topicId, participantNumber]
	);
	return rows.map(({ number }) => number);
}

/**
 * Cuts the bridge from a person to their participant, and takes from its profiles what could lead back: organisation, country, capacity and
 * languages. Groups, region and assurance stay, for the opinions that were counted under them; who comes again is a new participant.
 */
export async function unlinkPerson(transaction: Transaction, topicId: string, numbers: readonly number[]): Promise<void> {
	await transaction.query(`delete from participant_links where topic_id = $1 and participant_number = any ($2::int[])`, [
		topicId,
		numbers
	]);
	const { rows: named } = await transaction.query<{ id: string }>(
		`select distinct organisation_id as id
		from participant_profiles
		where topic_id = $1 and participant_number = any ($2::int[]) and organisation_id is not null`,
		[topicId, numbers]
	);
	await transaction.query(
		`update participant_profiles
		set organisation_id = null, country = null, capacity = null, reads = '{}'
		where topic_id = $1 and participant_number = any ($2::int[])`,
		[topicId, numbers]
	);
	if (named.length > 0) {
		const { rows: unused } = await transaction.query<{ id: string }>(
			`select id
			from unnest($1::uuid[]) as named (id)
			where not exists (select from participant_profiles p where p.organisation_id = id)`,
			[named.map(({ id }) => id)]
		);
		await forgetUnused(
			transaction,
			unused.map(({ id }) => id)
		);
	}
	await transaction.query(
		`update participants
		set participant_id = given.participant_id
		from unnest($2::int[], $3::uuid[]) as given (number, participant_id)
		where topic_id = $1 and participant_number = given.number`,
		[topicId, numbers, numbers.map(() => uuidv4())]
	);
}

/** Takes organisations from the profiles that name them; whose they are is not asked. @returns the topics in which there were any */
export async function forgetOrganisationOfProfiles(
	transaction: Transaction,
	organisationIds: readonly string[]
): Promise<string[]> {
	const { rows } = await transaction.query<{ topicId: string }>(
		`update participant_profiles set organisation_id = null
		where organisation_id = any ($1::uuid[])
		returning topic_id as "topicId"`,
		[organisationIds]
	);
	return [...new Set(rows.map(({ topicId }) => topicId))];
}
