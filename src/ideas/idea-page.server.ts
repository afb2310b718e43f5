import type { Actor } from '#activity/actor.ts';
import { authorShown } from '#contributions/author-shown.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { Attribution, Channel } from '#contributions/contribution.ts';
import type { AuthorShown } from '#ideas/listing.server.ts';
import type { Counts } from '#ideas/opinions/opinion.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import type { Concealed } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import type { Stage } from '#topics/stages/stage.ts';

/** An idea with everything that its own page shows, its comments and sources aside. */
export interface IdeaShown {
	readonly number: number;
	readonly id: string;
	readonly language: string;
	readonly questionId: string | null;
	readonly channel: Channel;
	readonly publishedAt: Date;
	/** the wordings, the newest first; none where it cannot be seen */
	readonly versions: readonly WordingShown[];
	/** why it cannot be seen; null: it can */
	readonly concealed: Concealed | null;
	readonly isDrawn: boolean;
	/** the idea of which it is a better wording, and the better wordings of itself that can be seen */
	readonly successorOf: number | null;
	readonly successors: readonly number[];
	readonly comments: number;
	/** null while results are blind */
	readonly counts: Counts | null;
	/** published cells only; null while results are blind */
	readonly cells: readonly Cell[] | null;
	readonly author: AuthorShown;
}

export interface WordingShown {
	readonly version: number;
	readonly point: string;
	readonly explanation: string;
	readonly sources: string;
	readonly writtenAt: Date;
}

export interface Cell extends Counts {
	readonly dimension: 'group' | 'region' | 'assurance';
	readonly key: string;
}

/** Throws `not-found` for a number that the topic never gave, and for what a rule holds: nobody knows of it yet. */
export async function ideaPage(
	queryable: Queryable,
	topic: { readonly topicId: string; readonly stages: readonly Stage[] },
	number: number,
	{ actor, at }: { actor: Actor; at: Date }
): Promise<IdeaShown> {
	const { rows } = await queryable.query<Row>({
		name: 'idea-page',
		text: `
			select i.idea_number as number, i.idea_id as id, i.language, i.question_id as "questionId", i.channel,
				i.published_at as "publishedAt", h.why as concealed, i.contribution_id is null as "isDrawn", i.successor_of as "successorOf",
				k.agree, k.disagree, k.pass, k.comments,
				i.attribution, author_name.name, author_organisation.name as organisation, author_organisation.organisation_id as "organisationId",
				i.stakeholder_groups as groups, i.region,
				(
					select json_agg(json_build_object('version', v.version, 'point', v.point, 'explanation', v.explanation, 'sources', v.sources,
						'writtenAt', v.written_at) order by v.version desc)
					from idea_versions v
					where v.topic_id = i.topic_id and v.idea_number = i.idea_number
				) as versions,
				array(
					select s.idea_number
					from ideas s
					where s.topic_id = i.topic_id and s.successor_of = i.idea_number
						and ${canBeSeen('idea', 's.idea_id')}
					order by s.idea_number
				) as successors,
				(
					select coalesce(json_agg(json_build_object('dimension', c.dimension, 'key', c.key, 'agree', c.agree, 'disagree', c.disagree,
						'pass', c.pass) order by c.dimension, c.key), '[]')
					from opinion_cells c
					where c.topic_id = i.topic_id and c.idea_number = i.idea_number
				) as cells
			from ideas i
			join idea_counts k using (topic_id, idea_number)
			left join concealments h on h.topic_id = i.topic_id and h.kind = 'idea' and h.thing_id = i.idea_id
			${authorShown('i')}
			where i.topic_id = $1 and i.idea_number = $2`,
		values: [topic.topicId, number]
	});
	const row = rows[0];
	if (!row || row.concealed === 'held') throw refusal('not-found');
	return shownTo(row, resultsVisibleTo(actor, topic, at));
}

interface Row {
	number: number;
	id: string;
	language: string;
	questionId: string | null;
	channel: Channel;
	publishedAt: Date;
	concealed: Concealed | null;
	isDrawn: boolean;
	successorOf: number | null;
	successors: number[];
	agree: number;
	disagree: number;
	pass: number;
	comments: number;
	versions: (Omit<WordingShown, 'writtenAt'> & { writtenAt: string })[];
	cells: Cell[];
	attribution: Attribution;
	name: string | null;
	organisation: string | null;
	organisationId: string | null;
	groups: string[];
	region: string | null;
}

function shownTo(row: Row, visible: boolean): IdeaShown {
	const { agree, disagree, pass, cells, attribution, name, organisation, organisationId, groups, region, ...shared } = row;
	const seen = row.concealed === null;
	const anonymous = { attribution: 'anonymous', name: null, organisation: null, groups: [], region: null } as const;
	return {
		...shared,
		versions: seen ? row.versions.map((version) => ({ ...version, writtenAt: new Date(version.writtenAt) })) : [],
		counts: visible && seen ? { agree, disagree, pass } : null,
		cells: visible && seen ? cells : null,
		author: seen ? { attribution, name, organisation, organisationId, groups, region } : anonymous
	};
}
