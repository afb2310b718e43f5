import { wordsIn } from '#contributions/words.ts';
import type { Transaction } from '#database/connection.server.ts';
import { notStated } from '#agreement/cells.ts';
import { VoicesCount, type Speaker } from '#agreement/voices.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

export interface Listened {
	readonly voices: VoicesCount;
	readonly submissions: number;
	readonly countries: number;
}

/**
 * Hears out the whole topic, as far as it can be seen: contributions with their words, opinions, stances. Texts pass by one at a time.
 * @param heard is told of each contribution
 */
export async function listenTo(transaction: Transaction, topicId: string, heard: () => Promise<void>): Promise<Listened> {
	const voices = new VoicesCount();
	const countries = new Set<string>();
	let submissions = 0;
	const hear = (row: SpeakerRow): Speaker => {
		if (row.country) countries.add(row.country);
		return speakerOf(row);
	};
	for await (const row of rowsOf<ContributionRow>(transaction, contributions, topicId)) {
		if (row.kind === 'submission') submissions++;
		voices.add(hear(row), {
			contributions: 1,
			words: row.words ?? wordsIn(row.text),
			channel: row.channel,
			language: row.language
		});
		await heard();
	}
	for await (const row of rowsOf<CountRow & InChannel>(transaction, ideas, topicId)) {
		voices.add(hear(row), { ideas: row.count, channel: row.channel, language: row.language });
	}
	for await (const row of rowsOf<CountRow>(transaction, opinions, topicId)) {
		voices.add(hear(row), { opinions: row.count });
	}
	for await (const row of rowsOf<SpeakerRow & { count: number; channel: string; language: string }>(
		transaction,
		stances,
		topicId
	)) {
		voices.add(speakerOf(row), { stances: row.count, channel: row.channel, language: row.language });
	}
	return { voices, submissions, countries: countries.size };
}

interface SpeakerRow {
	readonly participant: number | null;
	readonly groups: readonly string[] | null;
	readonly region: string | null;
	readonly country: string | null;
	readonly assurance: string | null;
	readonly organisation: string | null;
}

interface CountRow extends SpeakerRow {
	readonly count: number;
}

interface InChannel {
	readonly channel: string;
	readonly language: string;
}

interface ContributionRow extends SpeakerRow, InChannel {
	readonly kind: string;
	readonly text: string;
	/** counted already, where a text may be long */
	readonly words: number | null;
}

function speakerOf({ participant, groups, region, assurance, organisation }: SpeakerRow): Speaker {
	return {
		participant,
		groups: groups && groups.length > 0 ? groups : [notStated],
		region: region ?? notStated,
		assurance,
		organisation
	};
}

async function* rowsOf<Row>(transaction: Transaction, query: string, topicId: string): AsyncGenerator<Row> {
	await transaction.query(`declare listened no scroll cursor for ${query}`, [topicId]);
	for (;;) {
		const { rows } = await transaction.query<Row>('fetch 1000 from listened');
		yield* rows;
		if (rows.length === 0) break;
	}
	await transaction.query('close listened');
}

// a browser's participant that became an account's is one person with it; joins can follow each other
const speaker = `
	coalesce(joined.into_number, said.participant_number) as participant, profile.stakeholder_groups as groups, profile.region,
	profile.country, profile.assurance, coalesce(same.into_id, profile.organisation_id) as organisation`;
const speakerJoins = `
	left join participant_joins as joined
		on joined.topic_id = said.topic_id and joined.participant_number = said.participant_number
	left join participant_profiles as profile
		on profile.topic_id = said.topic_id and profile.participant_number = said.participant_number
			and profile.profile_number = said.profile_number
	left join organisation_joins as same on same.organisation_id = profile.organisation_id`;

// each asked by itself, so that it is one hash table and not a comparison of everything with everything
const concealed = (thing: string) => `
	select from concealments
	where concealments.topic_id = $1 and concealments.thing_id = ${thing}`;

/**
 * The contributions that can be seen: their idea, comment or suggestion is not concealed, nor the idea that they speak to, nor are they
 * themselves.
 */
const seenContributions = `
	select said.*
	from contributions as said
	left join ideas on ideas.topic_id = said.topic_id and ideas.contribution_id = said.contribution_id
	left join comments on comments.topic_id = said.topic_id and comments.contribution_id = said.contribution_id
	left join wording_suggestions as suggestion
		on suggestion.topic_id = said.topic_id and suggestion.contribution_id = said.contribution_id
	left join ideas as spoken_to on spoken_to.topic_id = said.topic_id
		and spoken_to.idea_number = coalesce(comments.idea_number, suggestion.idea_number)
	where said.topic_id = $1
		and not exists (${concealed('said.contribution_id')})
		and not exists (${concealed('coalesce(ideas.idea_id, comments.comment_id, suggestion.suggestion_id)')})
		and not exists (${concealed('spoken_to.idea_id')})
		and not exists (
			select from withdrawals
			where withdrawals.topic_id = said.topic_id and withdrawals.contribution_id = said.contribution_id
		)`;

const contributions = `
	select said.kind, said.channel, said.language, submissions.words,
		case when submissions.words is null then own.text else '' end as text, ${speaker}
	from (${seenContributions}) as said
	${speakerJoins}
	left join submissions on submissions.topic_id = said.topic_id and submissions.contribution_id = said.contribution_id
	left join lateral (
		select text
		from contribution_versions
		where contribution_versions.topic_id = said.topic_id and contribution_versions.contribution_id = said.contribution_id
		order by version desc
		limit 1
	) as own on true`;

/** Ideas of the form and ideas that a rapporteur drew from somebody's text, which count for that author. */
const ideas = `
	select said.channel, said.language, said.count, ${speaker}
	from (
		select topic_id, participant_number, profile_number, channel, language, count(*)::int as count
		from ideas
		where topic_id = $1 and ${canBeSeen('idea', 'ideas.idea_id')}
		group by topic_id, participant_number, profile_number, channel, language
	) as said
	${speakerJoins}`;

const opinions = `
	select said.count, ${speaker}
	from (
		select opinions.topic_id, opinions.participant_number, opinions.profile_number, count(*)::int as count
		from opinions
		join ideas using (topic_id, idea_number)
		where opinions.topic_id = $1 and ${canBeSeen('idea', 'ideas.idea_id')}
		group by opinions.topic_id, opinions.participant_number, opinions.profile_number
	) as said
	${speakerJoins}`;

/**
 * Stances that hold: not undone, idea and text to be seen, and not what the idea's own form says to it. Pages count the same
 * (ideas/sources).
 */
export const heldStances = `
	select stances.topic_id, stances.idea_number, stances.stance, stances.passage_id, passages.contribution_id
	from stances
	join passages using (topic_id, passage_id)
	join ideas using (topic_id, idea_number)
	where stances.topic_id = $1 and ideas.contribution_id is distinct from passages.contribution_id
		and not exists (
			select from stance_removals as removed
			where removed.topic_id = stances.topic_id and removed.passage_id = stances.passage_id and removed.idea_number = stances.idea_number
		)
		and not exists (${concealed('ideas.idea_id')})
		and not exists (${concealed('passages.contribution_id')})`;

const stances = `
	select said.channel, said.language, said.count, ${speaker}
	from (
		select text.topic_id, text.participant_number, text.profile_number, text.channel, text.language,
			count(distinct (held.idea_number, held.stance))::int as count
		from (${heldStances}) as held
		join contributions as text using (topic_id, contribution_id)
		group by text.topic_id, text.contribution_id, text.participant_number, text.profile_number, text.channel, text.language
	) as said
	${speakerJoins}`;
