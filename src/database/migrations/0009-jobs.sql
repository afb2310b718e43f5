-- Work in the background: the queue is graphile-worker's own schema; here stands what a page shows of it.

create table job_progress (
	topic_id uuid not null,
	job_key text collate "C" not null,
	task text collate "C" not null,
	state text collate "C" not null check (state in ('waiting', 'running', 'done', 'failed', 'stopped')),
	done int not null default 0 check (done >= 0),
	-- null while nobody knows
	total int check (total >= 0),
	-- what went wrong, for whoever repairs it
	explanation text,
	asked_at timestamptz not null,
	asked_by uuid,
	changed_at timestamptz not null,
	stop_asked_at timestamptz,
	primary key (topic_id, job_key)
);
comment on table job_progress is 'How far a watched job is; the same key asked for again begins anew. Its work lies elsewhere: losing these rows loses nothing.';
