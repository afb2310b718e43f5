-- What people of a group say at an event, at tables, on the floor and in questions, stands in the name of one participant: who spoke twice counts
-- once. Who asks a question may belong to several groups.

alter table floor_voices rename to event_voices;
alter table event_voices alter column stakeholder_group type text[] collate "C" using array[stakeholder_group];
alter table event_voices rename column stakeholder_group to stakeholder_groups;
alter table event_voices rename constraint floor_voices_pkey to event_voices_pkey;
alter table event_voices rename constraint floor_voices_event_exists to event_voices_event_exists;
alter table event_voices rename constraint floor_voices_participant_exists to event_voices_participant_exists;
comment on table event_voices is 'The participant, linked to nobody, in whose name stands what people of a group said at an event: one for a group, so that nobody who spoke twice counts twice.';
comment on column event_voices.stakeholder_groups is 'In the order of the alphabet.';
