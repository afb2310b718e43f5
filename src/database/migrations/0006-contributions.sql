-- Verbatim input of every channel, its versions, passages and receipts.

create table contributions (
	topic_id uuid not null,
	contribution_id uuid not null,
	kind text collate "C" not null check (kind in ('idea', 'comment', 'submission', 'suggestion', 'note', 'intervention', 'takeaway')),
	channel text collate "C" not null check (channel in ('web', 'api', 'import', 'e-mail', 'paper', 'café', 'town hall', 'programme')),
	participant_number int,
	profile_number smallint,
	attribution text collate "C" not null check (attribution in ('named', 'group', 'anonymous')),
	language text collate "C" not null,
	received_at timestamptz not null,
	licence text collate "C" not null,
	notice_version text collate "C" not null,
	primary key (topic_id, contribution_id)
);
create index contributions_of_participant on contributions (topic_id, participant_number, contribution_id);
comment on table contributions is 'One row for each verbatim input of every channel; never changed.';

create table contribution_versions (
	topic_id uuid not null,
	contribution_id uuid not null,
	version int not null check (version > 0),
	-- as received; NUL and lone surrogates were refused
	text text not null,
	language text collate "C" not null,
	written_at timestamptz not null,
	nonce bytea not null check (octet_length(nonce) = 16),
	commitment bytea not null check (octet_length(commitment) = 32),
	primary key (topic_id, contribution_id, version)
);
comment on table contribution_versions is 'The words, version by version; commitment = SHA-256(nonce ‖ UTF-8 text).';

create table contribution_names (
	topic_id uuid not null,
	contribution_id uuid not null,
	name text not null,
	primary key (topic_id, contribution_id)
);
comment on table contribution_names is 'The name under which its author wanted this contribution to stand; only in attribution mode named.';

create table withdrawals (
	topic_id uuid not null,
	contribution_id uuid not null,
	withdrawn_at timestamptz not null,
	reason text not null default '',
	primary key (topic_id, contribution_id)
);
comment on table withdrawals is 'The author takes a contribution back.';

create table receipts (
	topic_id uuid not null,
	receipt_id uuid not null,
	contribution_id uuid not null,
	code_hash bytea not null,
	given_at timestamptz not null,
	primary key (topic_id, receipt_id),
	unique (topic_id, code_hash)
);
create index receipts_of_contribution on receipts (topic_id, contribution_id);
comment on table receipts is 'The code that its author holds; only its hash is kept.';

create table receipt_requests (
	topic_id uuid not null,
	request_id uuid not null,
	contribution_id uuid not null,
	kind text collate "C" not null check (kind in ('appeal', 'erasure')),
	words text not null default '',
	requested_at timestamptz not null,
	primary key (topic_id, request_id)
);
comment on table receipt_requests is 'What the holder of a receipt asks of staff.';

create table receipt_answers (
	topic_id uuid not null,
	request_id uuid not null,
	answer text collate "C" not null check (answer in ('done', 'refused')),
	words text not null default '',
	answered_at timestamptz not null,
	answered_by uuid,
	primary key (topic_id, request_id)
);
comment on table receipt_answers is 'The answer of staff to an appeal or a request for erasure.';

create table followers (
	topic_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	participant_number int not null,
	since timestamptz not null,
	primary key (topic_id, kind, thing_id, participant_number)
);
comment on table followers is 'Who wants to hear what becomes of a thing.';

create table submissions (
	topic_id uuid not null,
	contribution_id uuid not null,
	submission_number int not null,
	title text not null,
	abstract text not null default '',
	keywords text not null default '',
	area text not null default '',
	entitled_by text not null default '',
	organisation_as_written text not null default '',
	sector_as_written text not null default '',
	region_as_written text not null default '',
	question_id uuid,
	-- of all its parts as they are read; maintained when one is
	words int not null default 0,
	import_key text collate "C",
	primary key (topic_id, contribution_id),
	unique (topic_id, submission_number),
	unique (topic_id, import_key)
);
comment on table submissions is 'A long text by an organisation or person; what stood in its form, as written.';

create table submission_files (
	topic_id uuid not null,
	contribution_id uuid not null,
	part int not null,
	file_sha256 bytea not null,
	file_name text not null,
	primary key (topic_id, contribution_id, part)
);
comment on table submission_files is 'The files of a submission, kept byte for byte.';

create table extracted_texts (
	topic_id uuid not null,
	contribution_id uuid not null,
	part int not null,
	text_version int not null,
	extractor text collate "C" not null,
	encoding text collate "C",
	text text not null,
	refusal text collate "C",
	extracted_at timestamptz not null,
	primary key (topic_id, contribution_id, part, text_version)
);
comment on table extracted_texts is 'What a named version of an extractor read from a file; never redone in place. refusal: why nothing could be read.';

create table passages (
	topic_id uuid not null,
	passage_id uuid not null,
	contribution_id uuid not null,
	-- 0: the contribution's own text (version); otherwise a part of its files
	part int not null,
	text_version int not null,
	-- code points, half-open
	starts int not null check (starts >= 0),
	ends int not null,
	quote text not null,
	prefix text not null,
	suffix text not null,
	drawn_at timestamptz not null,
	drawn_by uuid,
	primary key (topic_id, passage_id),
	check (ends > starts)
);
create index passages_of_contribution on passages (topic_id, contribution_id, starts);
comment on table passages is 'A quoted span of a stored text version, by code points, with what stands around it.';

create table passage_removals (
	topic_id uuid not null,
	passage_id uuid not null,
	removed_at timestamptz not null,
	removed_by uuid,
	primary key (topic_id, passage_id)
);
comment on table passage_removals is 'Undo of a passage.';

create table allocations (
	topic_id uuid not null,
	contribution_id uuid not null,
	version int not null,
	account_id uuid,
	allocated_at timestamptz not null,
	allocated_by uuid,
	primary key (topic_id, contribution_id, version)
);
comment on table allocations is 'Which rapporteur reads a submission; the highest version holds, null gives it back.';

create table readings (
	topic_id uuid not null,
	contribution_id uuid not null,
	version int not null,
	account_id uuid not null,
	outcome text collate "C" not null check (outcome in ('nothing-to-draw', 'done', 'reopened')),
	at timestamptz not null,
	primary key (topic_id, contribution_id, version)
);
comment on table readings is 'A rapporteur has read a text; the highest version holds.';

create table corrections (
	topic_id uuid not null,
	field text collate "C" not null check (field in ('sector', 'region')),
	as_written text not null,
	version int not null,
	-- what it means: a group key, a country or region key, or '' for not stated
	means text collate "C" not null,
	corrected_at timestamptz not null,
	corrected_by uuid,
	primary key (topic_id, field, as_written, version)
);
comment on table corrections is 'What a person decided that a sector or region as written means.';

create table imports (
	topic_id uuid not null,
	import_id uuid not null,
	file_sha256 bytea not null,
	file_name text not null,
	uploaded_at timestamptz not null,
	uploaded_by uuid,
	primary key (topic_id, import_id)
);
comment on table imports is 'A zip of submissions that somebody brought to the desk; looked at first, brought in when they say so.';

create table import_outcomes (
	topic_id uuid not null,
	import_id uuid not null,
	step text collate "C" not null check (step in ('preview', 'import')),
	outcome jsonb not null,
	at timestamptz not null,
	primary key (topic_id, import_id, step)
);
comment on table import_outcomes is 'What a look at the zip found, and what its import did: counts, unknown sectors and regions, files that could not be read, or why it was refused.';
