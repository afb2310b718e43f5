-- The foreign keys of the tables before, alone in their statements.

alter table erasures add constraint erasures_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table former_files add constraint former_files_submission_exists
	foreign key (topic_id, contribution_id) references submissions (topic_id, contribution_id) on delete cascade;

alter table former_files add constraint former_files_file_exists
	foreign key (file_sha256) references files (sha256) on delete restrict;

alter table former_titles add constraint former_titles_submission_exists
	foreign key (topic_id, contribution_id) references submissions (topic_id, contribution_id) on delete cascade;

alter table news_told add constraint news_told_participant_exists
	foreign key (topic_id, participant_number) references participants (topic_id, participant_number) on delete cascade;

alter table edition_redactions add constraint edition_redactions_edition_exists
	foreign key (topic_id, report_id, edition) references report_publications (topic_id, report_id, edition) on delete cascade;
