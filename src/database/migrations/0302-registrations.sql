-- Who registers for an event and who comes. A registration is a person with a name, linked to no participant: what somebody says in a room is
-- never found by it. Places are numbered, so that two who ask at once cannot both get the last.

create table registrations (
	topic_id uuid not null,
	event_id uuid not null,
	-- version 4: it tells nothing, and stands on the badge
	registration_id uuid not null,
	registration_number int not null check (registration_number > 0),
	way text collate "C" not null check (way in ('room', 'online')),
	-- null once it was forgotten
	name text,
	email text,
	stakeholder_group text collate "C",
	region text collate "C",
	organisation text,
	languages text[] collate "C" not null,
	access_needs text,
	-- whether they agreed to stand in the list of who comes
	is_listed boolean not null,
	-- of the mails to them
	language text collate "C" not null,
	-- SHA-256 of what opens their own page
	code_hash bytea check (octet_length(code_hash) = 32),
	registered_at timestamptz not null,
	-- staff who entered them
	registered_by uuid,
	forgotten_at timestamptz,
	primary key (topic_id, event_id, registration_id),
	unique (topic_id, event_id, registration_number)
);
create index registrations_by_code on registrations (topic_id, event_id, code_hash) where code_hash is not null;
create index registrations_by_email on registrations (lower(email)) where email is not null;
comment on table registrations is 'Who registered for an event. Group and region stay for the attendance; who it was is forgotten some weeks after the event.';

create table registration_ends (
	topic_id uuid not null,
	event_id uuid not null,
	registration_id uuid not null,
	why text collate "C" not null check (why in ('self', 'desk', 'lapsed', 'erased')),
	ended_at timestamptz not null,
	ended_by uuid,
	primary key (topic_id, event_id, registration_id)
);
comment on table registration_ends is 'Registrations that hold no more: given back, taken back by the desk, a place not taken in time, a person erased.';

create table places (
	topic_id uuid not null,
	event_id uuid not null,
	way text collate "C" not null check (way in ('room', 'online')),
	place_number int not null check (place_number > 0),
	registration_id uuid not null,
	taken_at timestamptz not null,
	primary key (topic_id, event_id, way, place_number),
	unique (topic_id, event_id, registration_id)
);
comment on table places is 'Places that are taken or kept for somebody; the number is at most that of the places there are.';

create table place_offers (
	topic_id uuid not null,
	event_id uuid not null,
	registration_id uuid not null,
	offered_at timestamptz not null,
	expires_at timestamptz not null,
	answer text collate "C" check (answer in ('taken', 'declined', 'lapsed')),
	answered_at timestamptz,
	primary key (topic_id, event_id, registration_id),
	check ((answer is null) = (answered_at is null))
);
create index place_offers_open on place_offers (expires_at) where answer is null;
comment on table place_offers is 'Places that became free, each kept for one of the waiting list until they answer or the time is over.';

create table event_invitations (
	topic_id uuid not null,
	event_id uuid not null,
	invitation_id uuid not null,
	email text,
	language text collate "C" not null,
	-- SHA-256 of what stands in the link
	token_hash bytea not null check (octet_length(token_hash) = 32),
	invited_at timestamptz not null,
	invited_by uuid,
	-- the registration that came of it
	registration_id uuid,
	primary key (topic_id, event_id, invitation_id),
	unique (topic_id, event_id, token_hash)
);
comment on table event_invitations is 'Who was invited to an event by mail; the link opens the registration of an event for invited people, once.';

create table event_reminders (
	topic_id uuid not null,
	event_id uuid not null,
	-- an event that was moved reminds again
	starts_at timestamptz not null,
	reminded_at timestamptz not null,
	primary key (topic_id, event_id, starts_at)
);
comment on table event_reminders is 'That everybody with a place was reminded of the event.';

create table arrivals (
	topic_id uuid not null,
	event_id uuid not null,
	registration_id uuid not null,
	-- by the clock of the server, at which a phone's clock was compared; null once it was forgotten
	arrived_at timestamptz,
	noted_at timestamptz,
	noted_by uuid,
	how text collate "C" not null check (how in ('badge', 'name', 'walk-in')),
	-- made on the phone: the same one sent again is the same check-in
	check_in_id uuid not null,
	primary key (topic_id, event_id, registration_id)
);
create unique index arrivals_by_check_in on arrivals (topic_id, event_id, check_in_id);
comment on table arrivals is 'Who came; the first time that they were checked in.';

create table hubs (
	topic_id uuid not null,
	event_id uuid not null,
	hub_id uuid not null,
	hub_number int not null check (hub_number > 0),
	place text not null,
	region text collate "C",
	coordinator text,
	email text,
	heads_expected int check (heads_expected >= 0),
	heads_counted int check (heads_counted >= 0),
	added_at timestamptz not null,
	added_by uuid,
	removed_at timestamptz,
	primary key (topic_id, event_id, hub_id),
	unique (topic_id, event_id, hub_number)
);
comment on table hubs is 'Remote hubs of an event: people who follow it together elsewhere, one participant of its own kind.';

-- a file for calendars that goes with a mail
alter table mails add column calendar text;
