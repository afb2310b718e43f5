-- What every folder leans on: the texts of organisers in each language, and the record of who did what.

create table texts (
	topic_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	field text collate "C" not null,
	language text collate "C" not null,
	version int not null check (version > 0),
	text text not null,
	written_at timestamptz not null,
	written_by uuid,
	primary key (topic_id, kind, thing_id, field, language, version)
);
comment on table texts is 'What organisers write, per language side by side, each change a new version. Outside any topic: the nil topic.';

create table activity (
	topic_id uuid not null,
	activity_id uuid not null,
	at timestamptz not null,
	actor_kind text collate "C" not null check (actor_kind in ('visitor', 'account', 'job')),
	-- the account, or the participant of a visitor; null for a job
	actor_id uuid,
	did text collate "C" not null,
	kind text collate "C" not null,
	thing_id uuid,
	details jsonb not null default '{}',
	reason text,
	primary key (topic_id, activity_id)
);
comment on table activity is 'Append-only: who did what to which thing, written in the transaction of the act. Opinions write none.';
create index activity_of_thing on activity (topic_id, kind, thing_id, activity_id);

create table counters (
	topic_id uuid not null,
	counted text collate "C" not null,
	last int not null default 0 check (last >= 0),
	primary key (topic_id, counted)
);
comment on table counters is 'The last number given in a topic to an idea, a participant, a submission … A row lock on it makes numbers without gaps.';

create table requests (
	topic_id uuid not null,
	requester bytea not null,
	request_key text collate "C" not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	at timestamptz not null,
	primary key (topic_id, requester, request_key)
);
comment on table requests is 'Idempotency: the same request key of the same requester (hash) leads to the thing made the first time.';

create table topic_counts (
	topic_id uuid not null,
	counted text collate "C" not null,
	key text collate "C" not null default '',
	count bigint not null default 0,
	primary key (topic_id, counted, key)
) with (fillfactor = 50);
comment on table topic_counts is 'Totals that pages show (ideas, comments, submissions, participants, and ideas by question …), maintained with each act; a check recounts.';
