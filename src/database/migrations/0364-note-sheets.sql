-- What tables wrote on paper is typed at the desk beside its photo, which a square code on the sheet files by itself. A typed card waits in the
-- tray of its table like those of phones; while it does, it is known from which photo it was typed, and afterwards where the rule of the event
-- lets it. A photo of a phone's finest camera is larger than we took before.

alter table note_photos drop constraint note_photos_size_check;
alter table note_photos add constraint note_photos_size_check check (size between 1 and 25165824);

create table note_photo_cards (
	topic_id uuid not null,
	-- the first wording of the card
	note_id uuid not null,
	photo_id uuid not null,
	primary key (topic_id, note_id)
);
create index note_photo_cards_of_photo on note_photo_cards (topic_id, photo_id);
comment on table note_photo_cards is 'From which photo a card that waits in a tray was typed.';

create table note_sources (
	topic_id uuid not null,
	contribution_id uuid not null,
	photo_id uuid not null,
	primary key (topic_id, contribution_id)
);
create index note_sources_of_photo on note_sources (topic_id, photo_id);
comment on table note_sources is 'From which photo a note was typed; under the Chatham House rule nobody knows.';

create table note_photo_claims (
	topic_id uuid not null,
	photo_id uuid not null,
	account_id uuid not null,
	lapses_at timestamptz not null,
	primary key (topic_id, photo_id)
);
comment on table note_photo_claims is 'Who types from a photo now; it lapses by itself.';
