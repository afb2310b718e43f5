import type { Actor } from '#activity/actor.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { attachPassages, drawIdea } from '#ideas/drawing/drawing.server.ts';
import { codePoints } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';

export interface DrawnFromNotes {
	readonly topicId: string;
	readonly eventId: string;
	/** the first is the one on which the idea rests first; the others raised it, too */
	readonly notes: readonly string[];
	readonly point: string;
	readonly explanation: string;
	readonly questionId: string | null;
	/** chosen by the page: a double click draws once */
	readonly requestKey: string | null;
}

/** Notes become an idea, which rests on each of them word for word. @returns its number */
export async function drawFromNotes(
	database: Database | Transaction,
	{ topicId, eventId, notes, point, explanation, questionId, requestKey }: DrawnFromNotes,
	actor: Actor
): Promise<{ number: number }> {
	return inTransaction(database, async (transaction) => {
		const wall = await wallOf(transaction, topicId, eventId);
		const chosen = [...new Set(notes)].map((id) => wall.find(({ noteId }) => noteId === id));
		if (chosen.length === 0 || chosen.includes(undefined)) throw refusal('not-found');
		const [first, ...others] = chosen as [(typeof wall)[number], ...typeof wall];
		const drawingOf = ({ noteId, version, text }: typeof first) => ({
			...{ topicId, contributionId: noteId, requestKey: null },
			quotes: [{ part: 0, textVersion: version, spans: [{ starts: 0, ends: codePoints(text) }] }]
		});
		const wording = { point, explanation, sources: '', questionId, language: first.language };
		const { number } = await drawIdea(transaction, { ...drawingOf(first), requestKey }, wording, actor);
		const { rowCount } = await transaction.query(
			`insert into harvest_ideas (topic_id, event_id, idea_number, drawn_at) values ($1, $2, $3, $4)
			on conflict (topic_id, event_id, idea_number) do nothing`,
			[topicId, eventId, number, transaction.at]
		);
		// asked a second time, all of it is there
		if (rowCount > 0)
			for (const other of others) await attachPassages(transaction, drawingOf(other), { number, stance: 'raises' }, actor);
		return { number };
	});
}

/** Where a note was written, for the pages on which an idea says what it rests on. */
export interface WhereWritten {
	/** the number of the event */
	readonly event: number;
	/** the note, by which it is flagged */
	readonly contributionId: string;
	readonly table: number;
	readonly round: number;
}

/** Of the passages on which an idea rests those that are notes, by the id of the passage. One query. */
export async function whereWritten(queryable: Queryable, topicId: string, idea: number): Promise<Record<string, WhereWritten>> {
	const { rows } = await queryable.query<WhereWritten & { passageId: string }>({
		name: 'where-notes-were-written',
		text: `
			select p.passage_id as "passageId", e.event_number as event, n.contribution_id as "contributionId", n.table_number as "table", n.round_number as round
			from stances s
			join passages p using (topic_id, passage_id)
			join notes n using (topic_id, contribution_id)
			join events e using (topic_id, event_id)
			where s.topic_id = $1 and s.idea_number = $2`,
		values: [topicId, idea]
	});
	return Object.fromEntries(rows.map(({ passageId, ...where }) => [passageId, where]));
}
