import type { Channel } from '#contributions/contribution.ts';
import type { Actor } from '#activity/actor.ts';
import { addressOf } from '#contributions/receipts/receipts.server.ts';
import { whoseTexts, type Whose } from '#contributions/receipts/own-texts.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { opinionOf, type Opinion, type OpinionValue } from '#ideas/opinions/opinion.ts';
import { inLanguage, textsOfThings } from '#languages/texts.server.ts';
import { followedThings, ownThings, type FollowedThing, type OwnThing } from '#newsroom/own-things.server.ts';
import { ownAccount } from '#people/accounts.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** All that we hold of a person, as far as anybody can tell that it is theirs: to take home. */
export interface OwnData {
	readonly form: 1;
	readonly madeAt: Date;
	readonly account: { readonly email: string; readonly name: string; readonly language: string } | null;
	readonly talks: readonly OwnTalk[];
}

export interface OwnTalk {
	readonly topicId: string;
	readonly slug: string;
	readonly title: { readonly text: string; readonly language: string };
	readonly profiles: readonly OwnProfile[];
	readonly contributions: readonly OwnContribution[];
	readonly opinions: readonly OwnOpinion[];
	readonly follows: readonly Pick<FollowedThing, 'kind' | 'number' | 'seen'>[];
}

/** What they said of themselves; an opinion counts under the one that held when it was given. */
export interface OwnProfile {
	readonly groups: readonly string[];
	readonly country: string | null;
	readonly region: string | null;
	readonly organisation: string | null;
	readonly capacity: string | null;
	readonly reads: readonly string[];
	readonly assurance: string;
	readonly statedAt: Date;
}

export interface OwnContribution extends Omit<OwnThing, 'topicId' | 'contributionId' | 'receiptId' | 'text'> {
	readonly receipt: string | null;
	readonly channel: Channel;
	readonly attribution: string;
	readonly name: string | null;
	readonly licence: string;
	readonly terms: string;
	/** every version, the oldest first */
	readonly versions: readonly { readonly text: string; readonly language: string; readonly writtenAt: string }[];
	readonly files: readonly string[];
}

export interface OwnOpinion {
	readonly idea: number;
	readonly opinion: Opinion;
	readonly givenAt: Date;
}

/** More than anybody sends; a person's page is no way to stop the server. */
const most = 5000;

export async function ownData(
	queryable: Queryable,
	keys: TopicKeys,
	actor: Actor,
	language: string,
	madeAt: Date
): Promise<OwnData> {
	const whose = await whoseTexts(queryable, keys, actor);
	const [things, follows, profiles, opinions] = await Promise.all([
		ownThings(queryable, whose, { most, letters: 0 }),
		followedThings(queryable, whose),
		ownProfiles(queryable, whose),
		ownOpinions(queryable, whose)
	]);
	const wholes = await wholesOf(queryable, things);
	const account = actor.kind === 'account' ? await ownAccount(queryable, actor) : null;
	const topicIds = [...new Set([...things, ...follows, ...profiles, ...opinions].map(({ topicId }) => topicId))];
	const talks = await talksNamed(queryable, topicIds, language);
	return {
		form: 1,
		madeAt,
		account: account && { email: account.email, name: account.name, language: account.language },
		talks: talks.map((talk) => {
			const here = ({ topicId }: { topicId: string }) => topicId === talk.topicId;
			return {
				...talk,
				profiles: profiles.filter(here).map(({ topicId: _, ...profile }) => profile),
				contributions: things.filter(here).map(({ topicId, contributionId, receiptId, text: _, ...thing }) => ({
					...thing,
					receipt: receiptId === null ? null : `/receipts/${addressOf({ topicId, receiptId })}`,
					...wholes.get(contributionId)!
				})),
				opinions: opinions.filter(here).map(({ topicId: _, value, ...opinion }) => ({ ...opinion, opinion: opinionOf(value) })),
				follows: follows.filter(here).map(({ kind, number, seen }) => ({ kind, number, seen }))
			};
		})
	};
}

/** The talks by their addresses and titles, in the order in which they were published. */
export async function talksNamed(
	queryable: Queryable,
	topicIds: readonly string[],
	language: string
): Promise<Pick<OwnTalk, 'topicId' | 'slug' | 'title'>[]> {
	const { rows } = await queryable.query<{ topicId: string; slug: string; defaultLanguage: string }>(
		`
			select distinct on (p.published_at, t.topic_id) t.topic_id as "topicId", a.slug, t.default_language as "defaultLanguage"
			from topics t
			join addresses a using (topic_id)
			join topic_publications p using (topic_id)
			where t.topic_id = any ($1::uuid[])
			order by p.published_at desc, t.topic_id, a.since desc`,
		[topicIds]
	);
	const texts = await textsOfThings(
		queryable,
		rows.map(({ topicId }) => ({ topicId, kind: 'topic', thingId: topicId }))
	);
	return rows.map(({ topicId, slug, defaultLanguage }) => {
		const { text, language: own } = inLanguage(texts.get(topicId)?.['title'], [language], defaultLanguage);
		return { topicId, slug, title: { text, language: own } };
	});
}

async function ownProfiles(queryable: Queryable, { numbers }: Whose): Promise<(OwnProfile & { topicId: string })[]> {
	const { rows } = await queryable.query<OwnProfile & { topicId: string }>(
		`
			select p.topic_id as "topicId", p.stakeholder_groups as groups, p.country, p.region, n.name as organisation, p.capacity, p.reads,
				p.assurance, p.stated_at as "statedAt"
			from unnest($1::uuid[], $2::int[]) as person (topic_id, number)
			join participant_profiles p on p.topic_id = person.topic_id and p.participant_number = person.number
			left join organisation_joins j on j.organisation_id = p.organisation_id
			left join organisation_names n on n.organisation_id = coalesce(j.into_id, p.organisation_id) and n.is_main
			order by p.topic_id, p.participant_number, p.profile_number`,
		pairs(numbers)
	);
	return rows;
}

async function ownOpinions(
	queryable: Queryable,
	{ numbers }: Whose
): Promise<{ topicId: string; idea: number; value: OpinionValue; givenAt: Date }[]> {
	const { rows } = await queryable.query<{ topicId: string; idea: number; value: OpinionValue; givenAt: Date }>(
		`
			select o.topic_id as "topicId", o.idea_number as idea, o.value, o.given_at as "givenAt"
			from unnest($1::uuid[], $2::int[]) as person (topic_id, number)
			join opinions o on o.topic_id = person.topic_id and o.participant_number = person.number
			order by o.topic_id, o.idea_number, o.given_at`,
		pairs(numbers)
	);
	return rows;
}

type Whole = Pick<OwnContribution, 'channel' | 'attribution' | 'name' | 'licence' | 'terms' | 'versions' | 'files'>;

async function wholesOf(queryable: Queryable, things: readonly OwnThing[]): Promise<Map<string, Whole>> {
	const { rows } = await queryable.query<Whole & { contributionId: string }>(
		`
			select c.contribution_id as "contributionId", c.channel, c.attribution, n.name, c.licence, c.notice_version as terms, (
					select json_agg(json_build_object('text', v.text, 'language', v.language, 'writtenAt', v.written_at) order by v.version)
					from contribution_versions v
					where v.topic_id = c.topic_id and v.contribution_id = c.contribution_id
				) as versions, array(
					select f.file_name from submission_files f
					where f.topic_id = c.topic_id and f.contribution_id = c.contribution_id
					order by f.part
				) as files
			from unnest($1::uuid[], $2::uuid[]) as asked (topic_id, contribution_id)
			join contributions c using (topic_id, contribution_id)
			left join contribution_names n using (topic_id, contribution_id)`,
		[things.map(({ topicId }) => topicId), things.map(({ contributionId }) => contributionId)]
	);
	return new Map(rows.map(({ contributionId, ...whole }) => [contributionId, whole]));
}

function pairs(numbers: Whose['numbers']): unknown[] {
	return [numbers.map(({ topicId }) => topicId), numbers.map(({ number }) => number)];
}
