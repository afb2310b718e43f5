-- The page of agreement lists 100,000 ideas by who was heard on them, and says how many have which level: the first is read from an index
-- alone, the second is counted when levels are written.

create index opinion_cells_of_key on opinion_cells (topic_id, dimension, key, idea_number);
create index opinion_group_cells_of_key on opinion_group_cells (topic_id, key, idea_number);

-- how many ideas have which level, those that cannot be seen included; null: not counted yet
alter table level_bases add column totals jsonb;
