-- What was decided about same points can be taken back: the decision stays where it is, and a row says that it holds no longer. One click is one act,
-- however many pairs it decides on, and is undone as a whole. The groups follow from the decisions that hold, so those who stayed together
-- when one was taken out from between them need a line of their own.

alter table same_point_decisions
	add column act_id uuid,
	add column takes_back uuid;
update same_point_decisions set act_id = decision_id;
alter table same_point_decisions alter column act_id set not null;
create unique index same_point_decisions_taken_back_once on same_point_decisions (topic_id, takes_back);
create index same_point_decisions_of_act on same_point_decisions (topic_id, act_id);

alter table same_point_decisions drop constraint same_point_decisions_did_check;
alter table same_point_decisions add constraint same_point_decisions_did_check
	check (did in ('joined', 'stayed', 'parted', 'told-apart', 'taken-back'));
alter table same_point_decisions add constraint same_point_decisions_take_back
	check ((did = 'taken-back') = (takes_back is not null));

insert into same_point_decisions (topic_id, decision_id, act_id, did, ideas, decided_at)
select topic_id, id, id, 'stayed', array[first, idea_number], decided_at
from (
	select m.topic_id, m.idea_number, min(m.idea_number) over (partition by m.topic_id, m.same_point_id) as first, gen_random_uuid() as id, (
		select max(d.decided_at) + interval '1 microsecond'
		from same_point_decisions d
		where d.topic_id = m.topic_id
	) as decided_at
	from same_point_ideas m
) members
where idea_number <> first and decided_at is not null;

comment on table same_point_decisions is 'Append-only: which ideas of a pair were said to be the same point, stayed together when another left, were parted again, or told apart (the last two are not proposed again); and which of these decisions was taken back.';
