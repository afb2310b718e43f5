import { readFileSync } from 'node:fs';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { figure, median, rounded, type Figure } from '../talk/figures.ts';
import type { OpinionLoad, OpinionLoadResult } from '../talk/load-opinions.ts';
import { aTopicWithPeople } from '../talk/people.ts';
import { inProcess, openGround, ship } from '../talk/shipped.ts';
import type { ListenerLoad, ListenerLoadResult } from './load-listeners.ts';

const people = 5_000;
const ideas = 1_000;
const listeners = 1_000;
const isShort = process.argv.includes('--short');
const rounds = isShort ? 1 : 3;
const milliseconds = isShort ? 3_000 : 5_000;
/** until all listen, and after the last opinion */
const around = 5_000;

/** Opinions a second while a thousand listen, against the same without anybody who listens, in turns. */
export async function live(): Promise<Figure[]> {
	const ground = await openGround();
	try {
		const { slug, tokens } = await aTopicWithPeople(ground, { people, ideas });
		const shipped = await ship(ground);
		try {
			const load: OpinionLoad = { port: shipped.port, slug, ideas, tokens, connections: 64, milliseconds };
			const give = () => inProcess<OpinionLoadResult>('load-opinions.ts', load);
			await inProcess('load-opinions.ts', { ...load, milliseconds: 2_000 });
			const [alone, listenedTo]: [OpinionLoadResult[], OpinionLoadResult[]] = [[], []];
			const heard: ListenerLoadResult[] = [];
			const memory: number[] = [];
			for (let round = 0; round < rounds; round++) {
				const before = memoryOf(shipped.pid);
				alone.push(await give());
				const listening: ListenerLoad = { port: shipped.port, slug, listeners, milliseconds: milliseconds + 2 * around };
				const listened = inProcess<ListenerLoadResult>('../agreement/load-listeners.ts', listening);
				await pauseFor(around);
				listenedTo.push(await give());
				memory.push((memoryOf(shipped.pid) - before) / listeners);
				heard.push(await listened);
			}
			const baseline = median(alone.map(({ perSecond }) => perSecond));
			const perSecond = median(listenedTo.map((one) => one.perSecond));
			return [
				figure(
					{
						bench: 'live',
						value: perSecond / baseline,
						unit: 'opinions a second with 1,000 listeners / without',
						baseline,
						must: '≥ 0'
					},
					{
						perSecond: rounded(perSecond),
						p99: median(listenedTo.map(({ p99 }) => p99)),
						p99Alone: median(alone.map(({ p99 }) => p99)),
						hearing: heard.map(({ hearing }) => hearing),
						toldEach: rounded(median(heard.map((one) => one.heard / one.hearing))),
						bytesEach: rounded(median(heard.map((one) => one.bytes / one.heard))),
						grownKiBAListener: rounded(median(memory))
					}
				)
			];
		} finally {
			await shipped.stop();
		}
	} finally {
		await ground.close();
	}
}

/** KiB */
function memoryOf(pid: number): number {
	return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
