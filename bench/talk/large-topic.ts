import { inTransaction, type Database } from '#database/connection.server.ts';
import { publishCells } from '#agreement/publishing.server.ts';
import { receiveContribution } from '#contributions/receiving.server.ts';
import { anOpenTopic } from '#ideas/examples.server.ts';
import { refreshStandings } from '#ideas/standings.server.ts';
import { searchable } from '#languages/searching.server.ts';
import { bringInParticipants } from '#topics/participants/bringing-in.server.ts';
import { seeded } from '../../examples/seeded.ts';
import { vocabulary, type BenchLanguage } from './vocabulary.ts';

export interface LargeTopic {
	readonly topicId: string;
	readonly slug: string;
	/** the idea with many comments */
	readonly discussed: number;
}

export interface Size {
	readonly ideas: number;
	readonly people: number;
	readonly opinions: number;
	readonly comments: number;
}

const groups = ['governments', 'private-sector', 'civil-society', 'technical-community', 'academia', 'intergovernmental'];
const regions = ['african', 'asia-pacific', 'eastern-european', 'latin-american-caribbean', 'western-european-others'];
const batch = 5_000;

/**
 * A topic of the given size in six languages, from a seed. The rows are those that the verbs write, put in by the thousand: what is measured
 * is reading, and a hundred thousand forms would take an hour.
 */
export async function aLargeTopic(database: Database, size: Size, seed = 1): Promise<LargeTopic> {
	const { topicId, questionId, slug } = await anOpenTopic(database);
	const random = seeded(seed);
	const pick = <T>(list: readonly T[]): T => random.pick(list);
	const profile = () => ({
		groups: [pick(groups)],
		country: null,
		region: pick(regions),
		organisationId: null,
		capacity: null,
		reads: ['en']
	});
	for (let begun = 0; begun < size.people; begun += batch) {
		const profiles = Array.from({ length: Math.min(batch, size.people - begun) }, profile);
		await inTransaction(database, (transaction) => bringInParticipants(transaction, topicId, profiles));
	}
	const languages = Object.keys(vocabulary) as BenchLanguage[];
	for (let begun = 0; begun < size.ideas; begun += batch) {
		const ideas = Array.from({ length: Math.min(batch, size.ideas - begun) }, (_, index) => {
			const language = languages[(begun + index) % languages.length]!;
			const words = Array.from({ length: 8 + random.below(8) }, () => pick<string>(vocabulary[language]));
			const point = words.join(language === 'zh' ? '' : ' ');
			return {
				number: begun + index + 1,
				language,
				point,
				words: searchable(point, language),
				author: 1 + random.below(size.people)
			};
		});
		await insertIdeas(database, topicId, questionId, ideas);
	}
	await insertOpinions(database, topicId, size);
	const discussed = Math.ceil(size.ideas / 2);
	await insertComments(database, topicId, discussed, size);
	await database.query(
		`insert into counters (topic_id, counted, last) values ($1, 'ideas', $2) on conflict (topic_id, counted) do update set last = excluded.last`,
		[topicId, size.ideas]
	);
	await database.query(
		`insert into topic_counts (topic_id, counted, key, count) values ($1, 'ideas', '', $2), ($1, 'ideas-of-question', $3, $2)`,
		[topicId, size.ideas, questionId]
	);
	await refreshStandings(database, topicId);
	await database.query('vacuum analyze');
	await publishCells(database, topicId);
	await database.query('vacuum analyze opinion_cells');
	return { topicId, slug, discussed };
}

interface Written {
	readonly number: number;
	readonly language: string;
	readonly point: string;
	readonly words: readonly string[];
	readonly author: number;
}

async function insertIdeas(database: Database, topicId: string, questionId: string, ideas: readonly Written[]): Promise<void> {
	await database.query(
		`with given as (
			select *
			from jsonb_to_recordset($3::jsonb) as given (number int, language text, point text, words text[], author int)
		), idea as (
			insert into ideas (topic_id, idea_number, idea_id, question_id, channel, language, participant_number, profile_number,
				stakeholder_groups, region, attribution, shuffle, published_at)
			select $1, number, gen_random_uuid(), $2, 'web', given.language, author, 1, p.stakeholder_groups, p.region, 'group',
				(random() * 2147483646)::int, now() - make_interval(secs => 3000 - number / 100.0)
			from given
			join participant_profiles p on p.topic_id = $1 and p.participant_number = given.author
		), version as (
			insert into idea_versions (topic_id, idea_number, version, point, written_at)
			select $1, number, 1, point, now() from given
		), search as (
			insert into idea_search (topic_id, idea_number, words)
			select $1, number, array_to_tsvector(words) from given
		), counts as (
			insert into idea_counts (topic_id, idea_number) select $1, number from given
		)
		insert into idea_standings (topic_id, idea_number) select $1, number from given`,
		[topicId, questionId, JSON.stringify(ideas)]
	);
}

async function insertOpinions(database: Database, topicId: string, { ideas, people, opinions }: Size): Promise<void> {
	const each = Math.ceil(opinions / people);
	await database.query('select setseed(0.5)');
	await database.query(
		`insert into opinions (topic_id, participant_number, idea_number, value, profile_number, idea_version, given_at)
		select $1, person, 1 + (hashint8(person::bigint * 7919 + n) & 2147483647) % $3, (hashint8(person::bigint * 31 + n) & 2147483647) % 3 - 1, 1, 1, now()
		from generate_series(1, $2::int) person, generate_series(1, $4::int) n
		on conflict do nothing`,
		[topicId, people, ideas, each]
	);
	await database.query(
		`update idea_counts c
		set agree = counted.agree, disagree = counted.disagree, pass = counted.pass
		from (
			select idea_number, count(*) filter (where value = 1) as agree, count(*) filter (where value = -1) as disagree,
				count(*) filter (where value = 0) as pass
			from opinions
			where topic_id = $1
			group by idea_number
		) counted
		where c.topic_id = $1 and c.idea_number = counted.idea_number`,
		[topicId]
	);
}

async function insertComments(database: Database, topicId: string, idea: number, { comments, people }: Size): Promise<void> {
	const random = seeded(7);
	const paths: number[][] = [];
	await inTransaction(database, async (transaction) => {
		for (let number = 1; number <= comments; number++) {
			// half of them answer one of the last fifty, three levels deep at most
			const answered = random.next() < 0.5 ? paths[Math.max(0, number - 2 - random.below(50))] : undefined;
			const above = answered && answered.length <= 3 ? answered : [];
			paths.push([...above, number]);
			const text = Array.from({ length: 30 }, () => random.pick(vocabulary.en)).join(' ');
			const participant = { number: 1 + random.below(people), profile: 1 };
			const arriving = {
				topicId,
				participant,
				attribution: 'group',
				language: 'en',
				kind: 'comment',
				channel: 'web',
				text
			} as const;
			const { contributionId } = await receiveContribution(transaction, arriving);
			await transaction.query(
				`insert into comments (topic_id, comment_id, idea_number, comment_number, parent_id, depth, path, side, contribution_id, written_at)
				select $1, $2, $3, $4, (select comment_id from comments where topic_id = $1 and idea_number = $3 and comment_number = $5), $6, $7, 'neutral', $2, $8`,
				[topicId, contributionId, idea, number, above.at(-1) ?? null, above.length, [...above, number], transaction.at]
			);
		}
		await transaction.query(`update idea_counts set comments = $3 where topic_id = $1 and idea_number = $2`, [
			topicId,
			idea,
			comments
		]);
	});
}
