-- Long threads: the branches of an idea in the order in which they were begun, and what came after a comment, are each a range of an index.
create index comments_of_idea on comments (topic_id, idea_number, comment_number);
