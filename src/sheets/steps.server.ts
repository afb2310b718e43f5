import type { Queryable, Transaction } from '#database/connection.server.ts';
import { addJob, progressOf, type JobProgress } from '#jobs/jobs.server.ts';

/** A sheet is looked at first; brought in when a person who has seen what was found says so. */
export type Step = 'preview' | 'import';

interface OneSheet {
	readonly topicId: string;
	readonly sheetId: string;
}

export async function askForPreview(transaction: Transaction, { topicId, sheetId }: OneSheet): Promise<void> {
	await addJob(transaction, 'sheets.preview', { topicId, sheetId }, { jobKey: keyOf('preview', sheetId), watched: true });
}

export async function askForImport(transaction: Transaction, { topicId, sheetId }: OneSheet): Promise<void> {
	await addJob(transaction, 'sheets.bring-in', { topicId, sheetId }, { jobKey: keyOf('import', sheetId), watched: true });
}

/** How far the step is that waits or runs. */
export async function underWay(queryable: Queryable, { topicId, sheetId }: OneSheet): Promise<JobProgress | null> {
	for (const step of ['import', 'preview'] as const) {
		const progress = await progressOf(queryable, topicId, keyOf(step, sheetId));
		if (progress?.state === 'waiting' || progress?.state === 'running') return progress;
	}
	return null;
}

const keyOf = (step: Step, sheetId: string) => `${step} sheet ${sheetId}`;
