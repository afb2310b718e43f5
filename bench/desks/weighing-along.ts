import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from '#database/project.server.ts';
import { rounded } from '../talk/figures.ts';
import type { WeightAt } from './weight.ts';

export interface Weighed {
	/** from the smallest part of the work to the last */
	readonly weights: readonly WeightAt[];
	/** the last line that it said */
	readonly said: string;
	readonly minutes: number;
}

/**
 * Runs a verb of the command line that tells "n of m", and weighs its process some forty times along its work, each time after what nobody needs
 * has been thrown away: what is left then is kept by somebody.
 */
export async function weighedAlong(words: readonly string[], data: string, howMany: number): Promise<Weighed> {
	const child = spawn(
		process.execPath,
		[
			...[...process.execArgv, '--expose-gc', '--import', join(import.meta.dirname, 'weighed.ts')],
			...[join(projectFolder, 'src/cli/open-talks.ts'), ...words]
		],
		{
			cwd: projectFolder,
			env: { ...process.env, OPEN_TALKS_DATA: data },
			stdio: ['ignore', 'pipe', 'pipe', 'ipc']
		}
	);
	const begun = performance.now();
	const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
	const weights: WeightAt[] = [];
	child.on('message', (weight) => weights.push(weight as WeightAt));
	const step = Math.max(1, Math.floor(howMany / 40));
	let [asked, told, said] = [0, '', ''];
	child.stderr!.setEncoding('utf8').on('data', (text: string) => {
		told = (told + text).slice(-2_000);
		const done = Number([...told.matchAll(/^(\d+) of \d+$/gm)].at(-1)?.[1] ?? 0);
		// the last one is not asked: it may have ended
		if (done < asked + step || done >= howMany) return;
		asked = done;
		child.send({ done }, () => undefined);
	});
	for await (const chunk of child.stdout!.setEncoding('utf8')) said += String(chunk);
	const status = await ended;
	if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${told}`);
	return { weights, said: said.trim().split('\n').at(-1) ?? '', minutes: (performance.now() - begun) / 60_000 };
}

/** Least squares over the second half of the work, in MiB a thousand. */
export function slopeOfSecondHalf(weights: readonly WeightAt[], howMany: number, what: 'resident' | 'alive'): number {
	const points = weights.filter(({ done }) => done >= howMany / 2);
	const x = points.reduce((sum, { done }) => sum + done, 0) / points.length;
	const y = points.reduce((sum, point) => sum + point[what], 0) / points.length;
	const over = points.reduce((sum, point) => sum + (point.done - x) * (point[what] - y), 0);
	return (over / points.reduce((sum, { done }) => sum + (done - x) ** 2, 0)) * 1000;
}

/** For a reader of the figure: at the beginning, half way and at the end. */
export function startHalfEnd(weights: readonly WeightAt[], howMany: number) {
	const half = weights.find(({ done }) => done >= howMany / 2);
	const shown = (weight: WeightAt | undefined) => weight && { resident: rounded(weight.resident), alive: rounded(weight.alive) };
	return { start: shown(weights[0]), half: shown(half), end: shown(weights.at(-1)) };
}
