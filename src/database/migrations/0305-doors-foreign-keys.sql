-- The foreign key of doors, alone in its statement.

alter table event_doors add constraint event_doors_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;
