-- A zip of submissions holds the words of many people: once they are brought in it goes, so that an erasure leaves no second copy of them.

alter table imports alter column file_sha256 drop not null;
