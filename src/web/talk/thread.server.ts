import type { Database } from '#database/connection.server.ts';
import {
	commentsInPlace,
	commentsPage,
	commentsSince,
	lineTo,
	newestComment,
	type CommentShown
} from '#ideas/comments/pages.server.ts';
import { branchesOn, type Folded } from '#ideas/comments/folding.server.ts';
import { threadOrder, type ThreadOrder } from '#ideas/comments/thread.ts';
import { numberAsked } from './idea-numbers.server.ts';

/** What is to be read of the comments on an idea, by what the address asks for: all of it folded, a branch, or what is new. */
export interface ThreadShown {
	readonly order: ThreadOrder;
	/** the comment whose branch it is; null: all branches */
	readonly branch: { readonly number: number; readonly answers: number | null } | null;
	/** only what came after the comment of this number; null: everything */
	readonly since: number | null;
	/** how many those are */
	readonly fresh: number;
	/** the newest comment, for a link to what comes after it; null where so few are no thread to come back to */
	readonly newest: number | null;
	readonly blocks: readonly Block[];
	/** where the next page starts */
	readonly next: string | null;
	readonly isContinued: boolean;
}

/** Comments that stand together, and what is folded below the first of them. */
export interface Block {
	readonly comments: readonly CommentInThread[];
	readonly folded: Folded | null;
}

export interface CommentInThread extends CommentShown {
	/** `above`: only for the sake of what answers it; `marked`: what the address leads to */
	readonly role: 'plain' | 'above' | 'marked' | 'new';
}

export async function threadOf(
	database: Database,
	{ topicId, idea, at }: { topicId: string; idea: { readonly number: number; readonly comments: number }; at: Date },
	asked: URLSearchParams
): Promise<ThreadShown> {
	const order = threadOrder(asked.get('order'));
	const from = asked.get('from');
	const number = numberAsked(asked, 'branch');
	const [found, since, newest] = await Promise.all([
		number === null ? null : lineTo(database, topicId, { ideaNumber: idea.number, number }),
		sinceAsked(asked.get('since')),
		idea.comments > commentsPage ? newestComment(database, topicId, idea.number) : null
	]);
	const below = found?.path ?? [];
	const line = found?.line ?? [];
	const shared = {
		order,
		newest,
		since,
		branch: number === null ? null : { number, answers: line.at(-1)?.answers ?? null },
		isContinued: from !== null
	};
	if (since !== null) {
		const [{ comments, listed, next }, fresh] = await Promise.all([
			commentsInPlace(database, topicId, idea.number, { since, below, from }),
			commentsSince(database, topicId, idea.number, { since, below })
		]);
		const inPlace = comments.map((comment) => ({
			...comment,
			role: listed.has(comment.number) ? ('new' as const) : ('above' as const)
		}));
		return { ...shared, fresh, blocks: [{ comments: inPlace, folded: null }], next };
	}
	const { branches, next } = await branchesOn(database, topicId, idea.number, { below, order, from });
	const head = {
		comments: line.map((comment) => ({ ...comment, role: comment.number === number ? ('marked' as const) : ('above' as const) })),
		folded: null
	};
	const blocks = branches.map(({ comments, folded }) => ({
		comments: comments.map((comment) => ({ ...comment, role: 'plain' as const })),
		folded
	}));
	return { ...shared, fresh: 0, blocks: number === null ? blocks : [head, ...blocks], next };

	/** The number of a comment, or how long ago: the reading pages know nobody, so when they were here last stands in the address. */
	async function sinceAsked(wish: string | null): Promise<number | null> {
		if (wish === 'day' || wish === 'week')
			return newestComment(database, topicId, idea.number, new Date(+at - (wish === 'day' ? 1 : 7) * 86_400_000));
		return wish !== null && /^\d{1,9}$/.test(wish) ? Number(wish) : null;
	}
}
