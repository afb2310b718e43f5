-- Whoever pages through the most supported ideas must meet each of them once, although opinions keep coming in. Each refresh of the order
-- therefore has a number, and the next page is asked for as of the refresh of the first (decision 002). What a refresh changes is
-- kept as it was for an hour, or as far back as some hundred thousand changes go.

alter table idea_standings add column since int not null default 0;
comment on column idea_standings.since is 'The refresh from which on these hold.';

create table idea_standings_before (
	topic_id uuid not null,
	idea_number int not null,
	supported int not null,
	discussed int not null,
	-- refreshes, half-open
	since int not null,
	until int not null check (until > since),
	primary key (topic_id, idea_number, until)
);
create index idea_standings_before_until on idea_standings_before (topic_id, until);
comment on table idea_standings_before is 'Standings as they were, for whoever may still be paging through them.';

create table standing_refreshes (
	topic_id uuid not null,
	refresh int not null,
	changed int not null,
	at timestamptz not null,
	primary key (topic_id, refresh)
);
comment on table standing_refreshes is 'The orders of a topic''s lists that can still be told, the newest last, with how many ideas each changed.';

alter table idea_standings_before add constraint idea_standings_before_idea_exists
	foreign key (topic_id, idea_number) references ideas (topic_id, idea_number) on delete cascade;

alter table standing_refreshes add constraint standing_refreshes_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;
