import { attributeAnew } from '#contributions/attributing.server.ts';
import { bringInTexts, type BroughtInText } from '#contributions/bringing-in.server.ts';
import { writeAnew } from '#contributions/writing-anew.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { isChatham, showsNames, type EventOfTopic } from '#events/event.ts';
import { voiceOf } from '#events/voices.server.ts';

interface Unfiled {
	readonly id: string;
	readonly text: string;
	readonly language: string;
	readonly participant: number | null;
	readonly profile: number | null;
	readonly name: string | null;
	readonly groups: readonly string[];
}

/**
 * Questions that everybody may read become contributions, each once, by the rule of the event: of their asker where people speak under their names; of a participant who
 * is nobody but the group of the asker, the same for all questions of that group; of nobody, under one time and in no order, under the Chatham House rule.
 */
export async function fileQuestions(
	transaction: Transaction,
	event: EventOfTopic,
	questionIds: readonly string[]
): Promise<void> {
	const { topicId, eventId } = event;
	const { rows } = await transaction.query<Unfiled>(
		`
			select q.floor_question_id as id, q.text, q.language, a.participant_number as participant, a.profile_number as profile, a.name,
				coalesce(p.stakeholder_groups, '{}') as groups
			from floor_questions q
			left join floor_question_askers a using (topic_id, floor_question_id)
			left join participant_profiles p using (topic_id, participant_number, profile_number)
			where q.topic_id = $1 and q.event_id = $2 and q.floor_question_id = any ($3::uuid[]) and q.text is not null
			-- ids are random: so is this order
			order by q.floor_question_id
			for update of q`,
		[topicId, eventId, questionIds]
	);
	if (rows.length === 0) return;
	const texts: BroughtInText[] = [];
	for (const row of rows) texts.push(await textOf(transaction, event, row));
	const asOf = isChatham(event) ? event.startsAt : null;
	const ids = await bringInTexts(transaction, topicId, 'intervention', texts, { channel: 'town hall', asOf });
	// the words and the name stand in one place from now on, where an erasure finds them
	await transaction.query(
		`update floor_question_askers set name = null where topic_id = $1 and floor_question_id = any ($2::uuid[])`,
		[topicId, rows.map(({ id }) => id)]
	);
	await transaction.query(
		`
			update floor_questions q
			set text = null, contribution_id = given.contribution_id
			from unnest($2::uuid[], $3::uuid[]) as given (id, contribution_id)
			where q.topic_id = $1 and q.floor_question_id = given.id`,
		[topicId, rows.map(({ id }) => id), ids]
	);
}

async function textOf(transaction: Transaction, event: EventOfTopic, row: Unfiled): Promise<BroughtInText> {
	const { text, language } = row;
	if (isChatham(event) || row.participant === null || row.profile === null)
		return { participant: null, attribution: 'anonymous', name: null, text, language };
	if (showsNames(event)) {
		const participant = { number: row.participant, profile: row.profile };
		return { participant, attribution: row.name === null ? 'group' : 'named', name: row.name, text, language };
	}
	const participant = await voiceOf(transaction, event, row.groups);
	return { participant, attribution: participant ? 'group' : 'anonymous', name: null, text, language };
}

/**
 * Where the rule became stricter after questions were filed, those lose what it does not show: the name, the participant who asked, the group; under the Chatham House
 * rule also when they were.
 */
export async function obeyInQuestions(transaction: Transaction, event: EventOfTopic): Promise<void> {
	const { topicId, eventId } = event;
	if (showsNames(event)) return;
	await transaction.query(
		`
			update floor_question_askers a set name = null
			from floor_questions q
			where a.topic_id = $1 and q.topic_id = $1 and q.event_id = $2 and a.floor_question_id = q.floor_question_id and a.name is not null`,
		[topicId, eventId]
	);
	const { rows } = await transaction.query<{ contributionId: string; groups: readonly string[]; attribution: string }>(
		`
			select contribution_id as "contributionId", attribution, coalesce(p.stakeholder_groups, '{}') as groups
			from floor_questions q
			join contributions c using (topic_id, contribution_id)
			left join participant_profiles p using (topic_id, participant_number, profile_number)
			where q.topic_id = $1 and q.event_id = $2
			order by random()`,
		[topicId, eventId]
	);
	for (const { contributionId, groups, attribution } of rows) {
		if (attribution === 'anonymous') continue;
		const participant = isChatham(event) ? null : await voiceOf(transaction, event, groups);
		const said = { participant, attribution: participant ? 'group' : 'anonymous', name: null } as const;
		await attributeAnew(transaction, topicId, contributionId, said);
	}
	if (!isChatham(event)) return;
	const ids = rows.map(({ contributionId }) => contributionId);
	await writeAnew(transaction, topicId, ids, event.startsAt);
}
