import { Worker } from 'node:worker_threads';
import type { MailToParse, ParsedMail } from './parsing.ts';

const seconds = 60;
const memory = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 };
/** A thread that had nothing to do for so long is let go. */
const idle = 5000;

/**
 * Reads a mail in a thread that serves one after the other, and that is ended, and made anew for the next, when a mail takes too long or
 * too much memory. null: this one did.
 */
export function parseInThread(mail: MailToParse, patience = seconds * 1000): Promise<ParsedMail | null> {
	const asked = queue.then(() => parsed(mail, patience));
	queue = asked.catch(() => null);
	return asked;
}

let queue: Promise<unknown> = Promise.resolve();
let kept: { readonly worker: Worker; rest: NodeJS.Timeout | undefined } | undefined;

async function parsed(mail: MailToParse, patience: number): Promise<ParsedMail | null> {
	kept ??= {
		worker: new Worker(new URL('./parsing-thread.server.ts', import.meta.url), { resourceLimits: memory }),
		rest: undefined
	};
	const { worker } = kept;
	clearTimeout(kept.rest);
	worker.ref();
	const { promise, resolve } = Promise.withResolvers<ParsedMail | null>();
	const give = () => resolve(null);
	const clock = setTimeout(give, patience);
	worker.once('message', resolve);
	// out of memory, or a parser that throws where nothing can catch it: the mail is at fault, not the process
	worker.once('error', give);
	worker.once('exit', give);
	worker.postMessage(mail);
	const answer = await promise;
	clearTimeout(clock);
	for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
	if (answer === null) {
		kept = undefined;
		worker.once('error', () => {});
		await worker.terminate();
	} else {
		worker.unref();
		kept.rest = setTimeout(() => {
			kept = undefined;
			void worker.terminate();
		}, idle).unref();
	}
	return answer;
}
