import type { Database } from '#database/connection.server.ts';
import { endFloorsLeft } from '#townhalls/floor/keeping.server.ts';
import { closeQuestionsLeft, forgetUnseenQuestions } from '#townhalls/questions/forgetting.server.ts';

/** What the clock does to town halls: promises are kept also where nobody clicks. */
export async function lookAfterTownHalls(database: Database): Promise<void> {
	await endFloorsLeft(database);
	await closeQuestionsLeft(database);
	await forgetUnseenQuestions(database);
}
