-- The foreign keys of same points, alone in their statements.

alter table same_point_ideas add constraint same_point_ideas_idea_exists
	foreign key (topic_id, idea_number) references ideas (topic_id, idea_number) on delete cascade;

alter table same_point_decisions add constraint same_point_decisions_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table same_point_proposals add constraint same_point_proposals_one_exists
	foreign key (topic_id, one) references ideas (topic_id, idea_number) on delete cascade;

alter table same_point_proposals add constraint same_point_proposals_other_exists
	foreign key (topic_id, other) references ideas (topic_id, idea_number) on delete cascade;

alter table same_point_counts add constraint same_point_counts_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;
