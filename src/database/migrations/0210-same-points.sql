-- Ideas that say the same are grouped and never joined: each keeps its number, its author, its opinions and comments. An idea is in one group at most,
-- and a person counts once in a group. What a machine proposes stands apart from what people decided.

create table same_point_ideas (
	topic_id uuid not null,
	idea_number int not null,
	same_point_id uuid not null,
	primary key (topic_id, idea_number)
);
create index same_point_ideas_of_group on same_point_ideas (topic_id, same_point_id, idea_number);
comment on table same_point_ideas is 'The groups as they stand now: written with each decision, in its transaction. The key keeps an idea in one group.';

create table same_point_decisions (
	topic_id uuid not null,
	decision_id uuid not null,
	did text collate "C" not null check (did in ('joined', 'parted', 'told-apart')),
	ideas int[] not null check (cardinality(ideas) >= 2),
	decided_at timestamptz not null,
	decided_by uuid,
	primary key (topic_id, decision_id)
);
comment on table same_point_decisions is 'Append-only: which ideas were said to be the same point, parted again, or told apart; the last two are not proposed again.';

create table same_point_proposals (
	topic_id uuid not null,
	one int not null,
	other int not null check (other > one),
	-- 0 to 1
	closeness float8 not null,
	evidence text collate "C" not null check (evidence in ('words', 'translation', 'opinions')),
	is_sure boolean not null,
	primary key (topic_id, one, other)
);
create index same_point_proposals_in_order on same_point_proposals (topic_id, is_sure desc, closeness desc, one, other);
comment on table same_point_proposals is 'Pairs that probably say the same, as the machine found them last; all of a topic are replaced when it looks again.';

create table same_point_counts (
	topic_id uuid not null,
	same_point_id uuid not null,
	agree int not null,
	disagree int not null,
	pass int not null,
	counted_at timestamptz not null,
	primary key (topic_id, same_point_id)
);
comment on table same_point_counts is 'What people think of a group, each person once by their latest opinion on one of its ideas; counted by a job.';
