import type { Queryable, Transaction } from '#database/connection.server.ts';
import type { Level } from '#engines/agreement/levels.ts';

export interface LevelTotals {
	/** how many ideas of the talk have which level, whatever was asked; only those heard from some group */
	readonly totals: Readonly<Record<Level, number>>;
	/** of how many ideas most would be on another side, and of how many that can be said */
	readonly weighting: Weighting;
}

export interface Weighting {
	readonly groups: { readonly compared: number; readonly turns: number };
	readonly regions: { readonly compared: number; readonly turns: number };
}

export const nobodyCounted: LevelTotals = {
	totals: { consensus: 0, opposition: 0, divergence: 0, 'not-heard': 0 },
	weighting: { groups: { compared: 0, turns: 0 }, regions: { compared: 0, turns: 0 } }
};

interface LevelCount {
	readonly level: Level;
	readonly count: number;
	readonly groups: number;
	readonly groupsTurn: number;
	readonly regions: number;
	readonly regionsTurn: number;
}

const counted = (from: string) => `
	select coalesce(jsonb_agg(to_jsonb(counted) order by level), '[]')
	from (
		select level, count(*) as count, count(turns_by_group) as groups, count(*) filter (where turns_by_group) as "groupsTurn",
			count(turns_by_region) as regions, count(*) filter (where turns_by_region) as "regionsTurn"
		from ${from}
		group by level
	) as counted`;
const all = counted('idea_levels where idea_levels.topic_id = $1');
const hidden = counted(`concealments
	join ideas on ideas.topic_id = concealments.topic_id and ideas.idea_id = concealments.thing_id
	join idea_levels on idea_levels.topic_id = ideas.topic_id and idea_levels.idea_number = ideas.idea_number
	where concealments.topic_id = $1 and concealments.kind = 'idea'`);

/** Counts the levels once they are written, so that a page of 100,000 ideas need not. */
export async function keepTotals(transaction: Transaction, topicId: string): Promise<void> {
	await transaction.query(`update level_bases set totals = (${all}) where topic_id = $1`, [topicId]);
}

/** Whether what is kept is what the rows say; true where nothing is. */
export async function areTotalsRight(queryable: Queryable, topicId: string): Promise<boolean> {
	const { rows } = await queryable.query<{ isRight: boolean }>(
		`select coalesce(totals = (${all}), true) as "isRight" from level_bases where topic_id = $1`,
		[topicId]
	);
	return rows[0]?.isRight ?? true;
}

/** All levels of the topic less those of the few ideas that cannot be seen. */
export async function levelTotals(queryable: Queryable, topicId: string): Promise<LevelTotals> {
	const { rows } = await queryable.query<{ all: LevelCount[]; hidden: LevelCount[] }>({
		name: 'level-totals',
		// those that an earlier version wrote are counted here until the next look
		text: `select coalesce(totals, (${all})) as all, (${hidden}) as hidden from level_bases where topic_id = $1`,
		values: [topicId]
	});
	const [found] = rows;
	if (!found) return nobodyCounted;
	const sum = (of: (row: LevelCount) => number) =>
		found.all.reduce((total, row) => total + of(row), 0) - found.hidden.reduce((total, row) => total + of(row), 0);
	const count = (level: Level) => sum((row) => (row.level === level ? row.count : 0));
	return {
		totals: {
			consensus: count('consensus'),
			opposition: count('opposition'),
			divergence: count('divergence'),
			'not-heard': count('not-heard')
		},
		weighting: {
			groups: { compared: sum(({ groups }) => groups), turns: sum(({ groupsTurn }) => groupsTurn) },
			regions: { compared: sum(({ regions }) => regions), turns: sum(({ regionsTurn }) => regionsTurn) }
		}
	};
}
