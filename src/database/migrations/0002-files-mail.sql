-- Files lie outside the database under their digest; mail waits in a queue written in the transaction that it tells of.

create table files (
	sha256 bytea primary key check (octet_length(sha256) = 32),
	size bigint not null check (size >= 0),
	media_type text collate "C" not null,
	stored_at timestamptz not null
);
comment on table files is 'Content-addressed file store: a row first, then the file.';

create table mails (
	topic_id uuid not null,
	mail_id uuid not null,
	to_address text not null,
	language text collate "C" not null,
	kind text collate "C" not null,
	subject text not null,
	body text not null,
	queued_at timestamptz not null,
	primary key (topic_id, mail_id)
);
comment on table mails is 'Outgoing mail, finished text in the language of the receiver. Delivered at least once with a stable Message-ID.';

-- how many sign-in codes an address was lately sent
create index mails_to_address on mails (lower(to_address), kind, queued_at);

create table mail_deliveries (
	topic_id uuid not null,
	mail_id uuid not null,
	attempt int not null,
	at timestamptz not null,
	outcome text collate "C" not null check (outcome in ('sent', 'outbox', 'failed', 'refused')),
	explanation text,
	primary key (topic_id, mail_id, attempt)
);
comment on table mail_deliveries is 'What became of a mail, one row an attempt.';
