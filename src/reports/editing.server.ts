import type { Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isRapporteur } from '#activity/staff.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { valueAt } from '#agreement/canonical.ts';
import { snapshotOf } from '#agreement/snapshots.server.ts';
import { carriedOver, overlap, sentencesOf, type Origin, type Words } from '#reports/paragraph.ts';
import { paragraphsOf, reportNumbered, type PlacedParagraph, type Report } from '#reports/reading.server.ts';
import { gap, writeParagraphs, writeVersions } from '#reports/writing.server.ts';

export const longestParagraph = 10_000;

/** A paragraph as its editor saw it. */
export interface Seen {
	readonly topicId: string;
	/** of the report */
	readonly report: number;
	/** of the paragraph */
	readonly number: number;
	readonly version: number;
}

/** New words. What still stands keeps its sources (carriedOver); the version before stays. */
export async function editParagraph(database: Database | Transaction, seen: Seen, words: string, actor: Actor): Promise<void> {
	const text = usableText(words, { max: longestParagraph, what: 'text' }).trim();
	await changing(database, seen, actor, 'edited', (paragraph) =>
		text === paragraph.text ? null : { ...paragraph, text, sources: carriedOver(paragraph, text) }
	);
}

/** Takes the paragraph out; its number is not given again. */
export async function removeParagraph(database: Database | Transaction, seen: Seen, actor: Actor): Promise<void> {
	await changing(database, seen, actor, 'removed', (paragraph) => ({ ...paragraph, kind: 'removed', sources: [] }));
}

/** Rests a sentence (the first is 1) on something more. */
export async function addSource(
	database: Database | Transaction,
	seen: Seen,
	{ sentence, kind, reference }: { sentence: number; kind: AddedKind; reference: string },
	actor: Actor
): Promise<void> {
	await changing(database, seen, actor, 'sourced', async (paragraph, transaction, report) => {
		const span = sentencesOf(paragraph.text, paragraph.language)[sentence - 1];
		if (!span) throw refusal('changed-meanwhile');
		const origin = await originOf(transaction, report, kind, reference.trim());
		const isKnown = paragraph.sources.some(
			(source) => source.thingId === origin.thingId && source.pointer === origin.pointer && overlap(source, span)
		);
		return isKnown ? null : { ...paragraph, sources: [...paragraph.sources, { ...origin, ...span }] };
	});
}

/** Takes a source away, by its place in the paragraph's list. */
export async function removeSource(database: Database | Transaction, seen: Seen, place: number, actor: Actor): Promise<void> {
	await changing(database, seen, actor, 'unsourced', (paragraph) => {
		if (!paragraph.sources[place]) throw refusal('changed-meanwhile');
		return { ...paragraph, sources: paragraph.sources.filter((_, index) => index !== place) };
	});
}

/** A new paragraph of one's own words after another, in its section; it rests on nothing yet. @returns its number */
export async function addParagraph(
	database: Database | Transaction,
	{ topicId, report: reportNumber, number: after }: Omit<Seen, 'version'>,
	words: string,
	actor: Actor
): Promise<number> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	const text = usableText(words, { max: longestParagraph, what: 'text' }).trim();
	return inTransaction(database, async (transaction) => {
		const report = await lockedReport(transaction, topicId, reportNumber);
		const paragraphs = await paragraphsOf(transaction, topicId, report.reportId);
		const place = paragraphs.findIndex(({ number }) => number === after);
		const before = paragraphs[place];
		if (!before) throw refusal('not-found');
		const next = paragraphs[place + 1]?.position ?? before.position + 2 * gap;
		const position = Math.floor((before.position + next) / 2);
		// after ten insertions at one place there is no room between two neighbours
		if (position === before.position) throw refusal('no-room-here');
		const added = { section: before.section, kind: 'text', text, language: report.language, sources: [], position } as const;
		const number = await writeParagraphs(transaction, report, [added], 'edited', actor);
		await note(transaction, report, 'added', number, actor);
		return number;
	});
}

/** What can be added by hand, and what its reference looks like: idea 14, submission 3, comment 20, a passage's id, a pointer into the figures. */
export const addedKinds = ['idea', 'passage', 'submission', 'comment', 'figure'] as const;
export type AddedKind = (typeof addedKinds)[number];

async function originOf(queryable: Queryable, report: Report, kind: AddedKind, reference: string): Promise<Origin> {
	const { topicId, snapshotId } = report;
	if (kind === 'figure') {
		const snapshot = await snapshotOf(queryable, topicId, snapshotId);
		const value = valueAt(snapshot?.figures, reference);
		if (reference === '' || value === undefined) throw refusal('no-such-source', { reference });
		return { kind, thingId: snapshotId, pointer: reference, quote: null };
	}
	const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(reference);
	if (kind === 'passage' ? !isId : !/^[1-9][0-9]{0,8}$/.test(reference)) throw refusal('no-such-source', { reference });
	const { rows } = await queryable.query<{ id: string }>(byReference[kind], [topicId, reference]);
	if (!rows[0]) throw refusal('no-such-source', { reference });
	return { kind, thingId: rows[0].id, pointer: null, quote: null };
}

const byReference = {
	idea: 'select idea_id as id from ideas where topic_id = $1 and idea_number = $2::int',
	submission: 'select contribution_id as id from submissions where topic_id = $1 and submission_number = $2::int',
	comment: 'select comment_id as id from comments where topic_id = $1 and comment_number = $2::int',
	passage: 'select passage_id as id from passages where topic_id = $1 and passage_id = $2::uuid'
} as const;

/** Writes the next version of a paragraph in the place where it stands; null changes nothing. */
async function changing(
	database: Database | Transaction,
	{ topicId, report: reportNumber, number, version }: Seen,
	actor: Actor,
	did: string,
	change: (paragraph: PlacedParagraph, transaction: Transaction, report: Report) => Words | null | Promise<Words | null>
): Promise<void> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const report = await lockedReport(transaction, topicId, reportNumber);
		const paragraph = (await paragraphsOf(transaction, topicId, report.reportId)).find((one) => one.number === number);
		if (!paragraph) throw refusal('not-found');
		if (paragraph.version !== version) throw refusal('changed-meanwhile');
		const changed = await change(paragraph, transaction, report);
		if (changed === null) return;
		const { paragraphId, position } = paragraph;
		await writeVersions(
			transaction,
			topicId,
			[{ ...changed, paragraphId, position, version: version + 1, origin: 'edited' }],
			actor
		);
		await note(transaction, report, did, number, actor);
	});
}

/** One editor after the other; an edition is set from a report that stands still. */
async function lockedReport(transaction: Transaction, topicId: string, number: number): Promise<Report> {
	await transaction.query('select from reports where topic_id = $1 and report_number = $2 for update', [topicId, number]);
	return reportNumbered(transaction, topicId, number);
}

function note(transaction: Transaction, report: Report, did: string, paragraph: number, actor: Actor): Promise<void> {
	const { topicId, reportId, number } = report;
	return record(transaction, { topicId, actor, did, kind: 'report', thingId: reportId, details: { number, paragraph } });
}
