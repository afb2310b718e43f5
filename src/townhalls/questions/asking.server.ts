import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { isChatham, isPublic, momentKept, showsNames, type EventOfTopic } from '#events/event.ts';
import { eventOf, requireOpenTopic } from '#events/events.server.ts';
import { figureMoved, move, nextInEvent } from '#events/moving.server.ts';
import { relyOnRule } from '#events/promising.server.ts';
import { languageTag } from '#languages/languages.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { participantOf } from '#topics/participants/participants.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { fileQuestions } from '#townhalls/questions/filing.server.ts';
import { floorQuestionLimits, takesSupport, type QuestionState } from '#townhalls/questions/floor-question.ts';
import { questionSettings } from '#townhalls/questions/floor-questions.server.ts';

export interface AskedQuestion {
	/** v4, made with the form: the same form sent twice is one question */
	readonly questionId: string;
	readonly text: string;
	/** BCP 47 or `und` */
	readonly language: string;
	/** kept only where people speak under their names */
	readonly name: string | null;
}

/** Takes a question from the floor. Refuses `questions-closed`, and what cannot be kept as a text. */
export async function askQuestion(
	database: Database | Transaction,
	keys: TopicKeys,
	{ topicId, eventId }: { topicId: string; eventId: string },
	asked: AskedQuestion,
	actor: Actor
): Promise<{ number: number; state: QuestionState }> {
	const { questionId } = asked;
	const text = usableText(asked.text, { max: floorQuestionLimits.text, what: 'text' }).trim();
	const language = languageTag(asked.language);
	if (language === null) throw refusal('unknown-language', { tag: asked.language.slice(0, 40) });
	if (actor.kind === 'visitor' && !actor.visitorId) throw refusal('no-visitor');
	return inTransaction(database, async (transaction) => {
		const event = await eventThatTakes(transaction, topicId, eventId);
		// shown at once, its moment would be kept with it
		const isLookedAt = isChatham(event) || (await questionSettings(transaction, event)).isLookedAt;
		const known = await askedBefore(transaction, event, questionId);
		if (known) return known;
		const participant = isChatham(event) ? null : await participantOf(transaction, keys, topicId, actor);
		const name =
			showsNames(event) && asked.name
				? usableText(asked.name, { max: floorQuestionLimits.name, what: 'name', mayBeEmpty: true }).trim()
				: '';
		await relyOnRule(transaction, event);
		const number = await nextInEvent(transaction, event, 'floor questions');
		const { rowCount } = await transaction.query(
			`
				insert into floor_questions (topic_id, floor_question_id, event_id, question_number, text, language)
				values ($1, $2, $3, $4, $5, $6)
				on conflict (topic_id, floor_question_id) do nothing`,
			[topicId, questionId, eventId, number, text, language]
		);
		// the same form, sent twice at once
		if (rowCount === 0) throw refusal('changed-meanwhile');
		if (participant) {
			await transaction.query(
				`
					with asker as (
						insert into floor_question_askers (topic_id, floor_question_id, participant_number, profile_number, name, asked_at)
						values ($1, $2, $3, $4, nullif($5, ''), $6)
					)
					insert into floor_question_supports (topic_id, floor_question_id, participant_number)
					values ($1, $2, $3)`,
				[topicId, questionId, participant.number, participant.profile, name, transaction.at]
			);
		}
		const state = isLookedAt ? 'new' : 'approved';
		await writeQuestionState(
			transaction,
			{ topicId, questionId, version: 1, state, words: '' },
			isChatham(event) ? null : transaction.at,
			null
		);
		if (!isLookedAt) {
			await fileQuestions(transaction, event, [questionId]);
			await move(transaction, event, 'question-approved', questionId, { number });
		} else if (!isChatham(event)) {
			// what nobody has looked at yet is not named
			await move(transaction, event, 'question-came', null);
		}
		return { number, state };
	});
}

/** Supports a question, or no longer does. Whoever supports one that was merged supports the one with which it is shown. */
export async function supportQuestion(
	database: Database | Transaction,
	keys: TopicKeys,
	{ topicId, eventId, questionId }: { topicId: string; eventId: string; questionId: string },
	supports: boolean,
	actor: Actor
): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const event = await eventThatIsOn(transaction, topicId, eventId);
		const { rows } = await transaction.query<{ state: QuestionState }>(
			`
				select state
				from floor_question_states
				join floor_questions q using (topic_id, floor_question_id)
				where topic_id = $1 and floor_question_id = $2 and q.event_id = $3
				order by version desc
				limit 1`,
			[topicId, questionId, eventId]
		);
		const state = rows[0]?.state;
		if (state === undefined || state === 'new' || state === 'refused') throw refusal('not-found');
		if (!takesSupport(state)) throw refusal('questions-closed');
		const { number } = await participantOf(transaction, keys, topicId, actor, momentKept(event, transaction.at));
		await transaction.query(
			supports
				? `
					insert into floor_question_supports (topic_id, floor_question_id, participant_number)
					values ($1, $2, $3)
					on conflict do nothing`
				: `
					-- of all that are shown as one: a person counts once there, and takes it back once
					with recursive together as (
						select $2::uuid as id
						union
						select m.merged
						from floor_question_merges m
						join together on together.id = m.into_question
						where m.topic_id = $1
							and not exists (select from floor_question_merge_ends e where e.topic_id = m.topic_id and e.merge_id = m.merge_id)
					)
					delete from floor_question_supports
					where topic_id = $1 and participant_number = $3 and floor_question_id in (select id from together)`,
			[topicId, questionId, number]
		);
		await figureMoved(transaction, event, 'supports');
	});
}

/** What somebody did as a visitor before they signed in becomes theirs. */
export async function joinQuestions(
	transaction: Transaction,
	topicId: string,
	{ from, into }: { from: number; into: number }
): Promise<void> {
	await transaction.query(
		`
			with moved as (
				delete from floor_question_supports
				where topic_id = $1 and participant_number = $2
				returning floor_question_id
			)
			insert into floor_question_supports (topic_id, floor_question_id, participant_number)
			select $1, floor_question_id, $3
			from moved
			on conflict do nothing`,
		[topicId, from, into]
	);
	await transaction.query(
		`
			update floor_question_askers
			set participant_number = $3,
				profile_number = (select max(profile_number) from participant_profiles where topic_id = $1 and participant_number = $3)
			where topic_id = $1 and participant_number = $2`,
		[topicId, from, into]
	);
}

export async function writeQuestionState(
	transaction: Transaction,
	{
		topicId,
		questionId,
		version,
		state,
		words
	}: { topicId: string; questionId: string; version: number; state: QuestionState; words: string },
	at: Date | null,
	by: string | null
): Promise<void> {
	await transaction.query(
		`
			insert into floor_question_states (topic_id, floor_question_id, version, state, words, at, by)
			values ($1, $2, $3, $4, $5, $6, $7)`,
		[topicId, questionId, version, state, words, at, by]
	);
}

async function eventThatTakes(transaction: Transaction, topicId: string, eventId: string): Promise<EventOfTopic> {
	const event = await eventThatIsOn(transaction, topicId, eventId);
	if (!(await questionSettings(transaction, event)).isOpen) throw refusal('questions-closed');
	return event;
}

/** From the day on which it is announced until it has taken place. */
async function eventThatIsOn(transaction: Transaction, topicId: string, eventId: string): Promise<EventOfTopic> {
	const event = await eventOf(transaction, topicId, eventId);
	if (!isPublic(event)) throw refusal('not-found');
	if (event.state !== 'confirmed') throw refusal('questions-closed');
	await requireOpenTopic(transaction, topicId);
	return event;
}

async function askedBefore(
	transaction: Transaction,
	{ topicId, eventId }: EventOfTopic,
	questionId: string
): Promise<{ number: number; state: QuestionState } | null> {
	const { rows } = await transaction.query<{ number: number; state: QuestionState; isHere: boolean }>(
		`
			select q.question_number as number, s.state, q.event_id = $3 as "isHere"
			from floor_questions q
			join floor_question_states s using (topic_id, floor_question_id)
			where q.topic_id = $1 and q.floor_question_id = $2
			order by s.version desc
			limit 1`,
		[topicId, questionId, eventId]
	);
	if (rows[0] && !rows[0].isHere) throw refusal('request-key-taken');
	return rows[0] ? { number: rows[0].number, state: rows[0].state } : null;
}
