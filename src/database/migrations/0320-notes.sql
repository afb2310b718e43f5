-- Notes are what tables of a café write down, one point each. A card is made on a phone under an id of its own and comes as often as it must;
-- until its table is closed it waits in the table's tray, which knows neither when it came nor who wrote it. Then it becomes a contribution; under
-- the Chatham House rule shuffled, as of the day of the event, and nothing leads from the card to it.

create table waiting_notes (
	topic_id uuid not null,
	-- chosen on the phone, random
	note_id uuid not null,
	event_id uuid not null,
	table_number int not null,
	round_number int not null,
	-- counted up on the phone: later than everything that it knew of
	place int not null check (place > 0),
	-- a random id of the phone's notebook, which two phones of a table do not share
	phone uuid not null,
	marker text collate "C" not null check (marker in ('idea', 'concern', 'question', 'example')),
	language text collate "C" not null,
	-- empty: takes back the one that it revises
	text text not null,
	-- the card that this one says anew
	revises uuid,
	-- of who said it, as far as the rule of the event lets
	said_by_group text collate "C",
	said_by_name text,
	primary key (topic_id, note_id),
	check (text <> '' or revises is not null)
);
create index waiting_notes_of_table on waiting_notes (topic_id, event_id, table_number);
comment on table waiting_notes is 'The trays of the tables: cards and their revisions as they came, without author and time; emptied when a table is closed.';

create table note_keys (
	topic_id uuid not null,
	note_id uuid not null,
	event_id uuid not null,
	-- null under the Chatham House rule, and for what became no contribution
	contribution_id uuid,
	version int,
	primary key (topic_id, note_id)
);
create index note_keys_of_event on note_keys (topic_id, event_id);
comment on table note_keys is 'Cards that were taken from a tray: one that comes once more is known. None survives the harvest.';

create table notes (
	topic_id uuid not null,
	contribution_id uuid not null,
	event_id uuid not null,
	table_number int not null,
	round_number int not null,
	question_id uuid,
	marker text collate "C" not null check (marker in ('idea', 'concern', 'question', 'example')),
	-- within its table and round; under the Chatham House rule by lot
	place int not null,
	-- two wordings of one card, of which neither knew the other, have the same
	card_id uuid not null,
	primary key (topic_id, contribution_id)
);
create index notes_of_event on notes (topic_id, event_id, question_id);
comment on table notes is 'What a table wrote, one point each; its words are a contribution.';

create table note_closings (
	topic_id uuid not null,
	event_id uuid not null,
	table_number int not null,
	closing int not null check (closing > 0),
	cards int not null,
	closed_at timestamptz not null,
	primary key (topic_id, event_id, table_number, closing)
);
comment on table note_closings is 'How often the tray of a table was emptied, and how many cards became contributions then; what comes later waits for the next time.';

create table note_photos (
	topic_id uuid not null,
	-- chosen on the phone, random
	photo_id uuid not null,
	event_id uuid not null,
	table_number int,
	round_number int,
	source text collate "C" not null check (source in ('phone', 'sheet', 'desk')),
	size int not null check (size between 1 and 15728640),
	-- what it will be when all of it is there
	wanted_sha256 bytea not null check (octet_length(wanted_sha256) = 32),
	-- null: not all of it is there
	file_sha256 bytea,
	media_type text collate "C" check (media_type in ('image/jpeg', 'image/png')),
	-- whether a code in it was looked for: found files it; null: not yet, or not needed
	reading text collate "C" check (reading in ('found', 'none', 'several', 'foreign', 'elsewhere', 'broken')),
	primary key (topic_id, photo_id)
);
create index note_photos_of_event on note_photos (topic_id, event_id, table_number, round_number);
comment on table note_photos is 'Photos of flip charts and note sheets, seen at the desk only. No time and nobody stands beside them.';

create table note_photo_parts (
	topic_id uuid not null,
	photo_id uuid not null,
	starts int not null check (starts >= 0),
	bytes bytea not null,
	primary key (topic_id, photo_id, starts)
);
comment on table note_photo_parts is 'What has come of a photo that is still on its way; gone when it is whole.';

create table note_photo_ends (
	topic_id uuid not null,
	photo_id uuid not null,
	outcome text collate "C" not null check (outcome in ('typed', 'passed-over')),
	cards int not null,
	primary key (topic_id, photo_id)
);
comment on table note_photo_ends is 'Photos of which everything was typed, or of which there is nothing to type.';

create table cafe_feedback (
	topic_id uuid not null,
	-- chosen on the phone, random
	feedback_id uuid not null,
	event_id uuid not null,
	went smallint not null check (went between 1 and 5),
	words text not null,
	language text collate "C" not null,
	primary key (topic_id, feedback_id)
);
create index cafe_feedback_of_event on cafe_feedback (topic_id, event_id);
comment on table cafe_feedback is 'How it went, as hosts say at the end; neither who nor which table stands beside it.';

create table harvest_ends (
	topic_id uuid not null,
	event_id uuid not null,
	ended_at timestamptz not null,
	ended_by uuid,
	primary key (topic_id, event_id)
);
comment on table harvest_ends is 'The harvest of a café is over: nothing is taken from phones any more, and nothing is kept that leads from a card to a phone.';

create table harvest_groups (
	topic_id uuid not null,
	event_id uuid not null,
	contribution_id uuid not null,
	-- of notes that say the same
	group_id uuid not null,
	primary key (topic_id, contribution_id)
);
create index harvest_groups_of_event on harvest_groups (topic_id, event_id, group_id);
comment on table harvest_groups is 'Notes that a person laid together as saying the same; what was done to come there stands in harvest_steps.';

create table harvest_steps (
	topic_id uuid not null,
	event_id uuid not null,
	step int not null check (step > 0),
	did text collate "C" not null check (did in ('joined', 'parted')),
	-- [{"note", "from", "to"}]: the groups before and after, null for none
	moved jsonb not null,
	done_at timestamptz not null,
	done_by uuid,
	undone_at timestamptz,
	primary key (topic_id, event_id, step)
);
comment on table harvest_steps is 'Each laying together and taking apart at the wall, in order; the last one that was not undone can be.';

create table harvest_ideas (
	topic_id uuid not null,
	event_id uuid not null,
	idea_number int not null,
	-- all notes on which the idea rests came from it
	drawn_at timestamptz not null,
	primary key (topic_id, event_id, idea_number)
);
comment on table harvest_ideas is 'The ideas that were drawn from the notes of a café.';
