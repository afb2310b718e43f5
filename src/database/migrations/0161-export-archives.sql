-- Everything public of a talk is put into one file each night, with its digest, so that others can take it at once and cite it. A file is of one
-- instant; where something that it may hold was hidden or erased since, it is not given away any more, and made anew.

create table export_archives (
	topic_id uuid not null,
	archive_id uuid not null,
	-- the instant that it tells of
	of_at timestamptz not null,
	file_sha256 bytea not null,
	size bigint not null,
	shows_results boolean not null,
	-- name, size and sha256 of each file within
	contents jsonb not null,
	-- what had been concealed or erased shortly before that instant, and is not in it
	concealed_lately uuid[] not null,
	primary key (topic_id, archive_id)
);
comment on table export_archives is 'The public files of a topic as of one instant each; some nights are kept.';

alter table export_archives add constraint export_archives_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table export_archives add constraint export_archives_file_exists
	foreign key (file_sha256) references files (sha256) on delete restrict;
