-- The institution and its topics: questions, stages, documents, deliverables, and who takes part.

create table institution (
	institution_id uuid primary key,
	is_only boolean not null default true unique check (is_only),
	-- the name of one of ours, or #rrggbb: pages move its lightness as far as legibility needs
	accent text collate "C" not null default 'blue' check (accent ~ '^(#[0-9a-f]{6}|[a-z]{2,20})$'),
	logo bytea check (octet_length(logo) <= 300000),
	contact_email text not null default '',
	-- IANA name: in which pages tell times
	zone text not null default 'UTC',
	languages text[] not null default '{en,fr,es,ru,zh,ar}',
	created_at timestamptz not null
);
insert into institution (institution_id, created_at) values ('00000000-0000-7000-8000-000000000001', clock_timestamp());
comment on table institution is 'Who runs this instance. Name, terms and other words are rows of texts (nil topic, kind institution).';

create table stakeholder_groups (
	group_key text collate "C" primary key,
	position int not null,
	added_at timestamptz not null
);
insert into stakeholder_groups (group_key, position, added_at)
select key, position, clock_timestamp()
from unnest('{governments,private-sector,civil-society,technical-community,academia,intergovernmental}'::text[])
	with ordinality as given (key, position);
comment on table stakeholder_groups is 'The groups of this institution; names are messages (defaults) or texts.';

create table topics (
	topic_id uuid primary key,
	kind text collate "C" not null default 'talk' check (kind in ('talk', 'call')),
	default_language text collate "C" not null,
	languages text[] not null,
	contact_email text not null default '',
	copied_from uuid,
	created_at timestamptz not null,
	created_by uuid
);
comment on table topics is 'A topic (an Open Talk). Title, summary, background, remit, convenor and statement are texts of kind topic.';

create table addresses (
	slug text collate "C" primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
	topic_id uuid not null,
	since timestamptz not null
);
create index addresses_of_topic on addresses (topic_id, since);
comment on table addresses is 'Public addresses; the newest of a topic is shown, older ones lead to it.';

create table topic_publications (
	topic_id uuid primary key,
	published_at timestamptz not null,
	published_by uuid
);
comment on table topic_publications is 'A topic without this row is a draft that only staff see.';

create table topic_archivals (
	topic_id uuid primary key,
	archived_at timestamptz not null,
	archived_by uuid,
	reason text
);
comment on table topic_archivals is 'Archived: read only; the key of its pseudonyms is destroyed.';

create table questions (
	topic_id uuid not null,
	question_id uuid not null,
	position int not null,
	added_at timestamptz not null,
	primary key (topic_id, question_id)
);
comment on table questions is 'Guiding questions; their words are texts of kind question (field text, explanation).';

create table question_removals (
	topic_id uuid not null,
	question_id uuid not null,
	removed_at timestamptz not null,
	removed_by uuid,
	primary key (topic_id, question_id)
);
comment on table question_removals is 'A question taken out before anyone answered it.';

create table stages (
	topic_id uuid not null,
	stage_id uuid not null,
	position int not null,
	opens_at timestamptz not null,
	closes_at timestamptz not null check (closes_at > opens_at),
	zone text not null,
	takes_ideas boolean not null,
	takes_submissions boolean not null,
	takes_comments boolean not null,
	takes_opinions text collate "C" not null check (takes_opinions in ('no', 'blind', 'shown')),
	added_at timestamptz not null,
	primary key (topic_id, stage_id)
);
comment on table stages is 'A stage is half-open [opens, closes) by the database''s clock and says what is open; stages may overlap, and then blind wins.';

create table stage_changes (
	topic_id uuid not null,
	stage_id uuid not null,
	version int not null,
	opens_at timestamptz not null,
	closes_at timestamptz not null check (closes_at > opens_at),
	changed_at timestamptz not null,
	changed_by uuid,
	primary key (topic_id, stage_id, version)
);
comment on table stage_changes is 'An extension or move of a stage, with its public note (text of kind stage, field note-<version>); the highest version holds.';

create table stage_removals (
	topic_id uuid not null,
	stage_id uuid not null,
	removed_at timestamptz not null,
	removed_by uuid,
	primary key (topic_id, stage_id)
);
comment on table stage_removals is 'A stage taken out before it opened.';

create table documents (
	topic_id uuid not null,
	document_id uuid not null,
	position int not null,
	file_sha256 bytea,
	file_name text,
	address text check (address ~ '^https?://'),
	language text collate "C" not null default 'und',
	added_at timestamptz not null,
	added_by uuid,
	primary key (topic_id, document_id),
	check (file_sha256 is not null or address is not null)
);
comment on table documents is 'The library of a topic: a file of ours or an address elsewhere; titles are texts of kind document.';

create table document_removals (
	topic_id uuid not null,
	document_id uuid not null,
	removed_at timestamptz not null,
	removed_by uuid,
	primary key (topic_id, document_id)
);
comment on table document_removals is 'A document taken out of the library.';

create table deliverables (
	topic_id uuid not null,
	deliverable_id uuid not null,
	kind text collate "C" not null,
	deadline date,
	promised date,
	added_at timestamptz not null,
	added_by uuid,
	primary key (topic_id, deliverable_id)
);
comment on table deliverables is 'What was promised to which body by when; title, addressee and meeting are texts of kind deliverable.';

create table deliverable_states (
	topic_id uuid not null,
	deliverable_id uuid not null,
	version int not null,
	state text collate "C" not null check (state in ('planned', 'in work', 'delivered', 'cancelled')),
	link text check (link ~ '^(https?://|/)'),
	at timestamptz not null,
	by uuid,
	primary key (topic_id, deliverable_id, version)
);
comment on table deliverable_states is 'How far a deliverable is; the highest version holds.';

create table targets (
	topic_id uuid not null,
	dimension text collate "C" not null check (dimension in ('group', 'region')),
	key text collate "C" not null,
	version int not null,
	people int not null check (people >= 0),
	set_at timestamptz not null,
	set_by uuid,
	primary key (topic_id, dimension, key, version)
);
comment on table targets is 'How many people of a group or region the secretariat wants to hear; the highest version holds.';

create table participants (
	topic_id uuid not null,
	participant_number int not null check (participant_number > 0),
	participant_id uuid not null,
	joined_at timestamptz not null,
	primary key (topic_id, participant_number),
	unique (topic_id, participant_id)
);
comment on table participants is 'A person in one topic, linked to no name; ideas, comments and opinions point here only.';

create table participant_profiles (
	topic_id uuid not null,
	participant_number int not null,
	profile_number smallint not null check (profile_number > 0),
	stakeholder_groups text[] not null,
	country text collate "C",
	region text collate "C",
	organisation_id uuid,
	capacity text collate "C" check (capacity in ('own-name', 'expert', 'delegation')),
	reads text[] not null,
	assurance text collate "C" not null check (assurance in ('browser', 'e-mail', 'invited', 'organisation-verified')),
	stated_at timestamptz not null,
	primary key (topic_id, participant_number, profile_number)
);
comment on table participant_profiles is 'What a participant says of themselves; a change is a new row, and an opinion keeps the row under which it was given.';

create table participant_links (
	topic_id uuid not null,
	keyed_hash bytea not null check (octet_length(keyed_hash) = 32),
	participant_number int not null,
	-- a browser's participant is joined to an account only while no other account holds it
	holder text collate "C" not null check (holder in ('browser', 'account')),
	linked_at timestamptz not null,
	primary key (topic_id, keyed_hash)
);
create index participant_links_of_participant on participant_links (topic_id, participant_number);
comment on table participant_links is 'The one bridge from a visitor or account to a participant: HMAC under the topic''s key, which lies sealed outside the database.';

create table participant_joins (
	topic_id uuid not null,
	participant_number int not null,
	into_number int not null check (into_number <> participant_number),
	joined_at timestamptz not null,
	primary key (topic_id, participant_number)
);
comment on table participant_joins is 'The participant of a browser became that of an account when its person signed in while the topic was open.';
