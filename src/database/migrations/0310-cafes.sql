-- A World Café is a plan of tables and rounds, hosts who stay at their tables, and rounds that are begun and ended. A plan that changes is a new
-- version with all its tables and rounds; what was printed by an older one can still be read.

create table cafe_plans (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null,
	planned_at timestamptz not null,
	planned_by uuid,
	primary key (topic_id, event_id, version)
);
comment on table cafe_plans is 'Append-only: the newest version is the plan. Its row is locked by whoever plans anew or begins a round.';

create table cafe_tables (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null,
	table_number int not null check (table_number >= 1),
	-- what people call it, "Window"; empty where it has but its number
	label text not null,
	-- chairs; null: as many as are needed
	seats int check (seats >= 1),
	mode text collate "C" not null check (mode in ('room', 'online', 'mixed')),
	link text collate "C",
	-- BCP 47; none: any
	languages text[] collate "C" not null,
	primary key (topic_id, event_id, version, table_number)
);
comment on table cafe_tables is 'The tables of a version, numbered from 1 without gaps.';

create table cafe_rounds (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null,
	round_number int not null check (round_number >= 1),
	-- one of the guiding questions of the topic; null: none chosen yet
	question_id uuid,
	minutes int not null check (minutes between 1 and 600),
	-- after the round
	break_minutes int not null check (break_minutes between 0 and 600),
	primary key (topic_id, event_id, version, round_number)
);
comment on table cafe_rounds is 'The rounds of a version, numbered from 1 without gaps.';

create table cafe_table_places (
	topic_id uuid not null,
	event_id uuid not null,
	table_number int not null,
	room_row int not null check (room_row between 1 and 60),
	room_column int not null check (room_column between 1 and 60),
	primary key (topic_id, event_id, table_number)
);
comment on table cafe_table_places is 'Where each table stands in the picture of the room, in squares; moved in place, a picture is not a plan.';

create table cafe_hosts (
	topic_id uuid not null,
	event_id uuid not null,
	host_id uuid not null,
	table_number int not null,
	name text not null,
	-- null: the link is handed over
	email text,
	language text collate "C" not null,
	-- IANA; null: that of the event
	time_zone text collate "C",
	-- who registered for the event and hosts a table
	registration_id uuid,
	appointed_at timestamptz not null,
	appointed_by uuid,
	primary key (topic_id, event_id, host_id)
);
create index cafe_hosts_of_table on cafe_hosts (topic_id, event_id, table_number);
comment on table cafe_hosts is 'Who hosts which table. Who does no more is deleted; under the Chatham House rule all are, at the harvest.';

create table cafe_host_links (
	topic_id uuid not null,
	event_id uuid not null,
	link_id uuid not null,
	host_id uuid not null,
	secret_hash bytea not null,
	made_at timestamptz not null,
	made_by uuid,
	primary key (topic_id, event_id, link_id)
);
create unique index cafe_host_links_by_secret on cafe_host_links (topic_id, secret_hash);
comment on table cafe_host_links is 'What opens the notebook of a table, on whatever phone. The secret is shown once, its hash is kept.';

create table cafe_host_link_ends (
	topic_id uuid not null,
	event_id uuid not null,
	link_id uuid not null,
	ended_at timestamptz not null,
	ended_by uuid,
	primary key (topic_id, event_id, link_id)
);
comment on table cafe_host_link_ends is 'Links taken back, by staff or because a new one was made.';

create table cafe_round_starts (
	topic_id uuid not null,
	event_id uuid not null,
	start_number int not null,
	round_number int not null,
	did text collate "C" not null check (did in ('begun', 'prolonged', 'ended')),
	-- how long it is to last from when it was begun, or by how much it was prolonged; null where it ended
	minutes int,
	is_rehearsal boolean not null,
	at timestamptz not null,
	done_by uuid,
	primary key (topic_id, event_id, start_number)
);
comment on table cafe_round_starts is 'Append-only: when rounds were begun, prolonged and ended. A rehearsal is none of the rounds held.';
