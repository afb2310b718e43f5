import type { Database } from '#database/connection.server.ts';
import { commentsPage } from '#ideas/comments/pages.server.ts';
import { branchesOn } from '#ideas/comments/folding.server.ts';
import { threadOrders } from '#ideas/comments/thread.ts';
import { aLargeTopic, type LargeTopic } from '../talk/large-topic.ts';
import type { PageLoad, PageLoadResult } from '../talk/load-pages.ts';
import { figure, median, rounded, type Figure } from '../talk/figures.ts';
import { inProcess, openGround, ship } from '../talk/shipped.ts';

const rounds = 7;
const times = 40;

/**
 * A page of twenty of a thread of 2,000 comments against one of a thread of 40: asked of the database, in each order, and as a page over HTTP that
 * no cache has seen. Also of a thread in which nearly all answer one comment.
 */
export async function thread(): Promise<Figure[]> {
	const ground = await openGround();
	try {
		const { database } = ground;
		const size = { ideas: 200, people: 500, opinions: 2_000 };
		const many = await aLargeTopic(database, { ...size, comments: 2_000 });
		const few = await aLargeTopic(database, { ...size, comments: 40 });
		const steep = await aLargeTopic(database, { ...size, comments: 2_000 });
		await underOne(database, steep);
		await database.query('vacuum analyze comments');
		const shipped = await ship(ground);
		try {
			const pages = { many: [] as number[], few: [] as number[], steep: [] as number[] };
			const load = { port: shipped.port, connections: 1, milliseconds: 1_500, fresh: true, visitors: 0 };
			const p50 = async ({ slug, discussed }: LargeTopic, milliseconds = load.milliseconds) => {
				const wish: PageLoad = { ...load, milliseconds, paths: [`/topics/${slug}/ideas/${discussed}`] };
				const { statuses, p50: middle } = await inProcess<PageLoadResult>('load-pages.ts', wish);
				if (Object.keys(statuses).join() !== '200') throw new Error(`answered with ${JSON.stringify(statuses)}`);
				return middle;
			};
			await p50(many, 5_000);
			// in turn, so that whatever else the machine does meets all
			for (let round = 0; round < rounds; round++) {
				pages.few.push(await p50(few));
				pages.many.push(await p50(many));
				pages.steep.push(await p50(steep));
			}
			const [ofMany, ofFew, ofSteep] = [median(pages.many), median(pages.few), median(pages.steep)];
			const orders: Record<string, { readonly many: number; readonly few: number; readonly steep: number }> = {};
			for (const order of threadOrders) {
				const page = async (topic: LargeTopic) => rounded(await asked(database, topic, order));
				orders[order] = { many: await page(many), few: await page(few), steep: await page(steep) };
			}
			return [
				figure(
					{ bench: 'thread', value: ofMany / ofFew, unit: 'ms with 2,000 comments / with 40', baseline: ofFew, must: '≤ 1.3' },
					{ milliseconds: rounded(ofMany), ratioUnderOne: rounded(ofSteep / ofFew), statements: orders }
				)
			];
		} finally {
			await shipped.stop();
		}
	} finally {
		await ground.close();
	}
}

/** Milliseconds of the first page of branches, with no page around it. */
async function asked(
	database: Database,
	{ topicId, discussed }: LargeTopic,
	order: (typeof threadOrders)[number]
): Promise<number> {
	const seen: number[] = [];
	for (let time = 0; time < times; time++) {
		const begun = performance.now();
		const { branches } = await branchesOn(database, topicId, discussed, { order });
		seen.push(performance.now() - begun);
		const comments = branches.flatMap((branch) => branch.comments).length;
		if (comments === 0 || comments > commentsPage) throw new Error(`${comments} comments on a page`);
	}
	return median(seen);
}

/** Puts nearly all branches below the first comment: what was a thread is an answer to it. */
async function underOne(database: Database, { topicId, discussed }: LargeTopic): Promise<void> {
	await database.query(
		`update comments m
		set path = 1 || m.path, depth = m.depth + 1, parent_id = coalesce(m.parent_id, first.comment_id)
		from comments first
		where m.topic_id = $1 and m.idea_number = $2 and first.topic_id = $1 and first.comment_number = 1
			and m.path[1] between 2 and 1900 and m.depth < 3
			and not exists (
				select from comments deep
				where deep.topic_id = $1 and deep.idea_number = $2 and deep.path[1] = m.path[1] and deep.depth = 3)`,
		[topicId, discussed]
	);
}
