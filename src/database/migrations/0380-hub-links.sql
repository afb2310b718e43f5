-- A hub has a coordinator, who works from a phone of theirs: a link opens the page of the hub, which tells times by the hub's own clock.

alter table hubs add column zone text;
comment on column hubs.zone is 'IANA name; null: the clock of the event';

create table hub_links (
	topic_id uuid not null,
	event_id uuid not null,
	link_id uuid not null,
	hub_id uuid not null,
	-- SHA-256 of what stands in the link
	secret_hash bytea not null check (octet_length(secret_hash) = 32),
	made_at timestamptz not null,
	made_by uuid,
	ended_at timestamptz,
	primary key (topic_id, event_id, link_id)
);
create unique index hub_links_by_secret on hub_links (topic_id, secret_hash);
comment on table hub_links is 'What opens the page of a hub, on whatever phone. The secret is shown once, its hash is kept; a new link ends the one before.';
