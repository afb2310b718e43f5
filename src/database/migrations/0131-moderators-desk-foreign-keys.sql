-- The foreign keys of the tables before, alone in their statements.

alter table house_rules add constraint house_rules_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table house_rule_ends add constraint house_rule_ends_rule_exists
	foreign key (topic_id, rule_number) references house_rules (topic_id, rule_number) on delete cascade;

alter table author_standings add constraint author_standings_participant_exists
	foreign key (topic_id, participant_number) references participants (topic_id, participant_number) on delete cascade;

alter table third_person_answers add constraint third_person_answers_request_exists
	foreign key (topic_id, request_id) references third_person_requests (topic_id, request_id) on delete cascade;

alter table queue_thresholds add constraint queue_thresholds_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;
