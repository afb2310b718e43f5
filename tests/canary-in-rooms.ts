// For the test of erasure: what a person asks in a room, and writes at a table.
import assert from 'node:assert/strict';
import { aCafe } from '#cafes/examples.server.ts';
import { drawFromNotes } from '#cafes/harvest/drawing.server.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { closeTables } from '#cafes/notes/closing.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { anEvent } from '#events/examples.server.ts';
import { askQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';
import { canary, database, keys, moderator, name, person, rapporteur, said, topicId } from './canary.ts';

/** Two questions from the floor under their name: one that everybody reads, and one that nobody let through. */
export async function asksInARoom(): Promise<void> {
	const { eventId } = await anEvent(database, { topicId, kind: 'town-hall' });
	for (const state of ['approved', 'refused'] as const) {
		const questionId = uuidv4();
		const asked = { questionId, text: said(`asks, ${state}`), language: 'en', name: `${name} ${canary}` };
		await askQuestion(database, keys, { topicId, eventId }, asked, person);
		await decideQuestion(database, { topicId, eventId, questionId }, { state, words: 'So it was decided' }, moderator);
	}
}

/** A note under their name, and an idea that a rapporteur draws from it in its own words. */
export async function writesAtATable(): Promise<void> {
	const { eventId } = await anEvent(database, { topicId, attribution: 'named' });
	const of = { topicId, eventId };
	await aCafe(database, { event: of });
	const table = { ...of, tableNumber: 1 };
	const [answer] = await takeCards(database, table, [
		aCard(table, { text: said('writes at a table'), name: `${name} ${canary}` })
	]);
	assert.equal(answer!.refused, null);
	await closeTables(database, of, { kind: 'job', name: 'test' });
	const [note] = await wallOf(database, topicId, eventId);
	const idea = { point: said('writes at a table'), explanation: '', questionId: null, requestKey: null };
	await drawFromNotes(database, { ...of, notes: [note!.noteId], ...idea }, rapporteur);
}
