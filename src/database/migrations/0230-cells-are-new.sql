-- Who listens to a talk is told that there are new figures of groups, without looking through all of them: when any were published last.

create table cell_publications (
	topic_id uuid not null,
	published_at timestamptz not null,
	primary key (topic_id)
);
comment on table cell_publications is 'When cells of a topic were published or renewed last, by a look or a freeze.';

insert into cell_publications (topic_id, published_at)
select topic_id, max(published_at)
from opinion_cells
group by topic_id;

alter table cell_publications add constraint cell_publications_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;
