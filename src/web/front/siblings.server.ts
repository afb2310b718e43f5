import cluster from 'node:cluster';
import type { Context } from '#web/context.server.ts';

/** What web processes tell each other, through the process that started them. */
type Told =
	| { readonly openTalks: 'purged'; readonly paths: readonly string[] }
	| { readonly openTalks: 'spent'; readonly spent: [string, number][] };

const everyMs = 100;

/** Joins this web process to the others: a purge reaches all, and what one lets through counts against the limits of all. */
export function joinSiblings({ cache, limits, now }: Context): void {
	if (!cluster.isWorker) return;
	const tell = (told: Told) => process.send?.(told);
	cache.onPurge = (paths) => tell({ openTalks: 'purged', paths });
	setInterval(() => {
		const spent = limits.spentHere();
		if (spent.length > 0) tell({ openTalks: 'spent', spent });
	}, everyMs).unref();
	process.on('message', (told: Told) => {
		if (told.openTalks === 'purged') cache.forget(told.paths);
		if (told.openTalks === 'spent') limits.spentElsewhere(told.spent, now());
	});
}

/** In the process that started them: passes what one tells on to the others. */
export function passOn(): void {
	cluster.on('message', (from, told: unknown) => {
		if (typeof told !== 'object' || told === null || !('openTalks' in told)) return;
		for (const sibling of Object.values(cluster.workers ?? {}))
			if (sibling && sibling !== from && sibling.isConnected()) sibling.send(told);
	});
}
