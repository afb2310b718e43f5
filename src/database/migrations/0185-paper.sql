-- Paper forms: printed with a number and a code each, handed out where people meet, photographed, and typed by a helper beside the picture.
-- Of both codes of a form only hashes are kept; they follow from the topic's key, so that a run can be printed again.

create table paper_runs (
	topic_id uuid not null,
	run_number int not null check (run_number > 0),
	-- null: all questions of the topic stand on it
	question_id uuid,
	language text collate "C" not null,
	first_form int not null check (first_form > 0),
	forms int not null check (forms between 1 and 200),
	-- where they will be handed out, as staff call it
	name text not null default '',
	made_at timestamptz not null,
	made_by uuid,
	primary key (topic_id, run_number)
);
comment on table paper_runs is 'Paper forms that are printed together: the same language and question, numbers in a row.';

create table paper_forms (
	topic_id uuid not null,
	form_number int not null check (form_number > 0),
	run_number int not null,
	-- of the code in the square picture, which names the form
	code_hash bytea not null check (octet_length(code_hash) = 32),
	-- of the code on the strip that its writer keeps, which opens what was typed
	strip_hash bytea not null check (octet_length(strip_hash) = 32),
	primary key (topic_id, form_number),
	unique (topic_id, code_hash),
	unique (topic_id, strip_hash)
);
create index paper_forms_of_run on paper_forms (topic_id, run_number);
-- a picture says no more than the code
create index paper_forms_of_code on paper_forms (code_hash);
comment on table paper_forms is 'One sheet of paper with a number of its own.';

create table paper_scans (
	topic_id uuid not null,
	scan_id uuid not null,
	-- null: forgotten, or erased
	file_sha256 bytea,
	file_name text not null,
	media_type text collate "C" not null check (media_type in ('image/jpeg', 'image/png')),
	size bigint not null,
	uploaded_at timestamptz not null,
	uploaded_by uuid,
	primary key (topic_id, scan_id),
	unique (topic_id, file_sha256)
);
comment on table paper_scans is 'A picture of a paper form, kept byte for byte; seen at the desk only.';

create table paper_readings (
	topic_id uuid not null,
	scan_id uuid not null,
	outcome text collate "C" not null check (outcome in ('found', 'none', 'several', 'foreign', 'elsewhere', 'broken')),
	read_at timestamptz not null,
	primary key (topic_id, scan_id)
);
comment on table paper_readings is 'Whether the code in a picture was read: found files it; none, several, of something else, of another topic, no picture at all.';

create table paper_filings (
	topic_id uuid not null,
	scan_id uuid not null,
	version int not null check (version > 0),
	form_number int not null,
	filed_at timestamptz not null,
	-- null: by its code
	filed_by uuid,
	primary key (topic_id, scan_id, version)
);
create index paper_filings_of_form on paper_filings (topic_id, form_number);
comment on table paper_filings is 'Which form a picture shows: the highest version holds.';

create table paper_claims (
	topic_id uuid not null,
	form_number int not null,
	account_id uuid not null,
	lapses_at timestamptz not null,
	primary key (topic_id, form_number)
);
comment on table paper_claims is 'Somebody types this form now; it lapses.';

create table paper_outcomes (
	topic_id uuid not null,
	form_number int not null,
	version int not null check (version > 0),
	outcome text collate "C" not null check (outcome in ('typed', 'empty', 'illegible', 'taken-back')),
	-- null: its writer, who has the strip
	decided_by uuid,
	decided_at timestamptz not null,
	primary key (topic_id, form_number, version)
);
comment on table paper_outcomes is 'What became of a form: the highest version holds; without a row it waits. What was typed stays typed.';

create table paper_texts (
	topic_id uuid not null,
	contribution_id uuid not null,
	form_number int not null,
	primary key (topic_id, contribution_id)
);
create index paper_texts_of_form on paper_texts (topic_id, form_number);
comment on table paper_texts is 'The contributions that were typed from a form.';
