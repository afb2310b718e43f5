-- Who follows an idea or a comment and goes to what is new there is led, the next time, to what is newer than that.
alter table followers add column seen_comment int;
comment on column followers.seen_comment is 'The newest comment when the follower last went to what was new; null: not since following it.';
