-- The foreign keys of themes, alone in their statements.

alter table themes add constraint themes_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table theme_ideas add constraint theme_ideas_idea_exists
	foreign key (topic_id, idea_number) references ideas (topic_id, idea_number) on delete cascade;

alter table theme_ideas add constraint theme_ideas_theme_exists
	foreign key (topic_id, theme_number) references themes (topic_id, theme_number) on delete cascade;

alter table theme_steps add constraint theme_steps_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;
