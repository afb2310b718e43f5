-- Made by "open-talks schema" on PostgreSQL 18; not to be written by hand.

-- Personal tokens of the API; only their hash is kept. Revoked: deleted, with an activity.
create table account_tokens (
	token_id uuid not null,
	account_id uuid not null,
	name text not null,
	scopes text[] not null,
	token_hash bytea not null,
	made_at timestamp with time zone not null,
	expires_at timestamp with time zone not null,
	last_used_at timestamp with time zone,
	constraint account_tokens_pkey PRIMARY KEY (token_id),
	constraint account_tokens_token_hash_key UNIQUE (token_hash),
	constraint account_tokens_scopes_check CHECK ((cardinality(scopes) > 0)),
	constraint account_tokens_token_hash_check CHECK ((octet_length(token_hash) = 32)),
	constraint account_tokens_account_exists FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);
CREATE INDEX account_tokens_of_account ON public.account_tokens USING btree (account_id);

-- A person who signs in. A participant of a topic is linked to it only by a keyed hash.
create table accounts (
	account_id uuid not null,
	sign_in_user uuid,
	email text not null,
	name text default ''::text not null,
	language text collate "C" default 'en'::text not null,
	created_at timestamp with time zone not null,
	constraint accounts_pkey PRIMARY KEY (account_id),
	constraint accounts_sign_in_user_key UNIQUE (sign_in_user)
);
CREATE UNIQUE INDEX accounts_by_email ON public.accounts USING btree (lower(email));

-- Append-only: who did what to which thing, written in the transaction of the act. Opinions write none.
create table activity (
	topic_id uuid not null,
	activity_id uuid not null,
	at timestamp with time zone not null,
	actor_kind text collate "C" not null,
	actor_id uuid,
	did text collate "C" not null,
	kind text collate "C" not null,
	thing_id uuid,
	details jsonb default '{}'::jsonb not null,
	reason text,
	constraint activity_pkey PRIMARY KEY (topic_id, activity_id),
	constraint activity_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['visitor'::text, 'account'::text, 'job'::text])))
);
CREATE INDEX activity_in_time ON public.activity USING btree (at, activity_id);
CREATE INDEX activity_of_account ON public.activity USING btree (actor_id, at, activity_id) WHERE (actor_kind = 'account'::text);
CREATE INDEX activity_of_thing ON public.activity USING btree (topic_id, kind, thing_id, activity_id);
CREATE INDEX activity_of_topic_in_time ON public.activity USING btree (topic_id, at, activity_id);

-- Public addresses; the newest of a topic is shown, older ones lead to it.
create table addresses (
	slug text collate "C" not null,
	topic_id uuid not null,
	since timestamp with time zone not null,
	constraint addresses_pkey PRIMARY KEY (slug),
	constraint addresses_slug_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 80))),
	constraint addresses_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);
CREATE INDEX addresses_of_topic ON public.addresses USING btree (topic_id, since);

-- Items of an agenda. The title is a text of kind agenda-item.
create table agenda_items (
	topic_id uuid not null,
	event_id uuid not null,
	item_id uuid not null,
	made_at timestamp with time zone not null,
	made_by uuid,
	constraint agenda_items_pkey PRIMARY KEY (topic_id, event_id, item_id),
	constraint agenda_items_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- What became of the agenda, in order: which item was begun and ended when. An item may be begun again.
create table agenda_steps (
	topic_id uuid not null,
	event_id uuid not null,
	step_number integer not null,
	item_id uuid not null,
	step text collate "C" not null,
	at timestamp with time zone not null,
	constraint agenda_steps_pkey PRIMARY KEY (topic_id, event_id, step_number),
	constraint agenda_steps_step_check CHECK ((step = ANY (ARRAY['begun'::text, 'ended'::text]))),
	constraint agenda_steps_step_number_check CHECK ((step_number > 0)),
	constraint agenda_steps_item_exists FOREIGN KEY (topic_id, event_id, item_id) REFERENCES agenda_items(topic_id, event_id, item_id) ON DELETE CASCADE
);

-- What is planned of an item; the highest version holds.
create table agenda_versions (
	topic_id uuid not null,
	event_id uuid not null,
	item_id uuid not null,
	version integer not null,
	place integer not null,
	minutes integer not null,
	speakers text not null,
	documents uuid[] not null,
	is_removed boolean not null,
	changed_at timestamp with time zone not null,
	changed_by uuid,
	constraint agenda_versions_pkey PRIMARY KEY (topic_id, event_id, item_id, version),
	constraint agenda_versions_minutes_check CHECK (((minutes >= 1) AND (minutes <= 1440))),
	constraint agenda_versions_place_check CHECK ((place > 0)),
	constraint agenda_versions_version_check CHECK ((version > 0)),
	constraint agenda_versions_item_exists FOREIGN KEY (topic_id, event_id, item_id) REFERENCES agenda_items(topic_id, event_id, item_id) ON DELETE CASCADE
);

-- Which rapporteur reads a submission; the highest version holds, null gives it back.
create table allocations (
	topic_id uuid not null,
	contribution_id uuid not null,
	version integer not null,
	account_id uuid,
	allocated_at timestamp with time zone not null,
	allocated_by uuid,
	constraint allocations_pkey PRIMARY KEY (topic_id, contribution_id, version),
	constraint allocations_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES submissions(topic_id, contribution_id) ON DELETE CASCADE
);

-- Who came; the first time that they were checked in.
create table arrivals (
	topic_id uuid not null,
	event_id uuid not null,
	registration_id uuid not null,
	arrived_at timestamp with time zone,
	noted_at timestamp with time zone,
	noted_by uuid,
	how text collate "C" not null,
	check_in_id uuid not null,
	constraint arrivals_pkey PRIMARY KEY (topic_id, event_id, registration_id),
	constraint arrivals_how_check CHECK ((how = ANY (ARRAY['badge'::text, 'name'::text, 'walk-in'::text]))),
	constraint arrivals_registration_exists FOREIGN KEY (topic_id, event_id, registration_id) REFERENCES registrations(topic_id, event_id, registration_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX arrivals_by_check_in ON public.arrivals USING btree (topic_id, event_id, check_in_id);

-- The second person of an audit bundle: from then on both may take it for a day.
create table audit_agreements (
	topic_id uuid not null,
	request_id uuid not null,
	agreed_at timestamp with time zone not null,
	agreed_by uuid not null,
	constraint audit_agreements_pkey PRIMARY KEY (topic_id, request_id),
	constraint audit_agreements_request_exists FOREIGN KEY (topic_id, request_id) REFERENCES audit_requests(topic_id, request_id) ON DELETE CASCADE
);

-- Somebody of the secretariat wants all rows of a talk with their times, and why. Agreed to by a row in audit_agreements.
create table audit_requests (
	topic_id uuid not null,
	request_id uuid not null,
	why text not null,
	asked_at timestamp with time zone not null,
	asked_by uuid not null,
	constraint audit_requests_pkey PRIMARY KEY (topic_id, request_id),
	constraint audit_requests_why_check CHECK (((length(why) >= 1) AND (length(why) <= 2000))),
	constraint audit_requests_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- The app that shows codes as a second factor (TOTP); the secret is sealed by the secret of the instance.
create table authenticators (
	account_id uuid not null,
	secret_sealed bytea not null,
	begun_at timestamp with time zone not null,
	confirmed_at timestamp with time zone,
	last_step bigint default 0 not null,
	wrong_tries integer default 0 not null,
	wrong_since timestamp with time zone,
	constraint authenticators_pkey PRIMARY KEY (account_id),
	constraint authenticators_account_exists FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);

-- What moderators decided about an author: trusted (nothing is held), blocked (sends no texts). The highest version holds.
create table author_standings (
	topic_id uuid not null,
	participant_number integer not null,
	version integer not null,
	standing text collate "C" not null,
	reason text collate "C",
	words text default ''::text not null,
	act_id uuid,
	set_at timestamp with time zone not null,
	set_by uuid,
	constraint author_standings_pkey PRIMARY KEY (topic_id, participant_number, version),
	constraint author_standings_standing_check CHECK ((standing = ANY (ARRAY['ordinary'::text, 'trusted'::text, 'blocked'::text]))),
	constraint author_standings_participant_exists FOREIGN KEY (topic_id, participant_number) REFERENCES participants(topic_id, participant_number) ON DELETE CASCADE
);
CREATE INDEX author_standings_of_act ON public.author_standings USING btree (topic_id, act_id) WHERE (act_id IS NOT NULL);

-- The number and the code on the card of each guest.
create table cafe_cards (
	topic_id uuid not null,
	event_id uuid not null,
	guest_id uuid not null,
	card_number integer not null,
	code text collate "C" not null,
	constraint cafe_cards_pkey PRIMARY KEY (topic_id, event_id, guest_id),
	constraint cafe_cards_topic_id_event_id_card_number_key UNIQUE (topic_id, event_id, card_number),
	constraint cafe_cards_topic_id_event_id_code_key UNIQUE (topic_id, event_id, code),
	constraint cafe_cards_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- What the card in somebody's hand says: as few of these as can be are changed when people are seated again.
create table cafe_cards_given (
	topic_id uuid not null,
	event_id uuid not null,
	guest_id uuid not null,
	round_number integer not null,
	table_number integer not null,
	constraint cafe_cards_given_pkey PRIMARY KEY (topic_id, event_id, guest_id, round_number),
	constraint cafe_cards_given_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- How it went, as hosts say at the end; neither who nor which table stands beside it.
create table cafe_feedback (
	topic_id uuid not null,
	feedback_id uuid not null,
	event_id uuid not null,
	went smallint not null,
	words text not null,
	language text collate "C" not null,
	constraint cafe_feedback_pkey PRIMARY KEY (topic_id, feedback_id),
	constraint cafe_feedback_went_check CHECK (((went >= 1) AND (went <= 5))),
	constraint cafe_feedback_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);
CREATE INDEX cafe_feedback_of_event ON public.cafe_feedback USING btree (topic_id, event_id);

-- Links taken back, by staff or because a new one was made.
create table cafe_host_link_ends (
	topic_id uuid not null,
	event_id uuid not null,
	link_id uuid not null,
	ended_at timestamp with time zone not null,
	ended_by uuid,
	constraint cafe_host_link_ends_pkey PRIMARY KEY (topic_id, event_id, link_id),
	constraint cafe_host_link_ends_link_exists FOREIGN KEY (topic_id, event_id, link_id) REFERENCES cafe_host_links(topic_id, event_id, link_id) ON DELETE CASCADE
);

-- What opens the notebook of a table, on whatever phone. The secret is shown once, its hash is kept.
create table cafe_host_links (
	topic_id uuid not null,
	event_id uuid not null,
	link_id uuid not null,
	host_id uuid not null,
	secret_hash bytea not null,
	made_at timestamp with time zone not null,
	made_by uuid,
	constraint cafe_host_links_pkey PRIMARY KEY (topic_id, event_id, link_id),
	constraint cafe_host_links_host_exists FOREIGN KEY (topic_id, event_id, host_id) REFERENCES cafe_hosts(topic_id, event_id, host_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX cafe_host_links_by_secret ON public.cafe_host_links USING btree (topic_id, secret_hash);

-- Who hosts which table. Who does no more is deleted; under the Chatham House rule all are, at the harvest.
create table cafe_hosts (
	topic_id uuid not null,
	event_id uuid not null,
	host_id uuid not null,
	table_number integer not null,
	name text not null,
	email text,
	language text collate "C" not null,
	time_zone text collate "C",
	registration_id uuid,
	appointed_at timestamp with time zone not null,
	appointed_by uuid,
	constraint cafe_hosts_pkey PRIMARY KEY (topic_id, event_id, host_id),
	constraint cafe_hosts_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);
CREATE INDEX cafe_hosts_of_table ON public.cafe_hosts USING btree (topic_id, event_id, table_number);

-- Who is never to sit at one table, and who in every round.
create table cafe_pairs (
	topic_id uuid not null,
	event_id uuid not null,
	one uuid not null,
	other uuid not null,
	kind text collate "C" not null,
	constraint cafe_pairs_pkey PRIMARY KEY (topic_id, event_id, one, other),
	constraint cafe_pairs_check CHECK ((other > one)),
	constraint cafe_pairs_kind_check CHECK ((kind = ANY (ARRAY['apart'::text, 'together'::text]))),
	constraint cafe_pairs_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Who must sit where in a round.
create table cafe_pins (
	topic_id uuid not null,
	event_id uuid not null,
	guest_id uuid not null,
	round_number integer not null,
	table_number integer not null,
	constraint cafe_pins_pkey PRIMARY KEY (topic_id, event_id, guest_id, round_number),
	constraint cafe_pins_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Append-only: the newest version is the plan. Its row is locked by whoever plans anew or begins a round.
create table cafe_plans (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	planned_at timestamp with time zone not null,
	planned_by uuid,
	constraint cafe_plans_pkey PRIMARY KEY (topic_id, event_id, version),
	constraint cafe_plans_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Append-only: when rounds were begun, prolonged and ended. A rehearsal is none of the rounds held.
create table cafe_round_starts (
	topic_id uuid not null,
	event_id uuid not null,
	start_number integer not null,
	round_number integer not null,
	did text collate "C" not null,
	minutes integer,
	is_rehearsal boolean not null,
	at timestamp with time zone not null,
	done_by uuid,
	constraint cafe_round_starts_pkey PRIMARY KEY (topic_id, event_id, start_number),
	constraint cafe_round_starts_did_check CHECK ((did = ANY (ARRAY['begun'::text, 'prolonged'::text, 'ended'::text]))),
	constraint cafe_round_starts_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- The rounds of a version, numbered from 1 without gaps.
create table cafe_rounds (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	round_number integer not null,
	question_id uuid,
	minutes integer not null,
	break_minutes integer not null,
	constraint cafe_rounds_pkey PRIMARY KEY (topic_id, event_id, version, round_number),
	constraint cafe_rounds_break_minutes_check CHECK (((break_minutes >= 0) AND (break_minutes <= 600))),
	constraint cafe_rounds_minutes_check CHECK (((minutes >= 1) AND (minutes <= 600))),
	constraint cafe_rounds_round_number_check CHECK ((round_number >= 1)),
	constraint cafe_rounds_plan_exists FOREIGN KEY (topic_id, event_id, version) REFERENCES cafe_plans(topic_id, event_id, version) ON DELETE CASCADE,
	constraint cafe_rounds_question_exists FOREIGN KEY (topic_id, question_id) REFERENCES questions(topic_id, question_id) ON DELETE RESTRICT
);

-- What was changed by hand in a seating, the last of which can be undone.
create table cafe_seat_changes (
	topic_id uuid not null,
	event_id uuid not null,
	seating_number integer not null,
	change_number integer not null,
	before jsonb,
	changed_at timestamp with time zone not null,
	changed_by uuid,
	constraint cafe_seat_changes_pkey PRIMARY KEY (topic_id, event_id, seating_number, change_number),
	constraint cafe_seat_changes_seating_exists FOREIGN KEY (topic_id, event_id, seating_number) REFERENCES cafe_seatings(topic_id, event_id, seating_number) ON DELETE CASCADE
);

-- Append-only: the seating that was chosen last is in force.
create table cafe_seating_choices (
	topic_id uuid not null,
	event_id uuid not null,
	choice_number integer not null,
	seating_number integer not null,
	chosen_at timestamp with time zone not null,
	chosen_by uuid,
	constraint cafe_seating_choices_pkey PRIMARY KEY (topic_id, event_id, choice_number),
	constraint cafe_seating_choices_seating_exists FOREIGN KEY (topic_id, event_id, seating_number) REFERENCES cafe_seatings(topic_id, event_id, seating_number) ON DELETE CASCADE
);

-- Seatings that were made for a café. How good one is, is counted anew from its seats.
create table cafe_seatings (
	topic_id uuid not null,
	event_id uuid not null,
	seating_number integer not null,
	plan_version integer not null,
	follows integer,
	method text collate "C" not null,
	made_at timestamp with time zone not null,
	made_by uuid,
	constraint cafe_seatings_pkey PRIMARY KEY (topic_id, event_id, seating_number),
	constraint cafe_seatings_method_check CHECK ((method = ANY (ARRAY['closed form'::text, 'search'::text, 'design'::text]))),
	constraint cafe_seatings_seating_number_check CHECK ((seating_number >= 1)),
	constraint cafe_seatings_plan_exists FOREIGN KEY (topic_id, event_id, plan_version) REFERENCES cafe_plans(topic_id, event_id, version) ON DELETE CASCADE
);

-- Who sits where in each round of a seating; changed in place by hand, each change can be undone.
create table cafe_seats (
	topic_id uuid not null,
	event_id uuid not null,
	seating_number integer not null,
	round_number integer not null,
	guest_id uuid not null,
	table_number integer not null,
	constraint cafe_seats_pkey PRIMARY KEY (topic_id, event_id, seating_number, round_number, guest_id),
	constraint cafe_seats_seating_exists FOREIGN KEY (topic_id, event_id, seating_number) REFERENCES cafe_seatings(topic_id, event_id, seating_number) ON DELETE CASCADE
);

-- Where each table stands in the picture of the room, in squares; moved in place, a picture is not a plan.
create table cafe_table_places (
	topic_id uuid not null,
	event_id uuid not null,
	table_number integer not null,
	room_row integer not null,
	room_column integer not null,
	constraint cafe_table_places_pkey PRIMARY KEY (topic_id, event_id, table_number),
	constraint cafe_table_places_room_column_check CHECK (((room_column >= 1) AND (room_column <= 60))),
	constraint cafe_table_places_room_row_check CHECK (((room_row >= 1) AND (room_row <= 60))),
	constraint cafe_table_places_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- The tables of a version, numbered from 1 without gaps.
create table cafe_tables (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	table_number integer not null,
	label text not null,
	seats integer,
	mode text collate "C" not null,
	link text collate "C",
	languages text[] collate "C" not null,
	constraint cafe_tables_pkey PRIMARY KEY (topic_id, event_id, version, table_number),
	constraint cafe_tables_mode_check CHECK ((mode = ANY (ARRAY['room'::text, 'online'::text, 'mixed'::text]))),
	constraint cafe_tables_seats_check CHECK ((seats >= 1)),
	constraint cafe_tables_table_number_check CHECK ((table_number >= 1)),
	constraint cafe_tables_plan_exists FOREIGN KEY (topic_id, event_id, version) REFERENCES cafe_plans(topic_id, event_id, version) ON DELETE CASCADE
);

-- What a line should have read; the highest version holds.
create table caption_corrections (
	topic_id uuid not null,
	event_id uuid not null,
	line_number integer not null,
	version integer not null,
	text text not null,
	at timestamp with time zone not null,
	by uuid,
	constraint caption_corrections_pkey PRIMARY KEY (topic_id, event_id, line_number, version),
	constraint caption_corrections_version_check CHECK ((version > 0)),
	constraint caption_corrections_line_exists FOREIGN KEY (topic_id, event_id, line_number) REFERENCES caption_lines(topic_id, event_id, line_number) ON DELETE CASCADE
);

-- Imports that were taken back: their lines are shown no more.
create table caption_import_removals (
	topic_id uuid not null,
	import_id uuid not null,
	at timestamp with time zone not null,
	by uuid,
	constraint caption_import_removals_pkey PRIMARY KEY (topic_id, import_id),
	constraint caption_import_removals_import_exists FOREIGN KEY (topic_id, import_id) REFERENCES caption_imports(topic_id, import_id) ON DELETE CASCADE
);

-- Files of captions that were brought in.
create table caption_imports (
	topic_id uuid not null,
	import_id uuid not null,
	event_id uuid not null,
	file_name text not null,
	language text collate "C" not null,
	lines integer not null,
	problems jsonb not null,
	at timestamp with time zone not null,
	by uuid,
	constraint caption_imports_pkey PRIMARY KEY (topic_id, import_id),
	constraint caption_imports_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);
CREATE INDEX caption_imports_of_event ON public.caption_imports USING btree (topic_id, event_id);

-- What was said, line by line, as it came.
create table caption_lines (
	topic_id uuid not null,
	event_id uuid not null,
	line_number integer not null,
	source_id uuid not null,
	sequence integer,
	starts_ms integer,
	ends_ms integer,
	speaker text,
	text text not null,
	language text collate "C" not null,
	constraint caption_lines_pkey PRIMARY KEY (topic_id, event_id, line_number),
	constraint caption_lines_topic_id_event_id_source_id_sequence_key UNIQUE (topic_id, event_id, source_id, sequence),
	constraint caption_lines_check CHECK ((ends_ms >= starts_ms)),
	constraint caption_lines_line_number_check CHECK ((line_number > 0)),
	constraint caption_lines_starts_ms_check CHECK ((starts_ms >= 0)),
	constraint caption_lines_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Who is meant by a name in the captions, said once for all its lines; the highest version holds.
create table caption_speakers (
	topic_id uuid not null,
	event_id uuid not null,
	label text not null,
	version integer not null,
	name text not null,
	at timestamp with time zone not null,
	by uuid,
	constraint caption_speakers_pkey PRIMARY KEY (topic_id, event_id, label, version),
	constraint caption_speakers_version_check CHECK ((version > 0)),
	constraint caption_speakers_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Streams that take no more lines.
create table caption_stream_ends (
	topic_id uuid not null,
	stream_id uuid not null,
	at timestamp with time zone not null,
	by uuid,
	constraint caption_stream_ends_pkey PRIMARY KEY (topic_id, stream_id),
	constraint caption_stream_ends_stream_exists FOREIGN KEY (topic_id, stream_id) REFERENCES caption_streams(topic_id, stream_id) ON DELETE CASCADE
);

-- Where a captioner or a program sends lines to while people speak; its address holds a secret.
create table caption_streams (
	topic_id uuid not null,
	stream_id uuid not null,
	event_id uuid not null,
	secret_hash bytea not null,
	language text collate "C" not null,
	made_at timestamp with time zone not null,
	made_by uuid,
	constraint caption_streams_pkey PRIMARY KEY (topic_id, stream_id),
	constraint caption_streams_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);
CREATE INDEX caption_streams_of_event ON public.caption_streams USING btree (topic_id, event_id);

-- The captions as one text, from which rapporteurs draw ideas.
create table caption_transcripts (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	contribution_id uuid not null,
	at timestamp with time zone not null,
	by uuid,
	constraint caption_transcripts_pkey PRIMARY KEY (topic_id, event_id, version),
	constraint caption_transcripts_version_check CHECK ((version > 0)),
	constraint caption_transcripts_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE,
	constraint caption_transcripts_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- When the job that publishes cells last looked at the opinions of a topic; losing a row only makes the next look complete.
create table cell_looks (
	topic_id uuid not null,
	looked_at timestamp with time zone not null,
	complete_at timestamp with time zone not null,
	took_ms integer not null,
	constraint cell_looks_pkey PRIMARY KEY (topic_id),
	constraint cell_looks_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- When cells of a topic were published or renewed last, by a look or a freeze.
create table cell_publications (
	topic_id uuid not null,
	published_at timestamp with time zone not null,
	constraint cell_publications_pkey PRIMARY KEY (topic_id),
	constraint cell_publications_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- What people say to an idea, in threads of depth 3.
create table comments (
	topic_id uuid not null,
	comment_id uuid not null,
	idea_number integer not null,
	comment_number integer not null,
	parent_id uuid,
	depth smallint not null,
	path integer[] not null,
	side text collate "C" not null,
	contribution_id uuid not null,
	written_at timestamp with time zone not null,
	constraint comments_pkey PRIMARY KEY (topic_id, comment_id),
	constraint comments_topic_id_comment_number_key UNIQUE (topic_id, comment_number),
	constraint comments_depth_check CHECK (((depth >= 0) AND (depth <= 3))),
	constraint comments_side_check CHECK ((side = ANY (ARRAY['for'::text, 'against'::text, 'neutral'::text]))),
	constraint comments_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE RESTRICT,
	constraint comments_idea_exists FOREIGN KEY (topic_id, idea_number) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE,
	constraint comments_parent_exists FOREIGN KEY (topic_id, parent_id) REFERENCES comments(topic_id, comment_id) ON DELETE RESTRICT
);
CREATE INDEX comments_answering ON public.comments USING btree (topic_id, parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX comments_of_idea ON public.comments USING btree (topic_id, idea_number, comment_number);
CREATE INDEX comments_threaded ON public.comments USING btree (topic_id, idea_number, path);

-- The things that cannot be seen now: written with each decision or withdrawal, in its transaction, so that a list needs one look-up. A check recounts it from the decisions.
create table concealments (
	topic_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	why text collate "C" not null,
	since timestamp with time zone not null,
	held_by text collate "C",
	constraint concealments_pkey PRIMARY KEY (topic_id, kind, thing_id),
	constraint concealments_why_check CHECK ((why = ANY (ARRAY['held'::text, 'hidden'::text, 'withdrawn'::text, 'erased'::text])))
);
CREATE INDEX concealments_queue ON public.concealments USING btree (topic_id, why, since, thing_id);

-- Mail domains that staff confirmed as an organisation's: an account with such an address is organisation-verified.
create table confirmed_domains (
	domain text collate "C" not null,
	organisation_id uuid not null,
	confirmed_at timestamp with time zone not null,
	confirmed_by uuid,
	constraint confirmed_domains_pkey PRIMARY KEY (domain),
	constraint confirmed_domains_organisation_exists FOREIGN KEY (organisation_id) REFERENCES organisations(organisation_id) ON DELETE CASCADE
);

-- The name under which its author wanted this contribution to stand; only in attribution mode named.
create table contribution_names (
	topic_id uuid not null,
	contribution_id uuid not null,
	name text not null,
	constraint contribution_names_pkey PRIMARY KEY (topic_id, contribution_id),
	constraint contribution_names_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE
);

-- The words, version by version; commitment = SHA-256(nonce ‖ UTF-8 text).
create table contribution_versions (
	topic_id uuid not null,
	contribution_id uuid not null,
	version integer not null,
	text text not null,
	language text collate "C" not null,
	written_at timestamp with time zone not null,
	nonce bytea,
	commitment bytea not null,
	constraint contribution_versions_pkey PRIMARY KEY (topic_id, contribution_id, version),
	constraint contribution_versions_commitment_check CHECK ((octet_length(commitment) = 32)),
	constraint contribution_versions_nonce_check CHECK ((octet_length(nonce) = 16)),
	constraint contribution_versions_version_check CHECK ((version > 0)),
	constraint contribution_versions_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE
);

-- One row for each verbatim input of every channel; never changed.
create table contributions (
	topic_id uuid not null,
	contribution_id uuid not null,
	kind text collate "C" not null,
	channel text collate "C" not null,
	participant_number integer,
	profile_number smallint,
	attribution text collate "C" not null,
	language text collate "C" not null,
	received_at timestamp with time zone not null,
	licence text collate "C" not null,
	notice_version text collate "C" not null,
	constraint contributions_pkey PRIMARY KEY (topic_id, contribution_id),
	constraint contributions_attribution_check CHECK ((attribution = ANY (ARRAY['named'::text, 'group'::text, 'anonymous'::text]))),
	constraint contributions_channel_check CHECK ((channel = ANY (ARRAY['web'::text, 'api'::text, 'import'::text, 'e-mail'::text, 'paper'::text, 'café'::text, 'town hall'::text, 'programme'::text]))),
	constraint contributions_kind_check CHECK ((kind = ANY (ARRAY['idea'::text, 'comment'::text, 'submission'::text, 'suggestion'::text, 'note'::text, 'intervention'::text, 'takeaway'::text]))),
	constraint contributions_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);
CREATE INDEX contributions_in_time ON public.contributions USING btree (topic_id, received_at) INCLUDE (channel);
CREATE INDEX contributions_of_participant ON public.contributions USING btree (topic_id, participant_number, contribution_id);

-- What a person decided that a sector or region as written means.
create table corrections (
	topic_id uuid not null,
	field text collate "C" not null,
	as_written text not null,
	version integer not null,
	means text collate "C" not null,
	corrected_at timestamp with time zone not null,
	corrected_by uuid,
	constraint corrections_pkey PRIMARY KEY (topic_id, field, as_written, version),
	constraint corrections_field_check CHECK ((field = ANY (ARRAY['sector'::text, 'region'::text])))
);

-- The last number given in a topic to an idea, a participant, a submission … A row lock on it makes numbers without gaps.
create table counters (
	topic_id uuid not null,
	counted text collate "C" not null,
	last integer default 0 not null,
	constraint counters_pkey PRIMARY KEY (topic_id, counted),
	constraint counters_last_check CHECK ((last >= 0))
);

-- How far a deliverable is; the highest version holds.
create table deliverable_states (
	topic_id uuid not null,
	deliverable_id uuid not null,
	version integer not null,
	state text collate "C" not null,
	link text,
	at timestamp with time zone not null,
	by uuid,
	constraint deliverable_states_pkey PRIMARY KEY (topic_id, deliverable_id, version),
	constraint deliverable_states_link_check CHECK ((link ~ '^(https?://|/)'::text)),
	constraint deliverable_states_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'in work'::text, 'delivered'::text, 'cancelled'::text]))),
	constraint deliverable_states_deliverable_exists FOREIGN KEY (topic_id, deliverable_id) REFERENCES deliverables(topic_id, deliverable_id) ON DELETE CASCADE
);

-- What was promised to which body by when; title, addressee and meeting are texts of kind deliverable.
create table deliverables (
	topic_id uuid not null,
	deliverable_id uuid not null,
	kind text collate "C" not null,
	deadline date,
	promised date,
	added_at timestamp with time zone not null,
	added_by uuid,
	"position" integer not null,
	constraint deliverables_pkey PRIMARY KEY (topic_id, deliverable_id),
	constraint deliverables_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- A document taken out of the library.
create table document_removals (
	topic_id uuid not null,
	document_id uuid not null,
	removed_at timestamp with time zone not null,
	removed_by uuid,
	constraint document_removals_pkey PRIMARY KEY (topic_id, document_id),
	constraint document_removals_document_exists FOREIGN KEY (topic_id, document_id) REFERENCES documents(topic_id, document_id) ON DELETE CASCADE
);

-- The library of a topic: a file of ours or an address elsewhere; titles are texts of kind document.
create table documents (
	topic_id uuid not null,
	document_id uuid not null,
	"position" integer not null,
	file_sha256 bytea,
	file_name text,
	address text,
	language text collate "C" default 'und'::text not null,
	added_at timestamp with time zone not null,
	added_by uuid,
	constraint documents_pkey PRIMARY KEY (topic_id, document_id),
	constraint documents_address_check CHECK ((address ~ '^https?://'::text)),
	constraint documents_check CHECK (((file_sha256 IS NOT NULL) OR (address IS NOT NULL))),
	constraint documents_file_exists FOREIGN KEY (file_sha256) REFERENCES files(sha256) ON DELETE RESTRICT,
	constraint documents_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- Words of an erased contribution were made unreadable in a published edition; its fingerprint stays that of what was published.
create table edition_redactions (
	topic_id uuid not null,
	report_id uuid not null,
	edition integer not null,
	thing_id uuid not null,
	redacted_at timestamp with time zone not null,
	constraint edition_redactions_pkey PRIMARY KEY (topic_id, report_id, edition, thing_id),
	constraint edition_redactions_edition_exists FOREIGN KEY (topic_id, report_id, edition) REFERENCES report_publications(topic_id, report_id, edition) ON DELETE CASCADE
);

-- The words of a contribution are gone for good, at its author's request; its commitment stays. After a restore from a backup these are erased again.
create table erasures (
	topic_id uuid not null,
	contribution_id uuid not null,
	erased_at timestamp with time zone not null,
	erased_by uuid,
	constraint erasures_pkey PRIMARY KEY (topic_id, contribution_id),
	constraint erasures_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE
);

-- The six letters by which people in a room find the event: a name of the whole installation, looked up before the topic is known.
create table event_codes (
	topic_id uuid not null,
	event_id uuid not null,
	code text collate "C" not null,
	constraint event_codes_pkey PRIMARY KEY (code),
	constraint event_codes_of_event UNIQUE (topic_id, event_id),
	constraint event_codes_code_check CHECK ((code ~ '^[A-Z]{6}$'::text)),
	constraint event_codes_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- The last number given to what is counted in an event; the row is locked while a number is taken.
create table event_counters (
	topic_id uuid not null,
	event_id uuid not null,
	counted text collate "C" not null,
	last integer not null,
	constraint event_counters_pkey PRIMARY KEY (topic_id, event_id, counted),
	constraint event_counters_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Links by which people are checked in at the door of an event; the newest that is not closed is the one that was shown.
create table event_doors (
	topic_id uuid not null,
	event_id uuid not null,
	door_id uuid not null,
	token_hash bytea not null,
	opened_at timestamp with time zone not null,
	opened_by uuid,
	closed_at timestamp with time zone,
	constraint event_doors_pkey PRIMARY KEY (topic_id, event_id, door_id),
	constraint event_doors_topic_id_event_id_token_hash_key UNIQUE (topic_id, event_id, token_hash),
	constraint event_doors_token_hash_check CHECK ((octet_length(token_hash) = 32)),
	constraint event_doors_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Who was invited to an event by mail; the link opens the registration of an event for invited people, once.
create table event_invitations (
	topic_id uuid not null,
	event_id uuid not null,
	invitation_id uuid not null,
	email text,
	language text collate "C" not null,
	token_hash bytea not null,
	invited_at timestamp with time zone not null,
	invited_by uuid,
	registration_id uuid,
	constraint event_invitations_pkey PRIMARY KEY (topic_id, event_id, invitation_id),
	constraint event_invitations_topic_id_event_id_token_hash_key UNIQUE (topic_id, event_id, token_hash),
	constraint event_invitations_token_hash_check CHECK ((octet_length(token_hash) = 32)),
	constraint event_invitations_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- What happened in an event, in an order without gaps: who listens resumes after the last number that they had.
create table event_moves (
	topic_id uuid not null,
	event_id uuid not null,
	move_number integer not null,
	kind text collate "C" not null,
	thing_id uuid,
	at timestamp with time zone not null,
	details jsonb not null,
	constraint event_moves_pkey PRIMARY KEY (topic_id, event_id, move_number),
	constraint event_moves_move_number_check CHECK ((move_number > 0)),
	constraint event_moves_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- That everybody with a place was reminded of the event.
create table event_reminders (
	topic_id uuid not null,
	event_id uuid not null,
	starts_at timestamp with time zone not null,
	reminded_at timestamp with time zone not null,
	constraint event_reminders_pkey PRIMARY KEY (topic_id, event_id, starts_at),
	constraint event_reminders_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Planned, confirmed, held, cancelled; the highest version holds. Why stands in the text reason-<version>.
create table event_states (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	state text collate "C" not null,
	at timestamp with time zone not null,
	by uuid,
	constraint event_states_pkey PRIMARY KEY (topic_id, event_id, version),
	constraint event_states_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'confirmed'::text, 'held'::text, 'cancelled'::text]))),
	constraint event_states_version_check CHECK ((version > 0)),
	constraint event_states_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- What is planned; the highest version holds.
create table event_versions (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	starts_at timestamp with time zone not null,
	ends_at timestamp with time zone not null,
	zone text collate "C" not null,
	attribution text collate "C" not null,
	registration text collate "C" not null,
	room_places integer,
	online_places integer,
	languages text[] collate "C" not null,
	interpretation text[] collate "C" not null,
	remote_link text,
	is_recorded boolean not null,
	waiting_hours integer not null,
	changed_at timestamp with time zone not null,
	changed_by uuid,
	constraint event_versions_pkey PRIMARY KEY (topic_id, event_id, version),
	constraint event_versions_attribution_check CHECK ((attribution = ANY (ARRAY['named'::text, 'group'::text, 'chatham'::text]))),
	constraint event_versions_check CHECK ((ends_at > starts_at)),
	constraint event_versions_online_places_check CHECK ((online_places >= 0)),
	constraint event_versions_registration_check CHECK ((registration = ANY (ARRAY['open'::text, 'invited'::text, 'none'::text]))),
	constraint event_versions_room_places_check CHECK ((room_places >= 0)),
	constraint event_versions_version_check CHECK ((version > 0)),
	constraint event_versions_waiting_hours_check CHECK (((waiting_hours >= 1) AND (waiting_hours <= 720))),
	constraint event_versions_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);
CREATE INDEX event_versions_by_end ON public.event_versions USING btree (ends_at);

-- The participant, linked to nobody, in whose name stands what people of a group said at an event: one for a group, so that nobody who spoke twice counts twice.
create table event_voices (
	topic_id uuid not null,
	event_id uuid not null,
	stakeholder_groups text[] collate "C" not null,
	participant_number integer not null,
	constraint event_voices_pkey PRIMARY KEY (topic_id, event_id, stakeholder_groups),
	constraint event_voices_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE,
	constraint event_voices_participant_exists FOREIGN KEY (topic_id, participant_number) REFERENCES participants(topic_id, participant_number) ON DELETE CASCADE
);

-- An occasion at which people meet. Title, description, venue, host event, access and recording notice are texts of kind event.
create table events (
	topic_id uuid not null,
	event_id uuid not null,
	event_number integer not null,
	kind text collate "C" not null,
	made_at timestamp with time zone not null,
	made_by uuid,
	constraint events_pkey PRIMARY KEY (topic_id, event_id),
	constraint events_topic_id_event_number_key UNIQUE (topic_id, event_number),
	constraint events_event_number_check CHECK ((event_number > 0)),
	constraint events_kind_check CHECK ((kind = ANY (ARRAY['cafe'::text, 'town-hall'::text, 'meeting'::text]))),
	constraint events_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- The public files of a topic as of one instant each; some nights are kept.
create table export_archives (
	topic_id uuid not null,
	archive_id uuid not null,
	of_at timestamp with time zone not null,
	file_sha256 bytea not null,
	size bigint not null,
	shows_results boolean not null,
	contents jsonb not null,
	concealed_lately uuid[] not null,
	constraint export_archives_pkey PRIMARY KEY (topic_id, archive_id),
	constraint export_archives_file_exists FOREIGN KEY (file_sha256) REFERENCES files(sha256) ON DELETE RESTRICT,
	constraint export_archives_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- What a named version of an extractor read from a file; never redone in place. refusal: why nothing could be read.
create table extracted_texts (
	topic_id uuid not null,
	contribution_id uuid not null,
	part integer not null,
	text_version integer not null,
	extractor text collate "C" not null,
	encoding text collate "C",
	text text not null,
	refusal text collate "C",
	extracted_at timestamp with time zone not null,
	file_version integer default 1 not null,
	constraint extracted_texts_pkey PRIMARY KEY (topic_id, contribution_id, part, text_version),
	constraint extracted_texts_file_version_check CHECK ((file_version > 0)),
	constraint extracted_texts_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES submissions(topic_id, contribution_id) ON DELETE CASCADE
);

-- Content-addressed file store: a row first, then the file.
create table files (
	sha256 bytea not null,
	size bigint not null,
	media_type text collate "C" not null,
	stored_at timestamp with time zone not null,
	constraint files_pkey PRIMARY KEY (sha256),
	constraint files_sha256_check CHECK ((octet_length(sha256) = 32)),
	constraint files_size_check CHECK ((size >= 0))
);

-- What a chair did, each act once however often it was sent; acts without network come later, in their order.
create table floor_acts (
	topic_id uuid not null,
	event_id uuid not null,
	act_id uuid not null,
	chair_number integer not null,
	done_at timestamp with time zone not null,
	received_at timestamp with time zone not null,
	outcome text collate "C" not null,
	constraint floor_acts_pkey PRIMARY KEY (topic_id, event_id, act_id),
	constraint floor_acts_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Whose phone asked, so that it can be told its place and withdraw; gone when the floor is over.
create table floor_askers (
	topic_id uuid not null,
	event_id uuid not null,
	request_number integer not null,
	asker bytea not null,
	constraint floor_askers_pkey PRIMARY KEY (topic_id, event_id, request_number),
	constraint floor_askers_request_exists FOREIGN KEY (topic_id, event_id, request_number) REFERENCES floor_requests(topic_id, event_id, request_number) ON DELETE CASCADE
);
CREATE INDEX floor_askers_of ON public.floor_askers USING btree (topic_id, event_id, asker);

-- Who had the chair from when on; the highest number has it.
create table floor_chairs (
	topic_id uuid not null,
	event_id uuid not null,
	chair_number integer not null,
	device_id uuid not null,
	account_id uuid not null,
	took_at timestamp with time zone not null,
	constraint floor_chairs_pkey PRIMARY KEY (topic_id, event_id, chair_number),
	constraint floor_chairs_chair_number_check CHECK ((chair_number > 0)),
	constraint floor_chairs_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- The block of statistics of a floor that is over: what may be told of it, worked out before the rest went.
create table floor_figures (
	topic_id uuid not null,
	event_id uuid not null,
	figures jsonb not null,
	made_at timestamp with time zone not null,
	constraint floor_figures_pkey PRIMARY KEY (topic_id, event_id),
	constraint floor_figures_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- As the chair calls somebody; seen at the desk only. Gone when the floor is over, but where people speak under their names.
create table floor_names (
	topic_id uuid not null,
	event_id uuid not null,
	request_number integer not null,
	name text not null,
	constraint floor_names_pkey PRIMARY KEY (topic_id, event_id, request_number),
	constraint floor_names_name_check CHECK ((name <> ''::text)),
	constraint floor_names_request_exists FOREIGN KEY (topic_id, event_id, request_number) REFERENCES floor_requests(topic_id, event_id, request_number) ON DELETE CASCADE
);

-- Where the chair gave the floor to somebody else than was proposed, and why.
create table floor_overrides (
	topic_id uuid not null,
	event_id uuid not null,
	intervention_number integer not null,
	proposed_number integer not null,
	reason text not null,
	constraint floor_overrides_pkey PRIMARY KEY (topic_id, event_id, intervention_number),
	constraint floor_overrides_reason_check CHECK ((reason <> ''::text)),
	constraint floor_overrides_intervention_exists FOREIGN KEY (topic_id, event_id, intervention_number) REFERENCES interventions(topic_id, event_id, intervention_number) ON DELETE CASCADE
);

-- Who asked, and when; an event under the Chatham House rule has no rows here.
create table floor_question_askers (
	topic_id uuid not null,
	floor_question_id uuid not null,
	participant_number integer not null,
	profile_number smallint not null,
	name text,
	asked_at timestamp with time zone not null,
	constraint floor_question_askers_pkey PRIMARY KEY (topic_id, floor_question_id),
	constraint floor_question_askers_participant_exists FOREIGN KEY (topic_id, participant_number) REFERENCES participants(topic_id, participant_number) ON DELETE CASCADE,
	constraint floor_question_askers_question_exists FOREIGN KEY (topic_id, floor_question_id) REFERENCES floor_questions(topic_id, floor_question_id) ON DELETE CASCADE
);
CREATE INDEX floor_question_askers_of_participant ON public.floor_question_askers USING btree (topic_id, participant_number);

-- Merges that were undone.
create table floor_question_merge_ends (
	topic_id uuid not null,
	merge_id uuid not null,
	at timestamp with time zone not null,
	by uuid,
	constraint floor_question_merge_ends_pkey PRIMARY KEY (topic_id, merge_id),
	constraint floor_question_merge_ends_merge_exists FOREIGN KEY (topic_id, merge_id) REFERENCES floor_question_merges(topic_id, merge_id) ON DELETE CASCADE
);

-- Questions that ask the same, shown as one; each keeps its words, its asker and its supporters.
create table floor_question_merges (
	topic_id uuid not null,
	merge_id uuid not null,
	event_id uuid not null,
	merged uuid not null,
	into_question uuid not null,
	at timestamp with time zone not null,
	by uuid,
	constraint floor_question_merges_pkey PRIMARY KEY (topic_id, merge_id),
	constraint floor_question_merges_check CHECK ((into_question <> merged)),
	constraint floor_question_merges_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE,
	constraint floor_question_merges_into_exists FOREIGN KEY (topic_id, into_question) REFERENCES floor_questions(topic_id, floor_question_id) ON DELETE CASCADE,
	constraint floor_question_merges_merged_exists FOREIGN KEY (topic_id, merged) REFERENCES floor_questions(topic_id, floor_question_id) ON DELETE CASCADE
);
CREATE INDEX floor_question_merges_of_event ON public.floor_question_merges USING btree (topic_id, event_id);

-- Whether questions are taken, and looked at first; the highest version holds, and without one both are so.
create table floor_question_settings (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	is_open boolean not null,
	is_looked_at boolean not null,
	at timestamp with time zone not null,
	by uuid,
	constraint floor_question_settings_pkey PRIMARY KEY (topic_id, event_id, version),
	constraint floor_question_settings_version_check CHECK ((version > 0)),
	constraint floor_question_settings_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- What became of a question; the highest version holds.
create table floor_question_states (
	topic_id uuid not null,
	floor_question_id uuid not null,
	version integer not null,
	state text collate "C" not null,
	words text not null,
	at timestamp with time zone,
	by uuid,
	constraint floor_question_states_pkey PRIMARY KEY (topic_id, floor_question_id, version),
	constraint floor_question_states_state_check CHECK ((state = ANY (ARRAY['new'::text, 'approved'::text, 'asked'::text, 'answered'::text, 'taken-up'::text, 'on-record'::text, 'refused'::text]))),
	constraint floor_question_states_version_check CHECK ((version > 0)),
	constraint floor_question_states_question_exists FOREIGN KEY (topic_id, floor_question_id) REFERENCES floor_questions(topic_id, floor_question_id) ON DELETE CASCADE
);

-- Who wants the question asked: each participant once. When they said so is kept nowhere.
create table floor_question_supports (
	topic_id uuid not null,
	floor_question_id uuid not null,
	participant_number integer not null,
	constraint floor_question_supports_pkey PRIMARY KEY (topic_id, floor_question_id, participant_number),
	constraint floor_question_supports_participant_exists FOREIGN KEY (topic_id, participant_number) REFERENCES participants(topic_id, participant_number) ON DELETE CASCADE,
	constraint floor_question_supports_question_exists FOREIGN KEY (topic_id, floor_question_id) REFERENCES floor_questions(topic_id, floor_question_id) ON DELETE CASCADE
);

-- What somebody in the room or online wants to ask. Who and when stand apart, and nowhere under the Chatham House rule.
create table floor_questions (
	topic_id uuid not null,
	floor_question_id uuid not null,
	event_id uuid not null,
	question_number integer not null,
	text text,
	language text collate "C" not null,
	contribution_id uuid,
	constraint floor_questions_pkey PRIMARY KEY (topic_id, floor_question_id),
	constraint floor_questions_topic_id_event_id_question_number_key UNIQUE (topic_id, event_id, question_number),
	constraint floor_questions_check CHECK (((text IS NULL) = (contribution_id IS NOT NULL))),
	constraint floor_questions_question_number_check CHECK ((question_number > 0)),
	constraint floor_questions_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE,
	constraint floor_questions_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Who asked for the floor, as far as the rule of the floor asks: never a name. Under the Chatham House rule they go when the floor is over.
create table floor_requests (
	topic_id uuid not null,
	event_id uuid not null,
	request_number integer not null,
	request_id uuid not null,
	channel text collate "C" not null,
	hub_id uuid,
	stakeholder_group text collate "C",
	kind text collate "C" not null,
	is_first boolean not null,
	asked_at timestamp with time zone not null,
	constraint floor_requests_pkey PRIMARY KEY (topic_id, event_id, request_number),
	constraint floor_requests_topic_id_event_id_request_id_key UNIQUE (topic_id, event_id, request_id),
	constraint floor_requests_channel_check CHECK ((channel = ANY (ARRAY['room'::text, 'remote'::text, 'hub'::text]))),
	constraint floor_requests_kind_check CHECK ((kind = ANY (ARRAY['speak'::text, 'follow-up'::text, 'point-of-order'::text]))),
	constraint floor_requests_request_number_check CHECK ((request_number > 0)),
	constraint floor_requests_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- By which weights the floor is shared and how long a speech may be; the highest version holds. Everybody may read it.
create table floor_rules (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	room integer not null,
	remote integer not null,
	hub integer not null,
	group_weights jsonb not null,
	speech_seconds integer not null,
	changed_at timestamp with time zone not null,
	changed_by uuid,
	constraint floor_rules_pkey PRIMARY KEY (topic_id, event_id, version),
	constraint floor_rules_hub_check CHECK (((hub >= 1) AND (hub <= 100))),
	constraint floor_rules_remote_check CHECK (((remote >= 1) AND (remote <= 100))),
	constraint floor_rules_room_check CHECK (((room >= 1) AND (room <= 100))),
	constraint floor_rules_speech_seconds_check CHECK (((speech_seconds >= 15) AND (speech_seconds <= 3600))),
	constraint floor_rules_version_check CHECK ((version > 0)),
	constraint floor_rules_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Statements to the record, and under the Chatham House rule summaries too: contributions of an event that hang on no turn.
create table floor_statements (
	topic_id uuid not null,
	event_id uuid not null,
	contribution_id uuid not null,
	constraint floor_statements_pkey PRIMARY KEY (topic_id, event_id, contribution_id),
	constraint floor_statements_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE,
	constraint floor_statements_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Whether the floor can be asked for; queue-closed: who waits still speaks; over: nothing follows, and what may not be kept is gone.
create table floor_states (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	state text collate "C" not null,
	at timestamp with time zone not null,
	by uuid,
	constraint floor_states_pkey PRIMARY KEY (topic_id, event_id, version),
	constraint floor_states_state_check CHECK ((state = ANY (ARRAY['open'::text, 'queue-closed'::text, 'over'::text]))),
	constraint floor_states_version_check CHECK ((version > 0)),
	constraint floor_states_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Under the Chatham House rule: statements and summaries until the floor is over. Then they become contributions of one instant, in random order.
create table floor_tray (
	topic_id uuid not null,
	event_id uuid not null,
	words_id uuid not null,
	words text not null,
	language text collate "C" not null,
	constraint floor_tray_pkey PRIMARY KEY (topic_id, event_id, words_id),
	constraint floor_tray_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Who waits no more without having had the floor.
create table floor_withdrawals (
	topic_id uuid not null,
	event_id uuid not null,
	request_number integer not null,
	at timestamp with time zone not null,
	by_asker boolean not null,
	constraint floor_withdrawals_pkey PRIMARY KEY (topic_id, event_id, request_number),
	constraint floor_withdrawals_request_exists FOREIGN KEY (topic_id, event_id, request_number) REFERENCES floor_requests(topic_id, event_id, request_number) ON DELETE CASCADE
);

-- Who wants to hear what becomes of a thing.
create table followers (
	topic_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	participant_number integer not null,
	since timestamp with time zone not null,
	seen_comment integer,
	constraint followers_pkey PRIMARY KEY (topic_id, kind, thing_id, participant_number)
);

-- The files that their author replaced, kept byte for byte.
create table former_files (
	topic_id uuid not null,
	contribution_id uuid not null,
	part integer not null,
	file_version integer not null,
	file_sha256 bytea not null,
	file_name text not null,
	replaced_at timestamp with time zone not null,
	constraint former_files_pkey PRIMARY KEY (topic_id, contribution_id, part, file_version),
	constraint former_files_file_exists FOREIGN KEY (file_sha256) REFERENCES files(sha256) ON DELETE RESTRICT,
	constraint former_files_submission_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES submissions(topic_id, contribution_id) ON DELETE CASCADE
);

-- The titles that a submission had before its author changed them.
create table former_titles (
	topic_id uuid not null,
	contribution_id uuid not null,
	version integer not null,
	title text not null,
	replaced_at timestamp with time zone not null,
	constraint former_titles_pkey PRIMARY KEY (topic_id, contribution_id, version),
	constraint former_titles_submission_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES submissions(topic_id, contribution_id) ON DELETE CASCADE
);

-- Pairs of notes that probably say the same, as they were compared last; made anew each time.
create table harvest_alike (
	topic_id uuid not null,
	event_id uuid not null,
	one uuid not null,
	other uuid not null,
	closeness double precision not null,
	is_sure boolean not null,
	constraint harvest_alike_pkey PRIMARY KEY (topic_id, event_id, one, other),
	constraint harvest_alike_check CHECK ((other > one)),
	constraint harvest_alike_one_exists FOREIGN KEY (topic_id, one) REFERENCES notes(topic_id, contribution_id) ON DELETE CASCADE,
	constraint harvest_alike_other_exists FOREIGN KEY (topic_id, other) REFERENCES notes(topic_id, contribution_id) ON DELETE CASCADE
);

-- Which notes were compared last; when is nobody's business.
create table harvest_comparisons (
	topic_id uuid not null,
	event_id uuid not null,
	wall bytea not null,
	constraint harvest_comparisons_pkey PRIMARY KEY (topic_id, event_id),
	constraint harvest_comparisons_wall_check CHECK ((octet_length(wall) = 32)),
	constraint harvest_comparisons_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- The harvest of a café is over: nothing is taken from phones any more, and under the Chatham House rule nothing is kept that leads from a card to a phone.
create table harvest_ends (
	topic_id uuid not null,
	event_id uuid not null,
	ended_at timestamp with time zone not null,
	ended_by uuid,
	constraint harvest_ends_pkey PRIMARY KEY (topic_id, event_id),
	constraint harvest_ends_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Notes that a person laid together as saying the same; what was done to come there stands in harvest_steps.
create table harvest_groups (
	topic_id uuid not null,
	event_id uuid not null,
	contribution_id uuid not null,
	group_id uuid not null,
	constraint harvest_groups_pkey PRIMARY KEY (topic_id, contribution_id),
	constraint harvest_groups_note_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES notes(topic_id, contribution_id) ON DELETE CASCADE
);
CREATE INDEX harvest_groups_of_event ON public.harvest_groups USING btree (topic_id, event_id, group_id);

-- The ideas that were drawn from the notes of a café.
create table harvest_ideas (
	topic_id uuid not null,
	event_id uuid not null,
	idea_number integer not null,
	drawn_at timestamp with time zone not null,
	constraint harvest_ideas_pkey PRIMARY KEY (topic_id, event_id, idea_number),
	constraint harvest_ideas_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE,
	constraint harvest_ideas_idea_exists FOREIGN KEY (topic_id, idea_number) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE
);

-- Each laying together and taking apart at the wall, in order; the last one that was not undone can be.
create table harvest_steps (
	topic_id uuid not null,
	event_id uuid not null,
	step integer not null,
	did text collate "C" not null,
	moved jsonb not null,
	done_at timestamp with time zone not null,
	done_by uuid,
	undone_at timestamp with time zone,
	constraint harvest_steps_pkey PRIMARY KEY (topic_id, event_id, step),
	constraint harvest_steps_did_check CHECK ((did = ANY (ARRAY['joined'::text, 'parted'::text]))),
	constraint harvest_steps_step_check CHECK ((step > 0)),
	constraint harvest_steps_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- A rule that is no longer applied; decisions that cited it still lead to it.
create table house_rule_ends (
	topic_id uuid not null,
	rule_number integer not null,
	ended_at timestamp with time zone not null,
	ended_by uuid,
	constraint house_rule_ends_pkey PRIMARY KEY (topic_id, rule_number),
	constraint house_rule_ends_rule_exists FOREIGN KEY (topic_id, rule_number) REFERENCES house_rules(topic_id, rule_number) ON DELETE CASCADE
);

-- Rules of one topic beside those that hold everywhere, never numbered anew, so that they can be cited. Their words are texts of kind house-rule.
create table house_rules (
	topic_id uuid not null,
	rule_number integer not null,
	rule_id uuid not null,
	added_at timestamp with time zone not null,
	added_by uuid,
	constraint house_rules_pkey PRIMARY KEY (topic_id, rule_number),
	constraint house_rules_topic_id_rule_id_key UNIQUE (topic_id, rule_id),
	constraint house_rules_rule_number_check CHECK ((rule_number > 0)),
	constraint house_rules_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- What opens the page of a hub, on whatever phone. The secret is shown once, its hash is kept; a new link ends the one before.
create table hub_links (
	topic_id uuid not null,
	event_id uuid not null,
	link_id uuid not null,
	hub_id uuid not null,
	secret_hash bytea not null,
	made_at timestamp with time zone not null,
	made_by uuid,
	ended_at timestamp with time zone,
	constraint hub_links_pkey PRIMARY KEY (topic_id, event_id, link_id),
	constraint hub_links_secret_hash_check CHECK ((octet_length(secret_hash) = 32)),
	constraint hub_links_hub_exists FOREIGN KEY (topic_id, event_id, hub_id) REFERENCES hubs(topic_id, event_id, hub_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX hub_links_by_secret ON public.hub_links USING btree (topic_id, secret_hash);

-- Remote hubs of an event: people who follow it together elsewhere, one participant of its own kind.
create table hubs (
	topic_id uuid not null,
	event_id uuid not null,
	hub_id uuid not null,
	hub_number integer not null,
	place text not null,
	region text collate "C",
	coordinator text,
	email text,
	heads_expected integer,
	heads_counted integer,
	added_at timestamp with time zone not null,
	added_by uuid,
	removed_at timestamp with time zone,
	zone text,
	constraint hubs_pkey PRIMARY KEY (topic_id, event_id, hub_id),
	constraint hubs_topic_id_event_id_hub_number_key UNIQUE (topic_id, event_id, hub_number),
	constraint hubs_heads_counted_check CHECK ((heads_counted >= 0)),
	constraint hubs_heads_expected_check CHECK ((heads_expected >= 0)),
	constraint hubs_hub_number_check CHECK ((hub_number > 0)),
	constraint hubs_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Maintained in the transaction of each opinion and comment; a check recounts. No second index, so that an update stays on its page.
create table idea_counts (
	topic_id uuid not null,
	idea_number integer not null,
	agree integer default 0 not null,
	disagree integer default 0 not null,
	pass integer default 0 not null,
	comments integer default 0 not null,
	version integer default 1 not null,
	constraint idea_counts_pkey PRIMARY KEY (topic_id, idea_number),
	constraint idea_counts_idea_exists FOREIGN KEY (topic_id, idea_number) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE
);

-- The groups of ideas.stakeholder_groups once more, so that the newest ideas of a group are a range of an index.
create table idea_groups (
	topic_id uuid not null,
	group_key text collate "C" not null,
	idea_number integer not null,
	constraint idea_groups_pkey PRIMARY KEY (topic_id, group_key, idea_number),
	constraint idea_groups_idea_exists FOREIGN KEY (topic_id, idea_number) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE
);

-- The level of support of each idea of which a cell of a group is published; an idea without a row was heard from nobody. Those that cannot be seen keep their row.
create table idea_levels (
	topic_id uuid not null,
	idea_number integer not null,
	level text collate "C" not null,
	score integer not null,
	mean integer not null,
	divide integer not null,
	awaited integer not null,
	opposed_by text[] not null,
	not_heard text[] not null,
	turns_by_group boolean,
	turns_by_region boolean,
	constraint idea_levels_pkey PRIMARY KEY (topic_id, idea_number),
	constraint idea_levels_level_check CHECK ((level = ANY (ARRAY['consensus'::text, 'opposition'::text, 'divergence'::text, 'not-heard'::text]))),
	constraint idea_levels_idea_exists FOREIGN KEY (topic_id, idea_number) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE
);
CREATE INDEX idea_levels_agreed ON public.idea_levels USING btree (topic_id, score DESC, mean DESC, idea_number DESC);
CREATE INDEX idea_levels_awaited ON public.idea_levels USING btree (topic_id, awaited DESC, idea_number DESC);
CREATE INDEX idea_levels_divided ON public.idea_levels USING btree (topic_id, divide DESC, idea_number DESC);
CREATE INDEX idea_levels_of_level ON public.idea_levels USING btree (topic_id, level, score DESC, mean DESC, idea_number DESC);

-- Words of the newest wording, folded, stemmed and cut by the verb that writes the idea.
create table idea_search (
	topic_id uuid not null,
	idea_number integer not null,
	words tsvector not null,
	constraint idea_search_pkey PRIMARY KEY (topic_id, idea_number),
	constraint idea_search_idea_exists FOREIGN KEY (topic_id, idea_number) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE
);
CREATE INDEX idea_search_words ON public.idea_search USING gin (words);

-- The order of the lists most supported and most discussed: copied from the counts by a job every few seconds, so that opinions touch no index.
create table idea_standings (
	topic_id uuid not null,
	idea_number integer not null,
	supported integer default 0 not null,
	discussed integer default 0 not null,
	since integer default 0 not null,
	constraint idea_standings_pkey PRIMARY KEY (topic_id, idea_number),
	constraint idea_standings_idea_exists FOREIGN KEY (topic_id, idea_number) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE
);
CREATE INDEX idea_standings_discussed ON public.idea_standings USING btree (topic_id, discussed DESC, idea_number DESC);
CREATE INDEX idea_standings_supported ON public.idea_standings USING btree (topic_id, supported DESC, idea_number DESC);

-- Standings as they were, for whoever may still be paging through them.
create table idea_standings_before (
	topic_id uuid not null,
	idea_number integer not null,
	supported integer not null,
	discussed integer not null,
	since integer not null,
	until integer not null,
	constraint idea_standings_before_pkey PRIMARY KEY (topic_id, idea_number, until),
	constraint idea_standings_before_check CHECK ((until > since)),
	constraint idea_standings_before_idea_exists FOREIGN KEY (topic_id, idea_number) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE
);
CREATE INDEX idea_standings_before_until ON public.idea_standings_before USING btree (topic_id, until);

-- The wording; it may change until another participant's first opinion, then only a successor idea.
create table idea_versions (
	topic_id uuid not null,
	idea_number integer not null,
	version integer not null,
	point text not null,
	explanation text default ''::text not null,
	sources text default ''::text not null,
	written_at timestamp with time zone not null,
	constraint idea_versions_pkey PRIMARY KEY (topic_id, idea_number, version),
	constraint idea_versions_version_check CHECK ((version > 0)),
	constraint idea_versions_idea_exists FOREIGN KEY (topic_id, idea_number) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE
);

-- One point each, on which people agree, disagree or pass. Numbered for people within the topic.
create table ideas (
	topic_id uuid not null,
	idea_number integer not null,
	idea_id uuid not null,
	question_id uuid,
	contribution_id uuid,
	drawn_by uuid,
	channel text collate "C" not null,
	language text collate "C" not null,
	participant_number integer,
	profile_number smallint,
	stakeholder_groups text[] default '{}'::text[] not null,
	region text collate "C",
	attribution text collate "C" not null,
	successor_of integer,
	shuffle integer not null,
	published_at timestamp with time zone not null,
	constraint ideas_pkey PRIMARY KEY (topic_id, idea_number),
	constraint ideas_topic_id_idea_id_key UNIQUE (topic_id, idea_id),
	constraint ideas_attribution_check CHECK ((attribution = ANY (ARRAY['named'::text, 'group'::text, 'anonymous'::text]))),
	constraint ideas_idea_number_check CHECK ((idea_number > 0)),
	constraint ideas_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE RESTRICT,
	constraint ideas_question_exists FOREIGN KEY (topic_id, question_id) REFERENCES questions(topic_id, question_id) ON DELETE RESTRICT,
	constraint ideas_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);
CREATE INDEX ideas_of_channel ON public.ideas USING btree (topic_id, channel, idea_number);
CREATE INDEX ideas_of_contribution ON public.ideas USING btree (topic_id, contribution_id);
CREATE INDEX ideas_of_language ON public.ideas USING btree (topic_id, language, idea_number);
CREATE INDEX ideas_of_question ON public.ideas USING btree (topic_id, question_id, idea_number);
CREATE INDEX ideas_of_region ON public.ideas USING btree (topic_id, region, idea_number);
CREATE INDEX ideas_of_successor ON public.ideas USING btree (topic_id, successor_of) WHERE (successor_of IS NOT NULL);
CREATE INDEX ideas_shuffled ON public.ideas USING btree (topic_id, shuffle, idea_number);

-- What a look at the zip found, and what its import did: counts, unknown sectors and regions, files that could not be read, or why it was refused.
create table import_outcomes (
	topic_id uuid not null,
	import_id uuid not null,
	step text collate "C" not null,
	outcome jsonb not null,
	at timestamp with time zone not null,
	constraint import_outcomes_pkey PRIMARY KEY (topic_id, import_id, step),
	constraint import_outcomes_step_check CHECK ((step = ANY (ARRAY['preview'::text, 'import'::text]))),
	constraint import_outcomes_import_exists FOREIGN KEY (topic_id, import_id) REFERENCES imports(topic_id, import_id) ON DELETE CASCADE
);

-- A zip of submissions that somebody brought to the desk; looked at first, brought in when they say so.
create table imports (
	topic_id uuid not null,
	import_id uuid not null,
	file_sha256 bytea,
	file_name text not null,
	uploaded_at timestamp with time zone not null,
	uploaded_by uuid,
	constraint imports_pkey PRIMARY KEY (topic_id, import_id),
	constraint imports_file_exists FOREIGN KEY (file_sha256) REFERENCES files(sha256) ON DELETE RESTRICT,
	constraint imports_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- Who runs this instance. Name, terms and other words are rows of texts (nil topic, kind institution).
create table institution (
	institution_id uuid not null,
	is_only boolean default true not null,
	accent text collate "C" default 'blue'::text not null,
	logo bytea,
	contact_email text default ''::text not null,
	zone text default 'UTC'::text not null,
	languages text[] default '{en,fr,es,ru,zh,ar}'::text[] not null,
	created_at timestamp with time zone not null,
	constraint institution_pkey PRIMARY KEY (institution_id),
	constraint institution_is_only_key UNIQUE (is_only),
	constraint institution_accent_check CHECK ((accent ~ '^(#[0-9a-f]{6}|[a-z]{2,20})$'::text)),
	constraint institution_is_only_check CHECK (is_only),
	constraint institution_logo_check CHECK ((octet_length(logo) <= 300000))
);

-- The summary of an intervention among all contributions. Under the Chatham House rule there is none.
create table intervention_contributions (
	topic_id uuid not null,
	event_id uuid not null,
	intervention_number integer not null,
	contribution_id uuid not null,
	constraint intervention_contributions_pkey PRIMARY KEY (topic_id, event_id, intervention_number),
	constraint intervention_contributions_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE,
	constraint intervention_contributions_intervention_exists FOREIGN KEY (topic_id, event_id, intervention_number) REFERENCES interventions(topic_id, event_id, intervention_number) ON DELETE CASCADE
);

-- When they had spoken.
create table intervention_ends (
	topic_id uuid not null,
	event_id uuid not null,
	intervention_number integer not null,
	ended_at timestamp with time zone not null,
	constraint intervention_ends_pkey PRIMARY KEY (topic_id, event_id, intervention_number),
	constraint intervention_ends_intervention_exists FOREIGN KEY (topic_id, event_id, intervention_number) REFERENCES interventions(topic_id, event_id, intervention_number) ON DELETE CASCADE
);

-- Who was given the floor, and when, by the clock of the server.
create table interventions (
	topic_id uuid not null,
	event_id uuid not null,
	intervention_number integer not null,
	intervention_id uuid not null,
	request_number integer not null,
	item_id uuid,
	began_at timestamp with time zone not null,
	constraint interventions_pkey PRIMARY KEY (topic_id, event_id, intervention_number),
	constraint interventions_topic_id_event_id_request_number_key UNIQUE (topic_id, event_id, request_number),
	constraint interventions_intervention_number_check CHECK ((intervention_number > 0)),
	constraint interventions_request_exists FOREIGN KEY (topic_id, event_id, request_number) REFERENCES floor_requests(topic_id, event_id, request_number) ON DELETE CASCADE
);

-- An acceptance takes a numbered place of the cap; a refusal closes a personal invitation.
create table invitation_answers (
	topic_id uuid not null,
	invitation_id uuid not null,
	use_number integer not null,
	answer text collate "C" not null,
	account_id uuid,
	answered_at timestamp with time zone not null,
	place_mark bytea,
	constraint invitation_answers_pkey PRIMARY KEY (topic_id, invitation_id, use_number),
	constraint invitation_answers_answer_check CHECK ((answer = ANY (ARRAY['accepted'::text, 'declined'::text]))),
	constraint invitation_answers_use_number_check CHECK ((use_number > 0)),
	constraint invitation_answers_invitation_exists FOREIGN KEY (topic_id, invitation_id) REFERENCES invitations(topic_id, invitation_id) ON DELETE CASCADE
);

-- An invitation that was taken back.
create table invitation_ends (
	topic_id uuid not null,
	invitation_id uuid not null,
	ended_at timestamp with time zone not null,
	ended_by uuid,
	constraint invitation_ends_pkey PRIMARY KEY (topic_id, invitation_id),
	constraint invitation_ends_invitation_exists FOREIGN KEY (topic_id, invitation_id) REFERENCES invitations(topic_id, invitation_id) ON DELETE CASCADE
);

-- One kind of invitation for every role: participant, staff, later host, speaker, reviewer.
create table invitations (
	topic_id uuid not null,
	invitation_id uuid not null,
	role text collate "C" not null,
	email text,
	uses_allowed integer default 1 not null,
	stakeholder_group text collate "C",
	region text collate "C",
	organisation_id uuid,
	language text collate "C" not null,
	token_hash bytea not null,
	invited_at timestamp with time zone not null,
	invited_by uuid,
	expires_at timestamp with time zone not null,
	constraint invitations_pkey PRIMARY KEY (topic_id, invitation_id),
	constraint invitations_topic_id_token_hash_key UNIQUE (topic_id, token_hash),
	constraint invitations_uses_allowed_check CHECK (((uses_allowed >= 1) AND (uses_allowed <= 100000)))
);

-- How far a watched job is; the same key asked for again begins anew. Its work lies elsewhere: losing these rows loses nothing.
create table job_progress (
	topic_id uuid not null,
	job_key text collate "C" not null,
	task text collate "C" not null,
	state text collate "C" not null,
	done integer default 0 not null,
	total integer,
	explanation text,
	asked_at timestamp with time zone not null,
	asked_by uuid,
	changed_at timestamp with time zone not null,
	stop_asked_at timestamp with time zone,
	constraint job_progress_pkey PRIMARY KEY (topic_id, job_key),
	constraint job_progress_done_check CHECK ((done >= 0)),
	constraint job_progress_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'stopped'::text]))),
	constraint job_progress_total_check CHECK ((total >= 0))
);

-- A contribution stands on the page of somebody who gave the code of its receipt; goes with its words, or when they take it off.
create table joined_receipts (
	topic_id uuid not null,
	gatherer_hash bytea not null,
	contribution_id uuid not null,
	joined_at timestamp with time zone not null,
	constraint joined_receipts_pkey PRIMARY KEY (topic_id, gatherer_hash, contribution_id),
	constraint joined_receipts_gatherer_hash_check CHECK ((octet_length(gatherer_hash) = 32)),
	constraint joined_receipts_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE
);
CREATE INDEX joined_receipts_of_contribution ON public.joined_receipts USING btree (topic_id, contribution_id);

-- The thresholds and groups by which the rows of idea_levels were computed; what stands here is printed beside them.
create table level_bases (
	topic_id uuid not null,
	heard integer not null,
	majority double precision not null,
	most double precision not null,
	groups text[] not null,
	computed_at timestamp with time zone not null,
	totals jsonb,
	constraint level_bases_pkey PRIMARY KEY (topic_id),
	constraint level_bases_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- What a talk calls consensus, opposition and not heard; the highest version holds, and without a row the usual thresholds.
create table level_thresholds (
	topic_id uuid not null,
	version integer not null,
	heard integer not null,
	majority double precision not null,
	most double precision not null,
	groups text[],
	set_at timestamp with time zone not null,
	set_by uuid,
	constraint level_thresholds_pkey PRIMARY KEY (topic_id, version),
	constraint level_thresholds_groups_check CHECK ((cardinality(groups) > 0)),
	constraint level_thresholds_heard_check CHECK (((heard >= 5) AND (heard <= 1000))),
	constraint level_thresholds_majority_check CHECK (((majority >= (0.5)::double precision) AND (majority <= (0.8)::double precision))),
	constraint level_thresholds_most_check CHECK (((most >= (0.5)::double precision) AND (most <= (0.8)::double precision))),
	constraint level_thresholds_version_check CHECK ((version > 0)),
	constraint level_thresholds_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- What became of a mail, one row an attempt.
create table mail_deliveries (
	topic_id uuid not null,
	mail_id uuid not null,
	attempt integer not null,
	at timestamp with time zone not null,
	outcome text collate "C" not null,
	explanation text,
	constraint mail_deliveries_pkey PRIMARY KEY (topic_id, mail_id, attempt),
	constraint mail_deliveries_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'outbox'::text, 'failed'::text, 'refused'::text]))),
	constraint mail_deliveries_mail_exists FOREIGN KEY (topic_id, mail_id) REFERENCES mails(topic_id, mail_id) ON DELETE CASCADE
);

-- What became of a mail: the highest version holds; without a row it is held. What became a submission stays one.
create table mail_in_decisions (
	topic_id uuid not null,
	mail_in_id uuid not null,
	version integer not null,
	decision text collate "C" not null,
	reason text default ''::text not null,
	contribution_id uuid,
	decided_at timestamp with time zone not null,
	decided_by uuid,
	constraint mail_in_decisions_pkey PRIMARY KEY (topic_id, mail_in_id, version),
	constraint mail_in_decisions_topic_id_contribution_id_key UNIQUE (topic_id, contribution_id),
	constraint mail_in_decisions_check CHECK (((contribution_id IS NOT NULL) = (decision = ANY (ARRAY['confirmed'::text, 'accepted'::text])))),
	constraint mail_in_decisions_decision_check CHECK ((decision = ANY (ARRAY['automatic'::text, 'refused'::text, 'disowned'::text, 'confirmed'::text, 'accepted'::text]))),
	constraint mail_in_decisions_version_check CHECK ((version > 0)),
	constraint mail_in_decisions_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE,
	constraint mail_in_decisions_mail_exists FOREIGN KEY (topic_id, mail_in_id) REFERENCES mails_in(topic_id, mail_in_id) ON DELETE CASCADE
);

-- The attachments of a mail; documents that we read become files of the submission.
create table mail_in_files (
	topic_id uuid not null,
	mail_in_id uuid not null,
	part integer not null,
	file_name text not null,
	size bigint not null,
	file_sha256 bytea,
	refusal text collate "C",
	constraint mail_in_files_pkey PRIMARY KEY (topic_id, mail_in_id, part),
	constraint mail_in_files_check CHECK (((file_sha256 IS NULL) = (refusal IS NOT NULL))),
	constraint mail_in_files_part_check CHECK ((part > 0)),
	constraint mail_in_files_file_exists FOREIGN KEY (file_sha256) REFERENCES files(sha256) ON DELETE RESTRICT,
	constraint mail_in_files_mail_exists FOREIGN KEY (topic_id, mail_in_id) REFERENCES mails_in(topic_id, mail_in_id) ON DELETE CASCADE
);

-- What a mail holds, as read by a job.
create table mail_in_readings (
	topic_id uuid not null,
	mail_in_id uuid not null,
	from_address text not null,
	from_name text not null,
	subject text not null,
	language text collate "C" not null,
	pieces jsonb not null,
	automatic text collate "C",
	asked_mail_id uuid,
	read_at timestamp with time zone not null,
	constraint mail_in_readings_pkey PRIMARY KEY (topic_id, mail_in_id),
	constraint mail_in_readings_automatic_check CHECK ((automatic = ANY (ARRAY['loop'::text, 'bounce'::text, 'away'::text, 'automatic'::text, 'list'::text]))),
	constraint mail_in_readings_mail_exists FOREIGN KEY (topic_id, mail_in_id) REFERENCES mails_in(topic_id, mail_in_id) ON DELETE CASCADE
);

-- An address wants no more mail of a kind; the nil topic: of no talk.
create table mail_stops (
	topic_id uuid not null,
	address text collate "C" not null,
	kind text collate "C" not null,
	stopped_at timestamp with time zone not null,
	constraint mail_stops_pkey PRIMARY KEY (topic_id, address, kind),
	constraint mail_stops_address_check CHECK ((address = lower(address)))
);

-- Outgoing mail, finished text in the language of the receiver. Delivered at least once with a stable Message-ID.
create table mails (
	topic_id uuid not null,
	mail_id uuid not null,
	to_address text not null,
	language text collate "C" not null,
	kind text collate "C" not null,
	subject text not null,
	body text not null,
	queued_at timestamp with time zone not null,
	unsubscribe_url text,
	reply_to text,
	calendar text,
	constraint mails_pkey PRIMARY KEY (topic_id, mail_id)
);
CREATE INDEX mails_to_address ON public.mails USING btree (lower(to_address), kind, queued_at);

-- A mail that came to a talk (nil topic: to the address from which we write), the whole of it in the file store.
create table mails_in (
	topic_id uuid not null,
	mail_in_id uuid not null,
	file_sha256 bytea,
	size bigint not null,
	way text collate "C" not null,
	sender text,
	likeness bytea not null,
	received_at timestamp with time zone not null,
	constraint mails_in_pkey PRIMARY KEY (topic_id, mail_in_id),
	constraint mails_in_topic_id_likeness_key UNIQUE (topic_id, likeness),
	constraint mails_in_likeness_check CHECK ((octet_length(likeness) = 32)),
	constraint mails_in_way_check CHECK ((way = ANY (ARRAY['smtp'::text, 'lmtp'::text, 'file'::text]))),
	constraint mails_in_file_exists FOREIGN KEY (file_sha256) REFERENCES files(sha256) ON DELETE RESTRICT
);
CREATE INDEX mails_in_of_sender ON public.mails_in USING btree (topic_id, sender, received_at);

-- The kinds of membership of this institution; names are messages (the first four) or texts of kind institution, field membership-<key>.
create table membership_kinds (
	membership text collate "C" not null,
	"position" integer not null,
	added_at timestamp with time zone not null,
	constraint membership_kinds_pkey PRIMARY KEY (membership),
	constraint membership_kinds_membership_check CHECK ((membership ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

-- Member State, Sector Member … as configured by the institution.
create table memberships (
	organisation_id uuid not null,
	membership text collate "C" not null,
	since timestamp with time zone not null,
	until timestamp with time zone,
	noted_by uuid,
	constraint memberships_pkey PRIMARY KEY (organisation_id, membership, since),
	constraint memberships_kind_exists FOREIGN KEY (membership) REFERENCES membership_kinds(membership) ON DELETE RESTRICT,
	constraint memberships_organisation_exists FOREIGN KEY (organisation_id) REFERENCES organisations(organisation_id) ON DELETE CASCADE
);

create table migrations (
	number integer not null,
	name text not null,
	sha256 text not null,
	at timestamp with time zone not null,
	constraint migrations_pkey PRIMARY KEY (number)
);

-- Where the recording is, and where in it each item begins; the highest version holds.
create table minute_recordings (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	address text not null,
	chapters text not null,
	at timestamp with time zone not null,
	by uuid,
	constraint minute_recordings_pkey PRIMARY KEY (topic_id, event_id, version),
	constraint minute_recordings_version_check CHECK ((version > 0)),
	constraint minute_recordings_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- One section for each item of the agenda, in order; its place never changes.
create table minute_sections (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	place integer not null,
	heading text not null,
	text text not null,
	constraint minute_sections_pkey PRIMARY KEY (topic_id, event_id, version, place),
	constraint minute_sections_place_check CHECK ((place > 0)),
	constraint minute_sections_version_exists FOREIGN KEY (topic_id, event_id, version) REFERENCES minute_versions(topic_id, event_id, version) ON DELETE CASCADE
);

-- Draft at the desk, corrected by attendees until a moment, final; the highest version holds.
create table minute_states (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	state text collate "C" not null,
	until timestamp with time zone,
	at timestamp with time zone not null,
	by uuid,
	constraint minute_states_pkey PRIMARY KEY (topic_id, event_id, version),
	constraint minute_states_check CHECK (((state = 'corrected'::text) = (until IS NOT NULL))),
	constraint minute_states_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'corrected'::text, 'final'::text]))),
	constraint minute_states_version_check CHECK ((version > 0)),
	constraint minute_states_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Accepted into the minutes, or refused with a reason that everybody reads.
create table minute_suggestion_answers (
	topic_id uuid not null,
	suggestion_id uuid not null,
	answer text collate "C" not null,
	reason text not null,
	at timestamp with time zone not null,
	by uuid,
	constraint minute_suggestion_answers_pkey PRIMARY KEY (topic_id, suggestion_id),
	constraint minute_suggestion_answers_answer_check CHECK ((answer = ANY (ARRAY['accepted'::text, 'refused'::text]))),
	constraint minute_suggestion_answers_suggestion_exists FOREIGN KEY (topic_id, suggestion_id) REFERENCES minute_suggestions(topic_id, suggestion_id) ON DELETE CASCADE
);

-- What somebody who was there would have otherwise in the minutes.
create table minute_suggestions (
	topic_id uuid not null,
	suggestion_id uuid not null,
	event_id uuid not null,
	place integer not null,
	text text not null,
	reason text not null,
	at timestamp with time zone,
	version integer not null,
	constraint minute_suggestions_pkey PRIMARY KEY (topic_id, suggestion_id),
	constraint minute_suggestions_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE,
	constraint minute_suggestions_version_exists FOREIGN KEY (topic_id, event_id, version) REFERENCES minute_versions(topic_id, event_id, version) ON DELETE CASCADE
);
CREATE INDEX minute_suggestions_of_event ON public.minute_suggestions USING btree (topic_id, event_id);

-- The minutes of an event, all of them anew with each change.
create table minute_versions (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	at timestamp with time zone not null,
	by uuid,
	constraint minute_versions_pkey PRIMARY KEY (topic_id, event_id, version),
	constraint minute_versions_version_check CHECK ((version > 0)),
	constraint minute_versions_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Who works on what of the queue; it lapses by itself, and goes with the decision.
create table moderation_claims (
	topic_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	account_id uuid not null,
	claimed_at timestamp with time zone not null,
	lapses_at timestamp with time zone not null,
	constraint moderation_claims_pkey PRIMARY KEY (topic_id, kind, thing_id)
);

-- Append-only decisions; the latest of a thing says whether it can be seen.
create table moderation_decisions (
	topic_id uuid not null,
	decision_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	decision text collate "C" not null,
	reason text collate "C",
	words text default ''::text not null,
	decided_at timestamp with time zone not null,
	decided_by uuid,
	act_id uuid,
	was text collate "C",
	undoes uuid,
	rule_number integer,
	constraint moderation_decisions_pkey PRIMARY KEY (topic_id, decision_id),
	constraint moderation_decisions_decision_check CHECK ((decision = ANY (ARRAY['held'::text, 'approved'::text, 'hidden'::text, 'restored'::text, 'flags-dismissed'::text, 'redacted'::text, 'undone'::text]))),
	constraint moderation_decisions_was_check CHECK ((was = ANY (ARRAY['held'::text, 'hidden'::text])))
);
CREATE INDEX moderation_decisions_of_act ON public.moderation_decisions USING btree (topic_id, act_id) WHERE (act_id IS NOT NULL);
CREATE INDEX moderation_decisions_of_thing ON public.moderation_decisions USING btree (topic_id, kind, thing_id, decision_id);
CREATE INDEX moderation_decisions_undone ON public.moderation_decisions USING btree (topic_id, undoes) WHERE (undoes IS NOT NULL);

-- A reader says that something breaks the rules.
create table moderation_flags (
	topic_id uuid not null,
	flag_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	participant_number integer,
	reason text collate "C" not null,
	words text default ''::text not null,
	flagged_at timestamp with time zone not null,
	constraint moderation_flags_pkey PRIMARY KEY (topic_id, flag_id)
);
CREATE UNIQUE INDEX moderation_flags_of_thing ON public.moderation_flags USING btree (topic_id, kind, thing_id, participant_number);

-- What is held before publication; the highest version holds.
create table moderation_rules (
	topic_id uuid not null,
	version integer not null,
	rule text collate "C" not null,
	set_at timestamp with time zone not null,
	set_by uuid,
	constraint moderation_rules_pkey PRIMARY KEY (topic_id, version),
	constraint moderation_rules_rule_check CHECK ((rule = ANY (ARRAY['at-once'::text, 'first-held'::text, 'first-links-held'::text, 'links-held'::text, 'all-held'::text])))
);

-- Up to when a follower has been told by mail what became of what they follow.
create table news_told (
	topic_id uuid not null,
	participant_number integer not null,
	told_until timestamp with time zone not null,
	constraint news_told_pkey PRIMARY KEY (topic_id, participant_number),
	constraint news_told_participant_exists FOREIGN KEY (topic_id, participant_number) REFERENCES participants(topic_id, participant_number) ON DELETE CASCADE
);

-- How often the tray of a table was emptied, and how many cards became contributions then; under the Chatham House rule one row as of the day, once the harvest is over.
create table note_closings (
	topic_id uuid not null,
	event_id uuid not null,
	table_number integer not null,
	closing integer not null,
	cards integer not null,
	closed_at timestamp with time zone not null,
	constraint note_closings_pkey PRIMARY KEY (topic_id, event_id, table_number, closing),
	constraint note_closings_closing_check CHECK ((closing > 0)),
	constraint note_closings_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- Cards that were taken from a tray: one that comes once more is known. Under the Chatham House rule none survives the harvest.
create table note_keys (
	topic_id uuid not null,
	note_id uuid not null,
	event_id uuid not null,
	contribution_id uuid,
	version integer,
	constraint note_keys_pkey PRIMARY KEY (topic_id, note_id),
	constraint note_keys_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);
CREATE INDEX note_keys_of_event ON public.note_keys USING btree (topic_id, event_id);

-- From which photo a card that waits in a tray was typed.
create table note_photo_cards (
	topic_id uuid not null,
	note_id uuid not null,
	photo_id uuid not null,
	constraint note_photo_cards_pkey PRIMARY KEY (topic_id, note_id),
	constraint note_photo_cards_photo_exists FOREIGN KEY (topic_id, photo_id) REFERENCES note_photos(topic_id, photo_id) ON DELETE CASCADE
);
CREATE INDEX note_photo_cards_of_photo ON public.note_photo_cards USING btree (topic_id, photo_id);

-- Who types from a photo now; it lapses by itself.
create table note_photo_claims (
	topic_id uuid not null,
	photo_id uuid not null,
	account_id uuid not null,
	lapses_at timestamp with time zone not null,
	constraint note_photo_claims_pkey PRIMARY KEY (topic_id, photo_id),
	constraint note_photo_claims_photo_exists FOREIGN KEY (topic_id, photo_id) REFERENCES note_photos(topic_id, photo_id) ON DELETE CASCADE
);

-- Photos of which everything was typed, or of which there is nothing to type.
create table note_photo_ends (
	topic_id uuid not null,
	photo_id uuid not null,
	outcome text collate "C" not null,
	cards integer not null,
	constraint note_photo_ends_pkey PRIMARY KEY (topic_id, photo_id),
	constraint note_photo_ends_outcome_check CHECK ((outcome = ANY (ARRAY['typed'::text, 'passed-over'::text]))),
	constraint note_photo_ends_photo_exists FOREIGN KEY (topic_id, photo_id) REFERENCES note_photos(topic_id, photo_id) ON DELETE CASCADE
);

-- What has come of a photo that is still on its way; gone when it is whole.
create table note_photo_parts (
	topic_id uuid not null,
	photo_id uuid not null,
	starts integer not null,
	bytes bytea not null,
	constraint note_photo_parts_pkey PRIMARY KEY (topic_id, photo_id, starts),
	constraint note_photo_parts_starts_check CHECK ((starts >= 0)),
	constraint note_photo_parts_photo_exists FOREIGN KEY (topic_id, photo_id) REFERENCES note_photos(topic_id, photo_id) ON DELETE CASCADE
);

-- Photos of flip charts and note sheets, seen at the desk only. No time and nobody stands beside them.
create table note_photos (
	topic_id uuid not null,
	photo_id uuid not null,
	event_id uuid not null,
	table_number integer,
	round_number integer,
	source text collate "C" not null,
	size integer not null,
	wanted_sha256 bytea not null,
	file_sha256 bytea,
	media_type text collate "C",
	reading text collate "C",
	constraint note_photos_pkey PRIMARY KEY (topic_id, photo_id),
	constraint note_photos_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text]))),
	constraint note_photos_reading_check CHECK ((reading = ANY (ARRAY['found'::text, 'none'::text, 'several'::text, 'foreign'::text, 'elsewhere'::text, 'broken'::text]))),
	constraint note_photos_size_check CHECK (((size >= 1) AND (size <= 25165824))),
	constraint note_photos_source_check CHECK ((source = ANY (ARRAY['phone'::text, 'sheet'::text, 'desk'::text]))),
	constraint note_photos_wanted_sha256_check CHECK ((octet_length(wanted_sha256) = 32)),
	constraint note_photos_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE,
	constraint note_photos_file_exists FOREIGN KEY (file_sha256) REFERENCES files(sha256) ON DELETE RESTRICT
);
CREATE INDEX note_photos_of_event ON public.note_photos USING btree (topic_id, event_id, table_number, round_number);

-- From which photo a note was typed; under the Chatham House rule nobody knows.
create table note_sources (
	topic_id uuid not null,
	contribution_id uuid not null,
	photo_id uuid not null,
	constraint note_sources_pkey PRIMARY KEY (topic_id, contribution_id),
	constraint note_sources_note_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES notes(topic_id, contribution_id) ON DELETE CASCADE,
	constraint note_sources_photo_exists FOREIGN KEY (topic_id, photo_id) REFERENCES note_photos(topic_id, photo_id) ON DELETE CASCADE
);
CREATE INDEX note_sources_of_photo ON public.note_sources USING btree (topic_id, photo_id);

-- What a table wrote, one point each; its words are a contribution.
create table notes (
	topic_id uuid not null,
	contribution_id uuid not null,
	event_id uuid not null,
	table_number integer not null,
	round_number integer not null,
	question_id uuid,
	marker text collate "C" not null,
	place integer not null,
	card_id uuid not null,
	constraint notes_pkey PRIMARY KEY (topic_id, contribution_id),
	constraint notes_marker_check CHECK ((marker = ANY (ARRAY['idea'::text, 'concern'::text, 'question'::text, 'example'::text]))),
	constraint notes_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE,
	constraint notes_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE RESTRICT
);
CREATE INDEX notes_of_event ON public.notes USING btree (topic_id, event_id, question_id);

-- Everybody whom the notice is for was looked at: what goes on is the delivery of mails.
create table notice_completions (
	topic_id uuid not null,
	notice_id uuid not null,
	completed_at timestamp with time zone not null,
	constraint notice_completions_pkey PRIMARY KEY (topic_id, notice_id),
	constraint notice_completions_notice_exists FOREIGN KEY (topic_id, notice_id) REFERENCES notices(topic_id, notice_id) ON DELETE CASCADE
);

-- A notice taken back: nobody gets it any more, and no page shows it.
create table notice_ends (
	topic_id uuid not null,
	notice_id uuid not null,
	ended_at timestamp with time zone not null,
	ended_by uuid,
	constraint notice_ends_pkey PRIMARY KEY (topic_id, notice_id),
	constraint notice_ends_notice_exists FOREIGN KEY (topic_id, notice_id) REFERENCES notices(topic_id, notice_id) ON DELETE CASCADE
);

-- What became of the mails of a notice, kept when a month later nothing leads to them any more.
create table notice_outcomes (
	topic_id uuid not null,
	notice_id uuid not null,
	sent integer not null,
	failed integer not null,
	stopped integer not null,
	unsubscribed integer not null,
	noted_at timestamp with time zone not null,
	constraint notice_outcomes_pkey PRIMARY KEY (topic_id, notice_id),
	constraint notice_outcomes_notice_exists FOREIGN KEY (topic_id, notice_id) REFERENCES notices(topic_id, notice_id) ON DELETE CASCADE
);

-- Who was written to, or left out because they want no such mail.
create table notice_receivers (
	topic_id uuid not null,
	notice_id uuid not null,
	keyed_hash bytea not null,
	mail_id uuid,
	constraint notice_receivers_pkey PRIMARY KEY (topic_id, notice_id, keyed_hash),
	constraint notice_receivers_keyed_hash_check CHECK ((octet_length(keyed_hash) = 32)),
	constraint notice_receivers_notice_exists FOREIGN KEY (topic_id, notice_id) REFERENCES notices(topic_id, notice_id) ON DELETE CASCADE
);
CREATE INDEX notice_receivers_of_mail ON public.notice_receivers USING btree (mail_id) WHERE (mail_id IS NOT NULL);

-- Staff sent the notice: at once, or with the next mail of news.
create table notice_sendings (
	topic_id uuid not null,
	notice_id uuid not null,
	way text collate "C" not null,
	sent_at timestamp with time zone not null,
	sent_by uuid,
	constraint notice_sendings_pkey PRIMARY KEY (topic_id, notice_id),
	constraint notice_sendings_way_check CHECK ((way = ANY (ARRAY['now'::text, 'digest'::text]))),
	constraint notice_sendings_notice_exists FOREIGN KEY (topic_id, notice_id) REFERENCES notices(topic_id, notice_id) ON DELETE CASCADE
);

-- A notice to those who take part; subject and text are texts of kind notice. Not to be changed once it is sent.
create table notices (
	topic_id uuid not null,
	notice_id uuid not null,
	notice_number integer not null,
	audience text collate "C" not null,
	audience_key text collate "C" default ''::text not null,
	is_public boolean not null,
	changed_at timestamp with time zone not null,
	changed_by uuid,
	constraint notices_pkey PRIMARY KEY (topic_id, notice_id),
	constraint notices_topic_id_notice_number_key UNIQUE (topic_id, notice_number),
	constraint notices_audience_check CHECK ((audience = ANY (ARRAY['everybody'::text, 'contributors'::text, 'submitters'::text, 'followers'::text, 'group'::text, 'region'::text]))),
	constraint notices_check CHECK (((audience_key <> ''::text) = (audience = ANY (ARRAY['group'::text, 'region'::text])))),
	constraint notices_notice_number_check CHECK ((notice_number > 0)),
	constraint notices_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- What the place of a person on the published map follows from, idea by idea; seen by that person only.
create table opinion_axes (
	topic_id uuid not null,
	idea_number integer not null,
	mean real not null,
	first real not null,
	second real not null,
	constraint opinion_axes_pkey PRIMARY KEY (topic_id, idea_number),
	constraint opinion_axes_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- Published cells only: from five people on, renewed when at least five new opinions came in or at a freeze, the complementary cell withheld.
create table opinion_cells (
	topic_id uuid not null,
	dimension text collate "C" not null,
	key text collate "C" not null,
	idea_number integer not null,
	agree integer not null,
	disagree integer not null,
	pass integer not null,
	published_at timestamp with time zone not null,
	voices integer,
	constraint opinion_cells_pkey PRIMARY KEY (topic_id, dimension, idea_number, key),
	constraint opinion_cells_check CHECK (((voices > 0) AND (voices <= ((agree + disagree) + pass)))),
	constraint opinion_cells_dimension_check CHECK ((dimension = ANY (ARRAY['group'::text, 'region'::text, 'assurance'::text])))
);
CREATE INDEX opinion_cells_of_key ON public.opinion_cells USING btree (topic_id, dimension, key, idea_number);

-- With what probability the idea of an opinion had been drawn for its participant; opinions that are not here were not drawn, or it is not known. Says nothing of anybody that opinions do not.
create table opinion_draws (
	topic_id uuid not null,
	draws_id uuid not null,
	participant_numbers integer[] not null,
	idea_numbers integer[] not null,
	probabilities real[] not null,
	constraint opinion_draws_pkey PRIMARY KEY (topic_id, draws_id),
	constraint opinion_draws_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- What is shown of each opinion group of the present division.
create table opinion_group_cells (
	topic_id uuid not null,
	idea_number integer not null,
	key text collate "C" not null,
	agree integer not null,
	disagree integer not null,
	pass integer not null,
	constraint opinion_group_cells_pkey PRIMARY KEY (topic_id, idea_number, key),
	constraint opinion_group_cells_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);
CREATE INDEX opinion_group_cells_of_key ON public.opinion_group_cells USING btree (topic_id, key, idea_number);

-- Every figure of an opinion group that was ever published, each once; a new one is held against those near to it.
create table opinion_group_figures (
	topic_id uuid not null,
	idea_number integer not null,
	agree integer not null,
	disagree integer not null,
	pass integer not null,
	division integer not null,
	key text collate "C" not null,
	constraint opinion_group_figures_pkey PRIMARY KEY (topic_id, idea_number, agree, disagree, pass, division, key),
	constraint opinion_group_figures_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- What the engine found of the opinion groups of a topic, and what of it is published; the newest wins.
create table opinion_maps (
	topic_id uuid not null,
	edition integer not null,
	division integer not null,
	as_of timestamp with time zone not null,
	took_ms integer not null,
	found jsonb not null,
	published jsonb,
	withheld jsonb,
	constraint opinion_maps_pkey PRIMARY KEY (topic_id),
	constraint opinion_maps_division_check CHECK ((division > 0)),
	constraint opinion_maps_edition_check CHECK ((edition > 0)),
	constraint opinion_maps_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- One opinion per participant and idea; the one thing updated in place.
create table opinions (
	topic_id uuid not null,
	participant_number integer not null,
	idea_number integer not null,
	value smallint not null,
	previous smallint,
	profile_number smallint not null,
	idea_version smallint not null,
	given_at timestamp with time zone not null,
	constraint opinions_pkey PRIMARY KEY (topic_id, participant_number, idea_number),
	constraint opinions_previous_check CHECK ((previous = ANY (ARRAY['-1'::integer, 0, 1]))),
	constraint opinions_value_check CHECK ((value = ANY (ARRAY['-1'::integer, 0, 1])))
);

-- Later versions of parent, kind and country; the highest version holds.
create table organisation_details (
	organisation_id uuid not null,
	version integer not null,
	parent_id uuid,
	kind text collate "C",
	country text collate "C",
	at timestamp with time zone not null,
	by uuid,
	constraint organisation_details_pkey PRIMARY KEY (organisation_id, version),
	constraint organisation_details_organisation_exists FOREIGN KEY (organisation_id) REFERENCES organisations(organisation_id) ON DELETE CASCADE
);

-- Two organisations that look alike and are not the same: not proposed for joining again.
create table organisation_distinctions (
	organisation_id uuid not null,
	other_id uuid not null,
	decided_at timestamp with time zone not null,
	decided_by uuid,
	constraint organisation_distinctions_pkey PRIMARY KEY (organisation_id, other_id),
	constraint organisation_distinctions_check CHECK ((organisation_id < other_id)),
	constraint organisation_distinctions_one_exists FOREIGN KEY (organisation_id) REFERENCES organisations(organisation_id) ON DELETE CASCADE,
	constraint organisation_distinctions_other_exists FOREIGN KEY (other_id) REFERENCES organisations(organisation_id) ON DELETE CASCADE
);

-- This organisation turned out to be the same as another. Nothing is rewritten: readers follow the row; deleting it (with an activity) splits them again.
create table organisation_joins (
	organisation_id uuid not null,
	chosen_id uuid not null,
	into_id uuid not null,
	joined_at timestamp with time zone not null,
	joined_by uuid,
	reason text,
	constraint organisation_joins_pkey PRIMARY KEY (organisation_id),
	constraint organisation_joins_check CHECK ((chosen_id <> organisation_id)),
	constraint organisation_joins_check1 CHECK ((into_id <> organisation_id)),
	constraint organisation_joins_chosen_exists FOREIGN KEY (chosen_id) REFERENCES organisations(organisation_id) ON DELETE RESTRICT,
	constraint organisation_joins_into_exists FOREIGN KEY (into_id) REFERENCES organisations(organisation_id) ON DELETE RESTRICT,
	constraint organisation_joins_organisation_exists FOREIGN KEY (organisation_id) REFERENCES organisations(organisation_id) ON DELETE CASCADE
);

-- The names and aliases of an organisation.
create table organisation_names (
	organisation_id uuid not null,
	name text not null,
	folded text collate "C" not null,
	language text collate "C" default 'und'::text not null,
	is_main boolean not null,
	added_at timestamp with time zone not null,
	added_by uuid,
	constraint organisation_names_pkey PRIMARY KEY (organisation_id, folded),
	constraint organisation_names_organisation_exists FOREIGN KEY (organisation_id) REFERENCES organisations(organisation_id) ON DELETE CASCADE
);
CREATE INDEX organisation_names_folded ON public.organisation_names USING btree (folded text_pattern_ops);

-- An organisation as an entity; its names are rows.
create table organisations (
	organisation_id uuid not null,
	parent_id uuid,
	kind text collate "C",
	country text collate "C",
	created_at timestamp with time zone not null,
	created_by uuid,
	constraint organisations_pkey PRIMARY KEY (organisation_id),
	constraint organisations_country_check CHECK ((country ~ '^[A-Z]{2}$'::text))
);

-- Somebody types this form now; it lapses.
create table paper_claims (
	topic_id uuid not null,
	form_number integer not null,
	account_id uuid not null,
	lapses_at timestamp with time zone not null,
	constraint paper_claims_pkey PRIMARY KEY (topic_id, form_number),
	constraint paper_claims_form_exists FOREIGN KEY (topic_id, form_number) REFERENCES paper_forms(topic_id, form_number) ON DELETE CASCADE
);

-- Which form a picture shows: the highest version holds.
create table paper_filings (
	topic_id uuid not null,
	scan_id uuid not null,
	version integer not null,
	form_number integer not null,
	filed_at timestamp with time zone not null,
	filed_by uuid,
	constraint paper_filings_pkey PRIMARY KEY (topic_id, scan_id, version),
	constraint paper_filings_version_check CHECK ((version > 0)),
	constraint paper_filings_form_exists FOREIGN KEY (topic_id, form_number) REFERENCES paper_forms(topic_id, form_number) ON DELETE CASCADE,
	constraint paper_filings_scan_exists FOREIGN KEY (topic_id, scan_id) REFERENCES paper_scans(topic_id, scan_id) ON DELETE CASCADE
);
CREATE INDEX paper_filings_of_form ON public.paper_filings USING btree (topic_id, form_number);

-- One sheet of paper with a number of its own.
create table paper_forms (
	topic_id uuid not null,
	form_number integer not null,
	run_number integer not null,
	code_hash bytea not null,
	strip_hash bytea not null,
	constraint paper_forms_pkey PRIMARY KEY (topic_id, form_number),
	constraint paper_forms_topic_id_code_hash_key UNIQUE (topic_id, code_hash),
	constraint paper_forms_topic_id_strip_hash_key UNIQUE (topic_id, strip_hash),
	constraint paper_forms_code_hash_check CHECK ((octet_length(code_hash) = 32)),
	constraint paper_forms_form_number_check CHECK ((form_number > 0)),
	constraint paper_forms_strip_hash_check CHECK ((octet_length(strip_hash) = 32)),
	constraint paper_forms_run_exists FOREIGN KEY (topic_id, run_number) REFERENCES paper_runs(topic_id, run_number) ON DELETE CASCADE
);
CREATE INDEX paper_forms_of_code ON public.paper_forms USING btree (code_hash);
CREATE INDEX paper_forms_of_run ON public.paper_forms USING btree (topic_id, run_number);

-- What became of a form: the highest version holds; without a row it waits. What was typed stays typed.
create table paper_outcomes (
	topic_id uuid not null,
	form_number integer not null,
	version integer not null,
	outcome text collate "C" not null,
	decided_by uuid,
	decided_at timestamp with time zone not null,
	constraint paper_outcomes_pkey PRIMARY KEY (topic_id, form_number, version),
	constraint paper_outcomes_outcome_check CHECK ((outcome = ANY (ARRAY['typed'::text, 'empty'::text, 'illegible'::text, 'taken-back'::text]))),
	constraint paper_outcomes_version_check CHECK ((version > 0)),
	constraint paper_outcomes_form_exists FOREIGN KEY (topic_id, form_number) REFERENCES paper_forms(topic_id, form_number) ON DELETE CASCADE
);

-- Whether the code in a picture was read: found files it; none, several, of something else, of another topic, no picture at all.
create table paper_readings (
	topic_id uuid not null,
	scan_id uuid not null,
	outcome text collate "C" not null,
	read_at timestamp with time zone not null,
	constraint paper_readings_pkey PRIMARY KEY (topic_id, scan_id),
	constraint paper_readings_outcome_check CHECK ((outcome = ANY (ARRAY['found'::text, 'none'::text, 'several'::text, 'foreign'::text, 'elsewhere'::text, 'broken'::text]))),
	constraint paper_readings_scan_exists FOREIGN KEY (topic_id, scan_id) REFERENCES paper_scans(topic_id, scan_id) ON DELETE CASCADE
);

-- Paper forms that are printed together: the same language and question, numbers in a row.
create table paper_runs (
	topic_id uuid not null,
	run_number integer not null,
	question_id uuid,
	language text collate "C" not null,
	first_form integer not null,
	forms integer not null,
	name text default ''::text not null,
	made_at timestamp with time zone not null,
	made_by uuid,
	constraint paper_runs_pkey PRIMARY KEY (topic_id, run_number),
	constraint paper_runs_first_form_check CHECK ((first_form > 0)),
	constraint paper_runs_forms_check CHECK (((forms >= 1) AND (forms <= 200))),
	constraint paper_runs_run_number_check CHECK ((run_number > 0)),
	constraint paper_runs_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- A picture of a paper form, kept byte for byte; seen at the desk only.
create table paper_scans (
	topic_id uuid not null,
	scan_id uuid not null,
	file_sha256 bytea,
	file_name text not null,
	media_type text collate "C" not null,
	size bigint not null,
	uploaded_at timestamp with time zone not null,
	uploaded_by uuid,
	constraint paper_scans_pkey PRIMARY KEY (topic_id, scan_id),
	constraint paper_scans_topic_id_file_sha256_key UNIQUE (topic_id, file_sha256),
	constraint paper_scans_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text]))),
	constraint paper_scans_file_exists FOREIGN KEY (file_sha256) REFERENCES files(sha256) ON DELETE RESTRICT,
	constraint paper_scans_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- The contributions that were typed from a form.
create table paper_texts (
	topic_id uuid not null,
	contribution_id uuid not null,
	form_number integer not null,
	constraint paper_texts_pkey PRIMARY KEY (topic_id, contribution_id),
	constraint paper_texts_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE,
	constraint paper_texts_form_exists FOREIGN KEY (topic_id, form_number) REFERENCES paper_forms(topic_id, form_number) ON DELETE CASCADE
);
CREATE INDEX paper_texts_of_form ON public.paper_texts USING btree (topic_id, form_number);

-- The words of a paragraph; drafted by a rule or edited by hand.
create table paragraph_versions (
	topic_id uuid not null,
	paragraph_id uuid not null,
	version integer not null,
	"position" numeric not null,
	kind text collate "C" not null,
	text text not null,
	language text collate "C" not null,
	origin text collate "C" not null,
	written_at timestamp with time zone not null,
	written_by uuid,
	constraint paragraph_versions_pkey PRIMARY KEY (topic_id, paragraph_id, version),
	constraint paragraph_versions_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'heading'::text, 'quotation'::text, 'figures'::text, 'removed'::text]))),
	constraint paragraph_versions_origin_check CHECK ((origin = ANY (ARRAY['drafted'::text, 'edited'::text]))),
	constraint paragraph_versions_paragraph_exists FOREIGN KEY (topic_id, paragraph_id) REFERENCES paragraphs(topic_id, paragraph_id) ON DELETE CASCADE
);

-- A paragraph with its lasting address; its words are versions.
create table paragraphs (
	topic_id uuid not null,
	paragraph_id uuid not null,
	report_id uuid not null,
	paragraph_number integer not null,
	section text collate "C" not null,
	added_at timestamp with time zone not null,
	constraint paragraphs_pkey PRIMARY KEY (topic_id, paragraph_id),
	constraint paragraphs_topic_id_report_id_paragraph_number_key UNIQUE (topic_id, report_id, paragraph_number),
	constraint paragraphs_report_exists FOREIGN KEY (topic_id, report_id) REFERENCES reports(topic_id, report_id) ON DELETE CASCADE
);

-- The participant of a browser became that of an account when its person signed in while the topic was open.
create table participant_joins (
	topic_id uuid not null,
	participant_number integer not null,
	into_number integer not null,
	joined_at timestamp with time zone not null,
	constraint participant_joins_pkey PRIMARY KEY (topic_id, participant_number),
	constraint participant_joins_check CHECK ((into_number <> participant_number)),
	constraint participant_joins_into_exists FOREIGN KEY (topic_id, into_number) REFERENCES participants(topic_id, participant_number) ON DELETE CASCADE,
	constraint participant_joins_participant_exists FOREIGN KEY (topic_id, participant_number) REFERENCES participants(topic_id, participant_number) ON DELETE CASCADE
);

-- The one bridge from a visitor or account to a participant: HMAC under the topic's key, which lies sealed outside the database.
create table participant_links (
	topic_id uuid not null,
	keyed_hash bytea not null,
	participant_number integer not null,
	holder text collate "C" not null,
	linked_at timestamp with time zone not null,
	constraint participant_links_pkey PRIMARY KEY (topic_id, keyed_hash),
	constraint participant_links_holder_check CHECK ((holder = ANY (ARRAY['browser'::text, 'account'::text]))),
	constraint participant_links_keyed_hash_check CHECK ((octet_length(keyed_hash) = 32)),
	constraint participant_links_participant_exists FOREIGN KEY (topic_id, participant_number) REFERENCES participants(topic_id, participant_number) ON DELETE CASCADE
);
CREATE INDEX participant_links_of_participant ON public.participant_links USING btree (topic_id, participant_number);

-- What a participant says of themselves; a change is a new row, and an opinion keeps the row under which it was given.
create table participant_profiles (
	topic_id uuid not null,
	participant_number integer not null,
	profile_number smallint not null,
	stakeholder_groups text[] not null,
	country text collate "C",
	region text collate "C",
	organisation_id uuid,
	capacity text collate "C",
	reads text[] not null,
	assurance text collate "C" not null,
	stated_at timestamp with time zone not null,
	constraint participant_profiles_pkey PRIMARY KEY (topic_id, participant_number, profile_number),
	constraint participant_profiles_assurance_check CHECK ((assurance = ANY (ARRAY['browser'::text, 'e-mail'::text, 'invited'::text, 'organisation-verified'::text]))),
	constraint participant_profiles_capacity_check CHECK ((capacity = ANY (ARRAY['own-name'::text, 'expert'::text, 'delegation'::text]))),
	constraint participant_profiles_profile_number_check CHECK ((profile_number > 0)),
	constraint participant_profiles_participant_exists FOREIGN KEY (topic_id, participant_number) REFERENCES participants(topic_id, participant_number) ON DELETE CASCADE
);
CREATE INDEX participant_profiles_of_organisation ON public.participant_profiles USING btree (organisation_id, topic_id, participant_number) WHERE (organisation_id IS NOT NULL);

-- A person in one topic, linked to no name; ideas, comments and opinions point here only.
create table participants (
	topic_id uuid not null,
	participant_number integer not null,
	participant_id uuid not null,
	joined_at timestamp with time zone not null,
	constraint participants_pkey PRIMARY KEY (topic_id, participant_number),
	constraint participants_topic_id_participant_id_key UNIQUE (topic_id, participant_id),
	constraint participants_participant_number_check CHECK ((participant_number > 0)),
	constraint participants_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- Undo of a passage.
create table passage_removals (
	topic_id uuid not null,
	passage_id uuid not null,
	removed_at timestamp with time zone not null,
	removed_by uuid,
	constraint passage_removals_pkey PRIMARY KEY (topic_id, passage_id),
	constraint passage_removals_passage_exists FOREIGN KEY (topic_id, passage_id) REFERENCES passages(topic_id, passage_id) ON DELETE CASCADE
);

-- A quoted span of a stored text version, by code points, with what stands around it.
create table passages (
	topic_id uuid not null,
	passage_id uuid not null,
	contribution_id uuid not null,
	part integer not null,
	text_version integer not null,
	starts integer not null,
	ends integer not null,
	quote text not null,
	prefix text not null,
	suffix text not null,
	drawn_at timestamp with time zone not null,
	drawn_by uuid,
	constraint passages_pkey PRIMARY KEY (topic_id, passage_id),
	constraint passages_check CHECK ((ends > starts)),
	constraint passages_starts_check CHECK ((starts >= 0)),
	constraint passages_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE
);
CREATE INDEX passages_of_contribution ON public.passages USING btree (topic_id, contribution_id, starts);

-- Places that became free, each kept for one of the waiting list until they answer or the time is over.
create table place_offers (
	topic_id uuid not null,
	event_id uuid not null,
	registration_id uuid not null,
	offered_at timestamp with time zone not null,
	expires_at timestamp with time zone not null,
	answer text collate "C",
	answered_at timestamp with time zone,
	constraint place_offers_pkey PRIMARY KEY (topic_id, event_id, registration_id),
	constraint place_offers_answer_check CHECK ((answer = ANY (ARRAY['taken'::text, 'declined'::text, 'lapsed'::text]))),
	constraint place_offers_check CHECK (((answer IS NULL) = (answered_at IS NULL))),
	constraint place_offers_registration_exists FOREIGN KEY (topic_id, event_id, registration_id) REFERENCES registrations(topic_id, event_id, registration_id) ON DELETE CASCADE
);
CREATE INDEX place_offers_open ON public.place_offers USING btree (expires_at) WHERE (answer IS NULL);

-- Places that are taken or kept for somebody; the number is at most that of the places there are.
create table places (
	topic_id uuid not null,
	event_id uuid not null,
	way text collate "C" not null,
	place_number integer not null,
	registration_id uuid not null,
	taken_at timestamp with time zone not null,
	constraint places_pkey PRIMARY KEY (topic_id, event_id, way, place_number),
	constraint places_topic_id_event_id_registration_id_key UNIQUE (topic_id, event_id, registration_id),
	constraint places_place_number_check CHECK ((place_number > 0)),
	constraint places_way_check CHECK ((way = ANY (ARRAY['room'::text, 'online'::text]))),
	constraint places_registration_exists FOREIGN KEY (topic_id, event_id, registration_id) REFERENCES registrations(topic_id, event_id, registration_id) ON DELETE CASCADE
);

-- One answer of a participant to a poll, updated in place until the poll is closed; the one before is what the counts lose.
create table poll_answers (
	topic_id uuid not null,
	poll_id uuid not null,
	participant_number integer not null,
	choices integer[] not null,
	weights integer[] not null,
	previous_choices integer[],
	previous_weights integer[],
	answered_at timestamp with time zone not null,
	constraint poll_answers_pkey PRIMARY KEY (topic_id, poll_id, participant_number),
	constraint poll_answers_check CHECK ((cardinality(weights) = cardinality(choices))),
	constraint poll_answers_choices_check CHECK ((cardinality(choices) > 0)),
	constraint poll_answers_participant_exists FOREIGN KEY (topic_id, participant_number) REFERENCES participants(topic_id, participant_number) ON DELETE CASCADE,
	constraint poll_answers_poll_exists FOREIGN KEY (topic_id, poll_id) REFERENCES polls(topic_id, poll_id) ON DELETE CASCADE
);

-- Sums of the weights of all answers, written with them.
create table poll_counts (
	topic_id uuid not null,
	poll_id uuid not null,
	choice integer not null,
	count integer not null,
	constraint poll_counts_pkey PRIMARY KEY (topic_id, poll_id, choice),
	constraint poll_counts_choice_check CHECK ((choice >= 0)),
	constraint poll_counts_poll_exists FOREIGN KEY (topic_id, poll_id) REFERENCES polls(topic_id, poll_id) ON DELETE CASCADE
);

-- Draft, open, closed; the highest version holds.
create table poll_states (
	topic_id uuid not null,
	poll_id uuid not null,
	version integer not null,
	state text collate "C" not null,
	at timestamp with time zone not null,
	by uuid,
	constraint poll_states_pkey PRIMARY KEY (topic_id, poll_id, version),
	constraint poll_states_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'closed'::text]))),
	constraint poll_states_version_check CHECK ((version > 0)),
	constraint poll_states_poll_exists FOREIGN KEY (topic_id, poll_id) REFERENCES polls(topic_id, poll_id) ON DELETE CASCADE
);

-- Whether a word may stand on the screen; one without a decision does not.
create table poll_word_decisions (
	topic_id uuid not null,
	poll_id uuid not null,
	word_number integer not null,
	version integer not null,
	decision text collate "C" not null,
	at timestamp with time zone not null,
	by uuid,
	constraint poll_word_decisions_pkey PRIMARY KEY (topic_id, poll_id, word_number, version),
	constraint poll_word_decisions_decision_check CHECK ((decision = ANY (ARRAY['shown'::text, 'kept-back'::text]))),
	constraint poll_word_decisions_version_check CHECK ((version > 0)),
	constraint poll_word_decisions_word_exists FOREIGN KEY (topic_id, poll_id, word_number) REFERENCES poll_words(topic_id, poll_id, word_number) ON DELETE CASCADE
);

-- The words of a cloud, each once; what answers chose are their numbers. Who wrote one first is not kept.
create table poll_words (
	topic_id uuid not null,
	poll_id uuid not null,
	word_number integer not null,
	folded text collate "C" not null,
	shown text not null,
	decision text collate "C",
	constraint poll_words_pkey PRIMARY KEY (topic_id, poll_id, word_number),
	constraint poll_words_topic_id_poll_id_folded_key UNIQUE (topic_id, poll_id, folded),
	constraint poll_words_decision_check CHECK ((decision = ANY (ARRAY['shown'::text, 'kept-back'::text]))),
	constraint poll_words_word_number_check CHECK ((word_number > 0)),
	constraint poll_words_poll_exists FOREIGN KEY (topic_id, poll_id) REFERENCES polls(topic_id, poll_id) ON DELETE CASCADE
);

-- A question to the room with a few answers. Its words are texts of kind poll: question, option-1 …, low, high. Changed only while it is a draft.
create table polls (
	topic_id uuid not null,
	poll_id uuid not null,
	event_id uuid not null,
	poll_number integer not null,
	kind text collate "C" not null,
	size integer not null,
	results text collate "C" not null,
	made_at timestamp with time zone not null,
	made_by uuid,
	constraint polls_pkey PRIMARY KEY (topic_id, poll_id),
	constraint polls_topic_id_event_id_poll_number_key UNIQUE (topic_id, event_id, poll_number),
	constraint polls_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'several'::text, 'scale'::text, 'ranking'::text, 'cloud'::text]))),
	constraint polls_poll_number_check CHECK ((poll_number > 0)),
	constraint polls_results_check CHECK ((results = ANY (ARRAY['live'::text, 'blind'::text]))),
	constraint polls_size_check CHECK (((size >= 1) AND (size <= 20))),
	constraint polls_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);

-- A question taken out before anyone answered it.
create table question_removals (
	topic_id uuid not null,
	question_id uuid not null,
	removed_at timestamp with time zone not null,
	removed_by uuid,
	constraint question_removals_pkey PRIMARY KEY (topic_id, question_id),
	constraint question_removals_question_exists FOREIGN KEY (topic_id, question_id) REFERENCES questions(topic_id, question_id) ON DELETE CASCADE
);

-- Guiding questions; their words are texts of kind question (field text, explanation).
create table questions (
	topic_id uuid not null,
	question_id uuid not null,
	"position" integer not null,
	added_at timestamp with time zone not null,
	constraint questions_pkey PRIMARY KEY (topic_id, question_id),
	constraint questions_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- When the moderators of a topic were told that the queue fills.
create table queue_notices (
	topic_id uuid not null,
	noticed_at timestamp with time zone not null,
	state text collate "C" not null,
	waiting integer not null,
	constraint queue_notices_pkey PRIMARY KEY (topic_id, noticed_at),
	constraint queue_notices_state_check CHECK ((state = ANY (ARRAY['full'::text, 'below'::text])))
);

-- From how many waiting things on the moderators of a topic are written to; the highest version holds.
create table queue_thresholds (
	topic_id uuid not null,
	version integer not null,
	things integer,
	set_at timestamp with time zone not null,
	set_by uuid,
	constraint queue_thresholds_pkey PRIMARY KEY (topic_id, version),
	constraint queue_thresholds_things_check CHECK ((things > 0)),
	constraint queue_thresholds_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- A rapporteur has read a text; the highest version holds.
create table readings (
	topic_id uuid not null,
	contribution_id uuid not null,
	version integer not null,
	account_id uuid not null,
	outcome text collate "C" not null,
	at timestamp with time zone not null,
	constraint readings_pkey PRIMARY KEY (topic_id, contribution_id, version),
	constraint readings_outcome_check CHECK ((outcome = ANY (ARRAY['nothing-to-draw'::text, 'done'::text, 'reopened'::text]))),
	constraint readings_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES submissions(topic_id, contribution_id) ON DELETE CASCADE
);

-- The answer of staff to an appeal or a request for erasure.
create table receipt_answers (
	topic_id uuid not null,
	request_id uuid not null,
	answer text collate "C" not null,
	words text default ''::text not null,
	answered_at timestamp with time zone not null,
	answered_by uuid,
	constraint receipt_answers_pkey PRIMARY KEY (topic_id, request_id),
	constraint receipt_answers_answer_check CHECK ((answer = ANY (ARRAY['done'::text, 'refused'::text]))),
	constraint receipt_answers_request_exists FOREIGN KEY (topic_id, request_id) REFERENCES receipt_requests(topic_id, request_id) ON DELETE CASCADE
);

-- What the holder of a receipt asks of staff.
create table receipt_requests (
	topic_id uuid not null,
	request_id uuid not null,
	contribution_id uuid not null,
	kind text collate "C" not null,
	words text default ''::text not null,
	requested_at timestamp with time zone not null,
	scope text collate "C" default 'text'::text not null,
	constraint receipt_requests_pkey PRIMARY KEY (topic_id, request_id),
	constraint receipt_requests_kind_check CHECK ((kind = ANY (ARRAY['appeal'::text, 'erasure'::text]))),
	constraint receipt_requests_scope_check CHECK ((scope = ANY (ARRAY['text'::text, 'all'::text]))),
	constraint receipt_requests_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE
);

-- The code that its author holds; only its hash is kept.
create table receipts (
	topic_id uuid not null,
	receipt_id uuid not null,
	contribution_id uuid not null,
	code_hash bytea not null,
	given_at timestamp with time zone not null,
	constraint receipts_pkey PRIMARY KEY (topic_id, receipt_id),
	constraint receipts_topic_id_code_hash_key UNIQUE (topic_id, code_hash),
	constraint receipts_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE
);
CREATE INDEX receipts_of_contribution ON public.receipts USING btree (topic_id, contribution_id);

-- Ten codes for the day on which the phone is lost; each works once.
create table recovery_codes (
	account_id uuid not null,
	code_hash bytea not null,
	made_at timestamp with time zone not null,
	used_at timestamp with time zone,
	constraint recovery_codes_pkey PRIMARY KEY (account_id, code_hash),
	constraint recovery_codes_account_exists FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);

-- Words about private persons were made unreadable in a version of a text; what it said before is known by its hash alone.
create table redactions (
	topic_id uuid not null,
	redaction_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	version integer not null,
	original_hash bytea not null,
	letters integer not null,
	redacted_at timestamp with time zone not null,
	redacted_by uuid,
	constraint redactions_pkey PRIMARY KEY (topic_id, redaction_id),
	constraint redactions_original_hash_check CHECK ((octet_length(original_hash) = 32))
);
CREATE INDEX redactions_of_thing ON public.redactions USING btree (topic_id, thing_id);

-- Registrations that hold no more: given back, taken back by the desk, a place not taken in time, a person erased.
create table registration_ends (
	topic_id uuid not null,
	event_id uuid not null,
	registration_id uuid not null,
	why text collate "C" not null,
	ended_at timestamp with time zone not null,
	ended_by uuid,
	constraint registration_ends_pkey PRIMARY KEY (topic_id, event_id, registration_id),
	constraint registration_ends_why_check CHECK ((why = ANY (ARRAY['self'::text, 'desk'::text, 'lapsed'::text, 'erased'::text]))),
	constraint registration_ends_registration_exists FOREIGN KEY (topic_id, event_id, registration_id) REFERENCES registrations(topic_id, event_id, registration_id) ON DELETE CASCADE
);

-- Who registered for an event. Group and region stay for the attendance; who it was is forgotten some weeks after the event.
create table registrations (
	topic_id uuid not null,
	event_id uuid not null,
	registration_id uuid not null,
	registration_number integer not null,
	way text collate "C" not null,
	name text,
	email text,
	stakeholder_group text collate "C",
	region text collate "C",
	organisation text,
	languages text[] collate "C" not null,
	access_needs text,
	is_listed boolean not null,
	language text collate "C" not null,
	code_hash bytea,
	registered_at timestamp with time zone not null,
	registered_by uuid,
	forgotten_at timestamp with time zone,
	constraint registrations_pkey PRIMARY KEY (topic_id, event_id, registration_id),
	constraint registrations_topic_id_event_id_registration_number_key UNIQUE (topic_id, event_id, registration_number),
	constraint registrations_code_hash_check CHECK ((octet_length(code_hash) = 32)),
	constraint registrations_registration_number_check CHECK ((registration_number > 0)),
	constraint registrations_way_check CHECK ((way = ANY (ARRAY['room'::text, 'online'::text]))),
	constraint registrations_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);
CREATE INDEX registrations_by_code ON public.registrations USING btree (topic_id, event_id, code_hash) WHERE (code_hash IS NOT NULL);
CREATE INDEX registrations_by_email ON public.registrations USING btree (lower(email)) WHERE (email IS NOT NULL);

-- Why a report may be published in spite of what its check found; holds for this version of the paragraph only.
create table remark_waivers (
	topic_id uuid not null,
	paragraph_id uuid not null,
	version integer not null,
	remark text collate "C" not null,
	reason text not null,
	waived_at timestamp with time zone not null,
	waived_by uuid,
	constraint remark_waivers_pkey PRIMARY KEY (topic_id, paragraph_id, version, remark),
	constraint remark_waivers_reason_check CHECK ((reason <> ''::text)),
	constraint remark_waivers_version_exists FOREIGN KEY (topic_id, paragraph_id, version) REFERENCES paragraph_versions(topic_id, paragraph_id, version) ON DELETE CASCADE
);

-- A first report that somebody asked for. It is under way until there is a report of this id.
create table report_drafts (
	topic_id uuid not null,
	report_id uuid not null,
	language text collate "C" not null,
	asked_at timestamp with time zone not null,
	asked_by uuid,
	constraint report_drafts_pkey PRIMARY KEY (topic_id, report_id),
	constraint report_drafts_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- A published edition, whole: what was published never changes silently.
create table report_publications (
	topic_id uuid not null,
	report_id uuid not null,
	edition integer not null,
	published_at timestamp with time zone not null,
	published_by uuid,
	content jsonb not null,
	sha256 bytea not null,
	constraint report_publications_pkey PRIMARY KEY (topic_id, report_id, edition),
	constraint report_publications_report_exists FOREIGN KEY (topic_id, report_id) REFERENCES reports(topic_id, report_id) ON DELETE CASCADE
);

-- A report of a topic in one language, bound to a snapshot.
create table reports (
	topic_id uuid not null,
	report_id uuid not null,
	report_number integer not null,
	template text collate "C" not null,
	language text collate "C" not null,
	snapshot_id uuid not null,
	begun_at timestamp with time zone not null,
	begun_by uuid,
	constraint reports_pkey PRIMARY KEY (topic_id, report_id),
	constraint reports_topic_id_report_number_key UNIQUE (topic_id, report_number),
	constraint reports_report_number_check CHECK ((report_number > 0)),
	constraint reports_snapshot_exists FOREIGN KEY (topic_id, snapshot_id) REFERENCES snapshots(topic_id, snapshot_id) ON DELETE RESTRICT,
	constraint reports_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- Idempotency: the same request key of the same requester (hash) leads to the thing made the first time.
create table requests (
	topic_id uuid not null,
	requester bytea not null,
	request_key text collate "C" not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	at timestamp with time zone not null,
	constraint requests_pkey PRIMARY KEY (topic_id, requester, request_key)
);

-- A role that was taken back or given up.
create table role_ends (
	topic_id uuid not null,
	role_id uuid not null,
	ended_at timestamp with time zone not null,
	ended_by uuid,
	reason text,
	constraint role_ends_pkey PRIMARY KEY (topic_id, role_id),
	constraint role_ends_role_exists FOREIGN KEY (topic_id, role_id) REFERENCES roles(topic_id, role_id) ON DELETE CASCADE
);

-- Who holds which role, in a topic or (nil topic) in the institution. Ended by a row in role_ends.
create table roles (
	topic_id uuid not null,
	role_id uuid not null,
	account_id uuid not null,
	role text collate "C" not null,
	granted_at timestamp with time zone not null,
	granted_by uuid,
	constraint roles_pkey PRIMARY KEY (topic_id, role_id),
	constraint roles_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'secretariat'::text, 'moderator'::text, 'rapporteur'::text]))),
	constraint roles_account_exists FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);
CREATE INDEX roles_of_account ON public.roles USING btree (account_id);

-- What people think of a group, each person once by their latest opinion on one of its ideas; counted by a job.
create table same_point_counts (
	topic_id uuid not null,
	same_point_id uuid not null,
	agree integer not null,
	disagree integer not null,
	pass integer not null,
	counted_at timestamp with time zone not null,
	constraint same_point_counts_pkey PRIMARY KEY (topic_id, same_point_id),
	constraint same_point_counts_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- Append-only: which ideas of a pair were said to be the same point, stayed together when another left, were parted again, or told apart (the last two are not proposed again); and which of these decisions was taken back.
create table same_point_decisions (
	topic_id uuid not null,
	decision_id uuid not null,
	did text collate "C" not null,
	ideas integer[] not null,
	decided_at timestamp with time zone not null,
	decided_by uuid,
	act_id uuid not null,
	takes_back uuid,
	constraint same_point_decisions_pkey PRIMARY KEY (topic_id, decision_id),
	constraint same_point_decisions_did_check CHECK ((did = ANY (ARRAY['joined'::text, 'stayed'::text, 'parted'::text, 'told-apart'::text, 'taken-back'::text]))),
	constraint same_point_decisions_ideas_check CHECK ((cardinality(ideas) >= 2)),
	constraint same_point_decisions_take_back CHECK (((did = 'taken-back'::text) = (takes_back IS NOT NULL))),
	constraint same_point_decisions_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);
CREATE INDEX same_point_decisions_of_act ON public.same_point_decisions USING btree (topic_id, act_id);
CREATE UNIQUE INDEX same_point_decisions_taken_back_once ON public.same_point_decisions USING btree (topic_id, takes_back);

-- The groups as they stand now: written with each decision, in its transaction. The key keeps an idea in one group.
create table same_point_ideas (
	topic_id uuid not null,
	idea_number integer not null,
	same_point_id uuid not null,
	constraint same_point_ideas_pkey PRIMARY KEY (topic_id, idea_number),
	constraint same_point_ideas_idea_exists FOREIGN KEY (topic_id, idea_number) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE
);
CREATE INDEX same_point_ideas_of_group ON public.same_point_ideas USING btree (topic_id, same_point_id, idea_number);

-- Pairs that probably say the same, as the machine found them last; all of a topic are replaced when it looks again.
create table same_point_proposals (
	topic_id uuid not null,
	one integer not null,
	other integer not null,
	closeness double precision not null,
	evidence text collate "C" not null,
	is_sure boolean not null,
	constraint same_point_proposals_pkey PRIMARY KEY (topic_id, one, other),
	constraint same_point_proposals_check CHECK ((other > one)),
	constraint same_point_proposals_evidence_check CHECK ((evidence = ANY (ARRAY['words'::text, 'translation'::text, 'opinions'::text]))),
	constraint same_point_proposals_one_exists FOREIGN KEY (topic_id, one) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE,
	constraint same_point_proposals_other_exists FOREIGN KEY (topic_id, other) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE
);
CREATE INDEX same_point_proposals_in_order ON public.same_point_proposals USING btree (topic_id, is_sure DESC, closeness DESC, one, other);

-- The file of a sheet until it is brought in, or for a week: afterwards no second copy of what people wrote is kept.
create table sheet_files (
	topic_id uuid not null,
	sheet_id uuid not null,
	file_sha256 bytea not null,
	constraint sheet_files_pkey PRIMARY KEY (topic_id, sheet_id),
	constraint sheet_files_file_exists FOREIGN KEY (file_sha256) REFERENCES files(sha256) ON DELETE RESTRICT,
	constraint sheet_files_sheet_exists FOREIGN KEY (topic_id, sheet_id) REFERENCES sheets(topic_id, sheet_id) ON DELETE CASCADE
);

-- What a person said that the columns of a sheet mean; the newest for a kind and its headings is proposed for the next sheet of the same.
create table sheet_mappings (
	topic_id uuid not null,
	sheet_id uuid not null,
	version integer not null,
	kind text collate "C" not null,
	headings bytea not null,
	heading_row integer not null,
	fields jsonb not null,
	mapped_at timestamp with time zone not null,
	mapped_by uuid,
	constraint sheet_mappings_pkey PRIMARY KEY (topic_id, sheet_id, version),
	constraint sheet_mappings_heading_row_check CHECK ((heading_row >= 0)),
	constraint sheet_mappings_headings_check CHECK ((octet_length(headings) = 32)),
	constraint sheet_mappings_sheet_exists FOREIGN KEY (topic_id, sheet_id) REFERENCES sheets(topic_id, sheet_id) ON DELETE CASCADE
);
CREATE INDEX sheet_mappings_remembered ON public.sheet_mappings USING btree (kind, headings, mapped_at);

-- What a look at the sheet found, and what its import did.
create table sheet_outcomes (
	topic_id uuid not null,
	sheet_id uuid not null,
	step text collate "C" not null,
	outcome jsonb not null,
	remarks jsonb default '[]'::jsonb not null,
	at timestamp with time zone not null,
	constraint sheet_outcomes_pkey PRIMARY KEY (topic_id, sheet_id, step),
	constraint sheet_outcomes_step_check CHECK ((step = ANY (ARRAY['preview'::text, 'import'::text]))),
	constraint sheet_outcomes_sheet_exists FOREIGN KEY (topic_id, sheet_id) REFERENCES sheets(topic_id, sheet_id) ON DELETE CASCADE
);

-- HMAC of the id or the words of a row under the key of the topic: the same row comes in once. Tells nothing without that key.
create table sheet_rows (
	topic_id uuid not null,
	row_key bytea not null,
	thing_id uuid not null,
	constraint sheet_rows_pkey PRIMARY KEY (topic_id, row_key),
	constraint sheet_rows_row_key_check CHECK ((octet_length(row_key) = 32)),
	constraint sheet_rows_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- A spreadsheet that staff brought to the desk. Organisations: the nil topic.
create table sheets (
	topic_id uuid not null,
	sheet_id uuid not null,
	kind text collate "C" not null,
	file_name text not null,
	uploaded_at timestamp with time zone not null,
	uploaded_by uuid,
	constraint sheets_pkey PRIMARY KEY (topic_id, sheet_id),
	constraint sheets_kind_check CHECK ((kind = ANY (ARRAY['ideas'::text, 'submissions'::text, 'invitations'::text, 'organisations'::text])))
);

-- What the limits for staff need to know of a browser that is signed in; gone with it.
create table sign_ins (
	sign_in_id uuid not null,
	account_id uuid not null,
	began_at timestamp with time zone not null,
	seen_at timestamp with time zone not null,
	second_factor_at timestamp with time zone,
	constraint sign_ins_pkey PRIMARY KEY (sign_in_id),
	constraint sign_ins_account_exists FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
	constraint sign_ins_session_exists FOREIGN KEY (sign_in_id) REFERENCES sign_in.session(id) ON DELETE CASCADE
);

-- Figures frozen at one instant; what is published quotes these and no later ones.
create table snapshots (
	topic_id uuid not null,
	snapshot_id uuid not null,
	taken_at timestamp with time zone not null,
	taken_by uuid,
	figures jsonb not null,
	sha256 bytea not null,
	constraint snapshots_pkey PRIMARY KEY (topic_id, snapshot_id),
	constraint snapshots_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- What a span of a sentence rests on.
create table sources (
	topic_id uuid not null,
	paragraph_id uuid not null,
	version integer not null,
	source_number integer not null,
	starts integer not null,
	ends integer not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	pointer text,
	quote text,
	constraint sources_pkey PRIMARY KEY (topic_id, paragraph_id, version, source_number),
	constraint sources_check CHECK ((ends > starts)),
	constraint sources_check1 CHECK (((pointer IS NOT NULL) = (kind = 'figure'::text))),
	constraint sources_kind_check CHECK ((kind = ANY (ARRAY['passage'::text, 'idea'::text, 'comment'::text, 'submission'::text, 'figure'::text, 'snapshot'::text, 'topic'::text, 'stage'::text, 'question'::text, 'deliverable'::text, 'document'::text]))),
	constraint sources_version_exists FOREIGN KEY (topic_id, paragraph_id, version) REFERENCES paragraph_versions(topic_id, paragraph_id, version) ON DELETE CASCADE
);

-- An extension or move of a stage, with its public note (text of kind stage, field note-<version>); the highest version holds.
create table stage_changes (
	topic_id uuid not null,
	stage_id uuid not null,
	version integer not null,
	opens_at timestamp with time zone not null,
	closes_at timestamp with time zone not null,
	changed_at timestamp with time zone not null,
	changed_by uuid,
	constraint stage_changes_pkey PRIMARY KEY (topic_id, stage_id, version),
	constraint stage_changes_check CHECK ((closes_at > opens_at)),
	constraint stage_changes_stage_exists FOREIGN KEY (topic_id, stage_id) REFERENCES stages(topic_id, stage_id) ON DELETE CASCADE
);

-- A stage taken out before it opened.
create table stage_removals (
	topic_id uuid not null,
	stage_id uuid not null,
	removed_at timestamp with time zone not null,
	removed_by uuid,
	constraint stage_removals_pkey PRIMARY KEY (topic_id, stage_id),
	constraint stage_removals_stage_exists FOREIGN KEY (topic_id, stage_id) REFERENCES stages(topic_id, stage_id) ON DELETE CASCADE
);

-- A stage that opened or closed by the clock, and was told of.
create table stage_turns (
	topic_id uuid not null,
	stage_id uuid not null,
	turn text collate "C" not null,
	at timestamp with time zone not null,
	noted_at timestamp with time zone not null,
	is_silent boolean not null,
	constraint stage_turns_pkey PRIMARY KEY (topic_id, stage_id, turn, at),
	constraint stage_turns_turn_check CHECK ((turn = ANY (ARRAY['opened'::text, 'closed'::text]))),
	constraint stage_turns_stage_exists FOREIGN KEY (topic_id, stage_id) REFERENCES stages(topic_id, stage_id) ON DELETE CASCADE
);

-- A stage is half-open [opens, closes) by the database's clock and says what is open; stages may overlap, and then blind wins.
create table stages (
	topic_id uuid not null,
	stage_id uuid not null,
	"position" integer not null,
	opens_at timestamp with time zone not null,
	closes_at timestamp with time zone not null,
	zone text not null,
	takes_ideas boolean not null,
	takes_submissions boolean not null,
	takes_comments boolean not null,
	takes_opinions text collate "C" not null,
	added_at timestamp with time zone not null,
	constraint stages_pkey PRIMARY KEY (topic_id, stage_id),
	constraint stages_check CHECK ((closes_at > opens_at)),
	constraint stages_takes_opinions_check CHECK ((takes_opinions = ANY (ARRAY['no'::text, 'blind'::text, 'shown'::text]))),
	constraint stages_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- The groups of this institution; names are messages (defaults) or texts.
create table stakeholder_groups (
	group_key text collate "C" not null,
	"position" integer not null,
	added_at timestamp with time zone not null,
	constraint stakeholder_groups_pkey PRIMARY KEY (group_key)
);

-- Undo of a stance.
create table stance_removals (
	topic_id uuid not null,
	passage_id uuid not null,
	idea_number integer not null,
	removed_at timestamp with time zone not null,
	removed_by uuid,
	constraint stance_removals_pkey PRIMARY KEY (topic_id, passage_id, idea_number),
	constraint stance_removals_idea_exists FOREIGN KEY (topic_id, passage_id, idea_number) REFERENCES stances(topic_id, passage_id, idea_number) ON DELETE CASCADE
);

-- What a passage says to an idea; counted beside opinions, never added to them.
create table stances (
	topic_id uuid not null,
	passage_id uuid not null,
	idea_number integer not null,
	stance text collate "C" not null,
	taken_at timestamp with time zone not null,
	taken_by uuid,
	constraint stances_pkey PRIMARY KEY (topic_id, passage_id, idea_number),
	constraint stances_stance_check CHECK ((stance = ANY (ARRAY['raises'::text, 'supports'::text, 'opposes'::text]))),
	constraint stances_idea_exists FOREIGN KEY (topic_id, idea_number) REFERENCES ideas(topic_id, idea_number) ON DELETE RESTRICT,
	constraint stances_passage_exists FOREIGN KEY (topic_id, passage_id) REFERENCES passages(topic_id, passage_id) ON DELETE CASCADE
);
CREATE INDEX stances_of_idea ON public.stances USING btree (topic_id, idea_number);

-- The orders of a topic's lists that can still be told, the newest last, with how many ideas each changed.
create table standing_refreshes (
	topic_id uuid not null,
	refresh integer not null,
	changed integer not null,
	at timestamp with time zone not null,
	constraint standing_refreshes_pkey PRIMARY KEY (topic_id, refresh),
	constraint standing_refreshes_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- The files of a submission, kept byte for byte.
create table submission_files (
	topic_id uuid not null,
	contribution_id uuid not null,
	part integer not null,
	file_sha256 bytea not null,
	file_name text not null,
	file_version integer default 1 not null,
	constraint submission_files_pkey PRIMARY KEY (topic_id, contribution_id, part),
	constraint submission_files_file_version_check CHECK ((file_version > 0)),
	constraint submission_files_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES submissions(topic_id, contribution_id) ON DELETE CASCADE,
	constraint submission_files_file_exists FOREIGN KEY (file_sha256) REFERENCES files(sha256) ON DELETE RESTRICT
);

-- A long text by an organisation or person; what stood in its form, as written.
create table submissions (
	topic_id uuid not null,
	contribution_id uuid not null,
	submission_number integer not null,
	title text not null,
	abstract text default ''::text not null,
	keywords text default ''::text not null,
	area text default ''::text not null,
	entitled_by text default ''::text not null,
	organisation_as_written text default ''::text not null,
	sector_as_written text default ''::text not null,
	region_as_written text default ''::text not null,
	question_id uuid,
	words integer default 0 not null,
	import_key text collate "C",
	constraint submissions_pkey PRIMARY KEY (topic_id, contribution_id),
	constraint submissions_topic_id_import_key_key UNIQUE (topic_id, import_key),
	constraint submissions_topic_id_submission_number_key UNIQUE (topic_id, submission_number),
	constraint submissions_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE
);

-- What the author said to a suggested wording.
create table suggestion_answers (
	topic_id uuid not null,
	suggestion_id uuid not null,
	answer text collate "C" not null,
	answered_at timestamp with time zone not null,
	constraint suggestion_answers_pkey PRIMARY KEY (topic_id, suggestion_id),
	constraint suggestion_answers_answer_check CHECK ((answer = ANY (ARRAY['accepted'::text, 'declined'::text]))),
	constraint suggestion_answers_suggestion_exists FOREIGN KEY (topic_id, suggestion_id) REFERENCES wording_suggestions(topic_id, suggestion_id) ON DELETE CASCADE
);

-- How many people of a group or region the secretariat wants to hear; the highest version holds.
create table targets (
	topic_id uuid not null,
	dimension text collate "C" not null,
	key text collate "C" not null,
	version integer not null,
	people integer not null,
	set_at timestamp with time zone not null,
	set_by uuid,
	constraint targets_pkey PRIMARY KEY (topic_id, dimension, key, version),
	constraint targets_dimension_check CHECK ((dimension = ANY (ARRAY['group'::text, 'region'::text]))),
	constraint targets_people_check CHECK ((people >= 0)),
	constraint targets_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- Which texts are nearly the same, or came in a burst by one author: moderators see them together.
create table text_likenesses (
	topic_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	cluster_id uuid not null,
	participant_number integer,
	signature integer[] not null,
	noted_at timestamp with time zone not null,
	constraint text_likenesses_pkey PRIMARY KEY (topic_id, kind, thing_id)
);
CREATE INDEX text_likenesses_of_author ON public.text_likenesses USING btree (topic_id, participant_number, noted_at);
CREATE INDEX text_likenesses_of_cluster ON public.text_likenesses USING btree (topic_id, cluster_id, thing_id);

-- By which a text finds those like it without being compared with all; forgotten after a week.
create table text_marks (
	topic_id uuid not null,
	mark integer not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	noted_at timestamp with time zone not null,
	constraint text_marks_pkey PRIMARY KEY (topic_id, mark, kind, thing_id)
);
CREATE INDEX text_marks_of_thing ON public.text_marks USING btree (topic_id, kind, thing_id);

-- What organisers write, per language side by side, each change a new version. Outside any topic: the nil topic.
create table texts (
	topic_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	field text collate "C" not null,
	language text collate "C" not null,
	version integer not null,
	text text not null,
	written_at timestamp with time zone not null,
	written_by uuid,
	constraint texts_pkey PRIMARY KEY (topic_id, kind, thing_id, field, language, version),
	constraint texts_version_check CHECK ((version > 0))
);

-- The key keeps an idea in one theme. What nobody confirmed is proposed, and found anew when the machine looks again.
create table theme_ideas (
	topic_id uuid not null,
	idea_number integer not null,
	theme_number integer,
	is_confirmed boolean not null,
	constraint theme_ideas_pkey PRIMARY KEY (topic_id, idea_number),
	constraint theme_ideas_idea_exists FOREIGN KEY (topic_id, idea_number) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE,
	constraint theme_ideas_theme_exists FOREIGN KEY (topic_id, theme_number) REFERENCES themes(topic_id, theme_number) ON DELETE CASCADE
);
CREATE INDEX theme_ideas_of_theme ON public.theme_ideas USING btree (topic_id, theme_number, idea_number);

-- Append-only but for "before", which is forgotten when the step was undone, the machine looks again, or an idea is erased.
create table theme_steps (
	topic_id uuid not null,
	step_id uuid not null,
	did text collate "C" not null,
	themes integer[] not null,
	ideas integer[] not null,
	before jsonb,
	done_at timestamp with time zone not null,
	done_by uuid,
	constraint theme_steps_pkey PRIMARY KEY (topic_id, step_id),
	constraint theme_steps_did_check CHECK ((did = ANY (ARRAY['found'::text, 'confirmed'::text, 'renamed'::text, 'joined'::text, 'split'::text, 'moved'::text, 'undid'::text]))),
	constraint theme_steps_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);
CREATE INDEX theme_steps_to_undo ON public.theme_steps USING btree (topic_id, step_id) WHERE (before IS NOT NULL);

-- The themes as they stand now: written with each step, in its transaction. A number is given once.
create table themes (
	topic_id uuid not null,
	theme_number integer not null,
	name text not null,
	language text collate "C" not null,
	is_confirmed boolean not null,
	constraint themes_pkey PRIMARY KEY (topic_id, theme_number),
	constraint themes_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- The answer, which was sent where the request left an address.
create table third_person_answers (
	topic_id uuid not null,
	request_id uuid not null,
	answer text collate "C" not null,
	words text default ''::text not null,
	answered_at timestamp with time zone not null,
	answered_by uuid,
	constraint third_person_answers_pkey PRIMARY KEY (topic_id, request_id),
	constraint third_person_answers_answer_check CHECK ((answer = ANY (ARRAY['hidden'::text, 'redacted'::text, 'declined'::text]))),
	constraint third_person_answers_request_exists FOREIGN KEY (topic_id, request_id) REFERENCES third_person_requests(topic_id, request_id) ON DELETE CASCADE
);

-- Somebody whom a text is about asks for its removal.
create table third_person_requests (
	topic_id uuid not null,
	request_id uuid not null,
	kind text collate "C" not null,
	thing_id uuid not null,
	words text not null,
	email text,
	language text collate "C" not null,
	requested_at timestamp with time zone not null,
	constraint third_person_requests_pkey PRIMARY KEY (topic_id, request_id)
);
CREATE INDEX third_person_requests_of_thing ON public.third_person_requests USING btree (topic_id, thing_id);

-- Archived: read only; the key of its pseudonyms is destroyed.
create table topic_archivals (
	topic_id uuid not null,
	archived_at timestamp with time zone not null,
	archived_by uuid,
	reason text,
	constraint topic_archivals_pkey PRIMARY KEY (topic_id),
	constraint topic_archivals_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- Totals that pages show (ideas, comments, submissions, participants, and ideas by question …), maintained with each act; a check recounts.
create table topic_counts (
	topic_id uuid not null,
	counted text collate "C" not null,
	key text collate "C" default ''::text not null,
	count bigint default 0 not null,
	constraint topic_counts_pkey PRIMARY KEY (topic_id, counted, key)
);

-- A topic without this row is a draft that only staff see.
create table topic_publications (
	topic_id uuid not null,
	published_at timestamp with time zone not null,
	published_by uuid,
	constraint topic_publications_pkey PRIMARY KEY (topic_id),
	constraint topic_publications_topic_exists FOREIGN KEY (topic_id) REFERENCES topics(topic_id) ON DELETE CASCADE
);

-- A topic (an Open Talk). Title, summary, background, remit, convenor and statement are texts of kind topic.
create table topics (
	topic_id uuid not null,
	kind text collate "C" default 'talk'::text not null,
	default_language text collate "C" not null,
	languages text[] not null,
	contact_email text default ''::text not null,
	copied_from uuid,
	created_at timestamp with time zone not null,
	created_by uuid,
	constraint topics_pkey PRIMARY KEY (topic_id),
	constraint topics_kind_check CHECK ((kind = ANY (ARRAY['talk'::text, 'call'::text])))
);

-- What the desk puts on the screen of the hall; the highest version holds.
create table town_hall_screens (
	topic_id uuid not null,
	event_id uuid not null,
	version integer not null,
	shows text collate "C" not null,
	poll_id uuid,
	at timestamp with time zone not null,
	by uuid,
	constraint town_hall_screens_pkey PRIMARY KEY (topic_id, event_id, version),
	constraint town_hall_screens_shows_check CHECK ((shows = ANY (ARRAY['welcome'::text, 'agenda'::text, 'poll'::text, 'questions'::text, 'captions'::text]))),
	constraint town_hall_screens_version_check CHECK ((version > 0)),
	constraint town_hall_screens_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE,
	constraint town_hall_screens_poll_exists FOREIGN KEY (topic_id, poll_id) REFERENCES polls(topic_id, poll_id) ON DELETE CASCADE
);

-- Addresses whose server said for good that it takes no mail for them: only what they ask for is still sent.
create table unreachable_addresses (
	address text collate "C" not null,
	since timestamp with time zone not null,
	topic_id uuid not null,
	mail_id uuid not null,
	explanation text not null,
	constraint unreachable_addresses_pkey PRIMARY KEY (address),
	constraint unreachable_addresses_address_check CHECK ((address = lower(address))),
	constraint unreachable_addresses_mail_exists FOREIGN KEY (topic_id, mail_id) REFERENCES mails(topic_id, mail_id) ON DELETE CASCADE
);

-- The trays of the tables: cards and their revisions as they came, without author and time; emptied when a table is closed.
create table waiting_notes (
	topic_id uuid not null,
	note_id uuid not null,
	event_id uuid not null,
	table_number integer not null,
	round_number integer not null,
	place integer not null,
	phone uuid not null,
	marker text collate "C" not null,
	language text collate "C" not null,
	text text not null,
	revises uuid,
	said_by_group text collate "C",
	said_by_name text,
	constraint waiting_notes_pkey PRIMARY KEY (topic_id, note_id),
	constraint waiting_notes_check CHECK (((text <> ''::text) OR (revises IS NOT NULL))),
	constraint waiting_notes_marker_check CHECK ((marker = ANY (ARRAY['idea'::text, 'concern'::text, 'question'::text, 'example'::text]))),
	constraint waiting_notes_place_check CHECK ((place > 0)),
	constraint waiting_notes_event_exists FOREIGN KEY (topic_id, event_id) REFERENCES events(topic_id, event_id) ON DELETE CASCADE
);
CREATE INDEX waiting_notes_of_table ON public.waiting_notes USING btree (topic_id, event_id, table_number);

-- What became of a message, one row an attempt.
create table webhook_attempts (
	topic_id uuid not null,
	webhook_id uuid not null,
	message_id uuid not null,
	attempt integer not null,
	at timestamp with time zone not null,
	outcome text collate "C" not null,
	status integer,
	problem text collate "C",
	again_at timestamp with time zone,
	constraint webhook_attempts_pkey PRIMARY KEY (topic_id, webhook_id, message_id, attempt),
	constraint webhook_attempts_attempt_check CHECK ((attempt > 0)),
	constraint webhook_attempts_outcome_check CHECK ((outcome = ANY (ARRAY['delivered'::text, 'failed'::text]))),
	constraint webhook_attempts_message_exists FOREIGN KEY (topic_id, webhook_id, message_id) REFERENCES webhook_messages(topic_id, webhook_id, message_id) ON DELETE CASCADE
);
CREATE INDEX webhook_attempts_lately ON public.webhook_attempts USING btree (topic_id, webhook_id, at);

-- A webhook that is told nothing any more.
create table webhook_ends (
	topic_id uuid not null,
	webhook_id uuid not null,
	ended_at timestamp with time zone not null,
	ended_by uuid,
	constraint webhook_ends_pkey PRIMARY KEY (topic_id, webhook_id),
	constraint webhook_ends_webhook_exists FOREIGN KEY (topic_id, webhook_id) REFERENCES webhooks(topic_id, webhook_id) ON DELETE CASCADE
);

-- One event for one webhook: names and numbers only. Forgotten after 30 days.
create table webhook_messages (
	topic_id uuid not null,
	webhook_id uuid not null,
	message_id uuid not null,
	event text collate "C" not null,
	about_topic_id uuid,
	path text collate "C" default ''::text not null,
	queued_at timestamp with time zone not null,
	constraint webhook_messages_pkey PRIMARY KEY (topic_id, webhook_id, message_id),
	constraint webhook_messages_webhook_exists FOREIGN KEY (topic_id, webhook_id) REFERENCES webhooks(topic_id, webhook_id) ON DELETE CASCADE
);

-- The key that signs, sealed under the secret of the instance. The highest version holds; the one before signs too for a day after it.
create table webhook_secrets (
	topic_id uuid not null,
	webhook_id uuid not null,
	version integer not null,
	secret_sealed bytea not null,
	made_at timestamp with time zone not null,
	made_by uuid,
	constraint webhook_secrets_pkey PRIMARY KEY (topic_id, webhook_id, version),
	constraint webhook_secrets_version_check CHECK ((version > 0)),
	constraint webhook_secrets_webhook_exists FOREIGN KEY (topic_id, webhook_id) REFERENCES webhooks(topic_id, webhook_id) ON DELETE CASCADE
);

-- Where programs of others want to be told of events, by topic or (nil topic) of all topics. Ended by a row in webhook_ends.
create table webhooks (
	topic_id uuid not null,
	webhook_id uuid not null,
	address text collate "C" not null,
	events text[] not null,
	made_at timestamp with time zone not null,
	made_by uuid,
	constraint webhooks_pkey PRIMARY KEY (topic_id, webhook_id),
	constraint webhooks_address_check CHECK (((address ~ '^https://'::text) AND (length(address) <= 2000))),
	constraint webhooks_events_check CHECK ((cardinality(events) > 0))
);

-- The author takes a contribution back.
create table withdrawals (
	topic_id uuid not null,
	contribution_id uuid not null,
	withdrawn_at timestamp with time zone not null,
	reason text default ''::text not null,
	constraint withdrawals_pkey PRIMARY KEY (topic_id, contribution_id),
	constraint withdrawals_contribution_exists FOREIGN KEY (topic_id, contribution_id) REFERENCES contributions(topic_id, contribution_id) ON DELETE CASCADE
);

-- A better wording proposed by somebody else.
create table wording_suggestions (
	topic_id uuid not null,
	suggestion_id uuid not null,
	idea_number integer not null,
	contribution_id uuid not null,
	point text not null,
	explanation text default ''::text not null,
	idea_version integer not null,
	suggested_at timestamp with time zone not null,
	constraint wording_suggestions_pkey PRIMARY KEY (topic_id, suggestion_id),
	constraint wording_suggestions_idea_exists FOREIGN KEY (topic_id, idea_number) REFERENCES ideas(topic_id, idea_number) ON DELETE CASCADE
);
CREATE INDEX wording_suggestions_of_idea ON public.wording_suggestions USING btree (topic_id, idea_number, suggestion_id);
