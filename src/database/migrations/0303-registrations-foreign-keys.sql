-- The foreign keys of registrations, alone in their statements.

alter table registrations add constraint registrations_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table registration_ends add constraint registration_ends_registration_exists
	foreign key (topic_id, event_id, registration_id) references registrations (topic_id, event_id, registration_id) on delete cascade;

alter table places add constraint places_registration_exists
	foreign key (topic_id, event_id, registration_id) references registrations (topic_id, event_id, registration_id) on delete cascade;

alter table place_offers add constraint place_offers_registration_exists
	foreign key (topic_id, event_id, registration_id) references registrations (topic_id, event_id, registration_id) on delete cascade;

alter table event_invitations add constraint event_invitations_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table event_reminders add constraint event_reminders_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table arrivals add constraint arrivals_registration_exists
	foreign key (topic_id, event_id, registration_id) references registrations (topic_id, event_id, registration_id) on delete cascade;

alter table hubs add constraint hubs_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;
