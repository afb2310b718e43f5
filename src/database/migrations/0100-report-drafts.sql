-- A first report of a large talk takes its time: it is asked for here, and drafted by a job. And cells of groups are looked at again only
-- where somebody spoke since the last look.

create table report_drafts (
	topic_id uuid not null,
	-- of the report, once it is there
	report_id uuid not null,
	language text collate "C" not null,
	asked_at timestamptz not null,
	asked_by uuid,
	primary key (topic_id, report_id)
);
comment on table report_drafts is 'A first report that somebody asked for. It is under way until there is a report of this id.';

create table cell_looks (
	topic_id uuid not null,
	looked_at timestamptz not null,
	-- the last time that all ideas were looked at, not only those to which somebody spoke
	complete_at timestamptz not null,
	-- the longer a look takes, the later comes the next
	took_ms int not null,
	primary key (topic_id)
);
comment on table cell_looks is 'When the job that publishes cells last looked at the opinions of a topic; losing a row only makes the next look complete.';

alter table report_drafts add constraint report_drafts_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;
alter table cell_looks add constraint cell_looks_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;
