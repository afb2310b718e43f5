import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isRapporteur, isSecretariat } from '#activity/staff.ts';
import { canonicalJson, sha256 } from '#agreement/canonical.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { refuseWhileBlind } from '#reports/blindness.server.ts';
import { keyOf } from '#reports/checking.ts';
import { checkReport, type Checked } from '#reports/checking.server.ts';
import { setEdition, type Edition } from '#reports/edition.ts';
import { reportNumbered, type Report } from '#reports/reading.server.ts';
import { institutionOf } from '#topics/institution/institution.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { announce } from '#webhooks/announcing.server.ts';

/** Says why a remark is no obstacle. It holds for this version of the paragraph; who edits it is asked again. */
export async function waiveRemark(
	database: Database | Transaction,
	{ topicId, number }: { topicId: string; number: number },
	remark: { readonly paragraphId: string; readonly version: number; readonly name: string; readonly reason: string },
	actor: Actor
): Promise<void> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	const reason = usableText(remark.reason, { max: 1000, what: 'reason' });
	await inTransaction(database, async (transaction) => {
		const report = await reportNumbered(transaction, topicId, number);
		const { remarks } = await checkReport(transaction, report);
		const { paragraphId, version, name } = remark;
		const isThere = remarks.some((one) => one.paragraphId === paragraphId && one.version === version && one.name === name);
		if (!isThere) throw refusal('changed-meanwhile');
		await transaction.query(
			`
				insert into remark_waivers (topic_id, paragraph_id, version, remark, reason, waived_at, waived_by)
				values ($1, $2, $3, $4, $5, $6, $7)
				on conflict (topic_id, paragraph_id, version, remark) do nothing`,
			[topicId, paragraphId, version, name, reason, transaction.at, accountOf(actor)]
		);
		const details = { number, paragraphId, version, remark: name };
		await record(transaction, { topicId, actor, did: 'waived', kind: 'report', thingId: report.reportId, details, reason });
	});
}

/** Publishes the report as its next edition. Refused while the check finds something that nobody waived, or while opinions are blind. */
export async function publishReport(
	database: Database | Transaction,
	{ topicId, number }: { topicId: string; number: number },
	actor: Actor
): Promise<{ edition: number }> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		// two who publish at once get one edition each
		await transaction.query('select from reports where topic_id = $1 and report_number = $2 for update', [topicId, number]);
		const report = await reportNumbered(transaction, topicId, number);
		const topic = await topicOf(transaction, topicId);
		await refuseWhileBlind(transaction, topicId);
		const checked = await checkReport(transaction, report);
		const open = checked.remarks.filter(({ waiver }) => waiver === null);
		if (open.length > 0) throw refusal('report-has-remarks', { count: open.length });
		const title = inLanguage(topic.texts['title'], [report.language], topic.defaultLanguage).text;
		const { zone } = await institutionOf(transaction);
		const content = canonicalJson(editionOf(report, { title, zone }, checked));
		const edition = (report.edition ?? 0) + 1;
		await transaction.query(
			`
				insert into report_publications (topic_id, report_id, edition, published_at, published_by, content, sha256)
				values ($1, $2, $3, $4, $5, $6, $7)`,
			[topicId, report.reportId, edition, transaction.at, accountOf(actor), content, sha256(content)]
		);
		await announce(transaction, { topicId, event: 'report.published', path: `/reports/${number}` });
		const details = { number, edition, sha256: sha256(content).toString('hex') };
		await record(transaction, { topicId, actor, did: 'published', kind: 'report', thingId: report.reportId, details });
		return { edition };
	});
}

/** The report as it would be published now. */
export function editionOf(
	{ language }: Report,
	frame: { readonly title: string; readonly zone: string },
	{ paragraphs, sources, snapshot, remarks }: Checked
): Edition {
	return setEdition({
		...frame,
		language,
		paragraphs,
		figures: snapshot.figures,
		snapshot: {
			snapshotId: snapshot.snapshotId,
			takenAt: snapshot.takenAt.toISOString(),
			sha256: snapshot.sha256.toString('hex')
		},
		sourceOf: (source) => sources.get(keyOf(source)) ?? null,
		waivers: remarks.flatMap(({ number, name, words, waiver }) =>
			waiver === null ? [] : [{ paragraph: number, remark: name.split(' ', 1)[0]!, words, reason: waiver }]
		)
	});
}

export interface PublishedEdition {
	readonly edition: number;
	readonly publishedAt: Date;
	readonly content: Edition;
	readonly sha256: Buffer;
}

/** An edition of a published report, the newest unless another is asked for. Refuses `not-found`. */
export async function publishedEdition(
	queryable: Queryable,
	report: Pick<Report, 'topicId' | 'reportId'>,
	edition: number | null = null
): Promise<PublishedEdition> {
	const { rows } = await queryable.query<PublishedEdition>({
		name: 'published-edition',
		text: `
			select edition, published_at as "publishedAt", content, sha256
			from report_publications
			where topic_id = $1 and report_id = $2 and ($3::int is null or edition = $3)
			order by edition desc
			limit 1`,
		values: [report.topicId, report.reportId, edition]
	});
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}

/** All editions, the newest first. */
export async function editionsOf(
	queryable: Queryable,
	{ topicId, reportId }: Pick<Report, 'topicId' | 'reportId'>
): Promise<{ edition: number; publishedAt: Date }[]> {
	const { rows } = await queryable.query<{ edition: number; publishedAt: Date }>(
		`
			select edition, published_at as "publishedAt"
			from report_publications
			where topic_id = $1 and report_id = $2
			order by edition desc`,
		[topicId, reportId]
	);
	return rows;
}

export interface PublishedReport {
	readonly number: number;
	readonly language: string;
	readonly edition: number;
	readonly publishedAt: Date;
	readonly title: string;
}

/** For the page of the topic: its published reports, the newest first. */
export async function publishedReports(queryable: Queryable, topicId: string): Promise<PublishedReport[]> {
	const { rows } = await queryable.query<PublishedReport>({
		name: 'published-reports',
		text: `
			select distinct on (report_number) report_number as number, language, edition, published_at as "publishedAt",
				content ->> 'title' as title
			from reports
			join report_publications using (topic_id, report_id)
			where topic_id = $1
			order by report_number desc, edition desc`,
		values: [topicId]
	});
	return rows;
}
