// For the test of erasure: a person whose every word is known again, and the talk that they take part in.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { SignedIn } from '#activity/actor.ts';
import { mailDomain } from '#contributions/intake/mail/examples.server.ts';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { readSettings } from '#database/settings.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { fileStore } from '#files/store.server.ts';
import { aModerator, anOpenTopic, aVisitor } from '#ideas/examples.server.ts';
import { runJobs, type Job, type TaskList } from '#jobs/running.server.ts';
import { mailerFor } from '#mail/delivering.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { holding } from '#people/examples.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { tasksOf } from '#cli/tasks.ts';

export const database = await testDatabase();
export const data = mkdtempSync(join(tmpdir(), 'open-talks-canary-'));
export const secret = 'a secret that is for this test alone';
export const settings = readSettings({ OPEN_TALKS_DATA: data, OPEN_TALKS_SECRET: secret, MAIL_DOMAIN: mailDomain });
export const keys = topicKeys({ folder: data, secret });
export const files = fileStore(database, join(data, 'files'));
export const mailer = mailerFor({ smtpUrl: null, outbox: join(data, 'outbox'), from: 'talks@example.org' });
after(() => mailer.close());

/** Nobody else has it, in this run or any before. */
export const canary = `qzx${randomBytes(4).toString('hex')}`;
export const address = `${canary}@example.org`;
export const name = `Ann ${canary}`;
export const organisation = `${canary} Foundation`;
export const said = (what: string) => `The ${canary} ${what} in the mine`;

export const { topicId, slug } = await anOpenTopic(database);
export const other = aVisitor('other');
export const moderator = aModerator(topicId);
export const staff = holding('secretariat');
export const rapporteur = holding('rapporteur', topicId);
export const { accountId } = await inTransaction(database, (transaction) =>
	makeAccount(transaction, { email: address, name, language: 'en' })
);
export const person: SignedIn = { kind: 'account', accountId, visitorId: null, roles: [], secondFactor: false };

/** Columns of words in which nobody but those named here ever says anything; `canary.test.ts` proves of all others that an erasure reaches them. */
export const wordsOfNobody: Readonly<Record<string, readonly string[]>> = {
	'words by which the product and its programs know things': [
		...['contributions.channel', 'event_counters.counted'],
		...['account_tokens.scopes', 'activity.did', 'ideas.stakeholder_groups', 'institution.languages', 'institution.zone'],
		...['job_progress.job_key', 'migrations.name', 'migrations.sha256', 'participant_profiles.reads', 'topics.languages'],
		...['participant_profiles.stakeholder_groups', 'sheet_mappings.fields', 'sources.pointer', 'stages.zone', 'webhooks.events']
	],
	'of what was done, without words: these stand with the thing': ['activity.details'],
	'figures and digests': [
		...[
			'export_archives.contents',
			'level_bases.totals',
			'opinion_maps.found',
			'opinion_maps.published',
			'opinion_maps.withheld'
		],
		...['floor_figures.figures', 'floor_rules.group_weights', 'snapshots.figures']
	],
	'what is told to everybody of an event, by the rule of its attribution': ['event_moves.details'],
	'ids of guests and numbers of tables': ['cafe_seat_changes.before'],
	'keys of stakeholder groups': [
		...['idea_levels.not_heard', 'idea_levels.opposed_by', 'level_bases.groups', 'level_thresholds.groups']
	],
	'what a table of a café writes down together: no account and no participant stands beside it': [
		...['cafe_feedback.words', 'harvest_steps.moved', 'waiting_notes.said_by_name', 'waiting_notes.text']
	],
	'what is said in a room, and what staff write down of it: no account and no participant stands beside it': [
		...['caption_corrections.text', 'caption_imports.file_name', 'caption_imports.problems', 'caption_lines.speaker'],
		...['caption_lines.text', 'caption_speakers.label', 'caption_speakers.name', 'floor_question_states.words'],
		...['minute_recordings.address', 'minute_recordings.chapters', 'minute_sections.heading', 'minute_sections.text'],
		...['minute_suggestion_answers.reason', 'minute_suggestions.reason', 'minute_suggestions.text', 'poll_words.shown']
	],
	'how staff call somebody on a floor, and what waits there without an author, until it is over': [
		'floor_names.name',
		'floor_tray.words'
	],
	'addresses of ours': ['mails.reply_to', 'mails.unsubscribe_url'],
	'the institution and its staff about their own work (decision 007)': [
		...['agenda_versions.speakers', 'cafe_tables.label', 'floor_overrides.reason'],
		...[
			'event_versions.remote_link',
			'hubs.zone',
			'hubs.place',
			'mails.calendar',
			'deliverable_states.link',
			'documents.address',
			'documents.file_name',
			'imports.file_name',
			'institution.contact_email'
		],
		...['paper_runs.name', 'remark_waivers.reason', 'role_ends.reason', 'sheets.file_name', 'texts.text', 'topics.contact_email'],
		'topic_archivals.reason'
	],
	'of an organisation, whose own erasure is tested below': ['organisation_joins.reason'],
	'ids and names of programs in the queue; errors never hold values': [
		...['_private_job_queues.locked_by', '_private_job_queues.queue_name', '_private_jobs.flags', '_private_jobs.key'],
		...['_private_jobs.last_error', '_private_jobs.locked_by', '_private_jobs.payload', '_private_known_crontabs.identifier'],
		...['_private_tasks.identifier', 'job_progress.explanation']
	],
	'of the sign-in library; goes with the user': [
		...['account.password', 'account.providerId', 'account.scope', 'passkey.aaguid', 'passkey.deviceType', 'passkey.transports'],
		...['session.ipAddress', 'verification.value']
	]
};

export const tasks: TaskList = {
	...tasksOf({ settings, mailer }),
	// nothing leaves this machine; what would be sent are the rows of webhook_messages
	'webhooks.deliver': () => Promise.resolve(() => Promise.resolve())
};

/** Does everything that waits. */
export async function work(): Promise<void> {
	const failures: unknown[] = [];
	const jobs = await runJobs(database, tasks, { failed: (_, error) => failures.push(error) });
	for (;;) {
		const { rows } = await database.query<{ waiting: number }>(
			`select count(*)::int as waiting from graphile_worker.jobs where run_at <= clock_timestamp() and attempts < max_attempts`
		);
		if (rows[0]!.waiting === 0 || failures.length > 0) break;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	await jobs.stop();
	assert.deepEqual(failures, []);
}

export async function runNow(task: string, days = 0): Promise<void> {
	const job: Job = {
		payload: { topicId: nilTopic },
		database: { ...database, clockShift: days * 86_400_000 },
		...{ attempt: 1, isLastAttempt: false, ending: new AbortController().signal, progress: () => Promise.resolve() }
	};
	await (
		await tasks[task]!()
	)(job);
}

export const nightlyArchives = () => runNow('reports.keep-exports');

/** So many days later, what is done every hour is done. */
export async function passes(days: number): Promise<void> {
	for (const task of ['people.tidy', 'newsroom.send-news']) await runNow(task, days);
}
