-- An opinion that waited for a change of the wording was counted for words that nobody had shown to its author. The counts now say which
-- wording they are of: every opinion changes that row anyway, and sees there, after it waited, whether the idea still reads the same.

alter table idea_counts add column version int not null default 1;
comment on column idea_counts.version is 'Of the newest wording; what an opinion was given on must be this one when it is counted.';
update idea_counts
set version = newest.version
from (
	select topic_id, idea_number, max(version) as version
	from idea_versions
	group by topic_id, idea_number
	having max(version) > 1
) as newest
where idea_counts.topic_id = newest.topic_id and idea_counts.idea_number = newest.idea_number;
