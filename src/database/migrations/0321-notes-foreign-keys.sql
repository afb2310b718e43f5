-- The foreign keys of notes and of the harvest, alone in their statements.

alter table waiting_notes add constraint waiting_notes_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table note_keys add constraint note_keys_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table notes add constraint notes_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete restrict;

alter table notes add constraint notes_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table note_closings add constraint note_closings_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table note_photos add constraint note_photos_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table note_photos add constraint note_photos_file_exists
	foreign key (file_sha256) references files (sha256) on delete restrict;

alter table note_photo_parts add constraint note_photo_parts_photo_exists
	foreign key (topic_id, photo_id) references note_photos (topic_id, photo_id) on delete cascade;

alter table note_photo_ends add constraint note_photo_ends_photo_exists
	foreign key (topic_id, photo_id) references note_photos (topic_id, photo_id) on delete cascade;

alter table cafe_feedback add constraint cafe_feedback_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table harvest_ends add constraint harvest_ends_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table harvest_groups add constraint harvest_groups_note_exists
	foreign key (topic_id, contribution_id) references notes (topic_id, contribution_id) on delete cascade;

alter table harvest_steps add constraint harvest_steps_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table harvest_ideas add constraint harvest_ideas_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table harvest_ideas add constraint harvest_ideas_idea_exists
	foreign key (topic_id, idea_number) references ideas (topic_id, idea_number) on delete cascade;
