-- A town hall: its agenda with what became of its times, and the one floor of room, remote people and hubs. Who asked and under which name are
-- tables of their own, so that they can go when the floor closes and leave nothing beside what was spoken.

create table agenda_items (
	topic_id uuid not null,
	event_id uuid not null,
	item_id uuid not null,
	made_at timestamptz not null,
	made_by uuid,
	primary key (topic_id, event_id, item_id)
);
comment on table agenda_items is 'Items of an agenda. The title is a text of kind agenda-item.';

create table agenda_versions (
	topic_id uuid not null,
	event_id uuid not null,
	item_id uuid not null,
	version int not null check (version > 0),
	-- order on the agenda, from 1; the item added later stands behind among equals
	place int not null check (place > 0),
	minutes int not null check (minutes between 1 and 1440),
	speakers text not null,
	-- of the topic's library
	documents uuid[] not null,
	is_removed boolean not null,
	changed_at timestamptz not null,
	changed_by uuid,
	primary key (topic_id, event_id, item_id, version)
);
comment on table agenda_versions is 'What is planned of an item; the highest version holds.';

create table agenda_steps (
	topic_id uuid not null,
	event_id uuid not null,
	step_number int not null check (step_number > 0),
	item_id uuid not null,
	step text collate "C" not null check (step in ('begun', 'ended')),
	at timestamptz not null,
	primary key (topic_id, event_id, step_number)
);
comment on table agenda_steps is 'What became of the agenda, in order: which item was begun and ended when. An item may be begun again.';

create table floor_rules (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null check (version > 0),
	room int not null check (room between 1 and 100),
	remote int not null check (remote between 1 and 100),
	hub int not null check (hub between 1 and 100),
	-- stakeholder group: its weight within a channel; 1 where it is not named
	group_weights jsonb not null,
	speech_seconds int not null check (speech_seconds between 15 and 3600),
	changed_at timestamptz not null,
	changed_by uuid,
	primary key (topic_id, event_id, version)
);
comment on table floor_rules is 'By which weights the floor is shared and how long a speech may be; the highest version holds. Everybody may read it.';

create table floor_states (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null check (version > 0),
	state text collate "C" not null check (state in ('open', 'queue-closed', 'over')),
	at timestamptz not null,
	by uuid,
	primary key (topic_id, event_id, version)
);
comment on table floor_states is 'Whether the floor can be asked for; queue-closed: who waits still speaks; over: nothing follows, and what may not be kept is gone.';

create table floor_chairs (
	topic_id uuid not null,
	event_id uuid not null,
	chair_number int not null check (chair_number > 0),
	-- made on the device that took the chair: two windows of one person are two
	device_id uuid not null,
	account_id uuid not null,
	took_at timestamptz not null,
	primary key (topic_id, event_id, chair_number)
);
comment on table floor_chairs is 'Who had the chair from when on; the highest number has it.';

create table floor_acts (
	topic_id uuid not null,
	event_id uuid not null,
	-- made on the device of the chair: the same act may be sent again
	act_id uuid not null,
	chair_number int not null,
	done_at timestamptz not null,
	received_at timestamptz not null,
	-- done, or the code of the refusal
	outcome text collate "C" not null,
	primary key (topic_id, event_id, act_id)
);
comment on table floor_acts is 'What a chair did, each act once however often it was sent; acts without network come later, in their order.';

create table floor_requests (
	topic_id uuid not null,
	event_id uuid not null,
	request_number int not null check (request_number > 0),
	request_id uuid not null,
	channel text collate "C" not null check (channel in ('room', 'remote', 'hub')),
	hub_id uuid,
	stakeholder_group text collate "C",
	kind text collate "C" not null check (kind in ('speak', 'follow-up', 'point-of-order')),
	is_first boolean not null,
	asked_at timestamptz not null,
	primary key (topic_id, event_id, request_number),
	unique (topic_id, event_id, request_id)
);
comment on table floor_requests is 'Who asked for the floor, as far as the rule of the floor asks: never a name. Under the Chatham House rule they go when the floor is over.';

create table floor_askers (
	topic_id uuid not null,
	event_id uuid not null,
	request_number int not null,
	-- of who asked by phone, under the key of the topic and for this event alone
	asker bytea not null,
	primary key (topic_id, event_id, request_number)
);
create index floor_askers_of on floor_askers (topic_id, event_id, asker);
comment on table floor_askers is 'Whose phone asked, so that it can be told its place and withdraw; gone when the floor is over.';

create table floor_names (
	topic_id uuid not null,
	event_id uuid not null,
	request_number int not null,
	name text not null check (name <> ''),
	primary key (topic_id, event_id, request_number)
);
comment on table floor_names is 'As the chair calls somebody; seen at the desk only. Gone when the floor is over, but where people speak under their names.';

create table floor_withdrawals (
	topic_id uuid not null,
	event_id uuid not null,
	request_number int not null,
	at timestamptz not null,
	by_asker boolean not null,
	primary key (topic_id, event_id, request_number)
);
comment on table floor_withdrawals is 'Who waits no more without having had the floor.';

create table interventions (
	topic_id uuid not null,
	event_id uuid not null,
	intervention_number int not null check (intervention_number > 0),
	intervention_id uuid not null,
	request_number int not null,
	item_id uuid,
	began_at timestamptz not null,
	primary key (topic_id, event_id, intervention_number),
	unique (topic_id, event_id, request_number)
);
comment on table interventions is 'Who was given the floor, and when, by the clock of the server.';

create table intervention_ends (
	topic_id uuid not null,
	event_id uuid not null,
	intervention_number int not null,
	ended_at timestamptz not null,
	primary key (topic_id, event_id, intervention_number)
);
comment on table intervention_ends is 'When they had spoken.';

create table floor_overrides (
	topic_id uuid not null,
	event_id uuid not null,
	intervention_number int not null,
	-- who was proposed
	proposed_number int not null,
	reason text not null check (reason <> ''),
	primary key (topic_id, event_id, intervention_number)
);
comment on table floor_overrides is 'Where the chair gave the floor to somebody else than was proposed, and why.';

create table intervention_contributions (
	topic_id uuid not null,
	event_id uuid not null,
	intervention_number int not null,
	contribution_id uuid not null,
	primary key (topic_id, event_id, intervention_number)
);
comment on table intervention_contributions is 'The summary of an intervention among all contributions. Under the Chatham House rule there is none.';

create table floor_statements (
	topic_id uuid not null,
	event_id uuid not null,
	contribution_id uuid not null,
	primary key (topic_id, event_id, contribution_id)
);
comment on table floor_statements is 'Statements to the record, and under the Chatham House rule summaries too: contributions of an event that hang on no turn.';

create table floor_voices (
	topic_id uuid not null,
	event_id uuid not null,
	stakeholder_group text collate "C" not null,
	participant_number int not null,
	primary key (topic_id, event_id, stakeholder_group)
);
comment on table floor_voices is 'The participant, linked to nobody, in whose name stands what people of a group said at an event: one for a group, so that nobody who spoke twice counts twice.';

create table floor_tray (
	topic_id uuid not null,
	event_id uuid not null,
	-- v4: the order in which they become contributions
	words_id uuid not null,
	words text not null,
	language text collate "C" not null,
	primary key (topic_id, event_id, words_id)
);
comment on table floor_tray is 'Under the Chatham House rule: statements and summaries until the floor is over. Then they become contributions of one instant, in random order.';

create table floor_figures (
	topic_id uuid not null,
	event_id uuid not null,
	figures jsonb not null,
	made_at timestamptz not null,
	primary key (topic_id, event_id)
);
comment on table floor_figures is 'The block of statistics of a floor that is over: what may be told of it, worked out before the rest went.';
