import { confirmEvent, holdEvent, planEvent } from '#events/planning.server.ts';
import { cafe, feedback, townHall } from './events.ts';
import { loadCafe } from './loading-cafe.server.ts';
import { loader, type LoadedTalk, type Loading } from './loader.ts';
import { loadGuests, loadHubs } from './loading-guests.server.ts';
import { holdFloor, loadFloor } from './loading-floor.server.ts';
import { loadNotes } from './loading-notes.server.ts';
import { loadTownHall } from './loading-town-hall.server.ts';
import { askTownHall, recordTownHall } from './loading-record.server.ts';
import { databaseAt, moved, onTheDay } from './moving.ts';

/** The café of the launch, to which fifty registered and most came; the Town Hall with its hubs; and a meeting to come. */
export async function loadEvents(loading: Loading, talk: Pick<LoadedTalk, 'topicId' | 'by' | 'questionIds'>): Promise<void> {
	const { topicId, by } = talk;
	const { database } = loading;
	for (const event of [cafe, townHall, feedback]) {
		const { kind, starts, ends, ...planned } = event;
		const times = { startsAt: onTheDay(starts, event, by), endsAt: onTheDay(ends, event, by) };
		const prepared = databaseAt(database, moved('2013-10-01T11:00:00+02:00', by));
		const { eventId } = await planEvent(prepared, { topicId, kind, ...planned, ...times }, loader);
		await confirmEvent(prepared, topicId, eventId, loader);
		if (event === cafe) {
			await loadGuests(loading, talk, eventId, times.startsAt);
			await loadCafe(loading, talk, { eventId, startsAt: times.startsAt });
			await loadNotes(loading, talk, { eventId, endsAt: times.endsAt });
		}
		if (event === townHall) {
			await loadHubs(prepared, topicId, eventId);
			await loadFloor(prepared, { topicId, eventId });
			await loadTownHall(loading, { topicId, by }, eventId);
		}
		const after = new Date(+times.endsAt + 3_600_000);
		if (+after > Date.now() + database.clockShift) continue;
		if (event === townHall) {
			await holdFloor(database, { topicId, eventId }, times.startsAt);
			await askTownHall(loading, { topicId, eventId }, times.startsAt);
		}
		await holdEvent(databaseAt(database, after), topicId, eventId, loader);
		if (event === townHall) await recordTownHall(loading, { topicId, eventId }, times.endsAt);
	}
}
