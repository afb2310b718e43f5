import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { isChatham, type EventOfTopic } from '#events/event.ts';
import { eventOf, requireOpenTopic } from '#events/events.server.ts';
import { move, type OfEvent } from '#events/moving.server.ts';
import { usableText } from '#languages/usable.ts';
import { conceal, concealmentOf, reveal } from '#moderation/concealing.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { mayRunRoom } from '#townhalls/room.ts';
import { writeQuestionState } from '#townhalls/questions/asking.server.ts';
import { closeQuestions } from '#townhalls/questions/closing.server.ts';
import { fileQuestions } from '#townhalls/questions/filing.server.ts';
import { floorQuestionLimits, isMergeable, isSeen, mayBecome, type QuestionState } from '#townhalls/questions/floor-question.ts';
import { mergesOf, questionSettings, questionsOfEvent, type FloorQuestion } from '#townhalls/questions/floor-questions.server.ts';

/**
 * Says what becomes of a question: seen by everybody, put to the podium, answered, taken up, for the record unread, or refused with a reason. Refuses
 * `changed-meanwhile` where somebody else decided since it was looked at, `reason-missing`.
 */
export async function decideQuestion(
	database: Database | Transaction,
	{ topicId, eventId, questionId }: OfEvent & { questionId: string },
	decision: { readonly state: QuestionState; readonly words: string; readonly seen?: number },
	actor: Actor
): Promise<void> {
	const words = usableText(decision.words, { max: floorQuestionLimits.reason, what: 'words', mayBeEmpty: true }).trim();
	if (decision.state === 'refused' && words === '') throw refusal('reason-missing');
	await running(database, { topicId, eventId }, actor, async (transaction, event) => {
		await transaction.query(`select from floor_questions where topic_id = $1 and floor_question_id = $2 for update`, [
			topicId,
			questionId
		]);
		const question = (await questionsOfEvent(transaction, event)).find((one) => one.questionId === questionId);
		if (!question) throw refusal('not-found');
		if (decision.seen !== undefined && decision.seen !== question.stateVersion) throw refusal('changed-meanwhile');
		if (!mayBecome(question.state, decision.state)) return;
		// whoever asked it is gone, or it is long over
		if (question.text === '' && question.contributionId === null) throw refusal('erased');
		const version = question.stateVersion + 1;
		await writeQuestionState(
			transaction,
			{ topicId, questionId, version, state: decision.state, words },
			isChatham(event) ? null : transaction.at,
			accountOf(actor)
		);
		const isClosed = !(await questionSettings(transaction, event)).isOpen;
		// under the Chatham House rule those that everybody sees are filed together, when questions are closed
		if (isSeen(decision.state) && (!isChatham(event) || isClosed)) await fileQuestions(transaction, event, [questionId]);
		if (question.contributionId !== null)
			await showContribution(transaction, topicId, question.contributionId, isSeen(decision.state));
		await record(transaction, {
			...{ topicId, actor, did: didOf[decision.state], kind: 'floor-question', ...inRecord(event, question) },
			reason: words === '' ? null : words
		});
		// a question that nobody but its asker and the desk may see is not named
		const told = (isSeen(decision.state) || isSeen(question.state)) && !(isChatham(event) && isClosed);
		await move(
			transaction,
			event,
			`question-${decision.state}`,
			told ? questionId : null,
			told ? { number: question.number } : {}
		);
	});
}

/** Which question the record names. Under the Chatham House rule none: its row has a time. */
function inRecord(event: EventOfTopic, { questionId, number }: FloorQuestion) {
	return isChatham(event) ? { thingId: null, details: {} } : { thingId: questionId, details: { number } };
}

/** A refused question is read by nobody, the contribution that it became neither; what moderators hid or its author took back stays so. */
async function showContribution(transaction: Transaction, topicId: string, thingId: string, isShown: boolean): Promise<void> {
	const thing = { kind: 'intervention', thingId } as const;
	const why = await concealmentOf(transaction, { topicId, ...thing });
	if (isShown && why === 'withdrawn') await reveal(transaction, topicId, [thing]);
	if (!isShown && why === null) await conceal(transaction, topicId, [thing], 'withdrawn');
}

const didOf = {
	new: 'asked',
	approved: 'approved',
	asked: 'put',
	answered: 'answered',
	'taken-up': 'took-up',
	'on-record': 'put-on-record',
	refused: 'refused'
} as const satisfies Record<QuestionState, string>;

/** Shows one question with another that asks the same. Refuses `question-merged` where that would lead in a circle. */
export async function mergeQuestions(
	database: Database | Transaction,
	event: OfEvent,
	{ merged, into }: { merged: string; into: string },
	actor: Actor
): Promise<{ mergeId: string }> {
	return running(database, event, actor, async (transaction, planned) => {
		const { topicId, eventId } = planned;
		const questions = await questionsOfEvent(transaction, event);
		const known = (id: string) => questions.find(({ questionId }) => questionId === id);
		const [one, other] = [known(merged), known(into)];
		if (!one || !other) throw refusal('not-found');
		if (!isMergeable(await mergesOf(transaction, event), { merged, into })) throw refusal('question-merged');
		const mergeId = uuidv7();
		await transaction.query(
			`
				insert into floor_question_merges (topic_id, merge_id, event_id, merged, into_question, at, by)
				values ($1, $2, $3, $4, $5, $6, $7)`,
			[topicId, mergeId, eventId, merged, into, transaction.at, accountOf(actor)]
		);
		const { details, ...thing } = inRecord(planned, one);
		await record(transaction, {
			...{ topicId, actor, did: 'merged', kind: 'floor-question', ...thing },
			details: isChatham(planned) ? details : { ...details, into: other.number }
		});
		await move(transaction, event, 'question-merged', into, {});
		return { mergeId };
	});
}

/** Takes a merge back: each question stands for itself again, with its own supporters. */
export async function undoMerge(database: Database | Transaction, event: OfEvent, mergeId: string, actor: Actor): Promise<void> {
	await running(database, event, actor, async (transaction, planned) => {
		const { topicId, eventId } = planned;
		const { rows } = await transaction.query<{ merged: string }>(
			`
				insert into floor_question_merge_ends (topic_id, merge_id, at, by)
				select topic_id, merge_id, $4, $5
				from floor_question_merges
				where topic_id = $1 and event_id = $2 and merge_id = $3
				on conflict do nothing
				returning (
					select merged from floor_question_merges m
					where m.topic_id = floor_question_merge_ends.topic_id and m.merge_id = floor_question_merge_ends.merge_id) as merged`,
			[topicId, eventId, mergeId, transaction.at, accountOf(actor)]
		);
		if (!rows[0]) throw refusal('nothing-to-undo');
		await record(transaction, {
			topicId,
			actor,
			did: 'undid',
			kind: 'floor-question',
			thingId: isChatham(planned) ? null : rows[0].merged
		});
		await move(transaction, event, 'question-merged', null, {});
	});
}

/** Opens or closes the taking of questions, and says whether they are looked at first. Under the Chatham House rule closing it files what was approved. */
export async function setQuestions(
	database: Database | Transaction,
	event: OfEvent,
	{ isOpen, isLookedAt }: { isOpen: boolean; isLookedAt: boolean },
	actor: Actor
): Promise<void> {
	await running(database, event, actor, async (transaction, planned) => {
		const before = await questionSettings(transaction, event);
		if (before.isOpen === isOpen && before.isLookedAt === isLookedAt) return;
		await transaction.query(
			`
				insert into floor_question_settings (topic_id, event_id, version, is_open, is_looked_at, at, by)
				values ($1, $2, $3, $4, $5, $6, $7)`,
			[event.topicId, event.eventId, before.version + 1, isOpen, isLookedAt, transaction.at, accountOf(actor)]
		);
		if (!isOpen && isChatham(planned)) await closeQuestions(transaction, planned);
		const details = { questions: isOpen, lookedAt: isLookedAt };
		await record(transaction, { topicId: event.topicId, actor, did: 'changed', kind: 'event', thingId: event.eventId, details });
		await move(transaction, event, 'questions-set', null, { isOpen });
	});
}

/** One at a time in an event: two who merge at once would make a circle. */
async function running<T>(
	database: Database | Transaction,
	{ topicId, eventId }: OfEvent,
	actor: Actor,
	work: (transaction: Transaction, event: EventOfTopic) => Promise<T>
): Promise<T> {
	if (!mayRunRoom(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await transaction.query(`select from events where topic_id = $1 and event_id = $2 for no key update`, [topicId, eventId]);
		await requireOpenTopic(transaction, topicId);
		return work(transaction, await eventOf(transaction, topicId, eventId));
	});
}
