// For the test of what stays text: what is said of people and by them in a town hall, and the pages that show it.
import { randomUUID } from 'node:crypto';
import { anEvent } from '#events/examples.server.ts';
import { aVisitor } from '#ideas/examples.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { addItem } from '#townhalls/agenda.server.ts';
import { askForAnother } from '#townhalls/floor/asking.server.ts';
import { doChairsActs, takeChair } from '#townhalls/floor/chairing.server.ts';
import { floorOf } from '#townhalls/floor/floors.server.ts';
import { turnFloor } from '#townhalls/floor/keeping.server.ts';
import { stateForRecord } from '#townhalls/floor/stating.server.ts';
import { database, some, talk, topicId } from './hostile-ways-in.ts';
import type { StaffRole } from './world.ts';

const few = some(12).map((text) => [...text].slice(0, 200).join(''));

/** The agenda, the floor and the record of two town halls, one of them under the Chatham House rule. */
export async function enterInTownHalls(): Promise<{ path: string; as?: StaffRole }[]> {
	const pages: { path: string; as?: StaffRole }[] = [];
	for (const attribution of ['named', 'chatham'] as const) {
		const event = await anEvent(database, { topicId, kind: 'town-hall', attribution });
		await turnFloor(database, event, 'open', aSecretary);
		const chair = await takeChair(database, event, { deviceId: randomUUID(), over: 0 }, aSecretary);
		for (const text of few) {
			const words = { minutes: 5, speakers: text, documents: [], texts: { title: { en: text } } };
			await addItem(database, event, words, aSecretary);
			const asking = { channel: 'remote', group: null, kind: 'speak', isFirst: true, name: text } as const;
			await askForAnother(database, event, { ...asking, requestId: randomUUID() }, aSecretary);
			await stateForRecord(
				database,
				event,
				{ statementId: randomUUID(), text, language: 'en', group: null, name: text },
				aVisitor('a phone')
			);
		}
		const { asked } = await floorOf(database, event);
		const [proposed, ...others] = asked.map(({ requestId }) => requestId);
		const acts = few.slice(0, 4).map((reason, at) => ({
			...{ actId: randomUUID(), ago: 0 },
			deed: { does: 'give', requestId: others[at]!, proposed: proposed!, reason } as const
		}));
		await doChairsActs(database, event, { chair, acts }, aSecretary);
		const path = `${talk}/events/${event.number}`;
		pages.push(
			...[{ path: `${path}/floor` }, { path: `${path}/phone` }],
			...(['agenda', 'floor', 'remote'] as const).map((page) => ({ path: `/desk${path}/${page}`, as: 'moderator' as const })),
			{ path: `/desk${path}/record`, as: 'rapporteur' }
		);
	}
	return pages;
}
