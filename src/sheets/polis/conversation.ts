import { csvRows } from '#sheets/csv.ts';

/** What a folder of files as Polis exports them says: statements, what moderators decided, and the last vote of each person on each. */
export interface Conversation {
	readonly title: string;
	/** whence it comes; '' where that is not known */
	readonly url: string;
	/** by number */
	readonly comments: readonly PolisComment[];
	/** by person and comment */
	readonly votes: readonly PolisVote[];
	/** votes of which a later one by the same person exists */
	readonly earlier: number;
	/** lines that cannot be understood, and votes on comments that are not there */
	readonly unusable: number;
}

export interface PolisComment {
	readonly id: number;
	readonly author: number;
	/** 1 accepted, 0 not looked at, -1 rejected */
	readonly moderated: 1 | 0 | -1;
	readonly body: string;
}

export interface PolisVote {
	readonly voter: number;
	readonly comment: number;
	/** 1 agrees, -1 disagrees, 0 passes */
	readonly vote: 1 | 0 | -1;
	/** null where the file tells no times */
	readonly at: Date | null;
}

export const polisFiles = ['comments.csv', 'votes.csv', 'participants-votes.csv', 'summary.csv'] as const;

/** @param files by name; the two first are needed */
export function conversationIn(files: Readonly<Partial<Record<string, string>>>): Conversation | null {
	const [commentsCsv, votesCsv] = [files['comments.csv'], files['votes.csv']];
	if (commentsCsv === undefined || votesCsv === undefined) return null;
	const comments = new Map<number, PolisComment>();
	let unusable = 0;
	for (const row of table(commentsCsv)) {
		const [id, author] = [whole(row('comment-id')), whole(row('author-id'))];
		const body = row('comment-body')?.trim() ?? '';
		if (id === null || author === null || body === '') unusable += 1;
		else comments.set(id, { id, author, moderated: sign(row('moderated')) ?? 0, body });
	}
	const { votes, earlier, unusable: unusableVotes } = lastVotes(votesCsv, comments);
	const { rows } = csvRows(plain(files['summary.csv'] ?? ''), ',');
	const summary = (name: string) => rows.find(([key]) => key === name)?.[1]?.trim() ?? '';
	return {
		title: summary('topic'),
		url: summary('url'),
		comments: [...comments.values()].sort((one, other) => one.id - other.id),
		votes,
		earlier,
		unusable: unusable + unusableVotes
	};
}

function lastVotes(csv: string, comments: ReadonlyMap<number, unknown>) {
	const last = new Map<string, PolisVote>();
	let [earlier, unusable] = [0, 0];
	for (const row of table(csv)) {
		const [voter, comment, vote] = [whole(row('voter-id')), whole(row('comment-id')), sign(row('vote'))];
		if (voter === null || comment === null || vote === null || !comments.has(comment)) {
			unusable += 1;
			continue;
		}
		const time = whole(row('timestamp'));
		const at = time === null ? null : new Date(time);
		const key = `${voter} ${comment}`;
		const known = last.get(key);
		if (known) earlier += 1;
		// the lines stand in no order; of two at the same time the later line counts
		if (!known || (at?.getTime() ?? 0) >= (known.at?.getTime() ?? 0)) last.set(key, { voter, comment, vote, at });
	}
	const votes = [...last.values()].sort((one, other) => one.voter - other.voter || one.comment - other.comment);
	return { votes, earlier, unusable };
}

function* table(csv: string): Generator<(name: string) => string | undefined> {
	const [headings = [], ...rows] = csvRows(plain(csv), ',').rows;
	const places = new Map(headings.map((heading, place) => [heading.trim(), place]));
	for (const row of rows) if (row.length > 0) yield (name) => row[places.get(name) ?? -1];
}

function plain(csv: string): string {
	return csv.replace(/^\ufeff/, '');
}

function whole(text: string | undefined): number | null {
	return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function sign(text: string | undefined): 1 | 0 | -1 | null {
	return text === '1' ? 1 : text === '0' ? 0 : text === '-1' ? -1 : null;
}
