import { fork, type ChildProcess } from 'node:child_process';

export interface JobsProcess {
	stop(): Promise<void>;
}

/**
 * Keeps the jobs in a process of their own, so that heavy work never makes a page wait. Started again when it dies, after a pause that
 * grows; it ends by itself when our process does, however that comes about (the channel between them closes).
 *
 * @param entry path of the program that calls `endsWithParent` and runs the jobs
 */
export function keepJobsRunning(entry: string, log: (sentence: string) => void): JobsProcess {
	let child: ChildProcess | undefined;
	let stopping = false;
	let pause = shortest;
	let again: NodeJS.Timeout | undefined;

	const start = () => {
		const begun = performance.now();
		child = fork(entry, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
		child.once('exit', (code, signal) => {
			child = undefined;
			if (stopping) return;
			pause = performance.now() - begun > 60_000 ? shortest : Math.min(pause * 2, 30_000);
			log(`The jobs process ended (${signal ?? code}); it starts again in ${Math.round(pause / 1000)} s.`);
			again = setTimeout(start, pause);
		});
	};
	start();

	return {
		async stop() {
			stopping = true;
			clearTimeout(again);
			const ending = child;
			if (!ending) return;
			const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
			ending.kill('SIGTERM');
			const patience = setTimeout(() => ending.kill('SIGKILL'), 10_000);
			await ended;
			clearTimeout(patience);
		}
	};
}

const shortest = 500;

/** For the child: calls `end` once, when it is asked to stop or its parent is gone. */
export function endsWithParent(end: () => Promise<void>): void {
	let ending = false;
	const once = () => {
		if (ending) return;
		ending = true;
		void end().finally(() => process.exit());
	};
	for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(event, once);
}
