-- Nothing is done with who suggested a correction of minutes: what is not needed is not kept.

alter table minute_suggestions drop column participant_number;
