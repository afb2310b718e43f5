-- Who checks people in at the door need not be staff: a link opens the list of one event, for as long as it is not closed.

create table event_doors (
	topic_id uuid not null,
	event_id uuid not null,
	door_id uuid not null,
	-- SHA-256 of what stands in the link
	token_hash bytea not null check (octet_length(token_hash) = 32),
	opened_at timestamptz not null,
	opened_by uuid,
	closed_at timestamptz,
	primary key (topic_id, event_id, door_id),
	unique (topic_id, event_id, token_hash)
);
comment on table event_doors is 'Links by which people are checked in at the door of an event; the newest that is not closed is the one that was shown.';
