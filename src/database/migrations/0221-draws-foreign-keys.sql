-- Draws go with their topic.

alter table opinion_draws add constraint opinion_draws_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;
