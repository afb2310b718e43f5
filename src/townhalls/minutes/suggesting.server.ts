import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { isChatham } from '#events/event.ts';
import { eventOf, requireOpenTopic } from '#events/events.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { minuteLimits, takesSuggestions } from '#townhalls/minutes/minutes.ts';
import { minutesOf, writeVersion, writing } from '#townhalls/minutes/minutes.server.ts';

/**
 * What somebody who was there would have otherwise; nothing is kept of who said so. Its id is made with the form: sent twice it is one. Refuses `minutes-closed`, and
 * `changed-meanwhile` where the section is another one than they read.
 */
export async function suggestForMinutes(
	database: Database | Transaction,
	{ topicId, eventId }: OfEvent,
	suggested: { suggestionId: string; place: number; text: string; reason: string; seen: number },
	actor: Actor
): Promise<void> {
	const text = usableText(suggested.text, { max: minuteLimits.text, what: 'text' }).trim();
	const reason = usableText(suggested.reason, { max: minuteLimits.reason, what: 'reason', mayBeEmpty: true }).trim();
	if (actor.kind === 'visitor' && !actor.visitorId) throw refusal('no-visitor');
	await inTransaction(database, async (transaction) => {
		await requireOpenTopic(transaction, topicId);
		const event = await eventOf(transaction, topicId, eventId);
		const minutes = await minutesOf(transaction, event);
		if (!minutes || !takesSuggestions(minutes, transaction.at)) throw refusal('minutes-closed');
		const section = minutes.sections.find(({ place }) => place === suggested.place);
		if (!section) throw refusal('not-found');
		if (section.text !== (await sectionAt(transaction, event, suggested.place, suggested.seen)))
			throw refusal('changed-meanwhile');
		if (section.text === text) throw refusal('nothing-chosen');
		await transaction.query(
			`
				insert into minute_suggestions (topic_id, suggestion_id, event_id, place, text, reason, at, version)
				values ($1, $2, $3, $4, $5, $6, $7, $8)
				on conflict (topic_id, suggestion_id) do nothing`,
			[
				...[topicId, suggested.suggestionId, eventId, suggested.place, text, reason],
				...[isChatham(event) ? null : transaction.at, minutes.version]
			]
		);
	});
}

/**
 * Takes a suggestion into the minutes, or refuses it with a reason that everybody reads. Refuses to take one in with `changed-meanwhile` where its section was changed
 * since: it would undo that.
 */
export async function answerSuggestion(
	database: Database | Transaction,
	event: OfEvent,
	{ suggestionId, answer, reason: typed }: { suggestionId: string; answer: 'accepted' | 'refused'; reason: string },
	actor: Actor
): Promise<void> {
	const reason = usableText(typed, { max: minuteLimits.reason, what: 'reason', mayBeEmpty: true }).trim();
	if (answer === 'refused' && reason === '') throw refusal('reason-missing');
	await writing(database, event, actor, async (transaction, { topicId, eventId }, minutes) => {
		if (!minutes || minutes.state === 'final') throw refusal('minutes-closed');
		const suggestion = (await suggestionsOf(transaction, event)).find((one) => one.suggestionId === suggestionId);
		if (!suggestion) throw refusal('not-found');
		if (suggestion.answer !== null) throw refusal('already-decided');
		const standing = minutes.sections.find(({ place }) => place === suggestion.place)?.text;
		const before = await sectionAt(transaction, event, suggestion.place, suggestion.version);
		if (answer === 'accepted' && standing !== before && standing !== suggestion.text) throw refusal('changed-meanwhile');
		await transaction.query(
			`
				insert into minute_suggestion_answers (topic_id, suggestion_id, answer, reason, at, by)
				values ($1, $2, $3, $4, $5, $6)`,
			[topicId, suggestionId, answer, reason, transaction.at, accountOf(actor)]
		);
		if (answer === 'accepted' && standing !== suggestion.text) {
			const sections = minutes.sections.map((section) =>
				section.place === suggestion.place ? { ...section, text: suggestion.text } : section
			);
			await writeVersion(transaction, event, minutes.version + 1, sections, actor);
		}
		await record(transaction, {
			...{ topicId, actor, did: answer === 'accepted' ? 'accepted' : 'refused', kind: 'minutes', thingId: eventId },
			details: { section: suggestion.place },
			reason: reason === '' ? null : reason
		});
	});
}

async function sectionAt(
	transaction: Transaction,
	{ topicId, eventId }: OfEvent,
	place: number,
	version: number
): Promise<string | null> {
	const { rows } = await transaction.query<{ text: string }>(
		`select text from minute_sections where topic_id = $1 and event_id = $2 and version = $3 and place = $4`,
		[topicId, eventId, version, place]
	);
	return rows[0]?.text ?? null;
}

/** Without whoever made it. */
export interface Suggestion {
	readonly suggestionId: string;
	readonly place: number;
	/** of the minutes that its author read */
	readonly version: number;
	readonly text: string;
	readonly reason: string;
	readonly answer: 'accepted' | 'refused' | null;
	readonly answerReason: string | null;
}

/** In the order of the minutes; what waits first. */
export async function suggestionsOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Suggestion[]> {
	const { rows } = await queryable.query<Suggestion>(
		`
			select s.suggestion_id as "suggestionId", s.place, s.version, s.text, s.reason, a.answer, a.reason as "answerReason"
			from minute_suggestions s
			left join minute_suggestion_answers a using (topic_id, suggestion_id)
			where s.topic_id = $1 and s.event_id = $2
			order by a.answer is not null, s.place, s.at, s.suggestion_id`,
		[topicId, eventId]
	);
	return rows;
}
