-- Opinion groups: what the engine found last, and what of it is published. Who belongs to which group is kept nowhere: it follows from the axes of
-- the map and from what somebody said, when it is asked for.

create table opinion_maps (
	topic_id uuid not null,
	-- counts what was published
	edition int not null check (edition > 0),
	-- the division to which the cells shown belong; another number of groups is another one
	division int not null check (division > 0),
	-- whose opinions were counted: those given until then
	as_of timestamptz not null,
	took_ms int not null,
	-- for the desk: what was found, without people and ideas
	found jsonb not null,
	-- for pages; null: too few people
	published jsonb,
	-- from which the next edition is judged: grid, middles of groups, how many people stand in each square
	withheld jsonb,
	primary key (topic_id)
);
comment on table opinion_maps is 'What the engine found of the opinion groups of a topic, and what of it is published; the newest wins.';

create table opinion_axes (
	topic_id uuid not null,
	idea_number int not null,
	-- mean opinion, and the share of the idea in each of the two directions
	mean real not null,
	first real not null,
	second real not null,
	primary key (topic_id, idea_number)
);
comment on table opinion_axes is 'What the place of a person on the published map follows from, idea by idea; seen by that person only.';

create table opinion_group_cells (
	topic_id uuid not null,
	idea_number int not null,
	division int not null,
	-- the letter of the group; none: people who said too little to be in one
	key text collate "C" not null,
	edition int not null,
	agree int not null,
	disagree int not null,
	pass int not null,
	primary key (topic_id, idea_number, division, key, edition)
);
comment on table opinion_group_cells is 'Every cell of an opinion group that was ever published; a new one is held against all of them. The highest edition of the division is shown.';

alter table opinion_maps
	add constraint opinion_maps_topic_exists foreign key (topic_id) references topics (topic_id) on delete cascade;
alter table opinion_axes
	add constraint opinion_axes_topic_exists foreign key (topic_id) references topics (topic_id) on delete cascade;
alter table opinion_group_cells
	add constraint opinion_group_cells_topic_exists foreign key (topic_id) references topics (topic_id) on delete cascade;
