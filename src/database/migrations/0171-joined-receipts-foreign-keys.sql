-- The foreign key of joined receipts, alone in its statement.

alter table joined_receipts add constraint joined_receipts_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;
