-- The foreign keys of notices, alone in their statements.

alter table notices add constraint notices_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table notice_sendings add constraint notice_sendings_notice_exists
	foreign key (topic_id, notice_id) references notices (topic_id, notice_id) on delete cascade;

alter table notice_ends add constraint notice_ends_notice_exists
	foreign key (topic_id, notice_id) references notices (topic_id, notice_id) on delete cascade;

alter table notice_receivers add constraint notice_receivers_notice_exists
	foreign key (topic_id, notice_id) references notices (topic_id, notice_id) on delete cascade;

alter table notice_completions add constraint notice_completions_notice_exists
	foreign key (topic_id, notice_id) references notices (topic_id, notice_id) on delete cascade;

alter table notice_outcomes add constraint notice_outcomes_notice_exists
	foreign key (topic_id, notice_id) references notices (topic_id, notice_id) on delete cascade;
