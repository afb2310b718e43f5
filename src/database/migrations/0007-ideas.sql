-- The pool of ideas, and what people say to them.

create table ideas (
	topic_id uuid not null,
	idea_number int not null check (idea_number > 0),
	idea_id uuid not null,
	question_id uuid,
	-- the idea form's own contribution; null where a rapporteur drew it from a text
	contribution_id uuid,
	drawn_by uuid,
	channel text collate "C" not null,
	language text collate "C" not null,
	participant_number int,
	profile_number smallint,
	-- as its author stated them when it was written (of a drawn idea: the author of the text), so that a list by group asks one table
	stakeholder_groups text[] not null default '{}',
	region text collate "C",
	attribution text collate "C" not null check (attribution in ('named', 'group', 'anonymous')),
	successor_of int,
	-- random order: a stored key, rotated by the visitor's start
	shuffle int not null,
	published_at timestamptz not null,
	primary key (topic_id, idea_number),
	unique (topic_id, idea_id)
);
create index ideas_shuffled on ideas (topic_id, shuffle, idea_number);
-- numbers are given in the order of arrival: each list of the newest is a range of one of these
create index ideas_of_question on ideas (topic_id, question_id, idea_number);
create index ideas_of_region on ideas (topic_id, region, idea_number);
create index ideas_of_channel on ideas (topic_id, channel, idea_number);
create index ideas_of_language on ideas (topic_id, language, idea_number);
-- from an idea to its better wordings
create index ideas_of_successor on ideas (topic_id, successor_of) where successor_of is not null;
-- from a contribution to what became of it
create index ideas_of_contribution on ideas (topic_id, contribution_id);
comment on table ideas is 'One point each, on which people agree, disagree or pass. Numbered for people within the topic.';

create table idea_groups (
	topic_id uuid not null,
	group_key text collate "C" not null,
	idea_number int not null,
	primary key (topic_id, group_key, idea_number)
);
comment on table idea_groups is 'The groups of ideas.stakeholder_groups once more, so that the newest ideas of a group are a range of an index.';

create table idea_versions (
	topic_id uuid not null,
	idea_number int not null,
	version int not null check (version > 0),
	point text not null,
	explanation text not null default '',
	sources text not null default '',
	written_at timestamptz not null,
	primary key (topic_id, idea_number, version)
);
comment on table idea_versions is 'The wording; it may change until another participant''s first opinion, then only a successor idea.';

create table idea_search (
	topic_id uuid not null,
	idea_number int not null,
	words tsvector not null,
	primary key (topic_id, idea_number)
);
create index idea_search_words on idea_search using gin (words);
comment on table idea_search is 'Words of the newest wording, folded, stemmed and cut by the verb that writes the idea.';

create table idea_counts (
	topic_id uuid not null,
	idea_number int not null,
	agree int not null default 0,
	disagree int not null default 0,
	pass int not null default 0,
	comments int not null default 0,
	primary key (topic_id, idea_number)
) with (fillfactor = 50);
comment on table idea_counts is 'Maintained in the transaction of each opinion and comment; a check recounts. No second index, so that an update stays on its page.';

create table idea_standings (
	topic_id uuid not null,
	idea_number int not null,
	supported int not null default 0,
	discussed int not null default 0,
	primary key (topic_id, idea_number)
);
create index idea_standings_supported on idea_standings (topic_id, supported desc, idea_number desc);
create index idea_standings_discussed on idea_standings (topic_id, discussed desc, idea_number desc);
comment on table idea_standings is 'The order of the lists most supported and most discussed: copied from the counts by a job every few seconds, so that opinions touch no index.';

create table wording_suggestions (
	topic_id uuid not null,
	suggestion_id uuid not null,
	idea_number int not null,
	contribution_id uuid not null,
	point text not null,
	explanation text not null default '',
	-- the wording that it would replace
	idea_version int not null,
	suggested_at timestamptz not null,
	primary key (topic_id, suggestion_id)
);
create index wording_suggestions_of_idea on wording_suggestions (topic_id, idea_number, suggestion_id);
comment on table wording_suggestions is 'A better wording proposed by somebody else.';

create table suggestion_answers (
	topic_id uuid not null,
	suggestion_id uuid not null,
	answer text collate "C" not null check (answer in ('accepted', 'declined')),
	answered_at timestamptz not null,
	primary key (topic_id, suggestion_id)
);
comment on table suggestion_answers is 'What the author said to a suggested wording.';

create table opinions (
	topic_id uuid not null,
	participant_number int not null,
	idea_number int not null,
	-- 1 agree, 0 pass, -1 disagree
	value smallint not null check (value in (-1, 0, 1)),
	-- the value before, so that one statement gives the difference of the counts
	previous smallint check (previous in (-1, 0, 1)),
	profile_number smallint not null,
	idea_version smallint not null,
	given_at timestamptz not null,
	primary key (topic_id, participant_number, idea_number)
);
comment on table opinions is 'One opinion per participant and idea; the one thing updated in place.';

create table opinion_cells (
	topic_id uuid not null,
	dimension text collate "C" not null check (dimension in ('group', 'region', 'assurance')),
	key text collate "C" not null,
	idea_number int not null,
	agree int not null,
	disagree int not null,
	pass int not null,
	published_at timestamptz not null,
	primary key (topic_id, dimension, idea_number, key)
);
comment on table opinion_cells is 'Published cells only: from five people on, renewed when at least five new opinions came in or at a freeze, the complementary cell withheld.';

create table comments (
	topic_id uuid not null,
	comment_id uuid not null,
	idea_number int not null,
	comment_number int not null,
	parent_id uuid,
	depth smallint not null check (depth between 0 and 3),
	-- root-to-leaf numbers, so that a page of a thread is one range of an index
	path int[] not null,
	side text collate "C" not null check (side in ('for', 'against', 'neutral')),
	contribution_id uuid not null,
	written_at timestamptz not null,
	primary key (topic_id, comment_id),
	-- numbered within the topic, so that the address of a comment needs no idea
	unique (topic_id, comment_number)
);
create index comments_threaded on comments (topic_id, idea_number, path);
create index comments_answering on comments (topic_id, parent_id) where parent_id is not null;
comment on table comments is 'What people say to an idea, in threads of depth 3.';

create table stances (
	topic_id uuid not null,
	passage_id uuid not null,
	idea_number int not null,
	stance text collate "C" not null check (stance in ('raises', 'supports', 'opposes')),
	taken_at timestamptz not null,
	taken_by uuid,
	primary key (topic_id, passage_id, idea_number)
);
create index stances_of_idea on stances (topic_id, idea_number);
comment on table stances is 'What a passage says to an idea; counted beside opinions, never added to them.';

create table stance_removals (
	topic_id uuid not null,
	passage_id uuid not null,
	idea_number int not null,
	removed_at timestamptz not null,
	removed_by uuid,
	primary key (topic_id, passage_id, idea_number)
);
comment on table stance_removals is 'Undo of a stance.';
