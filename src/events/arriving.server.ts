import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import type { Doorkeeper } from '#events/door.server.ts';
import type { Surroundings } from '#events/mailing.server.ts';
import { lockedEvent } from '#events/places.server.ts';
import { usableDraft, write } from '#events/registering.server.ts';
import { registrationOf, registrationsOf } from '#events/registrations.server.ts';
import { showsGroups, type EventOfTopic } from '#events/event.ts';
import type { RegistrationState } from '#events/registration.ts';
import { isRefusal, refusal, type Refusal } from '#refusals/refusal.ts';

/** Somebody came, as a phone at the door noted it. */
export interface CheckIn {
	/** made on the phone: sent again, it is the same */
	readonly id: string;
	/** milliseconds between the check-in and its sending, by the phone: its clock may be wrong, its intervals are not */
	readonly age: number;
	readonly who:
		| { readonly registrationId: string; readonly how: 'badge' | 'name' }
		| { readonly name: string; readonly group: string | null; readonly region: string | null };
}

/** What became of a check-in; why it was refused is for whoever stands at the door. */
export type CheckedIn = { readonly id: string } & (
	{ readonly state: 'accepted' } | { readonly state: 'refused'; readonly reason: Refusal }
);

/** The longest that a phone waits for a net: what is older came before the doors opened. */
const longest = 48 * 3_600_000;

/** Takes what a phone noted, in its order: each once, whatever is sent again; one that is refused holds up none behind it. */
export async function checkIn(
	database: Database,
	door: Doorkeeper,
	checkIns: readonly CheckIn[],
	surroundings: Surroundings
): Promise<CheckedIn[]> {
	const done: CheckedIn[] = [];
	for (const one of checkIns) {
		try {
			const refused = await inTransaction(database, async (transaction): Promise<Refusal | null> => {
				const event = await lockedEvent(transaction, door);
				if (await isKnown(transaction, door, one.id)) return null;
				const arrivedAt = new Date(transaction.at.getTime() - Math.min(Math.max(one.age, 0), longest));
				if ('registrationId' in one.who) return arrive(transaction, door, { ...one, who: one.who }, arrivedAt);
				await walkIn(transaction, event, door, { ...one, who: one.who }, arrivedAt, surroundings);
				return null;
			});
			done.push(refused ? { id: one.id, state: 'refused', reason: refused } : { id: one.id, state: 'accepted' });
		} catch (error) {
			if (!isRefusal(error)) throw error;
			done.push({ id: one.id, state: 'refused', reason: error });
		}
	}
	return done;
}

/** One who can be checked in: what a phone at the door keeps, and no more. */
export interface Expected {
	readonly registrationId: string;
	readonly name: string;
	readonly organisation: string | null;
	readonly group: string | null;
	readonly state: RegistrationState;
	readonly arrivedAt: Date | null;
	readonly hasCome: boolean;
}

/** Everybody who may come through the door, by name. Who gave their place back is not among them. */
export async function expectedAt(database: Database, event: EventOfTopic): Promise<Expected[]> {
	const registrations = await registrationsOf(database, event);
	return registrations
		.filter(({ state, way, name }) => state !== 'ended' && way === 'room' && name !== null)
		.map(({ registrationId, name, organisation, group, state, arrivedAt, hasCome }) => ({
			...{ registrationId, name: name!, organisation, state, arrivedAt, hasCome },
			group: showsGroups(event) ? group : null
		}))
		.sort((one, other) => one.name.localeCompare(other.name));
}

/** @returns why it was refused, where something is to be kept of it all the same */
async function arrive(
	transaction: Transaction,
	door: Doorkeeper,
	{ id, who }: { id: string; who: { registrationId: string; how: 'badge' | 'name' } },
	arrivedAt: Date
): Promise<Refusal | null> {
	const registration = await registrationOf(transaction, door, who.registrationId);
	if (!registration) throw refusal('no-such-badge');
	if (registration.hasCome) {
		await earlier(transaction, door, who.registrationId, arrivedAt);
		const first = registration.arrivedAt ?? arrivedAt;
		return refusal('checked-in-before', { at: (arrivedAt < first ? arrivedAt : first).toISOString() });
	}
	if (registration.state === 'ended') throw refusal('gave-back');
	await insert(transaction, door, { registrationId: who.registrationId, id, how: who.how }, arrivedAt);
	return null;
}

/** Who was not registered and comes is let in: beyond the places too, which a door sees better than a table. */
async function walkIn(
	transaction: Transaction,
	event: EventOfTopic,
	door: Doorkeeper,
	{ id, who }: { id: string; who: { name: string; group: string | null; region: string | null } },
	arrivedAt: Date,
	surroundings: Surroundings
): Promise<void> {
	const nothing = { organisation: '', accessNeeds: '', languages: [], isListed: false, language: 'en', email: null };
	const draft = usableDraft({ way: 'room', ...who, ...nothing });
	const { registrationId } = await write(transaction, event, draft, { by: door.by, surroundings });
	await insert(transaction, door, { registrationId, id, how: 'walk-in' }, arrivedAt);
}

async function insert(
	transaction: Transaction,
	{ topicId, eventId, by }: Doorkeeper,
	{ registrationId, id, how }: { registrationId: string; id: string; how: 'badge' | 'name' | 'walk-in' },
	arrivedAt: Date
): Promise<void> {
	await transaction.query(
		`
			insert into arrivals (topic_id, event_id, registration_id, arrived_at, noted_at, noted_by, how, check_in_id)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		[topicId, eventId, registrationId, arrivedAt, transaction.at, by, how, id]
	);
}

/** Two phones at two doors, one without a net: the earlier of both is when they came. */
async function earlier(
	transaction: Transaction,
	{ topicId, eventId }: Doorkeeper,
	registrationId: string,
	arrivedAt: Date
): Promise<void> {
	await transaction.query(
		`
			update arrivals set arrived_at = $4
			where topic_id = $1 and event_id = $2 and registration_id = $3 and arrived_at > $4`,
		[topicId, eventId, registrationId, arrivedAt]
	);
}

async function isKnown(transaction: Transaction, { topicId, eventId }: Doorkeeper, id: string): Promise<boolean> {
	const { rowCount } = await transaction.query(
		`select from arrivals where topic_id = $1 and event_id = $2 and check_in_id = $3`,
		[topicId, eventId, id]
	);
	return rowCount > 0;
}
