-- Who sent things from several devices gathers them on one page, by the codes of their receipts.

create table joined_receipts (
	topic_id uuid not null,
	-- of the browser or account that gathers: a keyed hash that stands nowhere else, so that a row leads to no participant
	gatherer_hash bytea not null check (octet_length(gatherer_hash) = 32),
	contribution_id uuid not null,
	joined_at timestamptz not null,
	primary key (topic_id, gatherer_hash, contribution_id)
);
create index joined_receipts_of_contribution on joined_receipts (topic_id, contribution_id);
comment on table joined_receipts is 'A contribution stands on the page of somebody who gave the code of its receipt; goes with its words, or when they take it off.';
