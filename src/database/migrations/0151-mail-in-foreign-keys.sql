-- The foreign keys of mail that came in, alone in their statements.

alter table mails_in add constraint mails_in_file_exists
	foreign key (file_sha256) references files (sha256) on delete restrict;

alter table mail_in_readings add constraint mail_in_readings_mail_exists
	foreign key (topic_id, mail_in_id) references mails_in (topic_id, mail_in_id) on delete cascade;

alter table mail_in_files add constraint mail_in_files_mail_exists
	foreign key (topic_id, mail_in_id) references mails_in (topic_id, mail_in_id) on delete cascade;

alter table mail_in_files add constraint mail_in_files_file_exists
	foreign key (file_sha256) references files (sha256) on delete restrict;

alter table mail_in_decisions add constraint mail_in_decisions_mail_exists
	foreign key (topic_id, mail_in_id) references mails_in (topic_id, mail_in_id) on delete cascade;

alter table mail_in_decisions add constraint mail_in_decisions_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table unreachable_addresses add constraint unreachable_addresses_mail_exists
	foreign key (topic_id, mail_id) references mails (topic_id, mail_id) on delete cascade;
