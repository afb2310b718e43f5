import type { Actor } from '#activity/actor.ts';
import { valueAt } from '#agreement/canonical.ts';
import { snapshotAt } from '#agreement/frozen.server.ts';
import type { Database, Queryable, Transaction } from '#database/connection.server.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { changeParagraph, type Seen } from '#reports/changing.server.ts';
import { carriedOver, overlap, sentencesOf, type Origin } from '#reports/paragraph.ts';
import { versionsOf, type PlacedParagraph, type Report } from '#reports/reading.server.ts';

export const longestParagraph = 10_000;

/** New words. What still stands keeps its sources (carriedOver); the version before stays. */
export async function editParagraph(database: Database | Transaction, seen: Seen, words: string, actor: Actor): Promise<void> {
	const text = usableText(words, { max: longestParagraph, what: 'text' }).trim();
	await changeParagraph(database, seen, actor, 'edited', (paragraph) =>
		text === paragraph.text ? null : { ...standing(paragraph), text, sources: carriedOver(paragraph, text) }
	);
}

/** Rests a sentence (the first is 1) on something more. */
export async function addSource(
	database: Database | Transaction,
	seen: Seen,
	{ sentence, kind, reference }: { sentence: number; kind: AddedKind; reference: string },
	actor: Actor
): Promise<void> {
	await changeParagraph(database, seen, actor, 'sourced', async (paragraph, report, transaction) => {
		const span = sentencesOf(standing(paragraph).text, paragraph.language)[sentence - 1];
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
	await changeParagraph(database, seen, actor, 'unsourced', (paragraph) => {
		if (!standing(paragraph).sources[place]) throw refusal('changed-meanwhile');
		return { ...paragraph, sources: paragraph.sources.filter((_, index) => index !== place) };
	});
}

/** Takes back the last change of a paragraph, whatever it was: words, sources, place, that it was added or taken out. */
export async function undoChange(database: Database | Transaction, seen: Seen, actor: Actor): Promise<void> {
	await changeParagraph(database, seen, actor, 'undid', async (paragraph, report, transaction) => {
		const [, before] = await versionsOf(transaction, report, seen.number);
		return before ?? { ...paragraph, kind: 'removed', sources: [] };
	});
}

/** Puts back the words and sources of an earlier version, where the paragraph stands now. */
export async function restoreVersion(database: Database | Transaction, seen: Seen, version: number, actor: Actor): Promise<void> {
	await changeParagraph(database, seen, actor, 'restored', async (paragraph, report, transaction) => {
		const wanted = (await versionsOf(transaction, report, seen.number)).find((one) => one.version === version);
		if (!wanted || wanted.kind === 'removed') throw refusal('not-found');
		return { ...wanted, position: paragraph.position };
	});
}

/** Refuses one that was taken out. */
function standing(paragraph: PlacedParagraph): PlacedParagraph {
	if (paragraph.kind === 'removed') throw refusal('changed-meanwhile');
	return paragraph;
}

/**
 * What can be added by hand, and what its reference looks like: idea 14, submission 3, comment 20, a passage's id, a pointer into the
 * figures.
 */
export const addedKinds = ['idea', 'passage', 'submission', 'comment', 'figure'] as const;
export type AddedKind = (typeof addedKinds)[number];

async function originOf(queryable: Queryable, report: Report, kind: AddedKind, reference: string): Promise<Origin> {
	const { topicId, snapshotId } = report;
	if (kind === 'figure') {
		const snapshot = await snapshotAt(queryable, topicId, snapshotId, [reference]);
		if (!snapshot || reference === '' || valueAt(snapshot.figures, reference) === undefined)
			throw refusal('no-such-source', { reference });
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
