import { hash } from 'node:crypto';
import type { Actor } from '#activity/actor.ts';
import { authorShown } from '#contributions/author-shown.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { Attribution, Channel } from '#contributions/contribution.ts';
import { sortToShow, type IdeaSort } from '#ideas/idea.ts';
import type { Counts } from '#ideas/opinions/opinion.ts';
import { numbersInTheme } from '#ideas/themes/listing.server.ts';
import { searchedFor } from '#languages/searching.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import type { Stage } from '#topics/stages/stage.ts';

export const ideasPage = 20;

/** What a reader asks of a list. Filters and order come from fixed lists; what is in none of them is as if it were not asked. */
export interface ListWishes {
	readonly sort?: string | null | undefined;
	readonly question?: string | null | undefined;
	readonly group?: string | null | undefined;
	readonly region?: string | null | undefined;
	readonly channel?: string | null | undefined;
	readonly language?: string | null | undefined;
	/** the number of a confirmed theme */
	readonly theme?: number | null | undefined;
	readonly search?: string | null | undefined;
	/** where the page before ended */
	readonly after?: string | null | undefined;
}

export interface ListedIdea {
	readonly number: number;
	readonly point: string;
	readonly isExplained: boolean;
	readonly language: string;
	readonly questionId: string | null;
	readonly channel: Channel;
	readonly publishedAt: Date;
	readonly comments: number;
	/** null while results are blind */
	readonly counts: Counts | null;
	readonly author: AuthorShown;
}

/** What readers see of an author: all of it empty where anonymity was chosen. */
export interface AuthorShown {
	readonly attribution: Attribution;
	readonly name: string | null;
	readonly organisation: string | null;
	/** of its page, where the one who asks leads to it */
	readonly organisationId?: string | null;
	readonly groups: readonly string[];
	readonly region: string | null;
}

export interface IdeasListed {
	readonly ideas: readonly ListedIdea[];
	/** what the next page is asked for with; null: this is the last */
	readonly after: string | null;
	readonly sort: IdeaSort;
}

/**
 * The ideas of a topic, a page at a time, by key: the same few index rows are read whether there are a thousand ideas or a hundred thousand.
 * @param found the numbers of all that match, where they are few: they are looked up and put into their order, since to walk an order in search of them is long
 * @param moment milliseconds; where a random list without `after` begins follows from its minute, so that the page can be kept for a second
 */
export async function ideasOnTopic(
	queryable: Queryable,
	topic: { readonly topicId: string; readonly stages: readonly Stage[] },
	wishes: ListWishes,
	{ actor, at, found = null }: { actor: Actor; at: Date; found?: readonly number[] | null }
): Promise<IdeasListed> {
	const visible = resultsVisibleTo(actor, topic, at);
	const sort = sortToShow(wishes.sort, visible);
	const none = { ideas: [], after: null, sort };
	const words = wishes.search?.trim() ? searchedFor(wishes.search) : undefined;
	if (words === null || found?.length === 0) return none;

	const values: unknown[] = [topic.topicId];
	const value = (given: unknown) => `$${values.push(given)}`;
	const filters = found ? [`i.idea_number = any (${value(found)}::int[])`] : filtersOf(wishes, value);
	if (words !== undefined && !found) filters.push(`s.words @@ ${value(words)}::tsquery`);
	const order = orders[sort](wishes.after ?? null, at, value);
	const search = words === undefined || found ? '' : 'join idea_search s using (topic_id, idea_number)';
	const matches = [...filters, canBeSeen('idea', 'i.idea_id')];
	const part = (condition: string, place: number) => {
		const rows = `
			select i.*, ${order.key} as key, ${order.joins ? 0 : place} as part, ${order.asOf ? '(select refresh from as_of)' : 0} as "asOf"
			from ideas i
			${search}
			${order.joins?.[place] ?? ''}
			where ${['i.topic_id = $1', condition, ...matches].filter((one) => one !== '').join(' and ')}`;
		// "offset 0" keeps the planner from walking the order in search of the few
		const few = `select * from (${rows} offset 0) few order by key ${order.direction}, idea_number ${order.direction}`;
		return `${found ? few : `${rows} order by ${order.by}`} limit ${ideasPage + 1}`;
	};
	const text = `
		with ${order.asOf ? `as_of as materialized (${order.asOf}),` : ''}
		page as materialized (
			select *
			from (${order.conditions.map((condition, place) => `(${part(condition, place)})`).join(' union all ')}) parts
			order by part, key ${order.direction}, idea_number ${order.direction}
			limit ${ideasPage + 1}
		)
		${details}
		order by i.part, i.key ${order.direction}, i.idea_number ${order.direction}`;
	// the plain lists are prepared; a filter or a search is planned for its own value, which may be in every idea or in none
	const { rows } = await (filters.length === 0
		? queryable.query<Row>({ name: nameOf(text), text, values })
		: queryable.query<Row>(text, values));
	const ideas = rows.slice(0, ideasPage).map((row) => listed(row, visible));
	const last = rows.length > ideasPage ? rows[ideasPage - 1]! : null;
	return { ideas, after: last && order.after(last), sort };
}

/** Everything that a card shows, looked up for the rows of one page only. */
const details = `
	select i.idea_number as number, i.language, i.question_id as "questionId", i.channel, i.published_at as "publishedAt", i.key, i."asOf",
		v.point, v.explanation <> '' as "isExplained", k.agree, k.disagree, k.pass, k.comments,
		i.attribution, author_name.name, author_organisation.name as organisation, i.stakeholder_groups as groups, i.region
	from page i
	cross join lateral (
		select point, explanation
		from idea_versions v
		where v.topic_id = i.topic_id and v.idea_number = i.idea_number
		order by version desc
		limit 1
	) v
	join idea_counts k on k.topic_id = i.topic_id and k.idea_number = i.idea_number
	${authorShown('i')}`;

interface Row {
	number: number;
	language: string;
	questionId: string | null;
	channel: Channel;
	publishedAt: Date;
	key: number;
	asOf: number;
	point: string;
	isExplained: boolean;
	agree: number;
	disagree: number;
	pass: number;
	comments: number;
	attribution: Attribution;
	name: string | null;
	organisation: string | null;
	groups: string[];
	region: string | null;
}

function listed(row: Row, visible: boolean): ListedIdea {
	const { number, point, isExplained, language, questionId, channel, publishedAt, comments, agree, disagree, pass } = row;
	const { attribution, name, organisation, groups, region } = row;
	return {
		number,
		point,
		isExplained,
		language,
		questionId,
		channel,
		publishedAt,
		comments,
		counts: visible ? { agree, disagree, pass } : null,
		author: { attribution, name, organisation, groups, region }
	};
}

type Value = (given: unknown) => string;

export function filtersOf({ question, group, region, channel, language, theme }: ListWishes, value: Value): string[] {
	return [
		// a malformed id is no question of any topic
		...(question ? [isUuid(question) ? `i.question_id = ${value(question)}` : 'false'] : []),
		...(group ? [group === 'not-stated' ? `i.stakeholder_groups = '{}'` : ofGroup(value(group))] : []),
		...(region ? [region === 'not-stated' ? 'i.region is null' : `i.region = ${value(region)}`] : []),
		...(channel ? [`i.channel = ${value(channel)}`] : []),
		...(language ? [`i.language = ${value(language)}`] : []),
		...(theme ? [`i.idea_number in (${numbersInTheme(value(theme))})`] : [])
	];
}

function ofGroup(group: string): string {
	return `exists (
		select from idea_groups g
		where g.topic_id = $1 and g.idea_number = i.idea_number and g.group_key = ${group}
	)`;
}

interface Order {
	/** of the row, that `after` makes the next page's start from */
	readonly key: string;
	readonly by: string;
	readonly direction: 'asc' | 'desc';
	/** one for each part of the list, in turn */
	readonly conditions: readonly string[];
	/** where the key stands, if not with the idea: of parts that are one list, each read from an index of its own */
	readonly joins?: readonly string[];
	/** of an order that changes: a query for the refresh whose order is shown */
	readonly asOf?: string;
	after(last: Row): string;
}

/** Numbers are given in the order of arrival, so the newest are the highest. */
const orders: Record<IdeaSort, (after: string | null, at: Date, value: Value) => Order> = {
	newest(after, _at, value) {
		const [number] = keysIn(after, 1);
		return {
			key: 'i.idea_number',
			by: 'i.idea_number desc',
			direction: 'desc',
			conditions: [number === undefined ? '' : `i.idea_number < ${value(number)}`],
			after: ({ number: last }) => String(last)
		};
	},
	supported: (after, _at, value) => byStanding('supported', after, value),
	discussed: (after, _at, value) => byStanding('discussed', after, value),
	/** The stored shuffle from a start of one's own to its end, then from its beginning to that start. */
	random(after, at, value) {
		const [shuffle, number, start = beginningAt(at)] = keysIn(after, 3);
		const [from, to] = [value(start), 'i.shuffle'];
		const wrapped = shuffle !== undefined && shuffle < start;
		const left =
			shuffle === undefined ? `${to} >= ${from}` : `(i.shuffle, i.idea_number) > (${value(shuffle)}, ${value(number)})`;
		return {
			key: 'i.shuffle',
			by: 'i.shuffle, i.idea_number',
			direction: 'asc',
			conditions: wrapped ? [`${left} and ${to} < ${from}`] : [`${left} and ${to} >= ${from}`, `${to} < ${from}`],
			after: ({ key, number: last }) => `${key}-${last}-${start}`
		};
	}
};

/**
 * The first page shows the newest order, the pages after it go on as of that, so that an idea which rises or falls meanwhile is neither
 * missed nor met twice. Where the order is no longer known they go on in the one that holds now.
 */
function byStanding(column: 'supported' | 'discussed', after: string | null, value: Value): Order {
	const [standing, number, asked] = keysIn(after, 3);
	const shared = {
		key: `t.${column}`,
		by: `t.${column} desc, t.idea_number desc`,
		direction: 'desc',
		after: ({ key, number: last, asOf }: Row) => `${key}-${last}-${asOf}`
	} as const;
	const refreshes = 'from standing_refreshes where topic_id = $1';
	if (asked === undefined)
		return {
			...shared,
			asOf: `select coalesce(max(refresh), 0) as refresh ${refreshes}`,
			joins: ['join idea_standings t using (topic_id, idea_number)'],
			conditions: ['t.topic_id = $1']
		};
	const given = value(asked);
	const goesOn = `
		t.topic_id = $1 and t.since <= (select refresh from as_of)
		and (t.${column}, t.idea_number) < (${value(standing)}, ${value(number)})`;
	return {
		...shared,
		asOf: `
			select case when ${given}::int between min(refresh) and max(refresh) then ${given} else coalesce(max(refresh), 0) end as refresh
			${refreshes}`,
		joins: ['idea_standings', 'idea_standings_before'].map((table) => `join ${table} t using (topic_id, idea_number)`),
		conditions: [goesOn, `${goesOn} and t.until > (select refresh from as_of)`]
	};
}

/** The numbers of `after`; none where it is not what a page of ours gave. */
function keysIn(after: string | null, howMany: number): number[] {
	const keys = after?.split('-').map(Number) ?? [];
	return keys.length === howMany && keys.every((key) => Number.isInteger(key) && key >= 0 && key < 2 ** 31) ? keys : [];
}

/** Another beginning each minute (multiplicative hashing), the same for everybody. */
function beginningAt(at: Date): number {
	return (Math.imul(Math.floor(at.getTime() / 60_000), 2654435761) >>> 1) & 0x7fffffff;
}

function nameOf(text: string): string {
	return `ideas-listed-${hash('sha256', text).slice(0, 16)}`;
}

function isUuid(text: string): boolean {
	return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
