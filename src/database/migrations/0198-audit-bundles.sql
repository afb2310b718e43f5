-- Single opinions with their times lead to people, if one knows when somebody sat at a screen: nobody gives them out alone. One of the
-- secretariat asks and says why, another agrees, and for a day these two may take the bundle; each taking is in the activity of the talk.

create table audit_requests (
	topic_id uuid not null,
	request_id uuid not null,
	why text not null check (length(why) between 1 and 2000),
	asked_at timestamptz not null,
	asked_by uuid not null,
	primary key (topic_id, request_id)
);
comment on table audit_requests is 'Somebody of the secretariat wants all rows of a talk with their times, and why. Agreed to by a row in audit_agreements.';

create table audit_agreements (
	topic_id uuid not null,
	request_id uuid not null,
	agreed_at timestamptz not null,
	-- never who asked
	agreed_by uuid not null,
	primary key (topic_id, request_id)
);
comment on table audit_agreements is 'The second person of an audit bundle: from then on both may take it for a day.';

alter table audit_requests add constraint audit_requests_topic_exists
	foreign key (topic_id) references topics (topic_id) on delete cascade;

alter table audit_agreements add constraint audit_agreements_request_exists
	foreign key (topic_id, request_id) references audit_requests (topic_id, request_id) on delete cascade;
