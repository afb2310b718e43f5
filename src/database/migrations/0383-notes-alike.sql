-- Which notes of a café say nearly the same is worked out by a job: a thousand notes compared with each other would hold up every page meanwhile.

create table harvest_alike (
	topic_id uuid not null,
	event_id uuid not null,
	one uuid not null,
	other uuid not null,
	closeness double precision not null,
	is_sure boolean not null,
	primary key (topic_id, event_id, one, other),
	check (other > one)
);
comment on table harvest_alike is 'Pairs of notes that probably say the same, as they were compared last; made anew each time.';

create table harvest_comparisons (
	topic_id uuid not null,
	event_id uuid not null,
	-- of the notes as they hung then, and of their wordings
	wall bytea not null check (octet_length(wall) = 32),
	primary key (topic_id, event_id)
);
comment on table harvest_comparisons is 'Which notes were compared last; when is nobody''s business.';
