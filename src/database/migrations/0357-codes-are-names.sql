-- The code of an event is a name of the whole installation, as an address of a topic is: it is looked up before anybody knows the topic.

alter table event_codes drop constraint event_codes_pkey;
alter table event_codes drop constraint event_codes_code_key;
alter table event_codes add constraint event_codes_pkey primary key (code);
alter table event_codes add constraint event_codes_of_event unique (topic_id, event_id);
comment on table event_codes is 'The six letters by which people in a room find the event: a name of the whole installation, looked up before the topic is known.';
