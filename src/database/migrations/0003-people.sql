-- Accounts for the few who want or need one, organisations as entities, roles, invitations. better-auth keeps its own tables in the schema "sign_in".

create table accounts (
	account_id uuid primary key,
	-- sign_in."user", from the first sign-in on
	sign_in_user uuid unique,
	email text not null,
	name text not null default '',
	language text collate "C" not null default 'en',
	created_at timestamptz not null
);
create unique index accounts_by_email on accounts (lower(email));
comment on table accounts is 'A person who signs in. A participant of a topic is linked to it only by a keyed hash.';

create table roles (
	topic_id uuid not null,
	role_id uuid not null,
	account_id uuid not null,
	role text collate "C" not null check (role in ('administrator', 'secretariat', 'moderator', 'rapporteur')),
	granted_at timestamptz not null,
	granted_by uuid,
	primary key (topic_id, role_id)
);
create index roles_of_account on roles (account_id);
comment on table roles is 'Who holds which role, in a topic or (nil topic) in the institution. Ended by a row in role_ends.';

create table role_ends (
	topic_id uuid not null,
	role_id uuid not null,
	ended_at timestamptz not null,
	ended_by uuid,
	reason text,
	primary key (topic_id, role_id)
);
comment on table role_ends is 'A role that was taken back or given up.';

create table organisations (
	organisation_id uuid primary key,
	parent_id uuid,
	kind text collate "C",
	country text collate "C" check (country ~ '^[A-Z]{2}$'),
	created_at timestamptz not null,
	created_by uuid
);
comment on table organisations is 'An organisation as an entity; its names are rows.';

create table organisation_names (
	organisation_id uuid not null,
	name text not null,
	-- for finding: NFKC, lower case, no accents, no punctuation
	folded text collate "C" not null,
	language text collate "C" not null default 'und',
	is_main boolean not null,
	added_at timestamptz not null,
	added_by uuid,
	primary key (organisation_id, folded)
);
create index organisation_names_folded on organisation_names (folded text_pattern_ops);
comment on table organisation_names is 'The names and aliases of an organisation.';

create table organisation_joins (
	organisation_id uuid primary key,
	-- which one staff chose
	chosen_id uuid not null check (chosen_id <> organisation_id),
	-- where that leads in the end, if the chosen one was joined further: readers follow one step only
	into_id uuid not null check (into_id <> organisation_id),
	joined_at timestamptz not null,
	joined_by uuid,
	reason text
);
comment on table organisation_joins is 'This organisation turned out to be the same as another. Nothing is rewritten: readers follow the row; deleting it (with an activity) splits them again.';

create table organisation_distinctions (
	organisation_id uuid not null,
	other_id uuid not null,
	decided_at timestamptz not null,
	decided_by uuid,
	primary key (organisation_id, other_id),
	check (organisation_id < other_id)
);
comment on table organisation_distinctions is 'Two organisations that look alike and are not the same: not proposed for joining again.';

create table organisation_details (
	organisation_id uuid not null,
	version int not null,
	parent_id uuid,
	kind text collate "C",
	country text collate "C",
	at timestamptz not null,
	by uuid,
	primary key (organisation_id, version)
);
comment on table organisation_details is 'Later versions of parent, kind and country; the highest version holds.';

create table membership_kinds (
	membership text collate "C" primary key check (membership ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	position int not null,
	added_at timestamptz not null
);
comment on table membership_kinds is 'The kinds of membership of this institution; names are messages (the first four) or texts of kind institution, field membership-<key>.';
insert into membership_kinds (membership, position, added_at)
select membership, position, '2000-01-01T00:00:00Z'
from unnest('{member-state,sector-member,associate,academia}'::text[]) with ordinality as given (membership, position);

create table memberships (
	organisation_id uuid not null,
	membership text collate "C" not null,
	since timestamptz not null,
	until timestamptz,
	noted_by uuid,
	primary key (organisation_id, membership, since)
);
comment on table memberships is 'Member State, Sector Member … as configured by the institution.';

create table invitations (
	topic_id uuid not null,
	invitation_id uuid not null,
	role text collate "C" not null,
	email text,
	-- a link for a group may be used by several, up to its cap
	uses_allowed int not null default 1 check (uses_allowed between 1 and 100000),
	stakeholder_group text collate "C",
	region text collate "C",
	organisation_id uuid,
	language text collate "C" not null,
	token_hash bytea not null,
	invited_at timestamptz not null,
	invited_by uuid,
	expires_at timestamptz not null,
	primary key (topic_id, invitation_id),
	unique (topic_id, token_hash)
);
comment on table invitations is 'One kind of invitation for every role: participant, staff, later host, speaker, reviewer.';

create table invitation_answers (
	topic_id uuid not null,
	invitation_id uuid not null,
	-- the number of the use: a cap without counting
	use_number int not null check (use_number > 0),
	answer text collate "C" not null check (answer in ('accepted', 'declined')),
	account_id uuid,
	participant_number int,
	answered_at timestamptz not null,
	primary key (topic_id, invitation_id, use_number)
);
comment on table invitation_answers is 'An acceptance takes a numbered place of the cap; a refusal closes a personal invitation.';

create table invitation_ends (
	topic_id uuid not null,
	invitation_id uuid not null,
	ended_at timestamptz not null,
	ended_by uuid,
	primary key (topic_id, invitation_id)
);
comment on table invitation_ends is 'An invitation that was taken back.';

create table confirmed_domains (
	domain text collate "C" primary key,
	organisation_id uuid not null,
	confirmed_at timestamptz not null,
	confirmed_by uuid
);
comment on table confirmed_domains is 'Mail domains that staff confirmed as an organisation''s: an account with such an address is organisation-verified.';
