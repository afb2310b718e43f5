import { setTimeout as wait } from 'node:timers/promises';

/** What was sent to the product, and what it acknowledged: kept here, outside everything that is killed. */
export interface Ledger {
	/** per idea: opinions sent, opinions answered with 200; each of another visitor */
	readonly opinions: Map<number, { sent: number; acknowledged: number }>;
	/** number → text, as answered with 201 */
	readonly ideas: Map<number, string>;
	readonly sentIdeas: Set<string>;
	acknowledged: number;
	visits: number;
}

export const emptyLedger = (): Ledger => ({
	opinions: new Map(),
	ideas: new Map(),
	sentIdeas: new Set(),
	acknowledged: 0,
	visits: 0
});

/** Writes as so many people at the same time, each from an address of its own, until asked to stop or the product is gone. */
export function writeAs(people: number, api: string, slug: string, ledger: Ledger) {
	let stopping = false;
	const all = Array.from({ length: people }, async () => {
		while (!stopping) await visit(api, slug, ++ledger.visits, ledger, () => stopping).catch(() => wait(20));
	});
	return {
		async stop() {
			stopping = true;
			await Promise.all(all);
		}
	};
}

/** One visitor: an idea, and opinions on ideas that are known to stand. */
async function visit(api: string, slug: string, number: number, ledger: Ledger, isStopping: () => boolean): Promise<void> {
	const headers: Record<string, string> = {
		'content-type': 'application/json',
		'x-forwarded-for': `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
	};
	const { token } = await ask<{ token: string }>(`${api}/visitors`, 'POST', headers, {}, 201);
	headers['authorization'] = `Bearer ${token}`;
	const text = `Idea ${number} of the kill test`;
	ledger.sentIdeas.add(text);
	const idea = { text, question: null, language: 'en' };
	const made = await ask<{ number: number }>(
		`${api}/topics/${slug}/ideas`,
		'POST',
		{ ...headers, 'idempotency-key': `kill-${number}` },
		idea,
		201
	);
	ledger.ideas.set(made.number, text);
	ledger.acknowledged++;
	const known = [...ledger.ideas.keys()].slice(-30);
	for (const [at, about] of known.entries()) {
		if (isStopping()) return;
		const line = ledger.opinions.get(about) ?? { sent: 0, acknowledged: 0 };
		ledger.opinions.set(about, line);
		line.sent++;
		const value = (['agree', 'disagree', 'pass'] as const)[(number + at) % 3];
		await ask(`${api}/topics/${slug}/ideas/${about}/opinion`, 'PUT', headers, { value }, 200);
		line.acknowledged++;
		ledger.acknowledged++;
	}
}

async function ask<T>(url: string, method: string, headers: Record<string, string>, body: object, wanted: number): Promise<T> {
	const answer = await fetch(url, { method, headers, body: JSON.stringify(body), signal: AbortSignal.timeout(10_000) });
	const said: unknown = await answer.json();
	if (answer.status !== wanted) throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(said)}`);
	return said as T;
}
