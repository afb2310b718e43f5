import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { mayPlanEvents, showsNames, type EventOfTopic } from '#events/event.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import { takeInvitation, usableInvitation } from '#events/inviting.server.ts';
import { codeOf, mailKind, mailTo, type Surroundings } from '#events/mailing.server.ts';
import { nextInEvent, type OfEvent } from '#events/moving.server.ts';
import { answerOffer, endRegistration, lockedEvent, offerFreePlaces, takePlace } from '#events/places.server.ts';
import { closedBecause, limits, waysOf, type Registration, type RegistrationDraft } from '#events/registration.ts';
import { hashOfCode, registrationOf, registrationWithEmail } from '#events/registrations.server.ts';
import { languageTag } from '#languages/languages.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';

/**
 * Registers somebody, who gets a place or stands on the waiting list, and is written to. Whoever was registered before is written to
 * again; the answer is the same, so that nobody finds out by trying addresses who comes.
 */
export async function register(
	database: Database | Transaction,
	of: OfEvent,
	draft: RegistrationDraft,
	{ invitation = null, ...surroundings }: Surroundings & { invitation?: string | null }
): Promise<void> {
	if (draft.email === null) throw refusal('mail-unusable');
	const usable = usableDraft(draft);
	await inTransaction(database, async (transaction) => {
		const event = await lockedEvent(transaction, of);
		await requireOpenTopic(transaction, of.topicId);
		const invited = invitation === null ? null : await usableInvitation(transaction, event, invitation);
		refuseClosed(event, transaction.at, usable, invited !== null);
		const before = await registrationWithEmail(transaction, of, draft.email!);
		if (before) {
			if (await mayBeToldAgain(transaction, before)) await mailTo(transaction, event, before, mailOf(before), surroundings);
			return;
		}
		const registration = await write(transaction, event, usable, { by: null, surroundings });
		if (invited) await takeInvitation(transaction, event, invited, registration.registrationId);
		await mailTo(transaction, event, registration, mailOf(registration), surroundings);
	});
}

/** Enters somebody at the desk or at the door, who may have no address. A door takes whoever comes, beyond the places too. */
export async function registerAtDesk(
	database: Database | Transaction,
	of: OfEvent,
	draft: RegistrationDraft,
	surroundings: Surroundings,
	actor: Actor
): Promise<Registration> {
	if (!mayPlanEvents(actor)) throw refusal('not-allowed');
	const usable = usableDraft(draft);
	return inTransaction(database, async (transaction) => {
		const event = await lockedEvent(transaction, of);
		await requireOpenTopic(transaction, of.topicId);
		const closed = closedBecause({ ...event, registration: 'open' }, transaction.at);
		if (closed) throw refusal(closed);
		if (usable.email !== null && (await registrationWithEmail(transaction, of, usable.email)))
			throw refusal('already-registered');
		const registration = await write(transaction, event, usable, { by: accountOf(actor), surroundings });
		await mailTo(transaction, event, registration, mailOf(registration), surroundings);
		const { topicId, eventId } = of;
		await record(transaction, { topicId, actor, did: 'registered', kind: 'event', thingId: eventId });
		return registration;
	});
}

/** Somebody takes the place that was kept for them. */
export async function takeOffer(database: Database, registration: Registration): Promise<void> {
	await inTransaction(database, async (transaction) => {
		await lockedEvent(transaction, registration);
		if (!(await answerOffer(transaction, registration, 'taken'))) throw refusal('offer-over');
	});
}

/** Somebody does not come after all; their place goes to the next who waits. */
export async function giveBack(database: Database, registration: Registration, surroundings: Surroundings): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const event = await lockedEvent(transaction, registration);
		// the door may have let them in since their page was made
		if ((await registrationOf(transaction, registration, registration.registrationId))?.hasCome) throw refusal('has-come');
		await answerOffer(transaction, registration, 'declined');
		if (await endRegistration(transaction, registration, 'self', null)) await offerFreePlaces(transaction, event, surroundings);
	});
}

/** The desk takes a registration back, and tells whom it was. */
export async function cancelRegistration(
	database: Database,
	of: OfEvent & { readonly registrationId: string },
	surroundings: Surroundings,
	actor: Actor
): Promise<void> {
	if (!mayPlanEvents(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const event = await lockedEvent(transaction, of);
		const registration = await registrationOf(transaction, of, of.registrationId);
		if (!registration) throw refusal('not-found');
		if (registration.hasCome) throw refusal('has-come');
		await answerOffer(transaction, of, 'declined');
		if (!(await endRegistration(transaction, of, 'desk', accountOf(actor)))) return;
		await mailTo(transaction, event, registration, 'ended', surroundings);
		await offerFreePlaces(transaction, event, surroundings);
		await record(transaction, { topicId: of.topicId, actor, did: 'took back', kind: 'event', thingId: of.eventId });
	});
}

/** Writes the row, and takes a place for it where nobody waits before. */
export async function write(
	transaction: Transaction,
	event: EventOfTopic,
	draft: RegistrationDraft,
	{ by, surroundings }: { by: string | null; surroundings: Surroundings }
): Promise<Registration> {
	const { topicId, eventId } = event;
	// places that became more are theirs who wait, also before the job has come that offers them
	await offerFreePlaces(transaction, event, surroundings);
	const registrationId = uuidv4();
	const number = await nextInEvent(transaction, event, 'registrations');
	const code = await codeOf(surroundings.keys, { topicId, registrationId });
	await transaction.query(
		`
			insert into registrations (topic_id, event_id, registration_id, registration_number, way, name, email, stakeholder_group,
				region, organisation, languages, access_needs, is_listed, language, code_hash, registered_at, registered_by)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		[
			...[topicId, eventId, registrationId, number, draft.way, draft.name, draft.email, draft.group, draft.region],
			...[draft.organisation || null, draft.languages, draft.accessNeeds || null, draft.isListed && showsNames(event)],
			...[draft.language, hashOfCode(code), transaction.at, by]
		]
	);
	await takePlace(transaction, event, registrationId, draft.way);
	return (await registrationOf(transaction, event, registrationId))!;
}

export function usableDraft(draft: RegistrationDraft): RegistrationDraft {
	const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
	if (draft.email !== null && !/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(draft.email)) throw refusal('mail-unusable');
	if (draft.languages.some((tag) => languageTag(tag) !== tag)) throw refusal('unknown-language', { tag: '' });
	return {
		...draft,
		name: usableText(oneLine(draft.name), { max: limits.name, what: 'name' }),
		organisation: usableText(oneLine(draft.organisation), { max: limits.organisation, what: 'organisation', mayBeEmpty: true }),
		accessNeeds: usableText(draft.accessNeeds.trim(), { max: limits.accessNeeds, what: 'accessNeeds', mayBeEmpty: true })
	};
}

function refuseClosed(event: EventOfTopic, at: Date, { way }: RegistrationDraft, isInvited: boolean): void {
	const closed = closedBecause(event, at, isInvited);
	if (closed) throw refusal(closed);
	if (!waysOf(event).includes(way)) throw refusal('registration-closed');
}

/** Mails that a form writes to an address of somebody's within an hour: whoever lost theirs gets it again, nobody fills a mailbox. */
const mailsAnHour = 3;

async function mayBeToldAgain(transaction: Transaction, { topicId, email }: Registration): Promise<boolean> {
	const { rows } = await transaction.query<{ sent: number }>(
		`
			select count(*)::int as sent
			from mails
			where topic_id = $1 and lower(to_address) = lower($2) and kind = any ($3::text[]) and queued_at > $4::timestamptz - interval '1 hour'`,
		[topicId, email, (['placed', 'offer', 'waiting'] as const).map(mailKind), transaction.at]
	);
	return rows[0]!.sent < mailsAnHour;
}

function mailOf({ state }: Registration): 'placed' | 'offer' | 'waiting' {
	return state === 'offered' ? 'offer' : state === 'waiting' ? 'waiting' : 'placed';
}
