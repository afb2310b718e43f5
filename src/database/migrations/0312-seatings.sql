-- Who sits where at a café, in several seatings of which one is in force; what must hold in each; and what the cards in people's hands say. All of it joins
-- people to tables, so all of it can be deleted at once: under the Chatham House rule it is, at the harvest.

create table cafe_seatings (
	topic_id uuid not null,
	event_id uuid not null,
	seating_number int not null check (seating_number >= 1),
	-- of the café
	plan_version int not null,
	-- the seating whose cards it keeps as far as can be; null: made anew
	follows int,
	method text collate "C" not null check (method in ('closed form', 'search', 'design')),
	made_at timestamptz not null,
	made_by uuid,
	primary key (topic_id, event_id, seating_number)
);
comment on table cafe_seatings is 'Seatings that were made for a café. How good one is, is counted anew from its seats.';

create table cafe_seats (
	topic_id uuid not null,
	event_id uuid not null,
	seating_number int not null,
	round_number int not null,
	-- a registration, or a host who has none; not joined by a key, so that who is forgotten there leaves but a number here
	guest_id uuid not null,
	table_number int not null,
	primary key (topic_id, event_id, seating_number, round_number, guest_id)
);
comment on table cafe_seats is 'Who sits where in each round of a seating; changed in place by hand, each change can be undone.';

create table cafe_seat_changes (
	topic_id uuid not null,
	event_id uuid not null,
	seating_number int not null,
	change_number int not null,
	-- [{guestId, roundNumber, tableNumber}] as it stood; null once it was undone
	before jsonb,
	changed_at timestamptz not null,
	changed_by uuid,
	primary key (topic_id, event_id, seating_number, change_number)
);
comment on table cafe_seat_changes is 'What was changed by hand in a seating, the last of which can be undone.';

create table cafe_seating_choices (
	topic_id uuid not null,
	event_id uuid not null,
	choice_number int not null,
	seating_number int not null,
	chosen_at timestamptz not null,
	chosen_by uuid,
	primary key (topic_id, event_id, choice_number)
);
comment on table cafe_seating_choices is 'Append-only: the seating that was chosen last is in force.';

create table cafe_pairs (
	topic_id uuid not null,
	event_id uuid not null,
	one uuid not null,
	other uuid not null check (other > one),
	kind text collate "C" not null check (kind in ('apart', 'together')),
	primary key (topic_id, event_id, one, other)
);
comment on table cafe_pairs is 'Who is never to sit at one table, and who in every round.';

create table cafe_pins (
	topic_id uuid not null,
	event_id uuid not null,
	guest_id uuid not null,
	round_number int not null,
	table_number int not null,
	primary key (topic_id, event_id, guest_id, round_number)
);
comment on table cafe_pins is 'Who must sit where in a round.';

create table cafe_cards (
	topic_id uuid not null,
	event_id uuid not null,
	guest_id uuid not null,
	-- says nothing of its owner: moves are told by it on the wall
	card_number int not null,
	code text collate "C" not null,
	primary key (topic_id, event_id, guest_id),
	unique (topic_id, event_id, card_number),
	unique (topic_id, event_id, code)
);
comment on table cafe_cards is 'The number and the code on the card of each guest.';

create table cafe_cards_given (
	topic_id uuid not null,
	event_id uuid not null,
	guest_id uuid not null,
	round_number int not null,
	table_number int not null,
	primary key (topic_id, event_id, guest_id, round_number)
);
comment on table cafe_cards_given is 'What the card in somebody''s hand says: as few of these as can be are changed when people are seated again.';
