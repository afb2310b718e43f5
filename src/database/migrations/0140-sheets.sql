-- Spreadsheets of ideas, submissions, invitations and organisations: looked at first, then brought in whole or not at all (decision 011).

create table sheets (
	topic_id uuid not null,
	sheet_id uuid not null,
	kind text collate "C" not null check (kind in ('ideas', 'submissions', 'invitations', 'organisations')),
	file_name text not null,
	uploaded_at timestamptz not null,
	uploaded_by uuid,
	primary key (topic_id, sheet_id)
);
comment on table sheets is 'A spreadsheet that staff brought to the desk. Organisations: the nil topic.';

create table sheet_files (
	topic_id uuid not null,
	sheet_id uuid not null,
	file_sha256 bytea not null,
	primary key (topic_id, sheet_id)
);
comment on table sheet_files is 'The file of a sheet until it is brought in, or for a week: afterwards no second copy of what people wrote is kept.';

create table sheet_mappings (
	topic_id uuid not null,
	sheet_id uuid not null,
	version int not null,
	kind text collate "C" not null,
	-- SHA-256 of the headings
	headings bytea not null check (octet_length(headings) = 32),
	-- the row of the headings, and the field of each heading ('' for none)
	heading_row int not null check (heading_row >= 0),
	fields jsonb not null,
	mapped_at timestamptz not null,
	mapped_by uuid,
	primary key (topic_id, sheet_id, version)
);
create index sheet_mappings_remembered on sheet_mappings (kind, headings, mapped_at);
comment on table sheet_mappings is 'What a person said that the columns of a sheet mean; the newest for a kind and its headings is proposed for the next sheet of the same.';

create table sheet_outcomes (
	topic_id uuid not null,
	sheet_id uuid not null,
	step text collate "C" not null check (step in ('preview', 'import')),
	outcome jsonb not null,
	-- all that is said of rows and cells: of which a page shows the beginning
	remarks jsonb not null default '[]',
	at timestamptz not null,
	primary key (topic_id, sheet_id, step)
);
comment on table sheet_outcomes is 'What a look at the sheet found, and what its import did.';

create table sheet_rows (
	topic_id uuid not null,
	row_key bytea not null check (octet_length(row_key) = 32),
	thing_id uuid not null,
	primary key (topic_id, row_key)
);
comment on table sheet_rows is 'HMAC of the id or the words of a row under the key of the topic: the same row comes in once. Tells nothing without that key.';

alter table sheet_files add constraint sheet_files_sheet_exists
	foreign key (topic_id, sheet_id) references sheets (topic_id, sheet_id) on delete cascade;

alter table sheet_files add constraint sheet_files_file_exists
	foreign key (file_sha256) references files (sha256) on delete restrict;

alter table sheet_mappings add constraint sheet_mappings_sheet_exists
	foreign key (topic_id, sheet_id) references sheets (topic_id, sheet_id) on delete cascade;

alter table sheet_outcomes add constraint sheet_outcomes_sheet_exists
	foreign key (topic_id, sheet_id) references sheets (topic_id, sheet_id) on delete cascade;

alter table sheet_rows add constraint sheet_rows_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;
