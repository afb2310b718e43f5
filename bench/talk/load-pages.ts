import { addressOfVisitor, Connection, request } from './requests.ts';
import { quantile, rounded } from './figures.ts';
import { whatWasGiven } from './shipped.ts';

/** Readers at a time, page after page; `fresh` asks for an address that no cache has seen, `visitors` gives each request another's cookie. */
const { port, paths, connections, milliseconds, fresh, visitors } = await whatWasGiven<PageLoad>();
const statuses: Record<number, number> = {};
const took: number[] = [];
let asked = 0;
const run = `${process.pid}${Date.now() % 100_000}`;
const began = performance.now();
const until = began + milliseconds;
await Promise.all(
	Array.from({ length: connections }, async () => {
		const connection = new Connection(port);
		while (performance.now() < until) {
			const number = asked++;
			const path = paths[number % paths.length]! + (fresh ? `?fresh=${run}${number}` : '');
			const headers =
				visitors > 0 ? { cookie: `visitor=${String(number % visitors).padStart(22, 'v')}.nobodysSignature000000` } : {};
			const answer = await connection.ask(request('GET', path, { port, from: addressOfVisitor(number % 60_000), headers }));
			statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
			took.push(answer.took);
		}
		connection.close();
	})
);
const seconds = (performance.now() - began) / 1000;
const result: PageLoadResult = {
	requests: took.length,
	perSecond: took.length / seconds,
	statuses,
	p50: rounded(quantile(took, 0.5)),
	p95: rounded(quantile(took, 0.95))
};
console.log(JSON.stringify(result));

export interface PageLoad {
	readonly port: number;
	readonly paths: readonly string[];
	readonly connections: number;
	readonly milliseconds: number;
	readonly fresh: boolean;
	readonly visitors: number;
}

export interface PageLoadResult {
	readonly requests: number;
	readonly perSecond: number;
	readonly statuses: Readonly<Record<number, number>>;
	/** milliseconds */
	readonly p50: number;
	readonly p95: number;
}
