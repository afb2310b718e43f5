import { Worker } from 'node:worker_threads';

/** What a thread tells: how much is done, 0 to 1, now and then; its answer, once. */
export type Told<Answer> = { readonly share: number } | { readonly answer: Answer };

export interface ThreadWishes {
	/** of the heap; typed arrays lie outside it */
	readonly megabytes: number;
	/** told how much is done; throws where somebody asked to stop */
	readonly progress?: ((share: number) => Promise<void> | void) | undefined;
	readonly ending?: AbortSignal | undefined;
}

/**
 * Does one piece of work in a thread of its own, so that other jobs go on meanwhile; its memory is given back when it ends.
 * @param file the program of the thread, which finds the work in `workerData` and tells `Told<Answer>`
 * @throws what `progress` throws, with the thread ended
 */
export async function inThread<Answer>(
	file: URL,
	work: unknown,
	{ megabytes, progress = () => {}, ending }: ThreadWishes
): Promise<Answer> {
	const worker = new Worker(file, { workerData: work, resourceLimits: { maxOldGenerationSizeMb: megabytes } });
	const { promise, resolve, reject } = Promise.withResolvers<Answer>();
	const stop = () => reject(new Error('the process ends; the work begins anew after it'));
	const tellOn = async (share: number) => progress(share);
	ending?.addEventListener('abort', stop, { once: true });
	if (ending?.aborted) stop();
	worker.on('message', (message: Told<Answer>) => {
		if ('answer' in message) resolve(message.answer);
		else tellOn(message.share).catch(reject);
	});
	worker.once('error', reject);
	worker.once('exit', (code) => reject(new Error(`the thread ended with ${code} and without an answer`)));
	try {
		return await promise;
	} finally {
		ending?.removeEventListener('abort', stop);
		await worker.terminate();
	}
}
