import { due, heard, leaving, pause, type Entry, type Outcome, type Reason, type Word } from './outbox.ts';

/** Where entries are kept: the browser's database, or memory in tests. A write is there when it resolves. */
export interface Box {
	entries(lane: string): Promise<Entry[]>;
	write(entries: readonly Entry[]): Promise<void>;
}

/** How entries of one kind travel. */
export interface Carrier {
	readonly kind: string;
	/** at once */
	readonly most: number;
	readonly bytes: number;
	/** Never throws for want of a net: that is an outcome. */
	send(lane: string, batch: readonly Entry[]): Promise<Outcome>;
}

/** What became of a round of sending. */
export interface Round {
	/** seconds until another is worth it; null: nothing is left that could be sent */
	readonly next: number | null;
	/** why nothing of this lane is taken now */
	readonly shut: Reason | null;
}

/**
 * Sends what waits in a lane, one batch after the other, until nothing is left or something is in the way. Whoever calls holds the lock: two
 * senders would lose nothing, but each would send what the other sends.
 * @param failures in a row before this round
 * @param lot 0 to 1, by chance
 */
export async function sendRound(
	box: Box,
	carriers: readonly Carrier[],
	{ lane, failures, lot }: { readonly lane: string; readonly failures: number; readonly lot: number }
): Promise<Round> {
	for (const carrier of carriers) {
		let { most } = carrier;
		for (;;) {
			const before = due(await box.entries(lane), { ...carrier, lane, most });
			if (before.length === 0) break;
			const batch = leaving(before);
			await box.write(batch);
			const outcome = await carrier.send(lane, batch);
			if (outcome.kind === 'stayed') {
				await box.write(before);
				return { next: pause(failures, lot), shut: null };
			}
			if (outcome.kind === 'shut') return { next: null, shut: outcome.reason };
			if (outcome.kind === 'later') return { next: outcome.seconds ?? pause(failures, lot), shut: null };
			if (outcome.kind === 'less' && batch.length > 1) {
				most = Math.floor(batch.length / 2);
				continue;
			}
			let words: readonly Word[];
			if (outcome.kind === 'words') ({ words } = outcome);
			else if (outcome.reason) words = [{ id: batch[0]!.id, state: 'refused', reason: outcome.reason }];
			// whoever gave no reason refused nothing
			else return { next: pause(failures, lot), shut: null };
			const settled = heard(batch, words);
			await box.write(settled);
			// an answer that says nothing of what was asked: asked again at once it would say as little
			if (settled.length === 0) return { next: pause(failures, lot), shut: null };
			// from here on as much as before
			if (outcome.kind === 'words') most = carrier.most;
		}
	}
	return { next: null, shut: null };
}
