import type { Queryable } from '#database/connection.server.ts';
import {
	commentsNumbered,
	commentsPage,
	isBelow,
	isBelowPath,
	isSeen,
	isShown,
	type CommentShown
} from '#ideas/comments/pages.server.ts';
import { isAsOf, previewed, shownWhole, threadPlaceIn, threadPlaceOut, type ThreadOrder } from '#ideas/comments/thread.ts';
import { profileShown } from '#contributions/author-shown.server.ts';

/** A comment with what was said below it. */
export interface Branch {
	/** the comment, and the answers that are shown with it in the order in which they are read */
	readonly comments: readonly CommentShown[];
	/** null where all of it is shown */
	readonly folded: Folded | null;
}

/** What a reader knows of a branch that is folded; all of it is on its own page. */
export interface Folded {
	/** that can be seen, those that are shown with the branch among them */
	readonly answers: number;
	readonly newestAt: Date;
	readonly for: number;
	readonly against: number;
	/** the stakeholder groups of those who answered, as far as they wanted them to be known, the most frequent first */
	readonly groups: readonly string[];
}

export interface BranchesListed {
	readonly branches: readonly Branch[];
	/** where the next page starts; null: this is the last */
	readonly next: string | null;
}

interface Wishes {
	/** the path of a comment, for the branches below it; without: those of the idea */
	readonly below?: readonly number[];
	readonly order?: ThreadOrder;
	readonly from?: string | null;
}

/**
 * The branches on an idea, or below a comment, the long ones folded: at most twenty comments a page, and no branch cut by the end of one. What
 * fits on one page is not folded. A page costs the same however many comments there are, but in the orders that change with each comment:
 * there it costs a look at the index entry of each.
 */
export async function branchesOn(
	queryable: Queryable,
	topicId: string,
	ideaNumber: number,
	{ below = [], order = 'oldest', from = null }: Wishes = {}
): Promise<BranchesListed> {
	const place = threadPlaceIn(from, order);
	const isWhole = below.length === 0;
	const { rows } = await queryable.query<Row>({
		name: `branches-${order}${isWhole ? '' : '-below'}`,
		text: `
			with ${isAsOf(order) ? headsAsOf(order, isWhole) : heads(order, isWhole)}, sized as materialized (
				select m.*, b.rows, b.answers, b.newest_at, b.for, b.against, sum(b.rows + 1) over () as all_rows
				from heads m
				cross join lateral (
					select count(*)::int as rows, count(*) filter (where is_seen)::int as answers, max(written_at) filter (where is_seen) as newest_at,
						count(*) filter (where is_seen and side = 'for')::int as for, count(*) filter (where is_seen and side = 'against')::int as against
					from (
						select a.side, a.written_at, ${isSeen('a')} as is_seen
						from comments a
						where a.topic_id = $1 and a.idea_number = $2 and ${isBelow('a', 'm')} and ${isShown('a')}
					) answer
				) b
			), page as materialized (
				select *, sum(shown + 1) over (order by place) as through
				from (
					select *, case when all_rows <= ${commentsPage} or rows <= ${shownWhole} then rows else ${previewed} end as shown
					from sized
				) folded
			)
			select m.comment_number as number, m.key, m.up_to as "upTo", m.through <= ${commentsPage} as "isOnPage",
				m.rows > m.shown as "isFolded", m.answers, m.newest_at as "newestAt", m.for, m.against,
				case when m.through <= ${commentsPage} then array(
					select a.comment_number
					from comments a
					where a.topic_id = $1 and a.idea_number = $2 and ${isBelow('a', 'm')} and ${isShown('a')}
					order by a.path
					limit m.shown
				) end as previewed,
				case when m.through <= ${commentsPage} and m.rows > m.shown then array(
					select g.key
					from comments a
					join contributions c on c.topic_id = $1 and c.contribution_id = a.contribution_id
					${profileShown('c')}
					cross join unnest(author.stakeholder_groups) as g (key)
					where a.topic_id = $1 and a.idea_number = $2 and ${isBelow('a', 'm')} and ${isSeen('a')}
					group by g.key
					order by count(*) desc, g.key
				) end as groups
			from page m
			order by m.place`,
		values: [
			topicId,
			ideaNumber,
			below,
			place?.number ?? null,
			...(isAsOf(order) ? [place?.key ?? null, place?.upTo ?? null] : [])
		]
	});
	const page = rows.filter(({ isOnPage }) => isOnPage);
	const after = rows.find(({ isOnPage }) => !isOnPage);
	const numbers = page.flatMap(({ number, previewed: answers }) => [number, ...(answers ?? [])]);
	const comments = new Map((await commentsNumbered(queryable, topicId, numbers)).map((comment) => [comment.number, comment]));
	return { branches: page.map((row) => branch(row, comments)), next: after ? threadPlaceOut(after, order) : null };
}

/** The comments with which branches begin, from a place on: one more than a page can hold. */
function heads(order: 'oldest' | 'newest', isWhole: boolean): string {
	const [sign, direction] = order === 'oldest' ? ['>=', 'asc'] : ['<=', 'desc'];
	return `
		heads as materialized (
			select m.*, m.comment_number as key, 0 as up_to, row_number() over (order by m.comment_number ${direction}) as place
			from comments m
			where m.topic_id = $1 and m.idea_number = $2 and ${isHead(isWhole)}
				and ($4::int is null or m.comment_number ${sign} $4) and ${isShown('m')}
			order by m.comment_number ${direction}
			limit ${commentsPage + 1}
		)`;
}

/** The same by their newest comment or by how many there are, both as they were when there was none newer than `upTo`. */
function headsAsOf(order: 'active' | 'answered', isWhole: boolean): string {
	return `
		newest as materialized (
			select coalesce($6::int, max(m.comment_number)) as up_to
			from comments m
			where m.topic_id = $1 and m.idea_number = $2
		), counted as (
			select m.path[cardinality($3::int[]) + 1] as number, ${order === 'active' ? 'max(m.comment_number)' : 'count(*)::int'} as key
			from comments m
			where m.topic_id = $1 and m.idea_number = $2 and m.comment_number <= (select up_to from newest) and ${isSeen('m')}
				${isWhole ? '' : `and ${isBelowPath('m', '$3::int[]')}`}
			group by 1
		), heads as materialized (
			select m.*, c.key, newest.up_to, row_number() over (order by c.key desc, c.number desc) as place
			from counted c
			join comments m on m.topic_id = $1 and m.comment_number = c.number
			cross join newest
			where $4::int is null or (c.key, c.number) <= ($5, $4)
			order by c.key desc, c.number desc
			limit ${commentsPage + 1}
		)`;
}

/** Of the idea, or of the comment at the path $3, whose number is the last of it. */
function isHead(isWhole: boolean): string {
	if (isWhole) return 'm.parent_id is null and cardinality($3::int[]) = 0';
	return `m.parent_id = (
		select p.comment_id
		from comments p
		where p.topic_id = $1 and p.comment_number = ($3::int[])[cardinality($3::int[])]
	)`;
}

interface Row {
	number: number;
	key: number;
	upTo: number;
	isOnPage: boolean;
	isFolded: boolean;
	answers: number;
	newestAt: Date;
	for: number;
	against: number;
	previewed: number[] | null;
	groups: string[] | null;
}

function branch(row: Row, comments: ReadonlyMap<number, CommentShown>): Branch {
	const { number, isFolded, answers, newestAt, groups } = row;
	return {
		comments: [number, ...(row.previewed ?? [])].flatMap((one) => comments.get(one) ?? []),
		folded: isFolded ? { answers, newestAt, for: row.for, against: row.against, groups: groups ?? [] } : null
	};
}
