import { parentPort, workerData } from 'node:worker_threads';
import { isRefusal } from '#refusals/refusal.ts';
import type { Answer } from './extraction.server.ts';
import { readFileText } from './reading-files.server.ts';

// the thread that extraction.server.ts starts: one file, one answer
async function answer(): Promise<Answer> {
	try {
		return { extraction: await readFileText(workerData as Uint8Array) };
	} catch (error) {
		if (isRefusal(error)) return { refused: error.code, values: error.values };
		throw error;
	}
}

parentPort?.postMessage(await answer());
