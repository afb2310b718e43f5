import type { Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isRapporteur } from '#activity/staff.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import type { Words } from '#reports/paragraph.ts';
import { reportNumbered, versionsOf, type PlacedParagraph, type Report } from '#reports/reading.server.ts';
import { writeVersions, type NewVersion } from '#reports/writing.server.ts';

/** A paragraph as its editor saw it. */
export interface Seen {
	readonly topicId: string;
	/** of the report */
	readonly report: number;
	/** of the paragraph */
	readonly number: number;
	readonly version: number;
}

/** What becomes of a paragraph; its place stays where none is named. Null: nothing. */
export type Change = (Words & Partial<Pick<NewVersion, 'position'>>) | null;

/**
 * Writes the next version of a paragraph. Who saw an older version than the newest is refused: `changed-meanwhile`. One that was taken out
 * can only be put back.
 */
export async function changeParagraph(
	database: Database | Transaction,
	{ topicId, report: reportNumber, number, version }: Seen,
	actor: Actor,
	did: string,
	change: (paragraph: PlacedParagraph, report: Report, transaction: Transaction) => Change | Promise<Change>
): Promise<void> {
	await changingReport(database, topicId, reportNumber, actor, async (transaction, report) => {
		const [newest] = await versionsOf(transaction, report, number);
		if (!newest) throw refusal('not-found');
		if (newest.version !== version) throw refusal('changed-meanwhile');
		const changed = await change(newest, report, transaction);
		if (changed === null) return;
		const { paragraphId, position } = newest;
		const next = { position, ...changed, paragraphId, version: version + 1, origin: 'edited' } as const;
		await writeVersions(transaction, topicId, [next], actor);
		await noteChange(transaction, report, did, number, actor);
	});
}

/** One editor after the other; an edition is set from a report that stands still. */
export async function changingReport<Result>(
	database: Database | Transaction,
	topicId: string,
	number: number,
	actor: Actor,
	work: (transaction: Transaction, report: Report) => Promise<Result>
): Promise<Result> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await transaction.query('select from reports where topic_id = $1 and report_number = $2 for update', [topicId, number]);
		return work(transaction, await reportNumbered(transaction, topicId, number));
	});
}

export function noteChange(
	transaction: Transaction,
	report: Report,
	did: string,
	paragraph: number,
	actor: Actor
): Promise<void> {
	const { topicId, reportId, number } = report;
	return record(transaction, { topicId, actor, did, kind: 'report', thingId: reportId, details: { number, paragraph } });
}
