import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { figure, rounded, type Figure } from '../talk/figures.ts';

const isShort = process.argv.includes('--short');
const many = isShort ? 1_000 : 10_000;
const seconds = isShort ? 3 : 10;

interface Cost {
	/** µs of CPU of the telling process for each delivery */
	readonly each: number;
	/** KiB of the telling process for each listener: all that the system gave it, and of that what is in use on the heap and beside it */
	readonly memory: number;
	readonly heap: number;
	readonly external: number;
	readonly perSecond: number;
	/** listeners who did not hear each number exactly once and in its order */
	readonly wrong: number;
}

/** Ten thousand listeners in a process, ten events a second offered, against a bare server of Node that writes one shared buffer. */
export async function listening(): Promise<Figure[]> {
	const [bare, ours] = [await cost('bare', 1), await cost('ours', 1)];
	const two = await cost('ours', 2);
	const details = { bareEach: rounded(bare.each), deliveriesASecond: rounded(ours.perSecond), listeners: many };
	return [
		figure(
			{ bench: 'live-cpu', value: ours.each / bare.each, unit: '× bare CPU a delivery', baseline: 1, must: '≤ 1.3' },
			details
		),
		figure(
			{ bench: 'live-memory', value: ours.memory, unit: 'KiB a listener', baseline: bare.memory, must: '≤ 20' },
			{ ...details, heap: rounded(ours.heap), external: rounded(ours.external), overTwoProcesses: rounded(two.memory) }
		),
		figure(
			{ bench: 'live-merged', value: ours.perSecond / many, unit: 'deliveries a second each', must: '≤ 4', baseline: null },
			details
		),
		figure(
			{
				bench: 'live-lossless',
				value: ours.wrong + two.wrong,
				unit: 'listeners who missed a number, heard it twice or out of order',
				must: '0',
				baseline: null
			},
			{ listeners: many, overTwoProcesses: 2 * many }
		),
		figure(
			{
				bench: 'live-two',
				value: two.each / bare.each,
				unit: '× bare CPU a delivery, two processes',
				baseline: 1,
				must: '≤ 1.3'
			},
			{ listeners: 2 * many }
		)
	];
}

async function cost(kind: 'ours' | 'bare', processes: number): Promise<Cost> {
	const telling = Array.from({ length: processes }, () => start('listening-process.ts', [kind]));
	const heard: ChildProcess[] = [];
	try {
		const ports = await Promise.all(telling.map(async (one) => (await said<{ port: number }>(one)).port));
		const before = await Promise.all(telling.map((one) => ask<Memory>(one, 'memory')));
		for (const port of ports) heard.push(start('listeners-process.ts', [String(port), String(many)]));
		await Promise.all(heard.map((one) => said(one)));
		await pauseFor(1000);
		const after = await Promise.all(telling.map((one) => ask<Memory>(one, 'memory')));
		const began = await Promise.all(telling.map((one) => ask<Spent>(one, 'begin')));
		await pauseFor(seconds * 1000);
		const ended = await Promise.all(telling.map((one) => ask<Spent & { offered: number }>(one, 'end')));
		await pauseFor(1500);
		const told = await Promise.all(heard.map((one, at) => ask<Heard>(one, { offered: ended[at]!.offered })));
		const deliveries = told.reduce((sum, one) => sum + one.deliveries, 0);
		const cpu = ended.reduce((sum, one, at) => sum + spent(one) - spent(began[at]!), 0);
		const wrong = kind === 'bare' ? 0 : told.reduce((sum, one) => sum + one.wrong, 0);
		const grown = (of: keyof Memory) =>
			after.reduce((sum, one, at) => sum + one[of] - before[at]![of], 0) / 1024 / (many * processes);
		const memory = { memory: grown('rss'), heap: grown('heapUsed'), external: grown('external') };
		return { each: cpu / deliveries, ...memory, perSecond: deliveries / seconds, wrong };
	} finally {
		for (const one of [...telling, ...heard]) one.kill();
	}
}

interface Spent {
	readonly cpu: NodeJS.CpuUsage;
}
interface Heard {
	readonly deliveries: number;
	readonly wrong: number;
}
interface Memory {
	/** bytes */
	readonly rss: number;
	readonly heapUsed: number;
	readonly external: number;
}

const spent = ({ cpu }: Spent) => cpu.user + cpu.system;

function start(name: string, words: readonly string[]): ChildProcess {
	return fork(fileURLToPath(new URL(name, import.meta.url)), [...words], { execArgv: ['--conditions=source', '--expose-gc'] });
}

async function ask<Answer>(child: ChildProcess, what: string | { offered: number }): Promise<Answer> {
	const answer = said<Answer>(child);
	child.send(what);
	return answer;
}

async function said<Answer>(child: ChildProcess): Promise<Answer> {
	const [answer] = (await once(child, 'message')) as [Answer];
	return answer;
}
