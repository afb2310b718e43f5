-- Who suggests a correction of minutes read one version of them: another correction of the same section is not to be undone by theirs.

alter table minute_suggestions add column version int;
update minute_suggestions
set version = (
	select coalesce(max(v.version) filter (where v.at <= minute_suggestions.at), min(v.version))
	from minute_versions v
	where v.topic_id = minute_suggestions.topic_id and v.event_id = minute_suggestions.event_id
);
alter table minute_suggestions alter column version set not null;
comment on column minute_suggestions.version is 'Of the minutes that its author read.';
