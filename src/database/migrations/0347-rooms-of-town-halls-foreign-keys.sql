-- The foreign keys of polls, floor questions, captions and minutes, alone in their statements.

alter table polls add constraint polls_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table poll_states add constraint poll_states_poll_exists
	foreign key (topic_id, poll_id) references polls (topic_id, poll_id) on delete cascade;

alter table poll_answers add constraint poll_answers_poll_exists
	foreign key (topic_id, poll_id) references polls (topic_id, poll_id) on delete cascade;

alter table poll_counts add constraint poll_counts_poll_exists
	foreign key (topic_id, poll_id) references polls (topic_id, poll_id) on delete cascade;

alter table poll_words add constraint poll_words_poll_exists
	foreign key (topic_id, poll_id) references polls (topic_id, poll_id) on delete cascade;

alter table poll_answers add constraint poll_answers_participant_exists
	foreign key (topic_id, participant_number) references participants (topic_id, participant_number) on delete cascade;

alter table poll_word_decisions add constraint poll_word_decisions_word_exists
	foreign key (topic_id, poll_id, word_number) references poll_words (topic_id, poll_id, word_number) on delete cascade;

alter table floor_questions add constraint floor_questions_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table floor_questions add constraint floor_questions_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table floor_question_askers add constraint floor_question_askers_question_exists
	foreign key (topic_id, floor_question_id) references floor_questions (topic_id, floor_question_id) on delete cascade;

alter table floor_question_states add constraint floor_question_states_question_exists
	foreign key (topic_id, floor_question_id) references floor_questions (topic_id, floor_question_id) on delete cascade;

alter table floor_question_supports add constraint floor_question_supports_question_exists
	foreign key (topic_id, floor_question_id) references floor_questions (topic_id, floor_question_id) on delete cascade;

alter table floor_question_askers add constraint floor_question_askers_participant_exists
	foreign key (topic_id, participant_number) references participants (topic_id, participant_number) on delete cascade;

alter table floor_question_supports add constraint floor_question_supports_participant_exists
	foreign key (topic_id, participant_number) references participants (topic_id, participant_number) on delete cascade;

alter table floor_question_merges add constraint floor_question_merges_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table floor_question_merges add constraint floor_question_merges_merged_exists
	foreign key (topic_id, merged) references floor_questions (topic_id, floor_question_id) on delete cascade;

alter table floor_question_merges add constraint floor_question_merges_into_exists
	foreign key (topic_id, into_question) references floor_questions (topic_id, floor_question_id) on delete cascade;

alter table floor_question_merge_ends add constraint floor_question_merge_ends_merge_exists
	foreign key (topic_id, merge_id) references floor_question_merges (topic_id, merge_id) on delete cascade;

alter table floor_question_settings add constraint floor_question_settings_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table town_hall_screens add constraint town_hall_screens_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table town_hall_screens add constraint town_hall_screens_poll_exists
	foreign key (topic_id, poll_id) references polls (topic_id, poll_id) on delete cascade;

alter table caption_streams add constraint caption_streams_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table caption_imports add constraint caption_imports_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table caption_lines add constraint caption_lines_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table caption_speakers add constraint caption_speakers_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table caption_transcripts add constraint caption_transcripts_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table minute_versions add constraint minute_versions_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table minute_states add constraint minute_states_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table minute_suggestions add constraint minute_suggestions_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table minute_recordings add constraint minute_recordings_event_exists
	foreign key (topic_id, event_id) references events (topic_id, event_id) on delete cascade;

alter table caption_stream_ends add constraint caption_stream_ends_stream_exists
	foreign key (topic_id, stream_id) references caption_streams (topic_id, stream_id) on delete cascade;

alter table caption_import_removals add constraint caption_import_removals_import_exists
	foreign key (topic_id, import_id) references caption_imports (topic_id, import_id) on delete cascade;

alter table caption_corrections add constraint caption_corrections_line_exists
	foreign key (topic_id, event_id, line_number) references caption_lines (topic_id, event_id, line_number) on delete cascade;

alter table caption_transcripts add constraint caption_transcripts_contribution_exists
	foreign key (topic_id, contribution_id) references contributions (topic_id, contribution_id) on delete cascade;

alter table minute_sections add constraint minute_sections_version_exists
	foreign key (topic_id, event_id, version) references minute_versions (topic_id, event_id, version) on delete cascade;

alter table minute_suggestion_answers add constraint minute_suggestion_answers_suggestion_exists
	foreign key (topic_id, suggestion_id) references minute_suggestions (topic_id, suggestion_id) on delete cascade;
