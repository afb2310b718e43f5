-- The foreign keys of what a job finds among the notes of a café, alone in their statements.

alter table harvest_alike add constraint harvest_alike_one_exists
	foreign key (topic_id, one) references notes (topic_id, contribution_id) on delete cascade;

alter table harvest_alike add constraint harvest_alike_other_exists
	foreign key (topic_id, other) references notes (topic_id, contribution_id) on delete cascade;

alter table harvest_comparisons add constraint harvest_comparisons_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;
