-- Frozen figures, and the report whose every sentence leads to its sources.

create table snapshots (
	topic_id uuid not null,
	snapshot_id uuid not null,
	taken_at timestamptz not null,
	taken_by uuid,
	figures jsonb not null,
	sha256 bytea not null,
	primary key (topic_id, snapshot_id)
);
comment on table snapshots is 'Figures frozen at one instant; what is published quotes these and no later ones.';

create table reports (
	topic_id uuid not null,
	report_id uuid not null,
	-- by which its address names it
	report_number int not null check (report_number > 0),
	template text collate "C" not null,
	language text collate "C" not null,
	snapshot_id uuid not null,
	begun_at timestamptz not null,
	begun_by uuid,
	primary key (topic_id, report_id),
	unique (topic_id, report_number)
);
comment on table reports is 'A report of a topic in one language, bound to a snapshot.';

create table paragraphs (
	topic_id uuid not null,
	paragraph_id uuid not null,
	report_id uuid not null,
	paragraph_number int not null,
	section text collate "C" not null,
	added_at timestamptz not null,
	primary key (topic_id, paragraph_id),
	unique (topic_id, report_id, paragraph_number)
);
comment on table paragraphs is 'A paragraph with its lasting address; its words are versions.';

create table paragraph_versions (
	topic_id uuid not null,
	paragraph_id uuid not null,
	version int not null,
	position int not null,
	kind text collate "C" not null check (kind in ('text', 'heading', 'quotation', 'figures', 'removed')),
	text text not null,
	-- of the words: a quotation keeps the language in which it was written
	language text collate "C" not null,
	origin text collate "C" not null check (origin in ('drafted', 'edited')),
	written_at timestamptz not null,
	written_by uuid,
	primary key (topic_id, paragraph_id, version)
);
comment on table paragraph_versions is 'The words of a paragraph; drafted by a rule or edited by hand.';

create table sources (
	topic_id uuid not null,
	paragraph_id uuid not null,
	version int not null,
	source_number int not null,
	-- the span of the sentence that rests on it, code points, half-open
	starts int not null,
	ends int not null check (ends > starts),
	kind text collate "C" not null check (kind in (
		'passage', 'idea', 'comment', 'submission', 'figure', 'snapshot', 'topic', 'stage', 'question', 'deliverable', 'document'
	)),
	-- the thing that it rests on; for a figure the snapshot
	thing_id uuid not null,
	-- for a figure: where it stands in the snapshot
	pointer text check ((pointer is not null) = (kind = 'figure')),
	-- the words that the span repeats, where it quotes
	quote text,
	primary key (topic_id, paragraph_id, version, source_number)
);
comment on table sources is 'What a span of a sentence rests on.';

create table report_publications (
	topic_id uuid not null,
	report_id uuid not null,
	edition int not null,
	published_at timestamptz not null,
	published_by uuid,
	content jsonb not null,
	sha256 bytea not null,
	primary key (topic_id, report_id, edition)
);
comment on table report_publications is 'A published edition, whole: what was published never changes silently.';

create table finding_waivers (
	topic_id uuid not null,
	paragraph_id uuid not null,
	version int not null,
	-- what the check said, in its own words
	finding text collate "C" not null,
	reason text not null check (reason <> ''),
	waived_at timestamptz not null,
	waived_by uuid,
	primary key (topic_id, paragraph_id, version, finding)
);
comment on table finding_waivers is 'Why a report may be published in spite of what its check found; holds for this version of the paragraph only.';
