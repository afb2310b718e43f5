import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import { move, nextInEvent, type OfEvent } from '#events/moving.server.ts';
import { writeTexts, type WrittenTexts } from '#languages/texts.server.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { mayRunRoom } from '#townhalls/room.ts';
import { mayHaveState, pollLimits, usablePoll, type PollKind, type PollResults, type PollState } from '#townhalls/polls/poll.ts';
import { pollOf, type Poll } from '#townhalls/polls/polls.server.ts';

/** A poll as its form sends it. */
export interface WrittenPoll {
	readonly kind: PollKind;
	readonly results: PollResults;
	/** of a scale its highest value, of a cloud the words of each; of the others the options say it */
	readonly size: number;
	/** language → words; one language at least */
	readonly question: Readonly<Record<string, string>>;
	/** each language → words; an option that has words in no language is left out */
	readonly options: readonly Readonly<Record<string, string>>[];
	/** what the ends of a scale mean */
	readonly low: Readonly<Record<string, string>>;
	readonly high: Readonly<Record<string, string>>;
}

/** Makes a draft. */
export async function makePoll(
	database: Database | Transaction,
	event: OfEvent,
	written: WrittenPoll,
	actor: Actor
): Promise<{ pollId: string; number: number }> {
	if (!mayRunRoom(actor, event.topicId)) throw refusal('not-allowed');
	const { size, texts } = usable(written);
	return inTransaction(database, async (transaction) => {
		const pollId = uuidv7();
		const { topicId, eventId } = event;
		const number = await nextInEvent(transaction, event, 'polls');
		await transaction.query(
			`
				insert into polls (topic_id, poll_id, event_id, poll_number, kind, size, results, made_at, made_by)
				values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			[topicId, pollId, eventId, number, written.kind, size, written.results, transaction.at, accountOf(actor)]
		);
		await writeState(transaction, { topicId, pollId, version: 1 }, 'draft', actor);
		await writeTexts(transaction, { topicId, kind: 'poll', thingId: pollId }, texts, accountOf(actor));
		await record(transaction, { topicId, actor, did: 'made', kind: 'poll', thingId: pollId, details: { number } });
		return { pollId, number };
	});
}

/** Changes a draft. Refuses `poll-started` once it was open: people answered what they read. */
export async function changePoll(
	database: Database | Transaction,
	{ topicId, pollId }: { topicId: string; pollId: string },
	written: WrittenPoll,
	actor: Actor
): Promise<void> {
	const { size, texts } = usable(written);
	await changingPoll(database, topicId, pollId, actor, async (transaction, poll) => {
		if (poll.state !== 'draft') throw refusal('poll-started');
		await transaction.query(`update polls set kind = $3, size = $4, results = $5 where topic_id = $1 and poll_id = $2`, [
			topicId,
			pollId,
			written.kind,
			size,
			written.results
		]);
		// what is not written any more is taken back
		const gone = Object.fromEntries(
			Object.entries(poll.texts).map(([field, inLanguages]) => [
				field,
				Object.fromEntries(inLanguages.map(({ language }) => [language, texts[field]?.[language] ?? '']))
			])
		);
		const merged = Object.fromEntries(
			[...new Set([...Object.keys(gone), ...Object.keys(texts)])].map((field) => [field, { ...gone[field], ...texts[field] }])
		);
		await writeTexts(transaction, { topicId, kind: 'poll', thingId: pollId }, merged, accountOf(actor));
		await record(transaction, {
			topicId,
			actor,
			did: 'changed',
			kind: 'poll',
			thingId: pollId,
			details: { number: poll.number }
		});
	});
}

/** Opens a poll, closes it, or opens it once more. What it is already is no mistake: two at the desk clicked. */
export async function turnPoll(
	database: Database | Transaction,
	{ topicId, pollId }: { topicId: string; pollId: string },
	state: Exclude<PollState, 'draft'>,
	actor: Actor
): Promise<void> {
	await changingPoll(database, topicId, pollId, actor, async (transaction, poll) => {
		if (poll.state === state) return;
		if (!mayHaveState(poll.state, state)) throw refusal('poll-not-open');
		await writeState(transaction, { topicId, pollId, version: poll.stateVersion + 1 }, state, actor);
		await record(transaction, {
			topicId,
			actor,
			did: state === 'open' ? 'opened' : 'closed',
			kind: 'poll',
			thingId: pollId,
			details: { number: poll.number }
		});
		await move(transaction, poll, `poll-${state}`, pollId, { number: poll.number });
	});
}

/** Whoever answers holds a share of the row: once this has it no answer is under way, and none comes in unseen afterwards. */
async function changingPoll(
	database: Database | Transaction,
	topicId: string,
	pollId: string,
	actor: Actor,
	work: (transaction: Transaction, poll: Poll) => Promise<void>
): Promise<void> {
	if (!mayRunRoom(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await transaction.query(`select from polls where topic_id = $1 and poll_id = $2 for update`, [topicId, pollId]);
		await requireOpenTopic(transaction, topicId);
		await work(transaction, await pollOf(transaction, topicId, pollId));
	});
}

async function writeState(
	transaction: Transaction,
	{ topicId, pollId, version }: { topicId: string; pollId: string; version: number },
	state: PollState,
	actor: Actor
): Promise<void> {
	await transaction.query(`insert into poll_states (topic_id, poll_id, version, state, at, by) values ($1, $2, $3, $4, $5, $6)`, [
		topicId,
		pollId,
		version,
		state,
		transaction.at,
		accountOf(actor)
	]);
}

function usable({ kind, size: given, question, options, low, high }: WrittenPoll): { size: number; texts: WrittenTexts } {
	const filled = (written: Readonly<Record<string, string>>, what: string, max: number) =>
		Object.fromEntries(
			Object.entries(written)
				.map(([language, text]) => [language, usableText(text, { max, what, mayBeEmpty: true }).trim()] as const)
				.filter(([, text]) => text !== '')
		);
	const asked = filled(question, 'question', pollLimits.question);
	if (Object.keys(asked).length === 0) throw refusal('poll-unusable', { reason: 'question' });
	const hasOptions = kind !== 'scale' && kind !== 'cloud';
	const chosen = hasOptions
		? options.map((option) => filled(option, 'options', pollLimits.option)).filter((option) => Object.keys(option).length > 0)
		: [];
	const size = hasOptions ? chosen.length : given;
	for (const language of Object.keys(asked))
		usablePoll(
			{ kind, size },
			// an option without words in this language is read in another, where it is told apart
			chosen.map((option, at) => option[language] ?? `${at}`)
		);
	const ends =
		kind === 'scale' ? { low: filled(low, 'low', pollLimits.option), high: filled(high, 'high', pollLimits.option) } : {};
	const numbered = Object.fromEntries(chosen.map((option, at) => [`option-${at + 1}`, option]));
	return { size, texts: { question: asked, ...numbered, ...ends } };
}
