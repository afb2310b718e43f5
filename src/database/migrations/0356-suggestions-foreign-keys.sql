-- The foreign key of suggestions to the version that they speak of, alone in its statement.

alter table minute_suggestions add constraint minute_suggestions_version_exists
	foreign key (topic_id, event_id, version) references minute_versions (topic_id, event_id, version) on delete cascade;
