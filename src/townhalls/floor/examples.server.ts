import { randomUUID } from 'node:crypto';
import type { Actor } from '#activity/actor.ts';
import type { Database } from '#database/connection.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { aSecretary } from '#topics/examples.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { askForFloor } from '#townhalls/floor/asking.server.ts';
import { doChairsActs, takeChair, type Deed } from '#townhalls/floor/chairing.server.ts';
import { floorOf } from '#townhalls/floor/floors.server.ts';
import { turnFloor } from '#townhalls/floor/keeping.server.ts';

export const visitor = (visitorId: string): Actor => ({ kind: 'visitor', visitorId });
export const asking = { channel: 'room', group: null, kind: 'speak', name: '' } as const;

/** A town hall with an open floor, and somebody in the chair. */
export async function aFloor(database: Database, keys: TopicKeys, attribution: Attribution = 'named') {
	const event = await anEvent(database, { kind: 'town-hall', attribution });
	await turnFloor(database, event, 'open', aSecretary);
	const deviceId = randomUUID();
	const chair = await takeChair(database, event, { deviceId, over: 0 }, aSecretary);
	const act = async (deed: Deed, ago = 0, actId = randomUUID()) => {
		const [outcome] = await doChairsActs(database, event, { chair, acts: [{ actId, ago, deed }] }, aSecretary);
		return outcome!.outcome;
	};
	const ask = async (who: string, wishes: Partial<Parameters<typeof askForFloor>[3]> = {}) =>
		askForFloor(database, keys, event, { ...asking, ...wishes }, visitor(who));
	const idOf = async (number: number) => (await floorOf(database, event)).asked[number - 1]!.requestId;
	const give = async (number: number, proposed = number, reason = '', ago = 0) =>
		act({ does: 'give', requestId: await idOf(number), proposed: await idOf(proposed), reason }, ago);
	return { event, chair, deviceId, act, ask, give, idOf };
}
