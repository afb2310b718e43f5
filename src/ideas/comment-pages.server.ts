import { authorShown, groupsShown } from '#contributions/author-shown.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { Side } from '#ideas/comment.ts';
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
	/** null where it was hidden or withdrawn and stands only for the sake of its answers */
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

/**
 * The comments on an idea as they are read: a thread after the other, each answer below what it answers, twenty a page.
 * @param from the path of the first comment of the page, as `next` or pageOfComment gave it
 */
export async function commentsOn(
	queryable: Queryable,
	topicId: string,
	ideaNumber: number,
	from: string | null = null
): Promise<CommentsListed> {
	const { rows } = await queryable.query<Row>({
		name: 'comments-on-idea',
		text: `
			with page as materialized (
				select m.*, h.why
				${shown}
					and m.path >= $3::int[]
				order by m.path
				limit ${commentsPage + 1}
			)
			select m.comment_number as number, m.path, m.depth, m.side, m.why is not null as concealed, m.why is not distinct from 'erased' as "isErased", m.written_at as "writtenAt",
				p.comment_number as answers, v.text, v.language, v.version, c.attribution, author_name.name, author_organisation.name as organisation,
				author_organisation.organisation_id as "organisationId",
				${groupsShown} as groups, author.region
			from page m
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
			order by m.path`,
		values: [topicId, ideaNumber, pathIn(from)]
	});
	const next = rows[commentsPage];
	return { comments: rows.slice(0, commentsPage).map(commentShown), next: next ? next.path.join('.') : null };
}

/** On which idea and page of it a comment stands: the page's first path (null: the first page). Throws `not-found` where it cannot be seen. */
export async function pageOfComment(
	queryable: Queryable,
	topicId: string,
	number: number
): Promise<{ ideaNumber: number; from: string | null }> {
	const { rows } = await queryable.query<{ ideaNumber: number; from: number[]; isFirst: boolean }>({
		name: 'page-of-comment',
		text: `
			with target as (
				select m.idea_number, m.path
				from comments m
				where m.topic_id = $1 and m.comment_number = $2
					and ${canBeSeen('comment', 'm.comment_id')}
			), before as (
				select count(*) as comments
				${shown.replace('$2', '(select idea_number from target)')}
					and m.path < (select path from target)
			)
			select t.idea_number as "ideaNumber", before.comments < ${commentsPage} as "isFirst", (
				select m.path
				${shown.replace('$2', 't.idea_number')}
				order by m.path
				offset before.comments / ${commentsPage} * ${commentsPage}
				limit 1
			) as from
			from target t, before`,
		values: [topicId, number]
	});
	const found = rows[0];
	if (!found) throw refusal('not-found');
	return { ideaNumber: found.ideaNumber, from: found.isFirst ? null : found.from.join('.') };
}

/** What was hidden or withdrawn leaves its place to those who answered it, and is gone where nobody did. */
const shown = `
	from comments m
	left join concealments h on h.topic_id = m.topic_id and h.kind = 'comment' and h.thing_id = m.comment_id
	where m.topic_id = $1 and m.idea_number = $2
		and (h.why is null or h.why <> 'held' and exists (
			select from comments a where a.topic_id = m.topic_id and a.parent_id = m.comment_id
		))`;

interface Row {
	number: number;
	path: number[];
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
