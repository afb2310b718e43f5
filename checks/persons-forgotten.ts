// Whatever names or identifies a person is erased by somebody, or stays for a reason that is written here: a new table that holds one cannot be forgotten.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { report } from './reporting.ts';

/** Columns that name a person, or an id by which one is known. Who of staff did something (`…_by`) stays with the record of what was done. */
const ofPerson =
	/^(?:name|address|email|contact_email|coordinator|access_needs|speaker|asker|phone|said_by_name|from_name|from_address|to_address|keyed_hash|one|other|(?:account|device|guest|host|registration)_id|(?:participant|into)_number)$/;

/** The file that erases it, and the tables. */
const forgottenIn: Readonly<Record<string, string>> = {
	'people/leaving.server.ts': 'accounts',
	'people/invitations/forgetting.server.ts': 'invitations',
	'mail/forgetting.server.ts': 'mails mail_stops unreachable_addresses',
	'topics/participants/unlinking.server.ts': 'participants participant_links participant_profiles',
	'moderation/flagging.server.ts': 'moderation_flags author_standings',
	'moderation/deciding.server.ts': 'text_likenesses',
	'moderation/third-persons.server.ts': 'third_person_requests',
	'contributions/erasing.server.ts': 'contributions contribution_names followers',
	'contributions/intake/mail/forgetting.server.ts': 'mail_in_readings',
	'events/forgetting.server.ts': 'registrations arrivals event_invitations hubs',
	'events/places.server.ts': 'places',
	'cafes/forgetting-persons.server.ts': 'cafe_hosts cafe_seats cafe_cards cafe_cards_given cafe_pairs cafe_pins',
	'cafes/notes/closing.server.ts': 'waiting_notes',
	'townhalls/floor/keeping.server.ts': 'floor_askers floor_names',
	'townhalls/questions/forgetting.server.ts': 'floor_question_askers'
};

/** Goes with the row of another table, on whose deletion it hangs. */
const goesWith: Readonly<Record<string, string>> = {
	accounts: 'account_tokens authenticators recovery_codes sign_ins',
	cafe_hosts: 'cafe_host_links'
};

const stays: Readonly<Record<string, string>> = {
	'numbers of participants whom nothing leads to a person any more (decision 007)':
		'event_voices floor_question_supports ideas news_told opinions participant_joins poll_answers',
	'a registration of nobody, for the attendance': 'place_offers registration_ends',
	'said in a room, as the record of it says: a moderator hides it, and what became a contribution is erased as one':
		'caption_lines caption_speakers',
	'staff, whose accounts stay (decision 007)':
		'allocations floor_chairs moderation_claims note_photo_claims paper_claims readings roles',
	'an id that leads to nobody without its account or its key': 'invitation_answers notice_receivers',
	'of organisations, which are erased on their own': 'organisation_names',
	'of things, and addresses of the institution':
		'documents harvest_alike institution migrations minute_recordings paper_runs same_point_proposals themes topics webhooks'
};

export function problems(folder: string): string[] {
	const schema = readFileSync(join(folder, 'src/database/schema.sql'), 'utf8');
	const tables = new Map(
		[...schema.matchAll(/^create table ([a-z_]+) \(\n([\s\S]*?)\n\);/gm)].map(([, name, body]) => [name!, body!])
	);
	const holding = [...tables].filter(([, body]) =>
		[...body.matchAll(/^\t([a-z_]+) /gm)].some(([, column]) => ofPerson.test(column!))
	);
	const each = (lists: Readonly<Record<string, string>>) =>
		Object.entries(lists).flatMap(([by, names]) => names.split(' ').map((table) => ({ by, table })));
	const listed = [forgottenIn, goesWith, stays].flatMap(each).map(({ table }) => table);
	return [
		...holding
			.filter(([table]) => !listed.includes(table))
			.map(([table]) => `the table ${table} holds a person: checks/persons-forgotten.ts does not say who erases it`),
		...listed
			.filter((table) => !holding.some(([name]) => name === table))
			.map((table) => `the table ${table} of checks/persons-forgotten.ts holds no person`),
		...each(forgottenIn)
			.filter(({ by, table }) => !erases(readFileSync(join(folder, 'src', by), 'utf8'), table))
			.map(({ by, table }) => `src/${by} does not erase what ${table} says of a person`),
		...each(goesWith)
			.filter(({ by, table }) => !new RegExp(`REFERENCES ${by}\\([^)]*\\) ON DELETE CASCADE`).test(tables.get(table) ?? ''))
			.map(({ by, table }) => `the table ${table} does not go with ${by}`)
	];
}

function erases(text: string, table: string): boolean {
	return new RegExp(`(?:delete from|update) ${table}\\b`).test(text);
}

report(import.meta.url, problems);
