-- The foreign keys of paper forms, alone in their statements.

alter table paper_runs add constraint paper_runs_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table paper_forms add constraint paper_forms_run_exists
	foreign key (topic_id, run_number) references paper_runs (topic_id, run_number) on delete cascade;

alter table paper_scans add constraint paper_scans_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table paper_scans add constraint paper_scans_file_exists
	foreign key (file_sha256) references files (sha256) on delete restrict;

alter table paper_readings add constraint paper_readings_scan_exists
	foreign key (topic_id, scan_id) references paper_scans (topic_id, scan_id) on delete cascade;

alter table paper_filings add constraint paper_filings_scan_exists
	foreign key (topic_id, scan_id) references paper_scans (topic_id, scan_id) on delete cascade;

alter table paper_filings add constraint paper_filings_form_exists
	foreign key (topic_id, form_number) references paper_forms (topic_id, form_number) on delete cascade;

alter table paper_claims add constraint paper_claims_form_exists
	foreign key (topic_id, form_number) references paper_forms (topic_id, form_number) on delete cascade;

alter table paper_outcomes add constraint paper_outcomes_form_exists
	foreign key (topic_id, form_number) references paper_forms (topic_id, form_number) on delete cascade;

alter table paper_texts add constraint paper_texts_form_exists
	foreign key (topic_id, form_number) references paper_forms (topic_id, form_number) on delete cascade;

alter table paper_texts add constraint paper_texts_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;
