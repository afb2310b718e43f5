-- Ideas are drawn by lot, some more probably than others; figures that rest on such opinions can be weighed again by how probable each was.
-- Kept beside the opinions and many in one row: a column would make each opinion a quarter larger and each write of one slower, a row for each
-- would cost as much as the opinion itself.

create table opinion_draws (
	topic_id uuid not null,
	draws_id uuid not null,
	-- the n-th of each belong together
	participant_numbers int[] not null,
	idea_numbers int[] not null,
	probabilities real[] not null,
	primary key (topic_id, draws_id)
);
comment on table opinion_draws is 'With what probability the idea of an opinion had been drawn for its participant; opinions that are not here were not drawn, or it is not known. Says nothing of anybody that opinions do not.';
