import { figure, rounded, type Figure } from './figures.ts';
import { aLargeTopic } from './large-topic.ts';
import type { OpinionLoad, OpinionLoadResult } from './load-opinions.ts';
import type { PageLoad, PageLoadResult } from './load-pages.ts';
import { inProcess, openGround, ship } from './shipped.ts';
import { settled as after, slope, weigh } from './weighing.ts';

/** Ten minutes (`--long`: an hour) of readers, searchers and people who give opinions; the web process is weighed every five seconds. */
export async function memory(): Promise<Figure[]> {
	const minutes = process.argv.includes('--long') ? 60 : 10;
	const ground = await openGround();
	try {
		const { slug, discussed } = await aLargeTopic(ground.database, {
			ideas: 20_000,
			people: 5_000,
			opinions: 200_000,
			comments: 500
		});
		const tokens = Array.from({ length: 5_000 }, () => ground.visitors.newToken());
		const shipped = await ship(ground);
		const { weights, stop } = weigh(shipped.pid, 5_000);
		try {
			const milliseconds = minutes * 60_000;
			const paths = [
				`/topics/${slug}`,
				`/topics/${slug}/ideas?sort=random`,
				`/topics/${slug}/ideas/${discussed}`,
				`/fr/topics/${slug}/ideas`
			];
			const readers: PageLoad = { port: shipped.port, paths, connections: 4, milliseconds, fresh: false, visitors: 1_000 };
			const opinions: OpinionLoad = { port: shipped.port, slug, ideas: 20_000, tokens, connections: 4, milliseconds };
			const [read, fresh, given] = await Promise.all([
				inProcess<PageLoadResult>('load-pages.ts', readers),
				inProcess<PageLoadResult>('load-pages.ts', {
					...readers,
					paths: paths.filter((path) => !path.includes('?')),
					connections: 2,
					fresh: true
				}),
				inProcess<OpinionLoadResult>('load-opinions.ts', opinions)
			]);
			const settled = after(weights);
			const top = Math.max(...weights.map(({ mebibytes }) => mebibytes));
			const rise = slope(settled) * minutes;
			return [
				figure(
					{ bench: 'memory-top', value: top, unit: 'MiB', baseline: null, must: '≤ 400' },
					{ minutes, requests: read.requests + fresh.requests, opinions: given.statuses }
				),
				figure(
					{ bench: 'memory-slope', value: rise, unit: `MiB in ${minutes} minutes`, baseline: null, must: '≤ 20' },
					{ samples: settled.length, first: rounded(settled[0]?.mebibytes ?? 0), last: rounded(settled.at(-1)?.mebibytes ?? 0) }
				)
			];
		} finally {
			stop();
			await shipped.stop();
		}
	} finally {
		await ground.close();
	}
}
