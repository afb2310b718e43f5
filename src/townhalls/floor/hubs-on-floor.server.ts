import type { Database, Queryable, Transaction } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { putDown, refuseClosed, takeFromQueue, type Asking } from '#townhalls/floor/asking.server.ts';
import { expectedOrder, type AskingKind } from '#townhalls/floor/floor.ts';
import { floorOf, namesCalled, waitingOn } from '#townhalls/floor/floors.server.ts';
import { inMeeting } from '#townhalls/meeting.server.ts';

type OfHub = OfEvent & { readonly hubId: string };

/** Who waits at one hub at once. */
const mostOfHub = 20;

/** Who coordinates a hub puts somebody there down. Whose link it is was asked before. */
export async function askForHub(
	database: Database | Transaction,
	{ hubId, ...of }: OfHub,
	asking: Pick<Asking, 'group' | 'kind' | 'name'> & { readonly isFirst: boolean; readonly requestId: string }
): Promise<void> {
	await inMeeting(database, of, async (transaction, event) => {
		const floor = await floorOf(transaction, of);
		refuseClosed(event, floor);
		// the same form sent twice
		if (floor.asked.some(({ requestId }) => requestId === asking.requestId)) return;
		if (waitingOn(floor).filter((one) => one.hubId === hubId).length >= mostOfHub) throw refusal('floor-full');
		await putDown(transaction, of, floor, { ...asking, channel: 'hub', hubId });
	});
}

/** Somebody at the hub waits no more. */
export async function withdrawForHub(
	database: Database | Transaction,
	{ hubId, ...of }: OfHub,
	requestId: string
): Promise<void> {
	await inMeeting(database, of, async (transaction) => {
		const floor = await floorOf(transaction, of);
		const asked = floor.asked.find((one) => one.requestId === requestId && one.hubId === hubId);
		if (!asked) throw refusal('not-found');
		await takeFromQueue(transaction, of, floor, asked.number, { byAsker: true, at: transaction.at });
	});
}

/** One of a hub who waits or speaks. */
export interface PlaceOfHub {
	readonly requestId: string;
	readonly name: string;
	readonly kind: AskingKind;
	/** how many are before them as things stand; null: they have the floor */
	readonly before: number | null;
}

export async function placesOfHub(queryable: Queryable, { hubId, ...of }: OfHub, now: Date): Promise<PlaceOfHub[]> {
	const floor = await floorOf(queryable, of);
	if (floor.state === 'over') return [];
	const names = await namesCalled(queryable, of);
	const order = expectedOrder(floor, now.getTime());
	const speaking = floor.turns.find(({ endedAt }) => endedAt === null)?.asked;
	return floor.asked
		.filter((one) => one.hubId === hubId && (one.number === speaking || order.includes(one.number)))
		.map(({ number, requestId, kind }) => ({
			...{ requestId, kind, name: names.get(number) ?? '' },
			before: number === speaking ? null : order.indexOf(number)
		}))
		.sort((one, other) => (one.before ?? -1) - (other.before ?? -1));
}
