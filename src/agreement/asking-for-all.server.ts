import { askForGroups } from '#agreement/asking-for-groups.server.ts';
import { askForCells, lookAtEverything } from '#agreement/publishing.server.ts';
import type { Transaction } from '#database/connection.server.ts';

/** Asks for cells with their levels and for opinion groups, after opinions came in that were given long ago. */
export async function askForAllFigures(transaction: Transaction, topicId: string): Promise<void> {
	await lookAtEverything(transaction, topicId);
	await askForCells(transaction, topicId);
	await askForGroups(transaction, topicId);
}
