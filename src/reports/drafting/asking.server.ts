import { setTimeout as pauseFor } from 'node:timers/promises';
import { accountOf, type Actor } from '#activity/actor.ts';
import { countingAlone } from '#agreement/instant.server.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import type { Language } from '#languages/languages.ts';
import { addJob, type JobProgress } from '#jobs/jobs.server.ts';
import { Declined, type Job } from '#jobs/running.server.ts';
import { isRefusal, refusal } from '#refusals/refusal.ts';
import { refuseWhileBlind } from '#reports/blindness.server.ts';
import { freezeAndDraft, languageOfDraft } from '#reports/drafting/drafting.server.ts';

export const draftingTask = 'reports.draft';
const blind = 'results-blind';

/** A first report that somebody asked for and that is not there yet. */
export interface DraftUnderWay {
	readonly reportId: string;
	readonly language: Language;
	readonly askedAt: Date;
	readonly state: JobProgress['state'];
	readonly done: number;
	readonly total: number | null;
	/** results became blind between the question and the turn of the job */
	readonly isBlind: boolean;
}

/**
 * Has a job freeze the figures and draft the first report. The form brings the id that the report will have: asked twice with the same id
 * (a double click, the back button) it is one report.
 */
export async function askForDraft(
	database: Database,
	{ topicId, reportId, language: wanted }: { topicId: string; reportId: string; language: string },
	actor: Actor
): Promise<void> {
	const language = languageOfDraft(topicId, { language: wanted }, actor);
	await inTransaction(database, async (transaction) => {
		await refuseWhileBlind(transaction, topicId);
		const { rowCount } = await transaction.query(
			`
				insert into report_drafts (topic_id, report_id, language, asked_at, asked_by)
				values ($1, $2, $3, $4, $5)
				on conflict (topic_id, report_id) do nothing`,
			[topicId, reportId, language, transaction.at, accountOf(actor)]
		);
		if (rowCount === 0) return;
		const jobKey = keyOf(reportId);
		await addJob(transaction, draftingTask, { topicId, reportId }, { jobKey, watched: true, askedBy: accountOf(actor) });
	});
}

/**
 * The work of the job; done once, however often the job is run. A stage that has turned blind since declines it: figures of another moment
 * than the one that was asked for are asked for anew.
 */
export async function draftAsked({ database, payload, progress }: Job): Promise<void> {
	const { topicId } = payload;
	const reportId = String(payload.reportId);
	await countingAlone(database, topicId, async (transaction) => {
		const { rows } = await transaction.query<{ language: Language; askedBy: string | null }>(
			`
				select language, asked_by as "askedBy"
				from report_drafts
				where topic_id = $1 and report_id = $2
					and not exists (
						select from reports
						where reports.topic_id = report_drafts.topic_id and reports.report_id = report_drafts.report_id
					)
				for update`,
			[topicId, reportId]
		);
		const asked = rows[0];
		if (!asked) return;
		// whether they may was asked when they asked
		const actor: Actor =
			asked.askedBy === null
				? { kind: 'job', name: draftingTask }
				: { kind: 'account', accountId: asked.askedBy, visitorId: null, roles: [], secondFactor: false };
		await freezeAndDraft(transaction, { topicId, reportId, language: asked.language }, actor, progress);
	}).catch((error: unknown) => {
		throw isRefusal(error) && error.code === blind ? new Declined(blind, { cause: error }) : error;
	});
}

/** The number of the report that was asked for; null while it is not there. Refuses `not-found` where nobody asked for it. */
export async function numberOfDraft(queryable: Queryable, topicId: string, reportId: string): Promise<number | null> {
	const { rows } = await queryable.query<{ number: number | null }>(
		`
			select report_number as number
			from report_drafts
			left join reports using (topic_id, report_id)
			where topic_id = $1 and report_id = $2`,
		[topicId, reportId]
	);
	if (!rows[0]) throw refusal('not-found');
	return rows[0].number;
}

/** The same, waiting a moment for it: most talks are drafted within a second. */
export async function draftWithin(
	queryable: Queryable,
	topicId: string,
	reportId: string,
	milliseconds: number
): Promise<number | null> {
	const until = performance.now() + milliseconds;
	for (;;) {
		const number = await numberOfDraft(queryable, topicId, reportId);
		if (number !== null || performance.now() >= until) return number;
		await pauseFor(50);
	}
}

/** What was asked for and is not there yet, the newest first; what came to nothing is told until a later report is there. */
export async function draftsUnderWay(queryable: Queryable, topicId: string): Promise<DraftUnderWay[]> {
	const { rows } = await queryable.query<DraftUnderWay>(
		`
			select report_drafts.report_id as "reportId", report_drafts.language, report_drafts.asked_at as "askedAt",
				job_progress.state, job_progress.done, job_progress.total, job_progress.explanation is not distinct from $3 as "isBlind"
			from report_drafts
			join job_progress on job_progress.topic_id = report_drafts.topic_id and job_key = $2 || report_drafts.report_id
			left join reports on reports.topic_id = report_drafts.topic_id and reports.report_id = report_drafts.report_id
			where report_drafts.topic_id = $1 and reports.report_id is null
				and (
					job_progress.state in ('waiting', 'running')
					or not exists (select from reports later where later.topic_id = $1 and later.begun_at > report_drafts.asked_at)
				)
			order by report_drafts.asked_at desc
			limit 10`,
		[topicId, keyOf(''), blind]
	);
	return rows;
}

function keyOf(reportId: string): string {
	return `draft ${reportId}`;
}
