-- The foreign keys of what is typed from photos of tables, alone in their statements.

alter table note_photo_cards add constraint note_photo_cards_photo_exists
	foreign key (topic_id, photo_id) references note_photos (topic_id, photo_id) on delete cascade;

alter table note_sources add constraint note_sources_note_exists
	foreign key (topic_id, contribution_id) references notes (topic_id, contribution_id) on delete cascade;

alter table note_sources add constraint note_sources_photo_exists
	foreign key (topic_id, photo_id) references note_photos (topic_id, photo_id) on delete cascade;

alter table note_photo_claims add constraint note_photo_claims_photo_exists
	foreign key (topic_id, photo_id) references note_photos (topic_id, photo_id) on delete cascade;
