// Only the folder that owns a table writes to it; reading in a join is free to the folders above.
import { join } from 'node:path';
import { filesBelow, report } from './reporting.ts';

const owned: Readonly<Record<string, string>> = {
	database: 'migrations',
	files: 'files',
	jobs: 'job_progress',
	mail: 'mails mail_deliveries mail_stops unreachable_addresses',
	languages: 'texts',
	activity: 'activity counters requests topic_counts',
	people:
		'account_tokens sign_in sign_ins authenticators recovery_codes accounts roles role_ends organisations organisation_names organisation_joins organisation_distinctions organisation_details membership_kinds memberships invitations invitation_answers invitation_ends confirmed_domains',
	topics:
		'institution stakeholder_groups topics addresses topic_publications topic_archivals questions question_removals stages stage_changes stage_removals stage_turns documents document_removals deliverables deliverable_states targets participants participant_profiles participant_links participant_joins',
	webhooks: 'webhooks webhook_ends webhook_secrets webhook_messages webhook_attempts',
	moderation:
		'moderation_rules moderation_flags moderation_decisions moderation_claims concealments house_rules house_rule_ends author_standings text_likenesses text_marks redactions queue_thresholds queue_notices third_person_requests third_person_answers',
	contributions:
		'contributions contribution_versions contribution_names withdrawals receipts joined_receipts receipt_requests receipt_answers erasures followers submissions submission_files former_files former_titles extracted_texts passages passage_removals allocations readings corrections imports import_outcomes mails_in mail_in_readings mail_in_files mail_in_decisions paper_runs paper_forms paper_scans paper_readings paper_filings paper_claims paper_outcomes paper_texts',
	ideas:
		'ideas idea_groups idea_versions idea_search idea_counts idea_standings idea_standings_before standing_refreshes wording_suggestions suggestion_answers opinions opinion_draws comments stances stance_removals same_point_ideas same_point_decisions same_point_proposals same_point_counts themes theme_ideas theme_steps',
	events:
		'events event_versions event_states event_codes event_counters event_moves registrations registration_ends places place_offers event_invitations event_reminders event_voices arrivals hubs hub_links event_doors',
	cafes:
		'cafe_plans cafe_tables cafe_rounds cafe_table_places cafe_hosts cafe_host_links cafe_host_link_ends cafe_round_starts cafe_seatings cafe_seats cafe_seat_changes cafe_seating_choices cafe_pairs cafe_pins cafe_cards cafe_cards_given waiting_notes note_keys notes note_closings note_photos note_photo_parts note_photo_ends note_photo_cards note_sources note_photo_claims cafe_feedback harvest_ends harvest_groups harvest_steps harvest_ideas harvest_alike harvest_comparisons',
	townhalls:
		'agenda_items agenda_versions agenda_steps floor_rules floor_states floor_chairs floor_acts floor_requests floor_askers floor_names floor_withdrawals interventions intervention_ends floor_overrides intervention_contributions floor_statements floor_tray floor_figures polls poll_states poll_answers poll_counts poll_words poll_word_decisions floor_questions floor_question_askers floor_question_states floor_question_supports floor_question_merges floor_question_merge_ends floor_question_settings town_hall_screens caption_streams caption_stream_ends caption_imports caption_import_removals caption_lines caption_corrections caption_speakers caption_transcripts minute_versions minute_sections minute_states minute_suggestions minute_suggestion_answers minute_recordings',
	agreement:
		'opinion_cells cell_looks cell_publications opinion_axes opinion_group_cells opinion_group_figures opinion_maps snapshots level_thresholds level_bases idea_levels',
	reports:
		'report_drafts reports paragraphs paragraph_versions sources report_publications remark_waivers edition_redactions export_archives',
	newsroom: 'news_told notices notice_sendings notice_ends notice_receivers notice_completions notice_outcomes',
	sheets: 'sheets sheet_files sheet_mappings sheet_outcomes sheet_rows audit_requests audit_agreements'
};

const ownerOf = new Map(
	Object.entries(owned).flatMap(([folder, tables]) => tables.split(' ').map((table) => [table, folder] as const))
);

/** Tables without an owner, and writes to a table outside its owner's folder. */
export function problems(folder: string): string[] {
	const migrations = filesBelow(join(folder, 'src/database/migrations'), ['.sql']);
	const renamed = new Map(
		migrations.flatMap(({ text }) =>
			[...text.matchAll(/^alter table ([a-z_]+) rename to ([a-z_]+)/gm)].map((found) => [found[1]!, found[2]!] as const)
		)
	);
	const made = migrations.flatMap(({ text }) =>
		[...text.matchAll(/^create table (?:if not exists )?([a-z_]+)/gm)].map((found) => renamed.get(found[1]!) ?? found[1]!)
	);
	const unowned = made
		.filter((table) => !ownerOf.has(table))
		.map((table) => `the table ${table} has no owner in checks/ownership.ts`);
	const gone = [...ownerOf.keys()]
		.filter((table) => table !== 'migrations' && !made.includes(table))
		.map((table) => `the table ${table} of checks/ownership.ts is made by no migration`);
	const foreign = filesBelow(join(folder, 'src'), ['.ts'])
		.filter(({ path }) => !path.endsWith('.test.ts') && !path.startsWith('database/'))
		.flatMap(({ path, text }) =>
			[...text.matchAll(/\b(?:insert into|update|delete from|copy|truncate)\s+(?:only\s+)?([a-z_]+)\b/g)]
				.filter((found) => ownerOf.has(found[1]!) && ownerOf.get(found[1]!) !== path.split('/')[0])
				.map((found) => `src/${path} writes to ${found[1]}, which belongs to src/${ownerOf.get(found[1]!)}`)
		);
	return [...unowned, ...gone, ...foreign];
}

report(import.meta.url, problems);
