-- The desk looks back: who did what in which time, in one topic or in all, and what came in over time.

create index activity_in_time on activity (at, activity_id);
create index activity_of_topic_in_time on activity (topic_id, at, activity_id);
create index activity_of_account on activity (actor_id, at, activity_id) where actor_kind = 'account';

-- how many contributions came by which channel is counted from this alone
create index contributions_in_time on contributions (topic_id, received_at) include (channel);
