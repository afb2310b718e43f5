import type { MessageKey } from '#languages/speaking.ts';

/** `text`: what people wrote (guarded in CSV); `key`: a word of ours; `list`: keys, parted by spaces. */
export type ColumnType = 'text' | 'number' | 'key' | 'list' | 'moment' | 'language' | 'address';

export interface Column {
	readonly name: string;
	readonly type: ColumnType;
	readonly about: MessageKey;
	/** empty while opinions are blind */
	readonly isResult?: true;
}

const idea: Column = { name: 'idea', type: 'number', about: 'exports.idea' };
const language: Column = { name: 'language', type: 'language', about: 'exports.language' };
const address: Column = { name: 'address', type: 'address', about: 'exports.address' };
const published: Column = { name: 'published', type: 'moment', about: 'exports.published' };
const speaker: readonly Column[] = [
	{ name: 'author', type: 'text', about: 'exports.author' },
	{ name: 'organisation', type: 'text', about: 'exports.organisation' },
	{ name: 'groups', type: 'list', about: 'exports.groups' },
	{ name: 'region', type: 'key', about: 'exports.region' }
];
const tally: readonly Column[] = [
	{ name: 'agree', type: 'number', about: 'exports.agree', isResult: true },
	{ name: 'disagree', type: 'number', about: 'exports.disagree', isResult: true },
	{ name: 'pass', type: 'number', about: 'exports.pass', isResult: true }
];

/** The public tables of a talk, in the order of a file that has all of them. Columns may be added at the end, never renamed or moved. */
export const tables = {
	questions: [
		{ name: 'question', type: 'number', about: 'exports.question' },
		language,
		{ name: 'text', type: 'text', about: 'exports.question-text' },
		{ name: 'explanation', type: 'text', about: 'exports.explanation' }
	],
	ideas: [
		idea,
		{ name: 'question', type: 'number', about: 'exports.question' },
		language,
		{ name: 'point', type: 'text', about: 'exports.point' },
		{ name: 'explanation', type: 'text', about: 'exports.explanation' },
		{ name: 'sources', type: 'text', about: 'exports.sources' },
		{ name: 'channel', type: 'key', about: 'exports.channel' },
		...speaker,
		...tally,
		{ name: 'comments', type: 'number', about: 'exports.comments' },
		{ name: 'successor_of', type: 'number', about: 'exports.successor-of' },
		published,
		address
	],
	cells: [
		idea,
		{ name: 'dimension', type: 'key', about: 'exports.dimension' },
		{ name: 'key', type: 'key', about: 'exports.cell-key' },
		...tally,
		{ name: 'voices', type: 'number', about: 'exports.voices' },
		{ name: 'published', type: 'moment', about: 'exports.cell-published' }
	],
	levels: [
		idea,
		{ name: 'level', type: 'key', about: 'exports.level', isResult: true },
		{ name: 'score', type: 'number', about: 'exports.level-score', isResult: true },
		{ name: 'opposed_by', type: 'list', about: 'exports.opposed-by', isResult: true },
		{ name: 'not_heard_from', type: 'list', about: 'exports.not-heard-from', isResult: true }
	],
	comments: [
		{ name: 'comment', type: 'number', about: 'exports.comment' },
		idea,
		{ name: 'answers', type: 'number', about: 'exports.answers' },
		{ name: 'side', type: 'key', about: 'exports.side' },
		language,
		{ name: 'text', type: 'text', about: 'exports.comment-text' },
		...speaker,
		published,
		address
	],
	submissions: [
		{ name: 'submission', type: 'number', about: 'exports.submission' },
		language,
		{ name: 'title', type: 'text', about: 'exports.title' },
		{ name: 'abstract', type: 'text', about: 'exports.abstract' },
		...speaker,
		{ name: 'country', type: 'key', about: 'exports.country' },
		{ name: 'channel', type: 'key', about: 'exports.channel' },
		{ name: 'words', type: 'number', about: 'exports.words' },
		published,
		address,
		{ name: 'text', type: 'text', about: 'exports.submission-text' }
	],
	stances: [
		{ name: 'submission', type: 'number', about: 'exports.submission' },
		idea,
		{ name: 'stance', type: 'key', about: 'exports.stance' },
		{ name: 'quote', type: 'text', about: 'exports.quote' },
		{ name: 'part', type: 'number', about: 'exports.part' },
		{ name: 'starts', type: 'number', about: 'exports.starts' },
		{ name: 'ends', type: 'number', about: 'exports.ends' }
	]
} as const satisfies Record<string, readonly Column[]>;

/** Only in the archives of the night: see docs/decisions/014-exports.md. */
export const opinionColumns: readonly Column[] = [
	{ name: 'person', type: 'number', about: 'exports.person' },
	idea,
	{ name: 'opinion', type: 'key', about: 'exports.opinion' }
];

export type TableName = keyof typeof tables;

export const tableNames = Object.keys(tables) as TableName[];

export function isTableName(text: string): text is TableName {
	return Object.hasOwn(tables, text);
}

/** Tables that tell opinions and nothing else. */
export const resultTables: readonly TableName[] = ['cells', 'levels'];
