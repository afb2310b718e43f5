import { snapshotAt } from '#agreement/frozen.server.ts';
import type { Snapshot } from '#agreement/snapshots.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { remarksIn, nameOf, type Remark } from '#reports/checking.ts';
import { paragraphsOf, type PlacedParagraph, type Report } from '#reports/reading.server.ts';
import { resolvedSources, type Resolved } from '#reports/sources.server.ts';

export interface CheckedRemark extends Remark {
	/** by which a waiver names it */
	readonly name: string;
	/** why it may be published all the same; null where nobody said so */
	readonly waiver: string | null;
}

export interface Checked {
	readonly paragraphs: readonly PlacedParagraph[];
	readonly sources: ReadonlyMap<string, Resolved>;
	/** with the figures of those ideas of which the report speaks */
	readonly snapshot: Snapshot;
	readonly remarks: readonly CheckedRemark[];
}

/** Holds every sentence, quotation and figure of the report against its sources as they are now. */
export async function checkReport(queryable: Queryable, report: Report): Promise<Checked> {
	const { topicId, reportId, language, snapshotId } = report;
	const paragraphs = await paragraphsOf(queryable, topicId, reportId);
	const asked = paragraphs.flatMap(({ sources }) => sources);
	const pointers = asked.map(({ pointer }) => pointer);
	const snapshot = await snapshotAt(queryable, topicId, snapshotId, pointers);
	if (!snapshot) throw new Error(`the report ${reportId} has lost its snapshot`);
	const sources = await resolvedSources(queryable, topicId, asked, language);
	const remarks = remarksIn(paragraphs, sources, snapshot.figures, speakerOf(language));
	const waivers = await waiversOf(queryable, topicId, reportId);
	return {
		paragraphs,
		sources,
		snapshot,
		remarks: remarks.map((remark) => {
			const name = nameOf(remark);
			return { ...remark, name, waiver: waivers.get(`${remark.paragraphId} ${remark.version} ${name}`) ?? null };
		})
	};
}

async function waiversOf(queryable: Queryable, topicId: string, reportId: string): Promise<Map<string, string>> {
	const { rows } = await queryable.query<{ key: string; reason: string }>(
		`
			select paragraph_id || ' ' || version || ' ' || remark as key, reason
			from remark_waivers
			join paragraphs using (topic_id, paragraph_id)
			where topic_id = $1 and report_id = $2`,
		[topicId, reportId]
	);
	return new Map(rows.map(({ key, reason }) => [key, reason]));
}
