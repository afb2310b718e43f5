-- The foreign keys of stages that turned, alone in their statements.

alter table stage_turns add constraint stage_turns_stage_exists
	foreign key (topic_id, stage_id) references stages (topic_id, stage_id) on delete cascade;
