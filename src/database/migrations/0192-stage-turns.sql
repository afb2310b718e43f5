-- Stages open and close by the clock. What programs, feeds and the record are told of it must be told once, also where no process ran at that moment.

create table stage_turns (
	topic_id uuid not null,
	stage_id uuid not null,
	turn text collate "C" not null check (turn in ('opened', 'closed')),
	-- the moment of the stage; one that is moved after it was told of turns again
	at timestamptz not null,
	noted_at timestamptz not null,
	-- long past when it was seen, or before the topic was public: nobody was told
	is_silent boolean not null,
	primary key (topic_id, stage_id, turn, at)
);
comment on table stage_turns is 'A stage that opened or closed by the clock, and was told of.';
