-- Programs act in a person's name through the API with a token of theirs that may do only what they allowed it, and no longer than they said.

create table account_tokens (
	token_id uuid primary key,
	account_id uuid not null,
	name text not null,
	scopes text[] not null check (cardinality(scopes) > 0),
	token_hash bytea not null unique check (octet_length(token_hash) = 32),
	made_at timestamptz not null,
	expires_at timestamptz not null,
	-- to the minute: not each request writes
	last_used_at timestamptz
);
create index account_tokens_of_account on account_tokens (account_id);
comment on table account_tokens is 'Personal tokens of the API; only their hash is kept. Revoked: deleted, with an activity.';

alter table account_tokens add constraint account_tokens_account_exists
	foreign key (account_id) references accounts (account_id) on delete cascade;
