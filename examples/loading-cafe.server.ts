import { appointHost } from '#cafes/hosts.server.ts';
import { beginRound, endRound } from '#cafes/leading.server.ts';
import { planCafe } from '#cafes/planning.server.ts';
import { hosts, minutesBefore, minutesBetween, minutesOfRound } from './cafe.ts';
import { loader, type LoadedTalk, type Loading } from './loader.ts';
import { databaseAt, moved } from './moving.ts';

/** Ten tables and three rounds, one for each question; they were held. */
export async function loadCafe(
	{ database }: Pick<Loading, 'database'>,
	{ topicId, by, questionIds }: Pick<LoadedTalk, 'topicId' | 'by' | 'questionIds'>,
	{ eventId, startsAt }: { eventId: string; startsAt: Date }
): Promise<void> {
	const prepared = databaseAt(database, moved('2013-10-02T09:00:00+02:00', by));
	const table = { label: '', seats: null, mode: 'room', link: null, languages: [] } as const;
	const questions = Object.values(questionIds);
	await planCafe(
		prepared,
		{
			...{ topicId, eventId, seen: 0 },
			tables: hosts.map(() => table),
			rounds: questions.map((questionId) => ({ questionId, minutes: minutesOfRound, breakMinutes: minutesBetween }))
		},
		loader
	);
	for (const [place, { name, language }] of hosts.entries()) {
		const host = { tableNumber: place + 1, name, language, email: null, timeZone: null, registrationId: null };
		await appointHost(prepared, { topicId, eventId, host }, loader);
	}
	for (let round = 0; round < questions.length; round++) {
		const begun = startsAt.getTime() + (minutesBefore + round * (minutesOfRound + minutesBetween)) * 60_000;
		const ended = begun + minutesOfRound * 60_000;
		if (ended > Date.now() + database.clockShift) break;
		await beginRound(databaseAt(database, new Date(begun)), { topicId, eventId, roundNumber: round + 1 }, loader);
		await endRound(databaseAt(database, new Date(ended)), { topicId, eventId }, loader);
	}
}
