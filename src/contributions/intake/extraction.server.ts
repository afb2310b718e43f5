import { Worker } from 'node:worker_threads';
import type { RefusalCode } from '#refusals/refusals.ts';
import { refusal } from '#refusals/refusal.ts';
import type { Extraction } from './reading-files.server.ts';

/** What a thread that reads one file answers. */
export type Answer =
	| { readonly extraction: Extraction }
	| { readonly refused: RefusalCode; readonly values: Readonly<Record<string, string | number>> };

const defaultSeconds = 60;
const memory = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 };

/**
 * Reads the text of a file in a thread of its own, which is ended when the time is over or the memory is used up. For the jobs process
 * and the command line: the web process never reads a file that somebody sent.
 */
export async function extract(bytes: Uint8Array, seconds = defaultSeconds): Promise<Extraction> {
	const answer = await answerOfThread(bytes, seconds);
	if ('refused' in answer) throw refusal(answer.refused, answer.values);
	return answer.extraction;
}

async function answerOfThread(bytes: Uint8Array, seconds: number): Promise<Answer> {
	const worker = new Worker(new URL('./extraction-thread.server.ts', import.meta.url), {
		workerData: bytes,
		resourceLimits: memory
	});
	const { promise, resolve } = Promise.withResolvers<Answer>();
	const clock = setTimeout(() => resolve({ refused: 'file-takes-too-long', values: {} }), seconds * 1000);
	worker.once('message', (answer: Answer) => resolve(answer));
	// out of memory, or a reader that throws where nothing can catch it: the file is at fault, not the process
	worker.once('error', () => resolve({ refused: 'file-broken', values: {} }));
	worker.once('exit', () => resolve({ refused: 'file-broken', values: {} }));
	try {
		return await promise;
	} finally {
		clearTimeout(clock);
		await worker.terminate();
	}
}
