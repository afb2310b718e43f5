-- From an organisation to what was contributed in its name.

create index participant_profiles_of_organisation on participant_profiles (organisation_id, topic_id, participant_number)
	where organisation_id is not null;
