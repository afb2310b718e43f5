-- The foreign keys of events, alone in their statements.

alter table events add constraint events_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table event_versions add constraint event_versions_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table event_states add constraint event_states_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table event_codes add constraint event_codes_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table event_counters add constraint event_counters_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table event_moves add constraint event_moves_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;
