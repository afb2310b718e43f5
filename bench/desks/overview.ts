import { inTransaction, nilTopic, type Database } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { instanceSecret } from '#database/secret.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { openSignIn } from '#people/sign-in/sign-in.server.ts';
import { figure, median, rounded, type Figure } from '../talk/figures.ts';
import { aLargeTopic } from '../talk/large-topic.ts';
import { addressOfVisitor, Connection, request } from '../talk/requests.ts';
import { openGround, ship, type Ground } from '../talk/shipped.ts';

/** `--short`: a tenth, to see that it works. */
const part = process.argv.includes('--short') ? 10 : 1;
const size = { ideas: 100_000 / part, people: 10_000 / part, opinions: 2_000_000 / part, comments: 500 };
const organisations = 5_000 / part;
const rounds = 15;

/**
 * The pages of the secretariat's desk on a large topic, each asked for alone by somebody who is signed in, until its last byte; the slowest counts.
 */
export async function overview(): Promise<Figure[]> {
	const ground = await openGround();
	try {
		const { database } = ground;
		const { topicId, slug } = await aLargeTopic(database, size);
		await makeOrganisations(database);
		await liveIn(database, topicId);
		const cookie = await aSecretary(ground);
		const shipped = await ship(ground);
		const connection = new Connection(shipped.port);
		try {
			const milliseconds: Record<string, number> = {};
			for (const path of pagesOf(slug)) {
				const seen: number[] = [];
				for (let round = 0; round < rounds; round++) {
					const from = addressOfVisitor(round);
					const { status, took } = await connection.ask(request('GET', path, { port: shipped.port, from, headers: { cookie } }));
					if (status !== 200) throw new Error(`${path} was answered with ${status}`);
					// what is compiled at the first times is not what a page costs
					if (round > 4) seen.push(took);
				}
				milliseconds[path.replace(slug, '…')] = rounded(median(seen));
			}
			const value = Math.max(...Object.values(milliseconds));
			return [
				figure(
					{ bench: 'overview', value, unit: 'ms, the slowest page of the desk', baseline: null, must: '≤ 200' },
					{ milliseconds, ...size, organisations }
				)
			];
		} finally {
			connection.close();
			await shipped.stop();
		}
	} finally {
		await ground.close();
	}
}

function pagesOf(slug: string): string[] {
	const topic = `/desk/topics/${slug}`;
	return [
		...['group', 'region', 'language', 'assurance', 'channel'].map((by) => `${topic}?by=${by}`),
		...['', '?view=hidden', '?language=fr'].map((view) => `${topic}/moderation${view}`),
		...['people', 'notices', 'activity', 'texts', 'setup', 'invitations', 'sheets'].map((page) => `${topic}/${page}`),
		...['/desk', '/desk/organisations', '/desk/activity', '/desk/people', '/desk/mail', '/desk/jobs']
	];
}

async function aSecretary({ database, settings }: Ground): Promise<string> {
	const who = { email: 'olga@example.org', name: 'Olga', language: 'en' as const };
	const { accountId } = await inTransaction(database, (transaction) => makeAccount(transaction, who));
	await database.query(
		`insert into roles (topic_id, role_id, account_id, role, granted_at) values ($1, $2, $3, 'secretariat', now())`,
		[nilTopic, uuidv7(), accountId]
	);
	const signIn = openSignIn(database, settings, await instanceSecret({ folder: settings.data, secret: undefined }));
	try {
		const { cookies } = await signIn.signInAs(who, '', true);
		return cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
	} finally {
		await signIn.close();
	}
}

async function makeOrganisations(database: Database): Promise<void> {
	const named = Array.from({ length: organisations }, (_, index) => ({ name: `Institute ${index} for Networks`, country: 'KE' }));
	await inTransaction(database, (transaction) => organisationsNamed(transaction, named));
}

/** What two months leave behind: who came when and from where, their contributions, what is held, hidden and flagged, and the record of it. */
async function liveIn(database: Database, topicId: string): Promise<void> {
	const moment = (number: string) => `now() - interval '60 days' + ${number} % 5000000 * interval '1 second'`;
	const statements = [
		`update participants set joined_at = ${moment('(participant_number * 500)')} where topic_id = $1`,
		`with numbered as (select organisation_id, row_number() over (order by organisation_id) as number from organisations)
		update participant_profiles p
		set organisation_id = n.organisation_id, assurance = (array['browser', 'e-mail', 'invited'])[1 + participant_number % 3]
		from numbered n
		where p.topic_id = $1 and n.number = 1 + p.participant_number % ${organisations * 2}`,
		`insert into contributions (topic_id, contribution_id, kind, channel, participant_number, profile_number, attribution, language,
			received_at, licence, notice_version)
		select topic_id, idea_id, 'idea', (array['web', 'web', 'web', 'import', 'e-mail'])[1 + idea_number % 5], participant_number, 1, 'group',
			language, ${moment('(idea_number * 50)')}, 'CC-BY-4.0', 'none'
		from ideas
		where topic_id = $1`,
		`insert into contribution_versions (topic_id, contribution_id, version, text, language, written_at, nonce, commitment)
		select i.topic_id, i.idea_id, 1, v.point, i.language, now(), decode(md5(v.point), 'hex'), sha256(v.point::bytea)
		from ideas i join idea_versions v using (topic_id, idea_number)
		where i.topic_id = $1`,
		`update ideas set contribution_id = idea_id where topic_id = $1`,
		`insert into concealments (topic_id, kind, thing_id, why, since, held_by)
		select topic_id, 'idea', idea_id, case when idea_number % 2 = 0 then 'held' else 'hidden' end, ${moment('(idea_number * 50)')},
			case when idea_number % 2 = 0 then 'all-held' end
		from ideas
		where topic_id = $1 and idea_number % 20 < 2`,
		`insert into moderation_decisions (topic_id, decision_id, kind, thing_id, decision, reason, decided_at)
		select topic_id, gen_random_uuid(), kind, thing_id, why, 'spam', since from concealments where topic_id = $1`,
		`insert into moderation_flags (topic_id, flag_id, kind, thing_id, reason, flagged_at)
		select topic_id, gen_random_uuid(), 'idea', idea_id, 'spam', ${moment('(idea_number * 50)')}
		from ideas
		where topic_id = $1 and idea_number % 50 = 7`,
		`insert into activity (topic_id, activity_id, at, actor_kind, did, kind, thing_id)
		select topic_id, gen_random_uuid(), published_at, 'visitor', 'submitted', 'idea', idea_id from ideas where topic_id = $1`
	];
	for (const statement of statements) await database.query(statement, [topicId]);
	await database.query('vacuum analyze');
}
