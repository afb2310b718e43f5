/**
 * What of an author may be shown, by the attribution of the text. A query that calls the contribution (or the idea) `text` joins
 * `authorShown(text)` and then knows no more than everybody may: the profile of an anonymous author is not joined at all, and a name
 * only where its author wanted it to stand. Both are null for want of anything to show. An organisation that was joined with another has
 * that one's name: nothing is rewritten then, whoever reads follows the row.
 */
export const authorShown = (text: string) => `
	left join contribution_names as author_name
		on author_name.topic_id = ${text}.topic_id and author_name.contribution_id = ${text}.contribution_id
			and ${text}.attribution = 'named'
	${profileShown(text)}
	left join organisation_joins as author_same on author_same.organisation_id = author.organisation_id
	left join organisation_names as author_organisation
		on author_organisation.organisation_id = coalesce(author_same.into_id, author.organisation_id) and author_organisation.is_main`;

/** Only the profile, as `author`, for what is counted by group or region: of a single text a count would tell it. */
export const profileShown = (text: string) => `
	left join participant_profiles as author
		on author.topic_id = ${text}.topic_id and author.participant_number = ${text}.participant_number
			and author.profile_number = ${text}.profile_number and ${text}.attribution <> 'anonymous'`;

export const groupsShown = `coalesce(author.stakeholder_groups, '{}')`;

/** As the author of a submission wrote it in the form, else the organisation of the profile; null where there is none to show. */
export const organisationShown = (text: string, submission: string) => `
	case when ${text}.attribution <> 'anonymous'
		then coalesce(nullif(${submission}.organisation_as_written, ''), author_organisation.name) end`;
