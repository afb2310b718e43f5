import { authorShown, groupsShown } from '#contributions/author-shown.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { Side } from '#ideas/comments/comment.ts';
import type { AuthorShown } from '#ideas/listing.server.ts';
import type { Attribution } from '#contributions/contribution.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { refusal } from '#refusals/refusal.ts';

export const commentsPage = 20;

export interface CommentShown {
	readonly number: number;
	readonly depth: number;
	/** the number of the comment that it answers */
	readonly answers: number | null;
	readonly side: Side;
	/** null where it cannot be seen and stands only for the sake of its answers */
	readonly text: string | null;
	/** gone at its author's request, for good */
	readonly isErased: boolean;
	readonly language: string;
	readonly isEdited: boolean;
	readonly writtenAt: Date;
	readonly author: AuthorShown;
}

export interface CommentsListed {
	readonly comments: readonly CommentShown[];
	/** where the next page starts ("12.15"); null: this is the last */
	readonly next: string | null;
}

interface Wishes {
	/** the path of the first comment of the page, as `next` gave it */
	readonly from?: string | null | undefined;
	/** only those that came after the comment of this number, without what cannot be seen */
	readonly since?: number | null | undefined;
	/** the path of a comment: only what was said below it */
	readonly below?: readonly number[];
}

/** The comments on an idea in the order of their threads, unfolded: each answer below what it answers, twenty a page. */
export async function commentsOn(
	queryable: Queryable,
	topicId: string,
	ideaNumber: number,
	wishes: Wishes = {}
): Promise<CommentsListed> {
	const { paths, next } = await pathsOn(queryable, topicId, ideaNumber, wishes);
	return { comments: await commentsNumbered(queryable, topicId, paths.map(numberAt)), next };
}

/** The same, each below all that it answers: those comments stand there too, for the sake of what is listed. */
export async function commentsInPlace(
	queryable: Queryable,
	topicId: string,
	ideaNumber: number,
	wishes: Wishes = {}
): Promise<CommentsListed & { listed: ReadonlySet<number> }> {
	const { paths, next } = await pathsOn(queryable, topicId, ideaNumber, wishes);
	const comments = await commentsNumbered(queryable, topicId, [...new Set(paths.flat())]);
	return { comments, listed: new Set(paths.map(numberAt)), next };
}

async function pathsOn(
	queryable: Queryable,
	topicId: string,
	ideaNumber: number,
	{ from = null, since = null, below = [] }: Wishes
): Promise<{ paths: readonly number[][]; next: string | null }> {
	const { rows } = await queryable.query<{ path: number[] }>({
		name: `comments-on-idea${since === null ? '' : '-since'}${below.length === 0 ? '' : '-below'}`,
		text: `
			select m.path
			from comments m
			where m.topic_id = $1 and m.idea_number = $2 and m.path >= $3::int[] and m.comment_number > $4
				${below.length === 0 ? '' : `and ${isBelowPath('m', '$5::int[]')}`}
				and ${since === null ? isShown('m') : isSeen('m')}
			order by m.path
			limit ${commentsPage + 1}`,
		values: [topicId, ideaNumber, pathIn(from), since ?? 0, ...(below.length === 0 ? [] : [below])]
	});
	return { paths: rows.slice(0, commentsPage).map(({ path }) => path), next: rows[commentsPage]?.path.join('.') ?? null };
}

/** A path ends with the number of its comment. */
function numberAt(path: readonly number[]): number {
	return path.at(-1)!;
}

/** The newest comment that everybody can see, or that was written before a moment; 0: there is none. */
export async function newestComment(
	queryable: Queryable,
	topicId: string,
	ideaNumber: number,
	before: Date | null = null
): Promise<number> {
	const { rows } = await queryable.query<{ number: number }>({
		name: 'newest-comment',
		text: `
			select m.comment_number as number
			from comments m
			where m.topic_id = $1 and m.idea_number = $2 and ($3::timestamptz is null or m.written_at < $3) and ${isSeen('m')}
			order by m.comment_number desc
			limit 1`,
		values: [topicId, ideaNumber, before]
	});
	return rows[0]?.number ?? 0;
}

/** How many comments that can be seen came after the one of this number. */
export async function commentsSince(
	queryable: Queryable,
	topicId: string,
	ideaNumber: number,
	{ since, below = [] }: { since: number; below?: readonly number[] }
): Promise<number> {
	const { rows } = await queryable.query<{ count: number }>({
		name: `comments-since${below.length === 0 ? '' : '-below'}`,
		text: `
			select count(*)::int as count
			from comments m
			where m.topic_id = $1 and m.idea_number = $2 and m.comment_number > $3 and ${isSeen('m')}
				${below.length === 0 ? '' : `and ${isBelowPath('m', '$4::int[]')}`}`,
		values: [topicId, ideaNumber, since, ...(below.length === 0 ? [] : [below])]
	});
	return rows[0]?.count ?? 0;
}

/** A comment that stands on the idea, with all that it answers before it. Throws `not-found` where it does not stand. */
export async function lineTo(
	queryable: Queryable,
	topicId: string,
	{ ideaNumber, number }: { ideaNumber: number; number: number }
): Promise<{ line: readonly CommentShown[]; path: readonly number[] }> {
	const { rows } = await queryable.query<{ path: number[] }>({
		name: 'line-to-comment',
		text: `
			select m.path
			from comments m
			where m.topic_id = $1 and m.comment_number = $2 and m.idea_number = $3 and ${isShown('m')}`,
		values: [topicId, number, ideaNumber]
	});
	if (!rows[0]) throw refusal('not-found');
	return { line: await commentsNumbered(queryable, topicId, rows[0].path), path: rows[0].path };
}

/** On which idea a comment that can be seen stands, and whether all that was said there fits on one page. Throws `not-found`. */
export async function placeOfComment(
	queryable: Queryable,
	topicId: string,
	number: number
): Promise<{ ideaNumber: number; fitsOnAPage: boolean }> {
	const { rows } = await queryable.query<{ ideaNumber: number; rows: number }>({
		name: 'place-of-comment',
		text: `
			select m.idea_number as "ideaNumber", (
				select count(*)
				from (
					select
					from comments o
					where o.topic_id = m.topic_id and o.idea_number = m.idea_number
					limit ${commentsPage + 1}
				) first
			) as rows
			from comments m
			where m.topic_id = $1 and m.comment_number = $2 and ${isSeen('m')}`,
		values: [topicId, number]
	});
	if (!rows[0]) throw refusal('not-found');
	return { ideaNumber: rows[0].ideaNumber, fitsOnAPage: rows[0].rows <= commentsPage };
}

/** The comments of these numbers with all that is shown of them, in the order of their threads. What cannot be seen has no words. */
export async function commentsNumbered(
	queryable: Queryable,
	topicId: string,
	numbers: readonly number[]
): Promise<CommentShown[]> {
	if (numbers.length === 0) return [];
	const { rows } = await queryable.query<Row>({
		name: 'comments-numbered',
		text: `
			select m.comment_number as number, m.depth, m.side, h.why is not null as concealed, h.why is not distinct from 'erased' as "isErased",
				m.written_at as "writtenAt", p.comment_number as answers, v.text, v.language, v.version, c.attribution, author_name.name,
				author_organisation.name as organisation, author_organisation.organisation_id as "organisationId",
				${groupsShown} as groups, author.region
			from comments m
			left join concealments h on h.topic_id = m.topic_id and h.kind = 'comment' and h.thing_id = m.comment_id
			join contributions c on c.topic_id = m.topic_id and c.contribution_id = m.contribution_id
			cross join lateral (
				select text, language, version
				from contribution_versions v
				where v.topic_id = m.topic_id and v.contribution_id = m.contribution_id
				order by version desc
				limit 1
			) v
			left join comments p on p.topic_id = m.topic_id and p.comment_id = m.parent_id
			${authorShown('c')}
			where m.topic_id = $1 and m.comment_number = any ($2::int[])
			order by m.path`,
		values: [topicId, numbers]
	});
	return rows.map(commentShown);
}

/** That everybody may read the words of a comment. */
export const isSeen = (comment: string) => canBeSeen('comment', `${comment}.comment_id`, '$1');

/** That a comment stands in its thread: what cannot be seen leaves its place to the answers that can be, and is gone where there are none. */
export const isShown = (comment: string) => `
	(${isSeen(comment)} or exists (
		select
		from comments answer
		where answer.topic_id = $1 and answer.idea_number = ${comment}.idea_number and ${isBelow('answer', comment)} and ${isSeen('answer')}
	))`;

/** That one comment stands somewhere below another: a range of the index of threads. */
export const isBelow = (answer: string, comment: string) => isBelowPath(answer, `${comment}.path`);

/** The same below the comment at a path: it ends before the first path that cannot be below. */
export const isBelowPath = (answer: string, path: string) => `
	${answer}.path > ${path}
	and ${answer}.path < (${path})[:cardinality(${path}) - 1] || ((${path})[cardinality(${path})] + 1)`;

interface Row {
	number: number;
	depth: number;
	answers: number | null;
	side: Side;
	concealed: boolean;
	isErased: boolean;
	writtenAt: Date;
	text: string;
	language: string;
	version: number;
	attribution: Attribution;
	name: string | null;
	organisation: string | null;
	organisationId: string | null;
	groups: string[];
	region: string | null;
}

function commentShown(row: Row): CommentShown {
	const { number, depth, answers, side, concealed, isErased, writtenAt, language, version } = row;
	const { attribution, name, organisation, organisationId, groups, region } = row;
	const nobody = { attribution: 'anonymous', name: null, organisation: null, groups: [], region: null } as const;
	return {
		number,
		depth,
		answers,
		side,
		text: concealed ? null : row.text,
		isErased,
		language,
		isEdited: version > 1,
		writtenAt,
		author: concealed ? nobody : { attribution, name, organisation, organisationId, groups, region }
	};
}

/** A path as addresses carry it; the beginning where it is anything else. */
function pathIn(from: string | null): number[] {
	const path = from?.split('.').map(Number) ?? [];
	return path.length <= 4 && path.every((number) => Number.isInteger(number) && number >= 0 && number < 2 ** 31) ? path : [];
}
