import type { Queryable } from '#database/connection.server.ts';
import { canBeSeen, isConcealed } from '#moderation/concealed.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { shownWith, type Merge, type QuestionState } from '#townhalls/questions/floor-question.ts';

/** Whether questions are taken, and looked at before everybody sees them. */
export interface QuestionSettings {
	readonly isOpen: boolean;
	readonly isLookedAt: boolean;
	readonly version: number;
}

export async function questionSettings(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<QuestionSettings> {
	const { rows } = await queryable.query<QuestionSettings>({
		name: 'floor-question-settings',
		text: `
			select is_open as "isOpen", is_looked_at as "isLookedAt", version
			from floor_question_settings
			where topic_id = $1 and event_id = $2
			order by version desc
			limit 1`,
		values: [topicId, eventId]
	});
	return rows[0] ?? { isOpen: true, isLookedAt: true, version: 0 };
}

/** A question from the floor, without who asked it. */
export interface FloorQuestion {
	readonly questionId: string;
	/** in the order in which they were asked, from 1 */
	readonly number: number;
	/** '' where its words were erased, or moderators hid them */
	readonly text: string;
	readonly language: string;
	readonly state: QuestionState;
	readonly stateVersion: number;
	/** everybody could read it at some time */
	readonly wasSeen: boolean;
	/** of a refusal, or what was answered */
	readonly words: string;
	readonly contributionId: string | null;
	/** only where people speak under their names, and gave one */
	readonly name: string | null;
	/** people, each once, those of questions merged with it among them */
	readonly support: number;
	/** that rest on it and can be seen */
	readonly ideas: readonly number[];
	/** the question with which this one is shown; null: it stands for itself */
	readonly into: string | null;
}

const isHidden = isConcealed('intervention', 'q.contribution_id', { why: ['held', 'hidden', 'erased'] });

/** All questions of an event, by number. Who may see which is the caller's to say (`isSeen`). */
export async function questionsOfEvent(queryable: Queryable, event: OfEvent): Promise<FloorQuestion[]> {
	const { topicId, eventId } = event;
	const [merges, { rows }] = await Promise.all([
		mergesOf(queryable, event),
		queryable.query<Omit<FloorQuestion, 'support' | 'into'>>(
			`
				select q.floor_question_id as "questionId", q.question_number as number, case when ${isHidden} then '' else coalesce(q.text, v.text, '') end as text, q.language,
					s.state, s.version as "stateVersion", s.words, q.contribution_id as "contributionId",
					case when ${isHidden} then null else n.name end as name,
					array(
						select distinct s.idea_number
						from passages p
						join stances s using (topic_id, passage_id)
						join ideas i using (topic_id, idea_number)
						where p.topic_id = q.topic_id and p.contribution_id = q.contribution_id and ${canBeSeen('idea', 'i.idea_id')}
							and not exists (
								select from stance_removals r
								where r.topic_id = s.topic_id and r.passage_id = s.passage_id and r.idea_number = s.idea_number)
						order by s.idea_number
					) as ideas,
					exists (
						select from floor_question_states seen
						where seen.topic_id = q.topic_id and seen.floor_question_id = q.floor_question_id and seen.state not in ('new', 'refused')
					) as "wasSeen"
				from floor_questions q
				cross join lateral (
					select state, version, words
					from floor_question_states
					where floor_question_states.topic_id = q.topic_id and floor_question_states.floor_question_id = q.floor_question_id
					order by version desc
					limit 1
				) s
				left join lateral (
					select text
					from contribution_versions
					where contribution_versions.topic_id = q.topic_id and contribution_versions.contribution_id = q.contribution_id
					order by version desc
					limit 1
				) v on true
				left join contribution_names n on n.topic_id = q.topic_id and n.contribution_id = q.contribution_id
				where q.topic_id = $1 and q.event_id = $2
				order by q.question_number`,
			[topicId, eventId]
		)
	]);
	const shown = shownWith(merges);
	const support = await supportOf(queryable, event, shown);
	return rows.map((row) => ({
		...row,
		support: support.get(row.questionId) ?? 0,
		into: shown.get(row.questionId) ?? null
	}));
}

/** The merges that hold. */
export async function mergesOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<(Merge & { mergeId: string })[]> {
	const { rows } = await queryable.query<Merge & { mergeId: string }>(
		`
			select merge_id as "mergeId", merged, into_question as into
			from floor_question_merges m
			where topic_id = $1 and event_id = $2
				and not exists (select from floor_question_merge_ends e where e.topic_id = m.topic_id and e.merge_id = m.merge_id)
			order by at, merge_id`,
		[topicId, eventId]
	);
	return rows;
}

/** For each question that stands for itself how many people support it or one that was merged with it: `supporters` of the rules, counted where they lie. */
async function supportOf(
	queryable: Queryable,
	{ topicId, eventId }: OfEvent,
	shown: ReadonlyMap<string, string>
): Promise<Map<string, number>> {
	const { rows } = await queryable.query<{ question: string; count: number }>(
		`
			select coalesce(m.shown, q.floor_question_id) as question, count(distinct s.participant_number)::int as count
			from floor_questions q
			join floor_question_supports s using (topic_id, floor_question_id)
			left join unnest($3::uuid[], $4::uuid[]) as m (merged, shown) on m.merged = q.floor_question_id
			where q.topic_id = $1 and q.event_id = $2
			group by 1`,
		[topicId, eventId, [...shown.keys()], [...shown.values()]]
	);
	return new Map(rows.map(({ question, count }) => [question, count]));
}

/** Which questions somebody supports, and which they asked; nothing of the latter under the Chatham House rule. */
export async function ownOfEvent(
	queryable: Queryable,
	{ topicId, eventId }: OfEvent,
	participant: number
): Promise<{ supported: ReadonlySet<string>; asked: ReadonlySet<string> }> {
	const { rows } = await queryable.query<{ questionId: string; supports: boolean; asked: boolean }>(
		`
			select q.floor_question_id as "questionId", s.participant_number is not null as supports, a.participant_number is not null as asked
			from floor_questions q
			left join floor_question_supports s
				on s.topic_id = q.topic_id and s.floor_question_id = q.floor_question_id and s.participant_number = $3
			left join floor_question_askers a
				on a.topic_id = q.topic_id and a.floor_question_id = q.floor_question_id and a.participant_number = $3
			where q.topic_id = $1 and q.event_id = $2 and (s.participant_number is not null or a.participant_number is not null)`,
		[topicId, eventId, participant]
	);
	return {
		supported: new Set(rows.filter(({ supports }) => supports).map(({ questionId }) => questionId)),
		asked: new Set(rows.filter(({ asked }) => asked).map(({ questionId }) => questionId))
	};
}
