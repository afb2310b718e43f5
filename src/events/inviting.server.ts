import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { mayPlanEvents } from '#events/event.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import { mailInvitation } from '#events/mailing.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { lockedEvent } from '#events/places.server.ts';
import { closedBecause } from '#events/registration.ts';
import { hashOfCode } from '#events/registrations.server.ts';
import type { Language } from '#languages/languages.ts';
import { newToken } from '#people/invitations/token.ts';
import { refusal } from '#refusals/refusal.ts';

/** Invites each address by a mail of its own; one that was invited before gets no second. @returns how many were invited */
export async function inviteToEvent(
	database: Database | Transaction,
	of: OfEvent,
	{ emails, language, origin }: { emails: readonly string[]; language: Language; origin: string },
	actor: Actor
): Promise<{ invited: number; already: number }> {
	if (!mayPlanEvents(actor)) throw refusal('not-allowed');
	const addresses = [...new Set(emails.map((email) => email.trim().toLowerCase()).filter(Boolean))];
	return inTransaction(database, async (transaction) => {
		const { topicId, eventId } = of;
		const event = await lockedEvent(transaction, of);
		await requireOpenTopic(transaction, topicId);
		const closed = closedBecause(event, transaction.at, true);
		if (closed) throw refusal(closed);
		const { rows } = await transaction.query<{ email: string }>(
			`
				select lower(email) as email from event_invitations where topic_id = $1 and event_id = $2 and email is not null`,
			[topicId, eventId]
		);
		const known = new Set(rows.map(({ email }) => email));
		const fresh = addresses.filter((address) => !known.has(address));
		for (const to of fresh) {
			const { token } = newToken(topicId);
			await transaction.query(
				`
					insert into event_invitations (topic_id, event_id, invitation_id, email, language, token_hash, invited_at, invited_by)
					values ($1, $2, $3, $4, $5, $6, $7, $8)`,
				[topicId, eventId, uuidv7(), to, language, hashOfCode(token), transaction.at, accountOf(actor)]
			);
			await mailInvitation(transaction, event, { to, language, token, origin });
		}
		const details = { people: fresh.length };
		if (fresh.length > 0) await record(transaction, { topicId, actor, did: 'invited', kind: 'event', thingId: eventId, details });
		return { invited: fresh.length, already: addresses.length - fresh.length };
	});
}

/** The invitation behind a link, while nobody registered by it; null where there is none. */
export async function usableInvitation(
	queryable: Queryable,
	{ topicId, eventId }: OfEvent,
	token: string
): Promise<string | null> {
	const { rows } = await queryable.query<{ invitationId: string }>(
		`
			select invitation_id as "invitationId"
			from event_invitations
			where topic_id = $1 and event_id = $2 and token_hash = $3 and registration_id is null`,
		[topicId, eventId, hashOfCode(token)]
	);
	return rows[0]?.invitationId ?? null;
}

export async function takeInvitation(
	transaction: Transaction,
	{ topicId, eventId }: OfEvent,
	invitationId: string,
	registrationId: string
): Promise<void> {
	await transaction.query(
		`update event_invitations set registration_id = $4 where topic_id = $1 and event_id = $2 and invitation_id = $3`,
		[topicId, eventId, invitationId, registrationId]
	);
}

/** How many were invited, and how many of them registered. */
export async function invitedTo(
	queryable: Queryable,
	{ topicId, eventId }: OfEvent
): Promise<{ invited: number; registered: number }> {
	const { rows } = await queryable.query<{ invited: number; registered: number }>(
		`
			select count(*)::int as invited, count(registration_id)::int as registered
			from event_invitations
			where topic_id = $1 and event_id = $2`,
		[topicId, eventId]
	);
	return rows[0]!;
}
