import { drawFromNotes } from '#cafes/harvest/drawing.server.ts';
import { layTogether } from '#cafes/harvest/grouping.server.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { closeTable } from '#cafes/notes/closing.server.ts';
import { giveFeedback } from '#cafes/notes/feedback.server.ts';
import { placeOf, type Card } from '#cafes/notes/note.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { uuidv4 } from '#database/ids.ts';
import type { LoadedTalk, Loading } from './loader.ts';
import { rapporteurOf } from './loading-submissions.server.ts';
import { databaseAt, moved } from './moving.ts';
import { feedback, piles, type ExampleNote } from './notes.ts';

/** What the tables wrote, taken in when they were closed; some days later rapporteurs laid it together and drew ideas from it. */
export async function loadNotes(
	{ database }: Pick<Loading, 'database'>,
	{ topicId, by, questionIds }: Pick<LoadedTalk, 'topicId' | 'by' | 'questionIds'>,
	{ eventId, endsAt }: { eventId: string; endsAt: Date }
): Promise<void> {
	const evening = databaseAt(database, new Date(+endsAt - 5 * 60_000));
	const notes = piles.flatMap((pile) => pile.notes);
	for (const [tableNumber, written] of Map.groupBy(notes, ({ table }) => table)) {
		const table = { topicId, eventId, tableNumber };
		await takeCards(
			evening,
			table,
			written.map((one, place) => cardOf(table, one, place + 1))
		);
		await closeTable(evening, table);
	}
	for (const said of feedback) await giveFeedback(evening, { topicId, eventId }, { id: uuidv4(), ...said, language: 'en' });
	const later = databaseAt(database, moved('2013-10-11T15:00:00+02:00', by));
	const wall = await wallOf(later, topicId, eventId);
	const questions = Object.values(questionIds);
	const rapporteur = await rapporteurOf(database, topicId);
	for (const pile of piles) {
		const ids = pile.notes.map(({ text }) => wall.find((one) => one.text === text)!.noteId);
		if (ids.length > 1) await layTogether(later, { topicId, eventId, notes: ids }, rapporteur);
		if (pile.point === null) continue;
		const idea = { point: pile.point, explanation: '', questionId: questions[pile.notes[0]!.round - 1]!, requestKey: uuidv4() };
		await drawFromNotes(later, { topicId, eventId, notes: ids, ...idea }, rapporteur);
	}
}

function cardOf(
	table: { eventId: string; tableNumber: number },
	{ round, text, language, marker, group }: ExampleNote,
	place: number
): Card {
	return {
		...{ id: uuidv4(), table: placeOf(table), round, place, phone: '00000000-0000-4000-8000-000000000001' },
		...{ marker, language, text, revises: null, group, name: null, isRehearsal: false }
	};
}
