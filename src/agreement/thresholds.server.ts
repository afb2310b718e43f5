import { usual, type ThresholdsOfTopic } from '#agreement/thresholds.ts';
import type { Thresholds } from '#engines/agreement/levels.ts';
import type { Queryable } from '#database/connection.server.ts';

/** What levels are computed by: thresholds, and the groups that must be heard by name. */
export interface LevelBasis extends Thresholds {
	readonly groups: readonly string[];
}

/** What the talk laid down, or the usual. */
export async function thresholdsOf(queryable: Queryable, topicId: string): Promise<ThresholdsOfTopic> {
	const { rows } = await queryable.query<ThresholdsOfTopic>({
		name: 'level-thresholds',
		text: `
			select heard, majority, most, groups
			from level_thresholds
			where topic_id = $1
			order by version desc
			limit 1`,
		values: [topicId]
	});
	return rows[0] ?? usual;
}

/** By what levels would be computed now: without groups of its own a talk follows those of the institution. */
export async function basisNow(queryable: Queryable, topicId: string): Promise<LevelBasis> {
	const { groups, ...thresholds } = await thresholdsOf(queryable, topicId);
	if (groups !== null) return { ...thresholds, groups };
	const { rows } = await queryable.query<{ key: string }>({
		name: 'level-groups',
		text: 'select group_key as key from stakeholder_groups order by position, group_key'
	});
	return { ...thresholds, groups: rows.map(({ key }) => key) };
}

/** By what the levels that are kept were computed; null while there are none. */
export async function basisKept(queryable: Queryable, topicId: string): Promise<LevelBasis | null> {
	const { rows } = await queryable.query<LevelBasis>({
		name: 'level-basis',
		text: 'select heard, majority, most, groups from level_bases where topic_id = $1',
		values: [topicId]
	});
	return rows[0] ?? null;
}

/** Whether both give the same levels; the order of groups changes none. */
export function isSameBasis(one: LevelBasis, other: LevelBasis): boolean {
	const text = ({ heard, majority, most, groups }: LevelBasis) => JSON.stringify([heard, majority, most, [...groups].sort()]);
	return text(one) === text(other);
}
