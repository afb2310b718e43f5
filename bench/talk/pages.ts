import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../tests/free-port.ts';
import { figure, median, rounded, type Figure } from './figures.ts';
import { aLargeTopic, type LargeTopic } from './large-topic.ts';
import type { BarePages } from './bare-pages.ts';
import type { PageLoad, PageLoadResult } from './load-pages.ts';
import { fetchPage, recordPages } from './recording.ts';
import { cpuOf, inProcess, openGround, ship, type Ground, type Shipped } from './shipped.ts';

const rounds = 3;
const milliseconds = 5_000;

/** Reading pages: rendered, with many and with few ideas, and from the cache of a second. One ground for the four figures. */
export async function pageFigures(): Promise<Figure[]> {
	const ground = await openGround();
	try {
		const large = await aLargeTopic(ground.database, { ideas: 100_000, people: 20_000, opinions: 2_000_000, comments: 2_000 });
		const small = await aLargeTopic(ground.database, { ideas: 1_000, people: 1_000, opinions: 20_000, comments: 40 });
		const shipped = await ship(ground);
		try {
			return [
				await uncached(ground, shipped, large),
				...(await growth(shipped, large, small)),
				...(await publicPages(ground, shipped, large))
			];
		} finally {
			await shipped.stop();
		}
	} finally {
		await ground.close();
	}
}

function pagesOf({ slug, discussed }: LargeTopic): string[] {
	return [`/topics/${slug}`, `/topics/${slug}/ideas`, `/topics/${slug}/ideas/${discussed}`];
}

async function uncached(ground: Ground, shipped: Shipped, large: LargeTopic): Promise<Figure> {
	const paths = pagesOf(large);
	const recorded = await recordPages(ground, await freePort(), paths);
	const bare = await bareHandler({ address: addressOf(ground), port: await freePort(), pages: recorded });
	try {
		for (const { path, body } of recorded) {
			for (const port of [shipped.port, bare.port])
				if (withoutPort((await fetchPage(port, `${path}?fresh=1`)).body) !== withoutPort(body))
					throw new Error(`${path} is not the same bytes at ${port}`);
		}
		const load = { paths, connections: 32, milliseconds, fresh: true, visitors: 0 };
		// a server runs for months: what is compiled in its first seconds is not what a page costs
		await spent(shipped, { ...load, milliseconds: 10_000 });
		await spent(bare, { ...load, milliseconds: 10_000 });
		const [ours, theirs] = [[] as number[], [] as number[]];
		const statements = [await transactions(ground, shipped, load), await transactions(ground, bare, load)];
		if (Math.abs(statements[0]! / statements[1]! - 1) > 0.1)
			throw new Error(`not the same statements: ${statements.join(' and ')} a request`);
		for (let round = 0; round < rounds; round++) {
			theirs.push(await spent(bare, load));
			ours.push(await spent(shipped, load));
		}
		return figure(
			{
				bench: 'page-uncached',
				value: median(ours) / median(theirs),
				unit: 'CPU a request / CPU a request',
				baseline: median(theirs),
				must: '≤ 5'
			},
			{
				microseconds: rounded(median(ours)),
				bareMicroseconds: rounded(median(theirs)),
				pages: recorded.map(({ path, statements, body }) => ({
					path: path.replace(large.slug, '…'),
					statements: statements.length,
					bytes: body.length
				})),
				transactionsPerRequest: statements.map(rounded)
			}
		);
	} finally {
		await bare.stop();
	}
}

async function growth(shipped: Shipped, large: LargeTopic, small: LargeTopic): Promise<Figure[]> {
	const slow = { connections: 4, milliseconds: 4_000, fresh: true, visitors: 0, port: shipped.port };
	const p95 = async (topic: LargeTopic, page: number) =>
		(await inProcess<PageLoadResult>('load-pages.ts', { ...slow, paths: [pagesOf(topic)[page]!] })).p95;
	const figures: Figure[] = [];
	for (const [page, name] of ['topic', 'list'].entries()) {
		const [withFew, withMany] = [[] as number[], [] as number[]];
		// in turn, so that whatever else the machine does meets both
		for (let round = 0; round < rounds + 2; round++) {
			withFew.push(await p95(small, page));
			withMany.push(await p95(large, page));
		}
		const [few, many] = [median(withFew), median(withMany)];
		figures.push(
			figure(
				{ bench: 'page-growth', value: many / few, unit: 'p95 with 100,000 ideas / with 1,000', baseline: few, must: '≤ 1.5' },
				{ page: name, p95: many }
			)
		);
	}
	return figures;
}

async function publicPages(ground: Ground, shipped: Shipped, large: LargeTopic): Promise<Figure[]> {
	const hello = await bareHandler({ address: addressOf(ground), port: await freePort(), pages: [] });
	try {
		const figures: Figure[] = [];
		for (const visitors of [0, 10_000]) {
			const load = { paths: pagesOf(large), connections: 32, milliseconds, fresh: false, visitors };
			await inProcess('load-pages.ts', { ...load, port: shipped.port, milliseconds: 2_000 });
			const [ours, theirs, cpuOurs, cpuTheirs] = [[] as number[], [] as number[], [] as number[], [] as number[]];
			for (let round = 0; round < rounds; round++) {
				const before = [hello.cpu()!, shipped.cpu()!] as const;
				const bare = await inProcess<PageLoadResult>('load-pages.ts', { ...load, port: hello.port });
				const shown = await inProcess<PageLoadResult>('load-pages.ts', { ...load, port: shipped.port });
				theirs.push(bare.perSecond);
				ours.push(shown.perSecond);
				cpuTheirs.push((hello.cpu()! - before[0]) / bare.requests);
				cpuOurs.push((shipped.cpu()! - before[1]) / shown.requests);
			}
			// the loader shares the processors: the stricter of requests a second and CPU a request counts
			const value = Math.min(median(ours) / median(theirs), median(cpuTheirs) / median(cpuOurs));
			figures.push(
				figure(
					{ bench: 'page-public', value, unit: 'requests a second / those of "hello"', baseline: median(theirs), must: '≥ 0.30' },
					{
						visitors,
						perSecond: rounded(median(ours)),
						microseconds: rounded(median(cpuOurs)),
						helloMicroseconds: rounded(median(cpuTheirs))
					}
				)
			);
		}
		return figures;
	} finally {
		await hello.stop();
	}
}

/** A page names its own address to feeds and search engines: each server stands at another port, of as many digits. */
function withoutPort(body: string): string {
	return body.replace(/localhost:\d{5}/g, 'localhost');
}

/** CPU microseconds of the server for each request of a load. */
async function spent(server: Pick<Shipped, 'port' | 'cpu'>, load: Omit<PageLoad, 'port'>): Promise<number> {
	const before = server.cpu();
	const { requests, statuses } = await inProcess<PageLoadResult>('load-pages.ts', { ...load, port: server.port });
	if (Object.keys(statuses).some((status) => status !== '200')) throw new Error(`answered with ${JSON.stringify(statuses)}`);
	return ((server.cpu() ?? Number.NaN) - (before ?? Number.NaN)) / requests;
}

/** Transactions of the database for each request: that both servers ask the same is seen from it. */
async function transactions({ database }: Ground, server: Shipped, load: Omit<PageLoad, 'port'>): Promise<number> {
	const count = async () => {
		// a connection tells its statistics ten seconds after its last statement
		await new Promise((resolve) => setTimeout(resolve, 11_000));
		const { rows } = await database.query<{ count: number }>(
			'select xact_commit as count from pg_stat_database where datname = current_database()'
		);
		return rows[0]!.count;
	};
	const before = await count();
	const { requests } = await inProcess<PageLoadResult>('load-pages.ts', { ...load, port: server.port });
	return ((await count()) - before) / requests;
}

async function bareHandler(given: BarePages): Promise<Shipped> {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'bare-pages.ts')], { stdio: ['pipe', 'inherit', 'inherit'] });
	child.stdin.end(JSON.stringify(given));
	for (const deadline = performance.now() + 15_000; performance.now() < deadline;) {
		if ((await fetch(`http://127.0.0.1:${given.port}/hello`).catch(() => null))?.ok) break;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return {
		port: given.port,
		pid: child.pid!,
		cpu: () => cpuOf(child.pid!),
		async stop() {
			child.kill('SIGTERM');
			if (child.exitCode === null) await once(child, 'exit');
		}
	};
}

function addressOf({ database }: Ground): string {
	const { connectionString } = database.pool.options;
	if (!connectionString) throw new Error('the pool has no address');
	return connectionString;
}
