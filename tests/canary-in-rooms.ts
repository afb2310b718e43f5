// For the test of erasure: what a person asks in a room.
import { uuidv4 } from '#database/ids.ts';
import { anEvent } from '#events/examples.server.ts';
import { askQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';
import { canary, database, keys, moderator, name, person, said, topicId } from './canary.ts';

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
