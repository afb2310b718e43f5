import cluster from 'node:cluster';
import type { Context } from '#web/context.server.ts';
import type { Spent } from './limits.server.ts';

/** What web processes tell each other, through the process that started them. */
type Told =
	| { readonly openTalks: 'purged'; readonly paths: readonly string[] }
	| { readonly openTalks: 'spent'; readonly spent: readonly Spent[] }
	| { readonly openTalks: 'moved'; readonly topics: string[] }
	| { readonly openTalks: 'listed'; readonly events: string[] };

const everyMs = 100;

/**
 * Joins this web process to the others: a purge reaches all, what one lets through counts against the limits of all, and who listens hears
 * at once what moved in another.
 */
export function joinSiblings({ cache, limits, live, lists, now }: Context): void {
	if (!cluster.isWorker) return;
	const tell = (told: Told) => process.send?.(told);
	cache.onPurge = (paths) => tell({ openTalks: 'purged', paths });
	setInterval(() => {
		const spent = limits.spentHere();
		if (spent.length > 0) tell({ openTalks: 'spent', spent });
		const topics = live.movedHere();
		if (topics.length > 0) tell({ openTalks: 'moved', topics });
		const events = lists.movedHere();
		if (events.length > 0) tell({ openTalks: 'listed', events });
	}, everyMs).unref();
	process.on('message', (told: Told) => {
		if (told.openTalks === 'purged') cache.forget(told.paths);
		if (told.openTalks === 'spent') limits.spentElsewhere(told.spent, now());
		if (told.openTalks === 'moved') live.movedElsewhere(told.topics);
		if (told.openTalks === 'listed') lists.movedElsewhere(told.events);
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
