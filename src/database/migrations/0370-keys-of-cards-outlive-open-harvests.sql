-- A card that was taken is not to be refused when its phone sends it once more after the harvest: its key stays where people speak openly.

comment on table note_keys is 'Cards that were taken from a tray: one that comes once more is known. Under the Chatham House rule none survives the harvest.';
comment on table note_closings is 'How often the tray of a table was emptied, and how many cards became contributions then; under the Chatham House rule one row as of the day, once the harvest is over.';
comment on table harvest_ends is 'The harvest of a café is over: nothing is taken from phones any more, and under the Chatham House rule nothing is kept that leads from a card to a phone.';
