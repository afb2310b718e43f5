-- Events of a topic: cafés, town halls, meetings. What is planned has versions, how it stands is rows, so that nobody who registered is told
-- something else later without a trace.

create table events (
	topic_id uuid not null,
	event_id uuid not null,
	event_number int not null check (event_number > 0),
	kind text collate "C" not null check (kind in ('cafe', 'town-hall', 'meeting')),
	made_at timestamptz not null,
	made_by uuid,
	primary key (topic_id, event_id),
	unique (topic_id, event_number)
);
comment on table events is 'An occasion at which people meet. Title, description, venue, host event, access and recording notice are texts of kind event.';

create table event_versions (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null check (version > 0),
	starts_at timestamptz not null,
	ends_at timestamptz not null check (ends_at > starts_at),
	-- IANA name: the clock at the venue
	zone text collate "C" not null,
	attribution text collate "C" not null check (attribution in ('named', 'group', 'chatham')),
	registration text collate "C" not null check (registration in ('open', 'invited', 'none')),
	-- null: as many as come; 0: nobody
	room_places int check (room_places >= 0),
	online_places int check (online_places >= 0),
	-- BCP 47: spoken there, and interpreted into
	languages text[] collate "C" not null,
	interpretation text[] collate "C" not null,
	remote_link text,
	is_recorded boolean not null,
	-- how long a place that became free is kept for the next on the waiting list
	waiting_hours int not null check (waiting_hours between 1 and 720),
	changed_at timestamptz not null,
	changed_by uuid,
	primary key (topic_id, event_id, version)
);
create index event_versions_by_end on event_versions (ends_at);
comment on table event_versions is 'What is planned; the highest version holds.';

create table event_states (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null check (version > 0),
	state text collate "C" not null check (state in ('planned', 'confirmed', 'held', 'cancelled')),
	at timestamptz not null,
	by uuid,
	primary key (topic_id, event_id, version)
);
comment on table event_states is 'Planned, confirmed, held, cancelled; the highest version holds. Why stands in the text reason-<version>.';

create table event_codes (
	topic_id uuid not null,
	event_id uuid not null,
	-- of one kind of letters, read aloud in a hall
	code text collate "C" not null unique check (code ~ '^[A-Z]{6}$'),
	primary key (topic_id, event_id)
);
comment on table event_codes is 'The six letters by which people in a room find the event.';

create table event_counters (
	topic_id uuid not null,
	event_id uuid not null,
	counted text collate "C" not null,
	last int not null,
	primary key (topic_id, event_id, counted)
);
comment on table event_counters is 'The last number given to what is counted in an event; the row is locked while a number is taken.';

create table event_moves (
	topic_id uuid not null,
	event_id uuid not null,
	move_number int not null check (move_number > 0),
	kind text collate "C" not null,
	thing_id uuid,
	at timestamptz not null,
	details jsonb not null,
	primary key (topic_id, event_id, move_number)
);
comment on table event_moves is 'What happened in an event, in an order without gaps: who listens resumes after the last number that they had.';
