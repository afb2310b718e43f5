-- The foreign keys of seatings, alone in their statements.

alter table cafe_seatings add constraint cafe_seatings_plan_exists
	foreign key (topic_id, event_id, plan_version) references cafe_plans (topic_id, event_id, version) on delete cascade;

alter table cafe_seats add constraint cafe_seats_seating_exists
	foreign key (topic_id, event_id, seating_number) references cafe_seatings (topic_id, event_id, seating_number) on delete cascade;

alter table cafe_seat_changes add constraint cafe_seat_changes_seating_exists
	foreign key (topic_id, event_id, seating_number) references cafe_seatings (topic_id, event_id, seating_number) on delete cascade;

alter table cafe_seating_choices add constraint cafe_seating_choices_seating_exists
	foreign key (topic_id, event_id, seating_number) references cafe_seatings (topic_id, event_id, seating_number) on delete cascade;

alter table cafe_pairs add constraint cafe_pairs_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table cafe_pins add constraint cafe_pins_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table cafe_cards add constraint cafe_cards_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table cafe_cards_given add constraint cafe_cards_given_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;
