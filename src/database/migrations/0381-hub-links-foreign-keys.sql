-- The foreign key of links of hubs, alone in its statement.

alter table hub_links add constraint hub_links_hub_exists
	foreign key (topic_id, event_id, hub_id) references hubs (topic_id, event_id, hub_id) on delete cascade;
