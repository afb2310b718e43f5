import { Worker } from 'node:worker_threads';
import { headOfPicture, isTooLarge } from './pictures.ts';

const seconds = 30;
const memory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 64 };

/**
 * What the square codes in a picture say, read in a thread of its own, which is ended when the time is over. Null where it is no picture
 * that can be read, or takes too long. For the jobs process: the web process decodes nothing that somebody sent.
 */
export async function codesInPicture(bytes: Uint8Array, patience = seconds * 1000): Promise<string[] | null> {
	const head = headOfPicture(bytes);
	if (!head || isTooLarge(head)) return null;
	const worker = new Worker(new URL('./reading-thread.server.ts', import.meta.url), {
		workerData: bytes,
		resourceLimits: memory
	});
	const { promise, resolve } = Promise.withResolvers<string[] | null>();
	const give = () => resolve(null);
	const clock = setTimeout(give, patience);
	worker.once('message', resolve);
	// a decoder that fails on what was sent: the picture is at fault, not the process
	worker.once('error', give);
	worker.once('exit', give);
	try {
		return await promise;
	} finally {
		clearTimeout(clock);
		await worker.terminate();
	}
}
