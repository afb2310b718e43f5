-- Programs of others are told what happened: a webhook of a topic, or (nil topic) of the institution, is an https address of theirs. What is
-- told is queued in the transaction of what it tells, without a word that people wrote: an erasure has nothing to look for here.

create table webhooks (
	topic_id uuid not null,
	webhook_id uuid not null,
	address text collate "C" not null check (address ~ '^https://' and length(address) <= 2000),
	events text[] not null check (cardinality(events) > 0),
	made_at timestamptz not null,
	made_by uuid,
	primary key (topic_id, webhook_id)
);
comment on table webhooks is 'Where programs of others want to be told of events, by topic or (nil topic) of all topics. Ended by a row in webhook_ends.';

create table webhook_ends (
	topic_id uuid not null,
	webhook_id uuid not null,
	ended_at timestamptz not null,
	ended_by uuid,
	primary key (topic_id, webhook_id)
);
comment on table webhook_ends is 'A webhook that is told nothing any more.';

create table webhook_secrets (
	topic_id uuid not null,
	webhook_id uuid not null,
	version int not null check (version > 0),
	secret_sealed bytea not null,
	made_at timestamptz not null,
	made_by uuid,
	primary key (topic_id, webhook_id, version)
);
comment on table webhook_secrets is 'The key that signs, sealed under the secret of the instance. The highest version holds; the one before signs too for a day after it.';

create table webhook_messages (
	topic_id uuid not null,
	webhook_id uuid not null,
	message_id uuid not null,
	event text collate "C" not null,
	-- what it is about: the topic, and the path below its address
	about_topic_id uuid,
	path text collate "C" not null default '',
	queued_at timestamptz not null,
	primary key (topic_id, webhook_id, message_id)
);
comment on table webhook_messages is 'One event for one webhook: names and numbers only. Forgotten after 30 days.';

create table webhook_attempts (
	topic_id uuid not null,
	webhook_id uuid not null,
	message_id uuid not null,
	attempt int not null check (attempt > 0),
	at timestamptz not null,
	outcome text collate "C" not null check (outcome in ('delivered', 'failed')),
	-- of the answer; null where none came
	status int,
	-- a key of the messages: webhooks.problem-<…>
	problem text collate "C",
	-- null where no further one follows
	again_at timestamptz,
	primary key (topic_id, webhook_id, message_id, attempt)
);
create index webhook_attempts_lately on webhook_attempts (topic_id, webhook_id, at);
comment on table webhook_attempts is 'What became of a message, one row an attempt.';

alter table webhook_ends add constraint webhook_ends_webhook_exists
	foreign key (topic_id, webhook_id) references webhooks (topic_id, webhook_id) on delete cascade;

alter table webhook_secrets add constraint webhook_secrets_webhook_exists
	foreign key (topic_id, webhook_id) references webhooks (topic_id, webhook_id) on delete cascade;

alter table webhook_messages add constraint webhook_messages_webhook_exists
	foreign key (topic_id, webhook_id) references webhooks (topic_id, webhook_id) on delete cascade;

alter table webhook_attempts add constraint webhook_attempts_message_exists
	foreign key (topic_id, webhook_id, message_id) references webhook_messages (topic_id, webhook_id, message_id) on delete cascade;
