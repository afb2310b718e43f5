-- Foreign keys come last, alone in their statements, so that a cluster can distribute the tables first.
-- Opinions have none: their statement joins the idea and the participant anyway, and a check of each row would halve its speed.

alter table addresses add constraint addresses_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table topic_publications add constraint topic_publications_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table topic_archivals add constraint topic_archivals_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table questions add constraint questions_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table stages add constraint stages_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table documents add constraint documents_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table deliverables add constraint deliverables_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table targets add constraint targets_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table participants add constraint participants_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table contributions add constraint contributions_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table ideas add constraint ideas_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table snapshots add constraint snapshots_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table reports add constraint reports_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table mail_deliveries add constraint mail_deliveries_mail_exists
	foreign key (topic_id, mail_id) references mails (topic_id, mail_id) on delete cascade;

alter table role_ends add constraint role_ends_role_exists
	foreign key (topic_id, role_id) references roles (topic_id, role_id) on delete cascade;

alter table roles add constraint roles_account_exists
	foreign key (account_id) references accounts (account_id) on delete cascade;

alter table organisation_names add constraint organisation_names_organisation_exists
	foreign key (organisation_id) references organisations (organisation_id) on delete cascade;

alter table organisation_joins add constraint organisation_joins_organisation_exists
	foreign key (organisation_id) references organisations (organisation_id) on delete cascade;

alter table organisation_joins add constraint organisation_joins_into_exists
	foreign key (into_id) references organisations (organisation_id) on delete restrict;

alter table organisation_details add constraint organisation_details_organisation_exists
	foreign key (organisation_id) references organisations (organisation_id) on delete cascade;

alter table memberships add constraint memberships_organisation_exists
	foreign key (organisation_id) references organisations (organisation_id) on delete cascade;

alter table confirmed_domains add constraint confirmed_domains_organisation_exists
	foreign key (organisation_id) references organisations (organisation_id) on delete cascade;

alter table invitation_answers add constraint invitation_answers_invitation_exists
	foreign key (topic_id, invitation_id) references invitations (topic_id, invitation_id) on delete cascade;

alter table invitation_ends add constraint invitation_ends_invitation_exists
	foreign key (topic_id, invitation_id) references invitations (topic_id, invitation_id) on delete cascade;

alter table question_removals add constraint question_removals_question_exists
	foreign key (topic_id, question_id) references questions (topic_id, question_id) on delete cascade;

alter table stage_changes add constraint stage_changes_stage_exists
	foreign key (topic_id, stage_id) references stages (topic_id, stage_id) on delete cascade;

alter table stage_removals add constraint stage_removals_stage_exists
	foreign key (topic_id, stage_id) references stages (topic_id, stage_id) on delete cascade;

alter table document_removals add constraint document_removals_document_exists
	foreign key (topic_id, document_id) references documents (topic_id, document_id) on delete cascade;

alter table documents add constraint documents_file_exists
	foreign key (file_sha256) references files (sha256) on delete restrict;

alter table deliverable_states add constraint deliverable_states_deliverable_exists
	foreign key (topic_id, deliverable_id) references deliverables (topic_id, deliverable_id) on delete cascade;

alter table participant_profiles add constraint participant_profiles_participant_exists
	foreign key (topic_id, participant_number) references participants (topic_id, participant_number) on delete cascade;

alter table participant_links add constraint participant_links_participant_exists
	foreign key (topic_id, participant_number) references participants (topic_id, participant_number) on delete cascade;

alter table participant_joins add constraint participant_joins_participant_exists
	foreign key (topic_id, participant_number) references participants (topic_id, participant_number) on delete cascade;

alter table participant_joins add constraint participant_joins_into_exists
	foreign key (topic_id, into_number) references participants (topic_id, participant_number) on delete cascade;

alter table contribution_versions add constraint contribution_versions_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table contribution_names add constraint contribution_names_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table withdrawals add constraint withdrawals_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table receipts add constraint receipts_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table receipt_requests add constraint receipt_requests_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table receipt_answers add constraint receipt_answers_request_exists
	foreign key (topic_id, request_id) references receipt_requests (topic_id, request_id) on delete cascade;

alter table submissions add constraint submissions_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table submission_files add constraint submission_files_contribution_exists
	foreign key (topic_id, contribution_id) references submissions (topic_id, contribution_id) on delete cascade;

alter table submission_files add constraint submission_files_file_exists
	foreign key (file_sha256) references files (sha256) on delete restrict;

alter table imports add constraint imports_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table imports add constraint imports_file_exists
	foreign key (file_sha256) references files (sha256) on delete restrict;

alter table import_outcomes add constraint import_outcomes_import_exists
	foreign key (topic_id, import_id) references imports (topic_id, import_id) on delete cascade;

alter table extracted_texts add constraint extracted_texts_contribution_exists
	foreign key (topic_id, contribution_id) references submissions (topic_id, contribution_id) on delete cascade;

alter table passages add constraint passages_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table passage_removals add constraint passage_removals_passage_exists
	foreign key (topic_id, passage_id) references passages (topic_id, passage_id) on delete cascade;

alter table allocations add constraint allocations_contribution_exists
	foreign key (topic_id, contribution_id) references submissions (topic_id, contribution_id) on delete cascade;

alter table readings add constraint readings_contribution_exists
	foreign key (topic_id, contribution_id) references submissions (topic_id, contribution_id) on delete cascade;

alter table ideas add constraint ideas_question_exists
	foreign key (topic_id, question_id) references questions (topic_id, question_id) on delete restrict;

alter table ideas add constraint ideas_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete restrict;

alter table idea_groups add constraint idea_groups_idea_exists
	foreign key (topic_id, idea_number) references ideas (topic_id, idea_number) on delete cascade;

alter table idea_versions add constraint idea_versions_idea_exists
	foreign key (topic_id, idea_number) references ideas (topic_id, idea_number) on delete cascade;

alter table idea_search add constraint idea_search_idea_exists
	foreign key (topic_id, idea_number) references ideas (topic_id, idea_number) on delete cascade;

alter table idea_counts add constraint idea_counts_idea_exists
	foreign key (topic_id, idea_number) references ideas (topic_id, idea_number) on delete cascade;

alter table idea_standings add constraint idea_standings_idea_exists
	foreign key (topic_id, idea_number) references ideas (topic_id, idea_number) on delete cascade;

alter table wording_suggestions add constraint wording_suggestions_idea_exists
	foreign key (topic_id, idea_number) references ideas (topic_id, idea_number) on delete cascade;

alter table comments add constraint comments_idea_exists
	foreign key (topic_id, idea_number) references ideas (topic_id, idea_number) on delete cascade;

alter table suggestion_answers add constraint suggestion_answers_suggestion_exists
	foreign key (topic_id, suggestion_id) references wording_suggestions (topic_id, suggestion_id) on delete cascade;

alter table comments add constraint comments_parent_exists
	foreign key (topic_id, parent_id) references comments (topic_id, comment_id) on delete restrict;

alter table comments add constraint comments_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete restrict;

alter table stances add constraint stances_passage_exists
	foreign key (topic_id, passage_id) references passages (topic_id, passage_id) on delete cascade;

alter table stances add constraint stances_idea_exists
	foreign key (topic_id, idea_number) references ideas (topic_id, idea_number) on delete restrict;

alter table stance_removals add constraint stance_removals_idea_exists
	foreign key (topic_id, passage_id, idea_number) references stances (topic_id, passage_id, idea_number) on delete cascade;

alter table reports add constraint reports_snapshot_exists
	foreign key (topic_id, snapshot_id) references snapshots (topic_id, snapshot_id) on delete restrict;

alter table paragraphs add constraint paragraphs_report_exists
	foreign key (topic_id, report_id) references reports (topic_id, report_id) on delete cascade;

alter table paragraph_versions add constraint paragraph_versions_paragraph_exists
	foreign key (topic_id, paragraph_id) references paragraphs (topic_id, paragraph_id) on delete cascade;

alter table sources add constraint sources_version_exists
	foreign key (topic_id, paragraph_id, version) references paragraph_versions (topic_id, paragraph_id, version) on delete cascade;

alter table report_publications add constraint report_publications_report_exists
	foreign key (topic_id, report_id) references reports (topic_id, report_id) on delete cascade;

alter table sign_ins add constraint sign_ins_session_exists
	foreign key (sign_in_id) references sign_in."session" ("id") on delete cascade;

alter table sign_ins add constraint sign_ins_account_exists
	foreign key (account_id) references accounts (account_id) on delete cascade;

alter table authenticators add constraint authenticators_account_exists
	foreign key (account_id) references accounts (account_id) on delete cascade;

alter table recovery_codes add constraint recovery_codes_account_exists
	foreign key (account_id) references accounts (account_id) on delete cascade;

alter table finding_waivers add constraint finding_waivers_version_exists
	foreign key (topic_id, paragraph_id, version) references paragraph_versions (topic_id, paragraph_id, version) on delete cascade;

alter table organisation_joins add constraint organisation_joins_chosen_exists
	foreign key (chosen_id) references organisations (organisation_id) on delete restrict;

alter table organisation_distinctions add constraint organisation_distinctions_one_exists
	foreign key (organisation_id) references organisations (organisation_id) on delete cascade;

alter table organisation_distinctions add constraint organisation_distinctions_other_exists
	foreign key (other_id) references organisations (organisation_id) on delete cascade;

alter table memberships add constraint memberships_kind_exists
	foreign key (membership) references membership_kinds (membership) on delete restrict;
