-- A list by several filters at once: without these figures the planner takes them for independent, expects matches everywhere, and walks the whole order of a list
-- to find that there are none (a third of a second with 100,000 ideas).
create statistics ideas_filtered_together (ndistinct, dependencies, mcv) on topic_id, question_id, region, channel, language from ideas;
alter statistics ideas_filtered_together set statistics 1000;
