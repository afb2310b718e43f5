-- Between two paragraphs there is always room for another: an exact decimal half way between two positions is one more digit, never the
-- same place.

alter table paragraph_versions alter column position type numeric;
