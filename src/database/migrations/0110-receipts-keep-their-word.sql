-- What a receipt promises: an erasure leaves no words, a long text and its file can be changed, and who follows is written to.

-- with the random number a short text could be guessed from its commitment: it goes with the words
alter table contribution_versions alter column nonce drop not null;

-- 'all': whatever the author of this text sent in the talk, and what links it to them
alter table receipt_requests add column scope text collate "C" not null default 'text' check (scope in ('text', 'all'));

create table erasures (
	topic_id uuid not null,
	contribution_id uuid not null,
	erased_at timestamptz not null,
	erased_by uuid,
	primary key (topic_id, contribution_id)
);
comment on table erasures is 'The words of a contribution are gone for good, at its author''s request; its commitment stays. After a restore from a backup these are erased again.';

alter table submission_files add column file_version int not null default 1 check (file_version > 0);
alter table extracted_texts add column file_version int not null default 1 check (file_version > 0);

create table former_files (
	topic_id uuid not null,
	contribution_id uuid not null,
	part int not null,
	file_version int not null,
	file_sha256 bytea not null,
	file_name text not null,
	replaced_at timestamptz not null,
	primary key (topic_id, contribution_id, part, file_version)
);
comment on table former_files is 'The files that their author replaced, kept byte for byte.';

create table former_titles (
	topic_id uuid not null,
	contribution_id uuid not null,
	version int not null,
	title text not null,
	replaced_at timestamptz not null,
	primary key (topic_id, contribution_id, version)
);
comment on table former_titles is 'The titles that a submission had before its author changed them.';

-- where its receiver says that no more of its kind shall come; null: a mail that nobody gets twice
alter table mails add column unsubscribe_url text;

create table mail_stops (
	topic_id uuid not null,
	address text collate "C" not null check (address = lower(address)),
	kind text collate "C" not null,
	stopped_at timestamptz not null,
	primary key (topic_id, address, kind)
);
comment on table mail_stops is 'An address wants no more mail of a kind; the nil topic: of no talk.';

create table news_told (
	topic_id uuid not null,
	participant_number int not null,
	told_until timestamptz not null,
	primary key (topic_id, participant_number)
);
comment on table news_told is 'Up to when a follower has been told by mail what became of what they follow.';

create table edition_redactions (
	topic_id uuid not null,
	report_id uuid not null,
	edition int not null,
	thing_id uuid not null,
	redacted_at timestamptz not null,
	primary key (topic_id, report_id, edition, thing_id)
);
comment on table edition_redactions is 'Words of an erased contribution were made unreadable in a published edition; its fingerprint stays that of what was published.';
