-- Mail that people write to the address of a talk. It is kept byte for byte before its arrival is acknowledged; a job reads it; it becomes a
-- submission when its sender confirms it or staff accept it.

create table mails_in (
	topic_id uuid not null,
	mail_in_id uuid not null,
	-- null: forgotten, or erased
	file_sha256 bytea,
	size bigint not null,
	way text collate "C" not null check (way in ('smtp', 'lmtp', 'file')),
	-- of the envelope, in small letters; empty: nobody is to be answered; null: from a file, which has no envelope
	sender text,
	-- of Message-ID and content: the same mail that comes twice is one
	likeness bytea not null check (octet_length(likeness) = 32),
	received_at timestamptz not null,
	primary key (topic_id, mail_in_id),
	unique (topic_id, likeness)
);
create index mails_in_of_sender on mails_in (topic_id, sender, received_at);
comment on table mails_in is 'A mail that came to a talk (nil topic: to the address from which we write), the whole of it in the file store.';

create table mail_in_readings (
	topic_id uuid not null,
	mail_in_id uuid not null,
	from_address text not null,
	from_name text not null,
	subject text not null,
	language text collate "C" not null,
	-- [{kind: own | quoted | signature, text}], together the whole text
	pieces jsonb not null,
	-- in its head it says that it is none that a person wrote to us
	automatic text collate "C" check (automatic in ('loop', 'bounce', 'away', 'automatic', 'list')),
	-- the mail that asks its sender to confirm; null: nobody was asked
	asked_mail_id uuid,
	read_at timestamptz not null,
	primary key (topic_id, mail_in_id)
);
comment on table mail_in_readings is 'What a mail holds, as read by a job.';

create table mail_in_files (
	topic_id uuid not null,
	mail_in_id uuid not null,
	part int not null check (part > 0),
	file_name text not null,
	size bigint not null,
	-- null: not taken, refusal says why
	file_sha256 bytea,
	refusal text collate "C",
	primary key (topic_id, mail_in_id, part),
	check ((file_sha256 is null) = (refusal is not null))
);
comment on table mail_in_files is 'The attachments of a mail; documents that we read become files of the submission.';

create table mail_in_decisions (
	topic_id uuid not null,
	mail_in_id uuid not null,
	version int not null check (version > 0),
	decision text collate "C" not null check (decision in ('automatic', 'refused', 'disowned', 'confirmed', 'accepted')),
	-- of a refusal by us: empty | parts | broken | too-long; of one by staff: their words
	reason text not null default '',
	-- of a mail that was confirmed or accepted
	contribution_id uuid,
	decided_at timestamptz not null,
	decided_by uuid,
	primary key (topic_id, mail_in_id, version),
	unique (topic_id, contribution_id),
	check ((contribution_id is not null) = (decision in ('confirmed', 'accepted')))
);
comment on table mail_in_decisions is 'What became of a mail: the highest version holds; without a row it is held. What became a submission stays one.';

create table unreachable_addresses (
	address text collate "C" primary key check (address = lower(address)),
	since timestamptz not null,
	-- the mail that came back
	topic_id uuid not null,
	mail_id uuid not null,
	explanation text not null
);
comment on table unreachable_addresses is 'Addresses whose server said for good that it takes no mail for them: only what they ask for is still sent.';
