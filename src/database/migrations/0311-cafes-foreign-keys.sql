-- The foreign keys of cafés, alone in their statements.

alter table cafe_plans add constraint cafe_plans_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table cafe_tables add constraint cafe_tables_plan_exists
	foreign key (topic_id, event_id, version) references cafe_plans (topic_id, event_id, version) on delete cascade;

alter table cafe_rounds add constraint cafe_rounds_plan_exists
	foreign key (topic_id, event_id, version) references cafe_plans (topic_id, event_id, version) on delete cascade;

alter table cafe_rounds add constraint cafe_rounds_question_exists
	foreign key (topic_id, question_id) references questions (topic_id, question_id) on delete restrict;

alter table cafe_table_places add constraint cafe_table_places_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table cafe_hosts add constraint cafe_hosts_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table cafe_host_links add constraint cafe_host_links_host_exists
	foreign key (topic_id, event_id, host_id) references cafe_hosts (topic_id, event_id, host_id) on delete cascade;

alter table cafe_host_link_ends add constraint cafe_host_link_ends_link_exists
	foreign key (topic_id, event_id, link_id) references cafe_host_links (topic_id, event_id, link_id) on delete cascade;

alter table cafe_round_starts add constraint cafe_round_starts_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;
