-- Ideas about the same matter stand in a theme, each in one at most. A machine proposes themes; what people confirmed, named or moved stays when it looks again.

create table themes (
	topic_id uuid not null,
	theme_number int not null,
	name text not null,
	-- of the name; 'und' where a person wrote it
	language text collate "C" not null,
	is_confirmed boolean not null,
	primary key (topic_id, theme_number)
);
comment on table themes is 'The themes as they stand now: written with each step, in its transaction. A number is given once.';

create table theme_ideas (
	topic_id uuid not null,
	idea_number int not null,
	-- null: a person took it out of every theme
	theme_number int,
	is_confirmed boolean not null,
	primary key (topic_id, idea_number)
);
create index theme_ideas_of_theme on theme_ideas (topic_id, theme_number, idea_number);
comment on table theme_ideas is 'The key keeps an idea in one theme. What nobody confirmed is proposed, and found anew when the machine looks again.';

create table theme_steps (
	topic_id uuid not null,
	step_id uuid not null,
	did text collate "C" not null check (did in ('found', 'confirmed', 'renamed', 'joined', 'split', 'moved', 'undid')),
	themes int[] not null,
	ideas int[] not null,
	-- rows as they stood; null where the step cannot be undone any more
	before jsonb,
	done_at timestamptz not null,
	done_by uuid,
	primary key (topic_id, step_id)
);
create index theme_steps_to_undo on theme_steps (topic_id, step_id) where before is not null;
comment on table theme_steps is 'Append-only but for "before", which is forgotten when the step was undone, the machine looks again, or an idea is erased.';
