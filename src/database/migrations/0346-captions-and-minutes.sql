-- What was said, word for word and in short. A caption is never changed: a correction is a row beside it. Under the Chatham House rule neither speaker nor
-- time is ever written. Minutes have versions, and what attendees would have otherwise is answered.

create table caption_streams (
	topic_id uuid not null,
	stream_id uuid not null,
	event_id uuid not null,
	-- SHA-256
	secret_hash bytea not null,
	language text collate "C" not null,
	made_at timestamptz not null,
	made_by uuid,
	primary key (topic_id, stream_id)
);
create index caption_streams_of_event on caption_streams (topic_id, event_id);
comment on table caption_streams is 'Where a captioner or a program sends lines to while people speak; its address holds a secret.';

create table caption_stream_ends (
	topic_id uuid not null,
	stream_id uuid not null,
	at timestamptz not null,
	by uuid,
	primary key (topic_id, stream_id)
);
comment on table caption_stream_ends is 'Streams that take no more lines.';

create table caption_imports (
	topic_id uuid not null,
	import_id uuid not null,
	event_id uuid not null,
	file_name text not null,
	language text collate "C" not null,
	lines int not null,
	-- what could not be read, by line of the file
	problems jsonb not null,
	at timestamptz not null,
	by uuid,
	primary key (topic_id, import_id)
);
create index caption_imports_of_event on caption_imports (topic_id, event_id);
comment on table caption_imports is 'Files of captions that were brought in.';

create table caption_import_removals (
	topic_id uuid not null,
	import_id uuid not null,
	at timestamptz not null,
	by uuid,
	primary key (topic_id, import_id)
);
comment on table caption_import_removals is 'Imports that were taken back: their lines are shown no more.';

create table caption_lines (
	topic_id uuid not null,
	event_id uuid not null,
	line_number int not null check (line_number > 0),
	-- the stream or the import
	source_id uuid not null,
	-- of a stream, where its program counts its lines: the same number is the same line
	sequence int,
	-- ms from the beginning of the event; null under the Chatham House rule
	starts_ms int check (starts_ms >= 0),
	ends_ms int check (ends_ms >= starts_ms),
	-- as the source named them; null where it did not, and under the Chatham House rule
	speaker text,
	text text not null,
	language text collate "C" not null,
	primary key (topic_id, event_id, line_number),
	unique (topic_id, event_id, source_id, sequence)
);
comment on table caption_lines is 'What was said, line by line, as it came.';

create table caption_corrections (
	topic_id uuid not null,
	event_id uuid not null,
	line_number int not null,
	version int not null check (version > 0),
	-- empty: the line is left out
	text text not null,
	at timestamptz not null,
	by uuid,
	primary key (topic_id, event_id, line_number, version)
);
comment on table caption_corrections is 'What a line should have read; the highest version holds.';

create table caption_speakers (
	topic_id uuid not null,
	event_id uuid not null,
	-- as the sources name somebody
	label text not null,
	version int not null check (version > 0),
	-- as everybody is to read it; empty: it names nobody, and belongs to the words
	name text not null,
	at timestamptz not null,
	by uuid,
	primary key (topic_id, event_id, label, version)
);
comment on table caption_speakers is 'Who is meant by a name in the captions, said once for all its lines; the highest version holds.';

create table caption_transcripts (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null check (version > 0),
	contribution_id uuid not null,
	at timestamptz not null,
	by uuid,
	primary key (topic_id, event_id, version)
);
comment on table caption_transcripts is 'The captions as one text, from which rapporteurs draw ideas.';

create table minute_versions (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null check (version > 0),
	at timestamptz not null,
	by uuid,
	primary key (topic_id, event_id, version)
);
comment on table minute_versions is 'The minutes of an event, all of them anew with each change.';

create table minute_sections (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null,
	place int not null check (place > 0),
	heading text not null,
	text text not null,
	primary key (topic_id, event_id, version, place)
);
comment on table minute_sections is 'One section for each item of the agenda, in order; its place never changes.';

create table minute_states (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null check (version > 0),
	state text collate "C" not null check (state in ('draft', 'corrected', 'final')),
	-- until when attendees may say what they would have otherwise
	until timestamptz,
	check ((state = 'corrected') = (until is not null)),
	at timestamptz not null,
	by uuid,
	primary key (topic_id, event_id, version)
);
comment on table minute_states is 'Draft at the desk, corrected by attendees until a moment, final; the highest version holds.';

create table minute_suggestions (
	topic_id uuid not null,
	suggestion_id uuid not null,
	event_id uuid not null,
	place int not null,
	-- the section as they would have it
	text text not null,
	reason text not null,
	-- null under the Chatham House rule
	participant_number int,
	at timestamptz,
	primary key (topic_id, suggestion_id)
);
create index minute_suggestions_of_event on minute_suggestions (topic_id, event_id);
comment on table minute_suggestions is 'What somebody who was there would have otherwise in the minutes.';

create table minute_suggestion_answers (
	topic_id uuid not null,
	suggestion_id uuid not null,
	answer text collate "C" not null check (answer in ('accepted', 'refused')),
	reason text not null,
	at timestamptz not null,
	by uuid,
	primary key (topic_id, suggestion_id)
);
comment on table minute_suggestion_answers is 'Accepted into the minutes, or refused with a reason that everybody reads.';

create table minute_recordings (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null check (version > 0),
	-- empty: there is none (any more)
	address text not null,
	-- a line each: "12:30 Opening"
	chapters text not null,
	at timestamptz not null,
	by uuid,
	primary key (topic_id, event_id, version)
);
comment on table minute_recordings is 'Where the recording is, and where in it each item begins; the highest version holds.';
