import { createHash } from 'node:crypto';
import type { Actor } from '#activity/actor.ts';
import { rememberRequest } from '#activity/recording.server.ts';
import type { Database, Transaction } from '#database/connection.server.ts';
import { isChatham, type EventOfTopic } from '#events/event.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { floorOf } from '#townhalls/floor/floors.server.ts';
import { contribute, layInTray, noteStatement, usableWords, type WordsSaid } from '#townhalls/floor/summarising.server.ts';
import { inMeeting } from '#townhalls/meeting.server.ts';

/** More than a hall writes, and less than fills a record. */
const mostStatements = 1000;

/**
 * A statement to the record, which is not read out: a contribution at once, or under the Chatham House rule when the floor is over.
 * @param statementId v4, made with the form: the same form sent twice is one statement
 */
export async function stateForRecord(
	database: Database | Transaction,
	of: OfEvent,
	{ statementId, ...said }: WordsSaid & { readonly statementId: string },
	actor: Actor
): Promise<void> {
	if (actor.kind === 'visitor' && !actor.visitorId) throw refusal('no-visitor');
	await inMeeting(database, of, async (transaction, event) => {
		const { state } = await floorOf(transaction, of);
		if (event.state !== 'confirmed' || (state !== 'open' && state !== 'queue-closed')) throw refusal('floor-closed');
		const words = await usableWords(transaction, said);
		if ((await statementsOf(transaction, of)) >= mostStatements) throw refusal('floor-full');
		if (isChatham(event)) return layInTray(transaction, of, words, statementId);
		if (await isKnown(transaction, event, statementId)) return;
		await noteStatement(transaction, of, await contribute(transaction, event, words));
	});
}

/** The form alone is remembered, not who sent it: a statement of a group leads to nobody. */
async function isKnown(transaction: Transaction, { topicId, eventId }: EventOfTopic, statementId: string): Promise<boolean> {
	const requester = createHash('sha256').update(`statements ${eventId}`).digest();
	// of the event: all of them are forgotten with its floor
	const request = { topicId, requester, requestKey: statementId, kind: 'statement', thingId: eventId };
	return (await rememberRequest(transaction, request)) !== null;
}

async function statementsOf(transaction: Transaction, { topicId, eventId }: OfEvent): Promise<number> {
	const { rows } = await transaction.query<{ count: number }>(
		`
			select (
				(select count(*) from floor_statements where topic_id = $1 and event_id = $2)
				+ (select count(*) from floor_tray where topic_id = $1 and event_id = $2))::int as count`,
		[topicId, eventId]
	);
	return rows[0]!.count;
}
