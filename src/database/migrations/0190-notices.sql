-- Notices of the secretariat to those who take part in a topic. Who was written to is known by a keyed hash of the address: no row leads from a
-- participant to a mailbox.

create table notices (
	topic_id uuid not null,
	notice_id uuid not null,
	notice_number int not null check (notice_number > 0),
	audience text collate "C" not null check (audience in ('everybody', 'contributors', 'submitters', 'followers', 'group', 'region')),
	-- of the group or the region; empty for the others
	audience_key text collate "C" not null default '' check ((audience_key <> '') = (audience in ('group', 'region'))),
	is_public boolean not null,
	changed_at timestamptz not null,
	changed_by uuid,
	primary key (topic_id, notice_id),
	unique (topic_id, notice_number)
);
comment on table notices is 'A notice to those who take part; subject and text are texts of kind notice. Not to be changed once it is sent.';

create table notice_sendings (
	topic_id uuid not null,
	notice_id uuid not null,
	way text collate "C" not null check (way in ('now', 'digest')),
	sent_at timestamptz not null,
	sent_by uuid,
	primary key (topic_id, notice_id)
);
comment on table notice_sendings is 'Staff sent the notice: at once, or with the next mail of news.';

create table notice_ends (
	topic_id uuid not null,
	notice_id uuid not null,
	ended_at timestamptz not null,
	ended_by uuid,
	primary key (topic_id, notice_id)
);
comment on table notice_ends is 'A notice taken back: nobody gets it any more, and no page shows it.';

create table notice_receivers (
	topic_id uuid not null,
	notice_id uuid not null,
	-- HMAC of notice and address under the key of the topic: each gets it once
	keyed_hash bytea not null check (octet_length(keyed_hash) = 32),
	-- in the nil topic; null for who wants no such mail, and once it is long ago
	mail_id uuid,
	primary key (topic_id, notice_id, keyed_hash)
);
create index notice_receivers_of_mail on notice_receivers (mail_id) where mail_id is not null;
comment on table notice_receivers is 'Who was written to, or left out because they want no such mail.';

create table notice_completions (
	topic_id uuid not null,
	notice_id uuid not null,
	completed_at timestamptz not null,
	primary key (topic_id, notice_id)
);
comment on table notice_completions is 'Everybody whom the notice is for was looked at: what goes on is the delivery of mails.';

create table notice_outcomes (
	topic_id uuid not null,
	notice_id uuid not null,
	sent int not null,
	failed int not null,
	stopped int not null,
	unsubscribed int not null,
	noted_at timestamptz not null,
	primary key (topic_id, notice_id)
);
comment on table notice_outcomes is 'What became of the mails of a notice, kept when a month later nothing leads to them any more.';

-- where an answer to a mail goes, if not to the address from which we write
alter table mails add column reply_to text;
