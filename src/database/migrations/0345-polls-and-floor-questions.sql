-- What people in a town hall say with a tap: answers to polls and questions from the floor. States are rows. Figures are kept with each answer, in its
-- transaction, so that a hall that answers at once costs little; who may see them is asked by one module.

create table polls (
	topic_id uuid not null,
	poll_id uuid not null,
	event_id uuid not null,
	-- within its event, from 1
	poll_number int not null check (poll_number > 0),
	kind text collate "C" not null check (kind in ('single', 'several', 'scale', 'ranking', 'cloud')),
	-- how many options; the highest value of a scale; how many words one may give
	size int not null check (size between 1 and 20),
	results text collate "C" not null check (results in ('live', 'blind')),
	made_at timestamptz not null,
	made_by uuid,
	primary key (topic_id, poll_id),
	unique (topic_id, event_id, poll_number)
);
comment on table polls is 'A question to the room with a few answers. Its words are texts of kind poll: question, option-1 …, low, high. Changed only while it is a draft.';

create table poll_states (
	topic_id uuid not null,
	poll_id uuid not null,
	version int not null check (version > 0),
	state text collate "C" not null check (state in ('draft', 'open', 'closed')),
	at timestamptz not null,
	by uuid,
	primary key (topic_id, poll_id, version)
);
comment on table poll_states is 'Draft, open, closed; the highest version holds.';

create table poll_answers (
	topic_id uuid not null,
	poll_id uuid not null,
	participant_number int not null,
	-- options from 1, the value on a scale, numbers of words; of a ranking all options
	choices int[] not null check (cardinality(choices) > 0),
	-- what each adds to its count; of a ranking twice its points
	weights int[] not null check (cardinality(weights) = cardinality(choices)),
	previous_choices int[],
	previous_weights int[],
	answered_at timestamptz not null,
	primary key (topic_id, poll_id, participant_number)
);
comment on table poll_answers is 'One answer of a participant to a poll, updated in place until the poll is closed; the one before is what the counts lose.';

create table poll_counts (
	topic_id uuid not null,
	poll_id uuid not null,
	-- 0: people who answered
	choice int not null check (choice >= 0),
	count int not null,
	primary key (topic_id, poll_id, choice)
);
comment on table poll_counts is 'Sums of the weights of all answers, written with them.';

create table poll_words (
	topic_id uuid not null,
	poll_id uuid not null,
	word_number int not null check (word_number > 0),
	-- without case and diacritics
	folded text collate "C" not null,
	-- as it was written first
	shown text not null,
	-- the latest decision, written with it; null: it waits
	decision text collate "C" check (decision in ('shown', 'kept-back')),
	primary key (topic_id, poll_id, word_number),
	unique (topic_id, poll_id, folded)
);
comment on table poll_words is 'The words of a cloud, each once; what answers chose are their numbers. Who wrote one first is not kept.';

create table poll_word_decisions (
	topic_id uuid not null,
	poll_id uuid not null,
	word_number int not null,
	version int not null check (version > 0),
	decision text collate "C" not null check (decision in ('shown', 'kept-back')),
	at timestamptz not null,
	by uuid,
	primary key (topic_id, poll_id, word_number, version)
);
comment on table poll_word_decisions is 'Whether a word may stand on the screen; one without a decision does not.';

create table floor_questions (
	topic_id uuid not null,
	-- made with the form (v4): the same form sent twice is one question, and whoever asked finds it again by it
	floor_question_id uuid not null,
	event_id uuid not null,
	-- in the order in which they were asked, from 1
	question_number int not null check (question_number > 0),
	-- null: it is a contribution now, and its words stand there
	text text,
	language text collate "C" not null,
	contribution_id uuid,
	check ((text is null) = (contribution_id is not null)),
	primary key (topic_id, floor_question_id),
	unique (topic_id, event_id, question_number)
);
comment on table floor_questions is 'What somebody in the room or online wants to ask. Who and when stand apart, and nowhere under the Chatham House rule.';

create table floor_question_askers (
	topic_id uuid not null,
	floor_question_id uuid not null,
	participant_number int not null,
	profile_number smallint not null,
	-- only where the rule is named, and they gave one
	name text,
	asked_at timestamptz not null,
	primary key (topic_id, floor_question_id)
);
create index floor_question_askers_of_participant on floor_question_askers (topic_id, participant_number);
comment on table floor_question_askers is 'Who asked, and when; an event under the Chatham House rule has no rows here.';

create table floor_question_states (
	topic_id uuid not null,
	floor_question_id uuid not null,
	version int not null check (version > 0),
	state text collate "C" not null check (state in ('new', 'approved', 'asked', 'answered', 'taken-up', 'on-record', 'refused')),
	-- of a refusal, or what was answered
	words text not null,
	-- null under the Chatham House rule for what its asker did
	at timestamptz,
	by uuid,
	primary key (topic_id, floor_question_id, version)
);
comment on table floor_question_states is 'What became of a question; the highest version holds.';

create table floor_question_supports (
	topic_id uuid not null,
	floor_question_id uuid not null,
	participant_number int not null,
	primary key (topic_id, floor_question_id, participant_number)
);
comment on table floor_question_supports is 'Who wants the question asked: each participant once. When they said so is kept nowhere.';

create table floor_question_merges (
	topic_id uuid not null,
	merge_id uuid not null,
	event_id uuid not null,
	merged uuid not null,
	into_question uuid not null check (into_question <> merged),
	at timestamptz not null,
	by uuid,
	primary key (topic_id, merge_id)
);
create index floor_question_merges_of_event on floor_question_merges (topic_id, event_id);
comment on table floor_question_merges is 'Questions that ask the same, shown as one; each keeps its words, its asker and its supporters.';

create table floor_question_merge_ends (
	topic_id uuid not null,
	merge_id uuid not null,
	at timestamptz not null,
	by uuid,
	primary key (topic_id, merge_id)
);
comment on table floor_question_merge_ends is 'Merges that were undone.';

create table floor_question_settings (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null check (version > 0),
	is_open boolean not null,
	-- whether a question is looked at before everybody sees it
	is_looked_at boolean not null,
	at timestamptz not null,
	by uuid,
	primary key (topic_id, event_id, version)
);
comment on table floor_question_settings is 'Whether questions are taken, and looked at first; the highest version holds, and without one both are so.';

create table town_hall_screens (
	topic_id uuid not null,
	event_id uuid not null,
	version int not null check (version > 0),
	shows text collate "C" not null check (shows in ('welcome', 'agenda', 'poll', 'questions', 'captions')),
	-- the poll that is shown
	poll_id uuid,
	at timestamptz not null,
	by uuid,
	primary key (topic_id, event_id, version)
);
comment on table town_hall_screens is 'What the desk puts on the screen of the hall; the highest version holds.';
