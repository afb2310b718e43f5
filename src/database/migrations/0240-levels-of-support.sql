-- How far each idea is supported across the stakeholder groups, kept so that pages list 100,000 ideas by it. A level is a function of
-- published cells and of what the talk laid down, and of nothing else: so it tells nothing that those do not.

create table level_thresholds (
	topic_id uuid not null,
	version int not null check (version > 0),
	-- people of a group who take a side; no cell has fewer than five
	heard int not null check (heard between 5 and 1000),
	majority float8 not null check (majority between 0.5 and 0.8),
	most float8 not null check (most between 0.5 and 0.8),
	-- whom consensus cannot do without; null: every group of the institution
	groups text[] check (cardinality(groups) > 0),
	set_at timestamptz not null,
	set_by uuid,
	primary key (topic_id, version)
);
comment on table level_thresholds is 'What a talk calls consensus, opposition and not heard; the highest version holds, and without a row the usual thresholds.';

create table level_bases (
	topic_id uuid primary key,
	heard int not null,
	majority float8 not null,
	most float8 not null,
	groups text[] not null,
	computed_at timestamptz not null
);
comment on table level_bases is 'The thresholds and groups by which the rows of idea_levels were computed; what stands here is printed beside them.';

create table idea_levels (
	topic_id uuid not null,
	idea_number int not null,
	level text collate "C" not null check (level in ('consensus', 'opposition', 'divergence', 'not-heard')),
	-- in millionths: lower 80 % bound of the heard group that agrees least, and the geometric mean over the heard groups; -1 where none is heard
	score int not null,
	mean int not null,
	-- in millionths: how far the upper 80 % bound of the group that agrees least lies below the lower one of the group that agrees most
	divide int not null,
	-- the score where the heard groups agree and others are missing, else -1
	awaited int not null,
	opposed_by text[] not null,
	not_heard text[] not null,
	-- whether most people would be another side if each group, or each region, weighed the same; null where there is nothing to compare
	turns_by_group boolean,
	turns_by_region boolean,
	primary key (topic_id, idea_number)
);
create index idea_levels_agreed on idea_levels (topic_id, score desc, mean desc, idea_number desc);
create index idea_levels_divided on idea_levels (topic_id, divide desc, idea_number desc);
create index idea_levels_awaited on idea_levels (topic_id, awaited desc, idea_number desc);
create index idea_levels_of_level on idea_levels (topic_id, level, score desc, mean desc, idea_number desc);
comment on table idea_levels is 'The level of support of each idea of which a cell of a group is published; an idea without a row was heard from nobody. Those that cannot be seen keep their row.';

alter table level_thresholds add constraint level_thresholds_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;
alter table level_bases add constraint level_bases_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;
alter table idea_levels add constraint idea_levels_idea_exists
	foreign key (topic_id, idea_number) references ideas (topic_id, idea_number) on delete cascade;
