// For the test of what stays text: the places where it looks most closely, and what its pages consist of.
import { nilTopic } from '#database/connection.server.ts';
import { hostileTalk, made } from './hostile-desks.ts';
import { database, talk, topicId } from './hostile-ways-in.ts';
import { Known, mark } from './hostile.ts';
import type { StaffRole } from './world.ts';

/** What pages consist of; learns from pages without hostile texts. */
export const known = new Known();
// what Markdown may become, which the example world does not use everywhere
for (const tag of [
	'p',
	'br',
	'hr',
	'h2',
	'h3',
	'h4',
	'h5',
	'h6',
	'strong',
	'em',
	's',
	'code',
	'pre',
	'blockquote',
	'ul',
	'ol',
	'li'
])
	known.add(tag);
for (const tag of ['table', 'thead', 'tbody', 'tr', 'th', 'td']) known.add(tag);
// filters are open while one is set
known.add('legend', 'lang', 'dir');
known.add('details', 'open').add('strong', 'dir');
// of the page of notices, which has none in the example world
known.add('article', 'id');
// of the desk of themes, of which it has none
known
	.add('fieldset', 'id', 'tabindex', 'class')
	.add('li', 'lang', 'dir')
	.add('label', 'lang', 'dir')
	.add('bdi', 'lang', 'dir')
	.add('button', 'formaction', 'name', 'value');
// of the desk of paper, whose forms and pictures are made below
known.add('input', 'lang', 'multiple').add('img', 'class', 'loading').add('h3', 'class');
// of a floor that is open, which the example world has at its hour alone
known.add('section', 'aria-live');
known.add('a', 'href', 'rel', 'title').add('ol', 'start').add('div', 'tabindex', 'class');

/** Where another platform was broken from 2023 to 2026 (research, reliability 1), and what stands in our place of it. */
export const brokenElsewhere: Readonly<Record<string, () => Promise<{ path: string; as?: StaffRole }>>> = {
	'the name of a user': () => Promise.resolve({ path: '/desk/staff', as: 'administrator' }),
	'the name of an uploaded file': async () => ({ path: `${talk}/submissions/${await newest('submission')}` }),
	'the number of things on a page, in the address': () =>
		Promise.resolve({ path: `${talk}/ideas?per_page=${hostileInAddress}&search=${hostileInAddress}` }),
	'the record of what staff did': () => Promise.resolve({ path: `/desk${talk}/activity`, as: 'secretariat' }),
	'links that lead out': () => Promise.resolve({ path: `${talk}/notices` }),
	'what others embed: a meeting, facts for search engines': () => Promise.resolve({ path: `/topics/${hostileTalk}` }),
	'the page of versions': async () => ({ path: `${talk}/ideas/${await newest('idea')}?since=1` }),
	'text with marks of its own (an editor, Markdown)': async () => ({
		path: `/desk${talk}/texts/${await newest('submission')}`,
		as: 'rapporteur'
	}),
	'what an administrator writes for all pages': () => Promise.resolve({ path: '/terms' }),
	'the page on which one gives an opinion': async () => ({ path: `${talk}/opinions?idea=${await newest('idea')}` }),
	'the desk of moderation': () => Promise.resolve({ path: `/desk${talk}/moderation`, as: 'moderator' }),
	'what was searched for': () => Promise.resolve({ path: `${talk}/ideas?search=${hostileInAddress}` })
};
const hostileInAddress = encodeURIComponent(`"><script>${mark}()</script>`);

/** The talks all of whose words are hostile, and what staff and the institution filled. */
export function pagesOfDesks(): { path: string; as?: StaffRole }[] {
	const ofTalk = [
		'',
		'/ideas',
		'/ideas/new',
		'/submissions/new',
		'/me',
		'/rules',
		'/moderation',
		'/notices',
		'/export',
		'/live',
		'/opinions'
	];
	const ofDesk = [
		'',
		'/setup',
		'/setup/promises',
		'/setup/questions',
		'/setup/stages',
		'/setup/publish',
		'/preview',
		'/activity'
	];
	return [
		...[hostileTalk, made.archived].flatMap((slug) => ofTalk.map((path) => ({ path: `/topics/${slug}${path}` }))),
		...ofDesk.map((path) => ({ path: `/desk/topics/${hostileTalk}${path}`, as: 'secretariat' as const })),
		...['audit', 'webhooks', 'invitations', 'people', 'activity', 'activity?page=2'].map((path) => ({
			path: `/desk${talk}/${path}`,
			as: 'secretariat' as const
		})),
		...[
			`texts/import/${made.importId}`,
			'texts/meanings',
			'themes',
			'themes?theme=1',
			'themes?theme=none',
			`sheets/${made.sheetId}`
		].map((path) => ({
			path: `/desk${talk}/${path}`,
			as: 'rapporteur' as const
		})),
		{ path: `/desk/organisations/${made.organisationId}`, as: 'secretariat' },
		{ path: `/organisations/${made.organisationId}` },
		{ path: `/desk/mail/${made.mailId}?topic=${nilTopic}`, as: 'administrator' }
	];
}

/** Columns of words in which no text of a person or of staff ever stands. */
export const neverHostile: Readonly<Record<string, readonly string[]>> = {
	'chosen from lists, or checked when it is typed': [
		...['account_tokens.scopes', 'activity.did', 'ideas.stakeholder_groups', 'institution.languages', 'institution.zone'],
		...['participant_profiles.reads', 'participant_profiles.stakeholder_groups', 'sheet_mappings.fields', 'stages.zone'],
		...['topics.languages', 'webhooks.events', 'deliverable_states.state', 'remark_waivers.remark', 'sources.pointer'],
		...['idea_levels.not_heard', 'idea_levels.opposed_by', 'level_bases.groups', 'level_thresholds.groups'],
		...['contributions.channel', 'event_counters.counted', 'event_moves.details', 'minute_recordings.address'],
		...[
			'event_versions.interpretation',
			'event_versions.languages',
			'event_versions.remote_link',
			'event_versions.zone',
			'hubs.zone'
		]
	],
	'mail addresses, which have a form': [
		...['accounts.email', 'institution.contact_email', 'invitations.email', 'mail_in_readings.from_address', 'mails_in.sender'],
		...[
			'cafe_hosts.email',
			'event_invitations.email',
			'hubs.email',
			'mails.reply_to',
			'mails.to_address',
			'registrations.email',
			'mails.unsubscribe_url',
			'third_person_requests.email',
			'topics.contact_email'
		]
	],
	'figures, digests and names of our programs': [
		...[
			'cafe_seat_changes.before',
			'caption_imports.problems',
			'export_archives.contents',
			'job_progress.explanation',
			'job_progress.job_key',
			'migrations.name',
			'migrations.sha256'
		],
		...['level_bases.totals', 'opinion_maps.found', 'opinion_maps.published', 'opinion_maps.withheld', 'snapshots.figures'],
		...['_private_job_queues.locked_by', '_private_job_queues.queue_name', '_private_jobs.flags', '_private_jobs.key'],
		...['_private_jobs.last_error', '_private_jobs.locked_by', '_private_jobs.payload', '_private_known_crontabs.identifier'],
		...['_private_tasks.identifier', 'floor_figures.figures', 'floor_rules.group_weights']
	],
	'of tables of a café, whose cards are drawn as text by script': [
		...['cafe_feedback.words', 'harvest_steps.moved', 'waiting_notes.said_by_name', 'waiting_notes.text']
	],
	'shown on no page': ['former_files.file_name', 'former_titles.title'],
	'of the sign-in library, whose names of people are those of accounts': [
		...['account.accessToken', 'account.accountId', 'account.idToken', 'account.password', 'account.providerId'],
		...['account.refreshToken', 'account.scope', 'passkey.aaguid', 'passkey.credentialID', 'passkey.deviceType', 'passkey.name'],
		...['passkey.publicKey', 'passkey.transports', 'session.ipAddress', 'session.token', 'session.userAgent', 'user.email'],
		...['user.image', 'user.name', 'verification.identifier', 'verification.value']
	]
};

/** With the newest hostile text of its kind that everybody sees. */
async function newest(kind: 'idea' | 'submission'): Promise<number> {
	const { rows } = await database.query<{ number: number }>(
		kind === 'idea'
			? `select max(idea_number) as number
				from idea_versions
				join ideas i using (topic_id, idea_number)
				where topic_id = $1 and point like $2 and not exists (
					select from concealments c where c.topic_id = i.topic_id and c.thing_id = i.idea_id)`
			: `select max(submission_number) as number
				from submissions s
				where topic_id = $1 and title like $2 and not exists (
					select from concealments c where c.topic_id = s.topic_id and c.thing_id = s.contribution_id)`,
		[topicId, `%${mark}%`]
	);
	return rows[0]!.number;
}
