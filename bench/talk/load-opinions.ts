import { addressOfVisitor, Connection, request } from './requests.ts';
import { quantile, rounded } from './figures.ts';
import { whatWasGiven } from './shipped.ts';

/** 64 people at a time, each time another of all, on any idea, or on that which they were told last. */
const { port, slug, ideas, tokens, connections, milliseconds, follows } = await whatWasGiven<OpinionLoad>();
const values = ['agree', 'disagree', 'pass'].map((value) => JSON.stringify({ value }));
// written out before the clock runs, but for the idea
const messages = tokens.map((token, visitor) =>
	values.map((body) => {
		const headers = { authorization: `Bearer ${token}` };
		const [before, after] = request('PUT', '#', { port, from: addressOfVisitor(visitor), headers, body }).split('#') as [
			string,
			string
		];
		return { before: `${before}/api/v1/topics/${slug}/ideas/`, after: `/opinion${after}` };
	})
);
const statuses: Record<number, number> = {};
const took: number[] = [];
const told: (number | null)[] = tokens.map(() => null);
let answeredWithNext = 0;
const until = performance.now() + milliseconds;
const began = performance.now();
await Promise.all(
	Array.from({ length: connections }, async () => {
		const connection = new Connection(port);
		while (performance.now() < until) {
			const who = Math.floor(Math.random() * messages.length);
			const idea = told[who] ?? 1 + Math.floor(Math.random() * ideas);
			const { before, after } = messages[who]![Math.floor(Math.random() * 3)]!;
			const answer = await connection.ask(`${before}${idea}${after}`);
			statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
			took.push(answer.took);
			const next = /^\{"next":(\d+)\}$/.exec(answer.body)?.[1];
			if (next) answeredWithNext++;
			if (follows) told[who] = next ? Number(next) : null;
		}
		connection.close();
	})
);
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage();
const result: OpinionLoadResult = {
	cpu: (user + system) / took.length,
	perSecond: (statuses[200] ?? 0) / seconds,
	statuses,
	answeredWithNext,
	p50: rounded(quantile(took, 0.5)),
	p99: rounded(quantile(took, 0.99))
};
console.log(JSON.stringify(result));

export interface OpinionLoad {
	readonly port: number;
	readonly slug: string;
	readonly ideas: number;
	readonly tokens: readonly string[];
	readonly connections: number;
	readonly milliseconds: number;
	/** each judges the idea that the answer before told them */
	readonly follows?: boolean;
}

export interface OpinionLoadResult {
	/** microseconds of the load's own process for each */
	readonly cpu: number;
	readonly perSecond: number;
	readonly statuses: Readonly<Record<number, number>>;
	/** answers that told an idea to judge next */
	readonly answeredWithNext: number;
	/** milliseconds */
	readonly p50: number;
	readonly p99: number;
}
