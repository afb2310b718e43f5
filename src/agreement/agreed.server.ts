import { createHash } from 'node:crypto';
import type { Actor } from '#activity/actor.ts';
import { waysTo, type IdeasAsked, type Way } from '#agreement/asked-ideas.server.ts';
import { notStated, type Dimension, type Tally } from '#agreement/cells.ts';
import type { Level } from '#engines/agreement/levels.ts';
import { levelTotals, nobodyCounted, type LevelTotals } from '#agreement/level-totals.server.ts';
import { shownGroupCells } from '#agreement/opinion-map.server.ts';
import { publishedCells, type PublishedCell } from '#agreement/published.server.ts';
import { basisKept, basisNow, isSameBasis, type LevelBasis } from '#agreement/thresholds.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { stanceTotals, type StanceTotals } from '#ideas/sources.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import type { Stage } from '#topics/stages/stage.ts';

const agreedPage = 20;

/** By what the support of the groups is listed: see migration 0240 for the keys. */
export const agreementSorts = ['common-ground', 'divided', 'awaited'] as const;
export type AgreementSort = (typeof agreementSorts)[number];

export const levels = ['consensus', 'opposition', 'divergence', 'not-heard'] as const satisfies readonly Level[];

/** What a reader asks of the list; what is in none of the lists is as if it were not asked. */
export interface AgreementWishes extends IdeasAsked {
	readonly sort?: string | null | undefined;
	readonly level?: string | null | undefined;
	/** where the page before ended */
	readonly after?: string | null | undefined;
}

/** An idea with its level, and the published cells on which that rests. */
export interface AgreedIdea {
	readonly number: number;
	readonly point: string;
	readonly language: string;
	readonly questionId: string | null;
	readonly level: Level;
	readonly opposedBy: readonly string[];
	readonly notHeardFrom: readonly string[];
	/** lower 80 % bound of the heard group that agrees least; null where none is heard */
	readonly score: number | null;
	/** whether most would take the other side if each group, or each region, weighed the same; null: nothing to compare */
	readonly turnsByGroup: boolean | null;
	readonly turnsByRegion: boolean | null;
	readonly cells: readonly PublishedCell[];
	/** what is shown of opinion groups, by letter; nothing where no opinion group was asked for */
	readonly opinionGroups: ReadonlyMap<string, Tally>;
	readonly stances: StanceTotals;
}

export interface Agreed extends LevelTotals {
	/** null while results are blind */
	readonly ideas: readonly AgreedIdea[] | null;
	readonly after: string | null;
	readonly sort: AgreementSort;
	/** by what the levels shown were computed */
	readonly basis: LevelBasis;
	/** the thresholds were changed, and a job has not come to all levels yet */
	readonly isBehind: boolean;
}

type TopicSeen = { readonly topicId: string; readonly stages: readonly Stage[] };

/** The ideas of a topic by the support of its groups, a page at a time, by key. Nothing at all while results are blind. */
export async function agreedOnTopic(
	queryable: Queryable,
	topic: TopicSeen,
	wishes: AgreementWishes,
	{ actor, at }: { actor: Actor; at: Date }
): Promise<Agreed> {
	const sort = agreementSorts.find((one) => one === wishes.sort) ?? 'common-ground';
	const [now, kept] = await Promise.all([basisNow(queryable, topic.topicId), basisKept(queryable, topic.topicId)]);
	const basis = kept ?? now;
	const isBehind = kept !== null && !isSameBasis(now, kept);
	const nothing = { ...nobodyCounted, sort, basis, isBehind, after: null };
	if (!resultsVisibleTo(actor, topic, at)) return { ...nothing, ideas: null };
	const [rows, counted] = await Promise.all([rowsOf(queryable, topic, wishes, sort), levelTotals(queryable, topic.topicId)]);
	const shown = rows.slice(0, agreedPage);
	const last = rows.length > agreedPage ? shown.at(-1)! : null;
	const ideas = await completed(queryable, topic.topicId, shown, { ofOpinionGroups: !!wishes.opinionGroup });
	return { ...nothing, ...counted, ideas, after: last && afterOf(last, sort) };
}

/** The same of one idea; null where no group was heard, or results are blind. */
export async function agreedIdea(
	queryable: Queryable,
	topic: TopicSeen,
	number: number,
	{ actor, at }: { actor: Actor; at: Date }
): Promise<{ idea: AgreedIdea; basis: LevelBasis } | null> {
	if (!resultsVisibleTo(actor, topic, at)) return null;
	const [{ rows }, basis] = await Promise.all([
		queryable.query<Row>({
			name: 'agreed-idea',
			text: `
				with page as (
					select topic_id, idea_number
					from ideas
					where topic_id = $1 and idea_number = $2 and ${canBeSeen('idea', 'ideas.idea_id')}
				)
				${details}`,
			values: [topic.topicId, number]
		}),
		basisKept(queryable, topic.topicId)
	]);
	const [idea] = await completed(queryable, topic.topicId, rows, { ofOpinionGroups: false });
	return idea && basis ? { idea, basis } : null;
}

interface Row extends Omit<AgreedIdea, 'cells' | 'opinionGroups' | 'stances' | 'score'> {
	readonly score: number;
	readonly mean: number;
	readonly divide: number;
	readonly awaited: number;
}

/** What stands on a page, looked up for its rows only. */
const details = `
	select t.idea_number as number, v.point, i.language, i.question_id as "questionId", t.level, t.opposed_by as "opposedBy",
		t.not_heard as "notHeardFrom", t.score, t.mean, t.divide, t.awaited, t.turns_by_group as "turnsByGroup",
		t.turns_by_region as "turnsByRegion"
	from page
	join idea_levels t using (topic_id, idea_number)
	join ideas i using (topic_id, idea_number)
	cross join lateral (
		select point
		from idea_versions v
		where v.topic_id = i.topic_id and v.idea_number = i.idea_number
		order by version desc
		limit 1
	) v`;

/** The keys of each order, the largest first; the number of the idea ends each. */
const keys = {
	'common-ground': ['score', 'mean'],
	divided: ['divide'],
	awaited: ['awaited']
} as const satisfies Record<AgreementSort, readonly (keyof Row)[]>;

async function rowsOf(queryable: Queryable, topic: TopicSeen, wishes: AgreementWishes, sort: AgreementSort): Promise<Row[]> {
	let rows: Row[] = [];
	for (const way of await waysTo(queryable, topic.topicId, wishes)) {
		rows = await rowsAlong(way, queryable, topic, wishes, sort);
		if (rows.length > agreedPage) break;
	}
	return rows;
}

async function rowsAlong(
	{ among, conditions }: Way,
	queryable: Queryable,
	topic: TopicSeen,
	{ level, after }: AgreementWishes,
	sort: AgreementSort
): Promise<Row[]> {
	const values: unknown[] = [topic.topicId];
	const value = (given: unknown) => `$${values.push(given)}`;
	const columns = [...keys[sort], 'idea_number'].map((column) => `t.${column}`);
	const order = columns.map((column) => `${column} desc`).join(', ');
	const from = keysIn(after ?? null, columns.length);
	const own = [
		't.topic_id = $1',
		...(from ? [`(${columns.join(', ')}) < (${from.map(value).join(', ')})`] : []),
		...(levels.some((one) => one === level) ? [`t.level = ${value(level)}`] : [])
	];
	const text = `
		with page as materialized (
			select topic_id, idea_number
			from (
				select *
				from idea_levels t
				where ${own.join(' and ')}
				${among === null ? '' : `order by ${order} limit ${among}`}
			) t
			join ideas i using (topic_id, idea_number)
			where ${[...conditions(value), canBeSeen('idea', 'i.idea_id', '$1')].join(' and ')}
			order by ${order}
			limit ${agreedPage + 1}
		)
		${details}
		order by ${order}`;
	// the plain lists are prepared; a filter is planned for its own value, which may be in every idea or in none
	const isPlain = values.length === (from?.length ?? 0) + 1;
	const { rows } = await (isPlain
		? queryable.query<Row>({ name: `agreed-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`, text, values })
		: queryable.query<Row>(text, values));
	return rows;
}

function afterOf(last: Row, sort: AgreementSort): string {
	return [...keys[sort].map((key) => last[key]), last.number].join('_');
}

/** The keys of `after`; null where it is not what a page of ours gave. */
function keysIn(after: string | null, howMany: number): number[] | null {
	const found = after?.split('_').map(Number) ?? [];
	return found.length === howMany && found.every((key) => Number.isInteger(key) && Math.abs(key) < 2 ** 31) ? found : null;
}

async function completed(
	queryable: Queryable,
	topicId: string,
	rows: readonly Row[],
	{ ofOpinionGroups }: { ofOpinionGroups: boolean }
): Promise<AgreedIdea[]> {
	if (rows.length === 0) return [];
	const numbers = rows.map(({ number }) => number);
	const [cells, opinionGroups, stances] = await Promise.all([
		publishedCells(queryable, topicId, numbers),
		ofOpinionGroups ? shownGroupCells(queryable, topicId, numbers) : null,
		stanceTotals(queryable, topicId, numbers)
	]);
	return rows.map(({ score, mean: _, divide: __, awaited: ___, ...row }) => ({
		...row,
		score: score < 0 ? null : score / 1_000_000,
		cells: cells.get(row.number)!,
		opinionGroups: opinionGroups?.get(row.number) ?? new Map(),
		stances: stances.get(row.number) ?? { raises: 0, supports: 0, opposes: 0 }
	}));
}

/** The published cells of a dimension, "not stated" last. */
export function cellsOf(cells: readonly PublishedCell[], dimension: Dimension): PublishedCell[] {
	return cells
		.filter((cell) => cell.dimension === dimension)
		.sort((one, other) => Number(one.key === notStated) - Number(other.key === notStated));
}
