-- Moderation by (topic, kind, id): rules, flags, decisions; visibility is read from the decisions.

create table moderation_rules (
	topic_id uuid not null,
	version int not null,
	rule text collate "C" not null check (rule in ('at-once', 'first-held', 'links-held', 'all-held')),
	set_at timestamptz not null,
	set_by uuid,
	primary key (topic_id, version)
);
comment on table moderation_rules is 'What is held before publication; the highest version holds.';

create table moderation_flags (
	topic_id uuid not null,
	flag_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	participant_number int,
	reason text collate "C" not null,
	words text not null default '',
	flagged_at timestamptz not null,
	primary key (topic_id, flag_id)
);
-- a person flags a thing once
create unique index moderation_flags_of_thing on moderation_flags (topic_id, kind, thing_id, participant_number);
comment on table moderation_flags is 'A reader says that something breaks the rules.';

create table moderation_decisions (
	topic_id uuid not null,
	decision_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	decision text collate "C" not null check (decision in ('held', 'approved', 'hidden', 'restored', 'flags-dismissed')),
	reason text collate "C",
	words text not null default '',
	decided_at timestamptz not null,
	-- null where a rule held it
	decided_by uuid,
	primary key (topic_id, decision_id)
);
create index moderation_decisions_of_thing on moderation_decisions (topic_id, kind, thing_id, decision_id);
comment on table moderation_decisions is 'Append-only decisions; the latest of a thing says whether it can be seen.';

create table concealments (
	topic_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	why text collate "C" not null check (why in ('held', 'hidden', 'withdrawn', 'erased')),
	since timestamptz not null,
	primary key (topic_id, kind, thing_id)
);
create index concealments_queue on concealments (topic_id, why, since, thing_id);
comment on table concealments is 'The things that cannot be seen now: written with each decision or withdrawal, in its transaction, so that a list needs one look-up. A check recounts it from the decisions.';
