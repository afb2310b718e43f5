-- What is shown of opinion groups now, and every figure that was ever shown of them, in two tables: pages read the first by its key, and a
-- computation reads of the second only what lies next to a figure that may be published. Neither costs more the longer a talk goes on.

create table opinion_group_figures (
	topic_id uuid not null,
	idea_number int not null,
	agree int not null,
	disagree int not null,
	pass int not null,
	division int not null,
	-- the letter of the group; none: people who said too little to be in one
	key text collate "C" not null,
	-- figures first: what is near to a new figure stands next to it
	primary key (topic_id, idea_number, agree, disagree, pass, division, key)
);
comment on table opinion_group_figures is 'Every figure of an opinion group that was ever published, each once; a new one is held against those near to it.';

insert into opinion_group_figures (topic_id, idea_number, agree, disagree, pass, division, key)
select distinct topic_id, idea_number, agree, disagree, pass, division, key
from opinion_group_cells;

delete from opinion_group_cells as cell
using opinion_maps as map
where map.topic_id = cell.topic_id and (
	map.division <> cell.division
		or exists (
			select from opinion_group_cells as newer
			where newer.topic_id = cell.topic_id and newer.idea_number = cell.idea_number and newer.division = cell.division
				and newer.key = cell.key and newer.edition > cell.edition
		)
);

alter table opinion_group_cells
	drop constraint opinion_group_cells_pkey,
	drop column division,
	drop column edition,
	add primary key (topic_id, idea_number, key);
comment on table opinion_group_cells is 'What is shown of each opinion group of the present division.';

alter table opinion_group_figures
	add constraint opinion_group_figures_topic_exists foreign key (topic_id) references topics (topic_id) on delete cascade;
