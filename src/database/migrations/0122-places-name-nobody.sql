-- An invitation names a mailbox, and its answer named a participant: a second bridge from a person to what they wrote, beside the one of
-- participant_links, and one that outlived it. An answer now keeps a mark, another for each invitation. Answers of before keep their
-- numbered places; who took them is forgotten, so somebody who follows an old link again takes another place.

update invitation_answers set participant_number = null where participant_number is not null;
alter table invitation_answers drop column participant_number;
-- HMAC of invitation and participant under the key of the topic: the same participant takes one place; without that key it tells nothing
alter table invitation_answers add column place_mark bytea;
