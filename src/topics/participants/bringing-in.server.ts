import { nextNumber } from '#activity/recording.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import type { Participant } from '#topics/participants/participants.server.ts';
import type { Assurance, Profile } from '#topics/participants/profile.ts';

/**
 * Participants for texts that staff bring in (an import, letters, paper): with what the text says of its author, linked to nobody, one for
 * each profile in the order given; `browser`, the weakest assurance, where no other is known. Locks the counter of participants.
 */
export async function bringInParticipants(
	transaction: Transaction,
	topicId: string,
	profiles: readonly (Profile & { readonly assurance?: Assurance })[]
): Promise<Participant[]> {
	if (profiles.length === 0) return [];
	const first = await nextNumber(transaction, topicId, 'participants', profiles.length);
	const numbered = profiles.map((profile, index) => ({ ...profile, number: first + index, id: uuidv4() }));
	// so many at once that a statement is worth its way, and so few that it does not fill the memory
	for (let begun = 0; begun < numbered.length; begun += portion) {
		await transaction.query(
			`
				with given as materialized (
					select *
					from json_to_recordset($2::json) as given (
						number int, id uuid, groups text[], country text, region text, "organisationId" uuid, capacity text, reads text[], assurance text)
				), participant as (
					insert into participants (topic_id, participant_number, participant_id, joined_at)
					select $1, number, id, $3
					from given
				)
				insert into participant_profiles (topic_id, participant_number, profile_number, stakeholder_groups, country, region,
					organisation_id, capacity, reads, assurance, stated_at)
				select $1, number, 1, groups, country, region, "organisationId", capacity, reads, coalesce(assurance, 'browser'), $3
				from given`,
			[topicId, JSON.stringify(numbered.slice(begun, begun + portion)), transaction.at]
		);
	}
	return numbered.map(({ number }) => ({ number, profile: 1 }));
}

const portion = 5000;
