-- The secretariat puts its promises into the order in which readers should see them, as it does with questions and documents. Until now they
-- stood in the order of their dates, which is where they begin.

alter table deliverables add column position int not null default 0;
update deliverables
set position = placed.position
from (
	select topic_id, deliverable_id, row_number() over (partition by topic_id order by promised nulls last, deliverable_id) as position
	from deliverables
) as placed
where placed.topic_id = deliverables.topic_id and placed.deliverable_id = deliverables.deliverable_id;
alter table deliverables alter column position drop default;
