import { cpus } from 'node:os';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { Postponed, type Task } from '#jobs/running.server.ts';

export interface CalmWishes {
	readonly isBusy?: () => Promise<boolean>;
	/** how long until the next look (ms) */
	readonly again?: number;
	/** a machine that never rests gives way after this (ms) */
	readonly atMost?: number;
}

/**
 * For a long computation that nobody waits for: it begins when the machine has a processor to spare, so that a hall of people who all take part
 * at once is answered first.
 */
export function whenCalm(task: Task, { isBusy = isMachineBusy, again = 10_000, atMost = 5 * 60_000 }: CalmWishes = {}): Task {
	return async (job) => {
		const { waitingSince } = job.payload;
		const began = typeof waitingSince === 'number' ? waitingSince : Date.now();
		if (Date.now() - began < atMost && (await isBusy())) throw new Postponed(again, { waitingSince: began });
		await task(job);
	};
}

/** All who ask within so long (ms) share one look: however many computations wait, other jobs find their place. */
export function sharedFor(ms: number, look: () => Promise<boolean>): () => Promise<boolean> {
	let last: { readonly at: number; readonly answer: Promise<boolean> } | null = null;
	return () => {
		if (last === null || performance.now() - last.at >= ms) last = { at: performance.now(), answer: look() };
		return last.answer;
	};
}

/** Whether in a second less than one processor was free, or half of the only one. */
const isMachineBusy = sharedFor(5_000, async () => {
	const [before, at] = [idle(), performance.now()];
	await pauseFor(1000);
	const free = (idle() - before) / (performance.now() - at);
	return free < 0.8 * Math.min(1, cpus().length / 2);
});

/** of all processors together (ms) */
function idle(): number {
	return cpus().reduce((sum, { times }) => sum + times.idle, 0);
}
