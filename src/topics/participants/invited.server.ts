import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { forgetPlaces, takePlace } from '#people/invitations/answering.server.ts';
import { invitationBehind } from '#people/invitations/reading.server.ts';
import { participantOf, raiseAssurance, type Participant } from '#topics/participants/participants.server.ts';
import { profileOf, stateProfileOf } from '#topics/participants/stating.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/**
 * Accepts an invitation to take part, with or without an account: the participant counts as invited, and belongs to the group, region
 * and organisation for which they were invited where they have not said otherwise. An invitation names a mailbox, so its answer names no
 * participant: it keeps a mark under the key of the topic, which is the one bridge to a person, and goes with that key.
 */
export async function acceptAsParticipant(
	database: Database,
	keys: TopicKeys,
	token: string,
	actor: Actor
): Promise<Participant> {
	return inTransaction(database, async (transaction) => {
		const { topicId } = await invitationBehind(transaction, token);
		const participant = await participantOf(transaction, keys, topicId, actor);
		const { group, region, organisationId } = await takePlace(transaction, token, (invitationId) =>
			markOf(keys, topicId, invitationId, participant.number)
		);
		const said = await profileOf(transaction, topicId, participant.number);
		const stated = await stateProfileOf(transaction, topicId, participant.number, {
			...said,
			groups: said.groups.length > 0 || !group ? said.groups : [group],
			region: said.region ?? region,
			organisationId: said.organisationId ?? organisationId
		});
		return raiseAssurance(transaction, topicId, stated, 'invited');
	});
}

/** Whose participants these were has no place by any invitation that leads back to them any more. */
export async function forgetInvited(
	transaction: Transaction,
	keys: TopicKeys,
	topicId: string,
	numbers: readonly number[]
): Promise<void> {
	await forgetPlaces(transaction, topicId, (invitationId) =>
		Promise.all(numbers.map((number) => markOf(keys, topicId, invitationId, number)))
	);
}

function markOf(keys: TopicKeys, topicId: string, invitationId: string, number: number): Promise<Buffer> {
	return keys.hash(topicId, `invitation ${invitationId} participant ${number}`);
}
