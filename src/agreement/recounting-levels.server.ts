import type { Difference } from '#activity/difference.ts';
import type { IdeaLevel } from '#agreement/level.ts';
import { countingAlone } from '#agreement/instant.server.ts';
import { areTotalsRight } from '#agreement/level-totals.server.ts';
import { allLevels, computeLevels } from '#agreement/levels.server.ts';
import { basisKept } from '#agreement/thresholds.server.ts';
import type { Database, Queryable } from '#database/connection.server.ts';

/** Looks at all levels: each must be what the published cells say now, by the thresholds that it was computed by. */
export async function mislevelled(queryable: Queryable): Promise<Difference[]> {
	const { rows } = await queryable.query<{ topicId: string }>('select topic_id as "topicId" from level_bases order by topic_id');
	const found: Difference[] = [];
	for (const { topicId } of rows) {
		const basis = await basisKept(queryable, topicId);
		if (!basis) continue;
		for await (const levels of allLevels(queryable, topicId, basis)) {
			const kept = await levelsKept(queryable, topicId, [...levels.keys()]);
			for (const [number, level] of levels) found.push(...differencesOf(topicId, number, kept.get(number), level));
		}
		// where rows differ they are counted anew with them
		if (!found.some((difference) => difference.topicId === topicId) && !(await areTotalsRight(queryable, topicId)))
			found.push({ topicId, what: 'idea_levels totals', thing: topicId, kept: 0, counted: 1, mayLag: true });
	}
	return found;
}

/** Computes the levels of the topics anew in which one differs, or a cell did. */
export async function mendLevels(database: Database, differences: readonly Difference[]): Promise<void> {
	const topics = new Set(
		differences.filter(({ what }) => /^(idea_levels|opinion_cells) /.test(what)).map(({ topicId }) => topicId)
	);
	for (const topicId of topics) await countingAlone(database, topicId, (instant) => computeLevels(instant, topicId));
}

const order = ['consensus', 'opposition', 'divergence', 'not-heard'];

function differencesOf(
	topicId: string,
	number: number,
	kept: IdeaLevel | undefined,
	computed: IdeaLevel | null | undefined
): Difference[] {
	const difference = (name: string, was: number, is: number): Difference[] =>
		was === is
			? []
			: // a look that publishes cells meanwhile ends with both
				[{ topicId, what: `idea_levels ${name}`, thing: String(number), kept: was, counted: is, mayLag: true }];
	if (!kept || !computed) return difference('rows', kept ? 1 : 0, computed ? 1 : 0);
	const place = (level: string) => order.indexOf(level) + 1;
	const asNumber = (turns: boolean | null) => (turns === null ? -1 : Number(turns));
	const isSame = (one: readonly string[], other: readonly string[]) => one.join(' ') === other.join(' ');
	return [
		...difference('level', place(kept.level), place(computed.level)),
		...(['score', 'mean', 'divide', 'awaited'] as const).flatMap((name) => difference(name, kept[name], computed[name])),
		...(['turnsByGroup', 'turnsByRegion'] as const).flatMap((name) =>
			difference(name, asNumber(kept[name]), asNumber(computed[name]))
		),
		...difference(
			'groups named',
			0,
			isSame(kept.opposedBy, computed.opposedBy) && isSame(kept.notHeardFrom, computed.notHeardFrom) ? 0 : 1
		)
	];
}

async function levelsKept(queryable: Queryable, topicId: string, numbers: readonly number[]): Promise<Map<number, IdeaLevel>> {
	const { rows } = await queryable.query<IdeaLevel & { number: number }>(
		`
			select idea_number as number, level, score, mean, divide, awaited, opposed_by as "opposedBy", not_heard as "notHeardFrom",
				turns_by_group as "turnsByGroup", turns_by_region as "turnsByRegion"
			from idea_levels
			where topic_id = $1 and idea_number = any ($2::int[])`,
		[topicId, numbers]
	);
	return new Map(rows.map((row) => [row.number, row]));
}
