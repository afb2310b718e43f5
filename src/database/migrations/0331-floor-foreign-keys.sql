-- The foreign keys of the agenda and the floor, alone in their statements.

alter table agenda_items add constraint agenda_items_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table floor_rules add constraint floor_rules_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table floor_states add constraint floor_states_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table floor_chairs add constraint floor_chairs_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table floor_acts add constraint floor_acts_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table floor_requests add constraint floor_requests_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table floor_statements add constraint floor_statements_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table floor_tray add constraint floor_tray_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table floor_figures add constraint floor_figures_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table agenda_versions add constraint agenda_versions_item_exists
	foreign key (topic_id, event_id, item_id) references agenda_items (topic_id, event_id, item_id) on delete cascade;

alter table agenda_steps add constraint agenda_steps_item_exists
	foreign key (topic_id, event_id, item_id) references agenda_items (topic_id, event_id, item_id) on delete cascade;

alter table floor_askers add constraint floor_askers_request_exists
	foreign key (topic_id, event_id, request_number) references floor_requests (topic_id, event_id, request_number) on delete cascade;

alter table floor_names add constraint floor_names_request_exists
	foreign key (topic_id, event_id, request_number) references floor_requests (topic_id, event_id, request_number) on delete cascade;

alter table floor_withdrawals add constraint floor_withdrawals_request_exists
	foreign key (topic_id, event_id, request_number) references floor_requests (topic_id, event_id, request_number) on delete cascade;

alter table interventions add constraint interventions_request_exists
	foreign key (topic_id, event_id, request_number) references floor_requests (topic_id, event_id, request_number) on delete cascade;

alter table intervention_ends add constraint intervention_ends_intervention_exists
	foreign key (topic_id, event_id, intervention_number) references interventions (topic_id, event_id, intervention_number) on delete cascade;

alter table floor_overrides add constraint floor_overrides_intervention_exists
	foreign key (topic_id, event_id, intervention_number) references interventions (topic_id, event_id, intervention_number) on delete cascade;

alter table intervention_contributions add constraint intervention_contributions_intervention_exists
	foreign key (topic_id, event_id, intervention_number) references interventions (topic_id, event_id, intervention_number) on delete cascade;

alter table intervention_contributions add constraint intervention_contributions_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table floor_statements add constraint floor_statements_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table floor_voices add constraint floor_voices_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table floor_voices add constraint floor_voices_participant_exists
	foreign key (topic_id, participant_number) references participants (topic_id, participant_number) on delete cascade;
