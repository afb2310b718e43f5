-- The moderator's desk: many things decided at once and undone, who works on what, rules that can be cited, authors who are trusted or
-- blocked, likeness of texts, words made unreadable, and third persons who ask for removal (decision 010).

-- what a thing was before a decision, which act of a moderator decided it (one for a whole page of things), and which decision it takes back
alter table moderation_decisions add column act_id uuid;
alter table moderation_decisions add column was text collate "C" check (was in ('held', 'hidden'));
alter table moderation_decisions add column undoes uuid;
-- the article of the topic's rules that it cites
alter table moderation_decisions add column rule_number int;
alter table moderation_decisions drop constraint moderation_decisions_decision_check;
alter table moderation_decisions add constraint moderation_decisions_decision_check
	check (decision in ('held', 'approved', 'hidden', 'restored', 'flags-dismissed', 'redacted', 'undone'));
create index moderation_decisions_of_act on moderation_decisions (topic_id, act_id) where act_id is not null;
create index moderation_decisions_undone on moderation_decisions (topic_id, undoes) where undoes is not null;

alter table moderation_rules drop constraint moderation_rules_rule_check;
alter table moderation_rules add constraint moderation_rules_rule_check
	check (rule in ('at-once', 'first-held', 'first-links-held', 'links-held', 'all-held'));

-- why it is held: a rule of the topic, or what made its sending suspicious; for the filter of the queue
alter table concealments add column held_by text collate "C";

create table moderation_claims (
	topic_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	account_id uuid not null,
	claimed_at timestamptz not null,
	lapses_at timestamptz not null,
	primary key (topic_id, kind, thing_id)
);
comment on table moderation_claims is 'Who works on what of the queue; it lapses by itself, and goes with the decision.';

create table house_rules (
	topic_id uuid not null,
	rule_number int not null check (rule_number > 0),
	rule_id uuid not null,
	added_at timestamptz not null,
	added_by uuid,
	primary key (topic_id, rule_number),
	unique (topic_id, rule_id)
);
comment on table house_rules is 'Rules of one topic beside those that hold everywhere, never numbered anew, so that they can be cited. Their words are texts of kind house-rule.';

create table house_rule_ends (
	topic_id uuid not null,
	rule_number int not null,
	ended_at timestamptz not null,
	ended_by uuid,
	primary key (topic_id, rule_number)
);
comment on table house_rule_ends is 'A rule that is no longer applied; decisions that cited it still lead to it.';

create table author_standings (
	topic_id uuid not null,
	participant_number int not null,
	version int not null,
	standing text collate "C" not null check (standing in ('ordinary', 'trusted', 'blocked')),
	reason text collate "C",
	words text not null default '',
	act_id uuid,
	set_at timestamptz not null,
	set_by uuid,
	primary key (topic_id, participant_number, version)
);
create index author_standings_of_act on author_standings (topic_id, act_id) where act_id is not null;
comment on table author_standings is 'What moderators decided about an author: trusted (nothing is held), blocked (sends no texts). The highest version holds.';

create table text_likenesses (
	topic_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	cluster_id uuid not null,
	participant_number int,
	-- least hashes of its shingles (moderation/likeness.ts)
	signature int[] not null,
	noted_at timestamptz not null,
	primary key (topic_id, kind, thing_id)
);
create index text_likenesses_of_cluster on text_likenesses (topic_id, cluster_id, thing_id);
create index text_likenesses_of_author on text_likenesses (topic_id, participant_number, noted_at);
comment on table text_likenesses is 'Which texts are nearly the same, or came in a burst by one author: moderators see them together.';

create table text_marks (
	topic_id uuid not null,
	mark int not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	noted_at timestamptz not null,
	primary key (topic_id, mark, kind, thing_id)
);
create index text_marks_of_thing on text_marks (topic_id, kind, thing_id);
comment on table text_marks is 'By which a text finds those like it without being compared with all; forgotten after a week.';

create table redactions (
	topic_id uuid not null,
	redaction_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	version int not null,
	-- SHA-256 of nonce and original words; the nonce is forgotten, so that nobody tries numbers until one fits
	original_hash bytea not null check (octet_length(original_hash) = 32),
	letters int not null,
	redacted_at timestamptz not null,
	redacted_by uuid,
	primary key (topic_id, redaction_id)
);
create index redactions_of_thing on redactions (topic_id, thing_id);
comment on table redactions is 'Words about private persons were made unreadable in a version of a text; what it said before is known by its hash alone.';

create table queue_thresholds (
	topic_id uuid not null,
	version int not null,
	-- null: no notice
	things int check (things > 0),
	set_at timestamptz not null,
	set_by uuid,
	primary key (topic_id, version)
);
comment on table queue_thresholds is 'From how many waiting things on the moderators of a topic are written to; the highest version holds.';

create table queue_notices (
	topic_id uuid not null,
	noticed_at timestamptz not null,
	-- 'full': moderators were told; 'below': it fell under the threshold again, and the next time they are told again
	state text collate "C" not null check (state in ('full', 'below')),
	waiting int not null,
	primary key (topic_id, noticed_at)
);
comment on table queue_notices is 'When the moderators of a topic were told that the queue fills.';

create table third_person_requests (
	topic_id uuid not null,
	request_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	words text not null,
	-- forgotten with the answer
	email text,
	language text collate "C" not null,
	requested_at timestamptz not null,
	primary key (topic_id, request_id)
);
create index third_person_requests_of_thing on third_person_requests (topic_id, thing_id);
comment on table third_person_requests is 'Somebody whom a text is about asks for its removal.';

create table third_person_answers (
	topic_id uuid not null,
	request_id uuid not null,
	answer text collate "C" not null check (answer in ('hidden', 'redacted', 'declined')),
	words text not null default '',
	answered_at timestamptz not null,
	answered_by uuid,
	primary key (topic_id, request_id)
);
comment on table third_person_answers is 'The answer, which was sent where the request left an address.';
