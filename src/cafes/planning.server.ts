import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { checkPlan, longestLabel, type Cafe, type PlannedRound, type PlannedTable } from '#cafes/cafe.ts';
import { hostsOf } from '#cafes/hosts.server.ts';
import { holdPlanStill } from '#cafes/holding.server.ts';
import { mayRunCafe } from '#cafes/may.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { roundsHeld } from '#cafes/rounds.ts';
import { roundTurnsOf } from '#cafes/leading.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { eventOf, requireOpenTopic } from '#events/events.server.ts';
import { languageTag } from '#languages/languages.ts';
import { isolated, usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { isWebAddress } from '#topics/library.server.ts';
import { topicOf } from '#topics/reading.server.ts';

export interface Plan {
	readonly topicId: string;
	readonly eventId: string;
	/** the version that was seen when this was written; 0: none yet */
	readonly seen: number;
	readonly tables: readonly PlannedTable[];
	readonly rounds: readonly PlannedRound[];
}

/**
 * Plans the café anew: all tables and rounds in their order. Refuses `changed-meanwhile` where somebody planned since, `cafe-round-held` where
 * rounds that were begun, or tables at which people sat, would be gone, `cafe-table-hosted` where the notebook of somebody would be of no table.
 */
export async function planCafe(database: Database | Transaction, plan: Plan, actor: Actor): Promise<Cafe> {
	const { topicId, eventId, seen } = plan;
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	checkPlan(plan);
	const tables = plan.tables.map(usableTable);
	return inTransaction(database, async (transaction) => {
		await holdPlanStill(transaction, topicId, eventId);
		await requireOpenTopic(transaction, topicId);
		if ((await eventOf(transaction, topicId, eventId)).state === 'cancelled') throw refusal('event-cancelled');
		const before = await cafeOf(transaction, topicId, eventId);
		if (before.version !== seen) throw refusal('changed-meanwhile');
		await checkQuestions(transaction, topicId, plan.rounds);
		await checkHeld(transaction, before, plan);
		await checkHosts(transaction, plan);
		const version = seen + 1;
		await transaction.query(
			'insert into cafe_plans (topic_id, event_id, version, planned_at, planned_by) values ($1, $2, $3, $4, $5)',
			[topicId, eventId, version, transaction.at, accountOf(actor)]
		);
		await insertTables(transaction, { topicId, eventId, version }, tables);
		await insertRounds(transaction, { topicId, eventId, version }, plan.rounds);
		await record(transaction, {
			...{ topicId, actor, did: 'planned', kind: 'cafe', thingId: eventId },
			details: { version, tables: tables.length, rounds: plan.rounds.length }
		});
		return cafeOf(transaction, topicId, eventId);
	});
}

function usableTable({ label, link, languages, ...table }: PlannedTable, place: number): PlannedTable {
	if (link !== null && !isWebAddress(link)) throw refusal('web-address-unusable');
	const tags = languages.map((language) => {
		const tag = languageTag(language);
		if (tag === null) throw refusal('cafe-language-unknown', { table: place + 1, language: language.slice(0, 40) });
		return tag;
	});
	return {
		...table,
		label: usableText(label, { max: longestLabel, what: 'label', mayBeEmpty: true }).trim(),
		...{ link, languages: [...new Set(tags)] }
	};
}

async function checkQuestions(transaction: Transaction, topicId: string, rounds: readonly PlannedRound[]): Promise<void> {
	const known = new Set((await topicOf(transaction, topicId)).questions.map(({ questionId }) => questionId));
	if (rounds.some(({ questionId }) => questionId !== null && !known.has(questionId))) throw refusal('changed-meanwhile');
}

async function checkHeld(transaction: Transaction, before: Cafe, { tables, rounds }: Plan): Promise<void> {
	const turns = await roundTurnsOf(transaction, before.topicId, before.eventId);
	const held = roundsHeld(turns);
	if (held === 0) return;
	if (rounds.length < held || tables.length < before.tables.length) throw refusal('cafe-round-held', { round: held });
	for (let round = 0; round < held; round++)
		if (rounds[round]!.questionId !== before.rounds[round]!.questionId) throw refusal('cafe-round-held', { round: round + 1 });
}

async function checkHosts(transaction: Transaction, { topicId, eventId, tables }: Plan): Promise<void> {
	const hosts = (await hostsOf(transaction, topicId, eventId)).filter(({ tableNumber }) => tableNumber > tables.length);
	if (hosts.length > 0) throw refusal('cafe-table-hosted', { names: hosts.map(({ name }) => isolated(name)).join(', ') });
}

interface Version {
	readonly topicId: string;
	readonly eventId: string;
	readonly version: number;
}

async function insertTables(
	transaction: Transaction,
	{ topicId, eventId, version }: Version,
	tables: readonly PlannedTable[]
): Promise<void> {
	await transaction.query(
		`insert into cafe_tables (topic_id, event_id, version, table_number, label, seats, mode, link, languages)
		select $1, $2, $3, number, label, seats, mode, link, languages
		from json_to_recordset($4::json) as given (number int, label text, seats int, mode text, link text, languages text[])`,
		[topicId, eventId, version, JSON.stringify(tables.map((table, place) => ({ ...table, number: place + 1 })))]
	);
}

async function insertRounds(
	transaction: Transaction,
	{ topicId, eventId, version }: Version,
	rounds: readonly PlannedRound[]
): Promise<void> {
	await transaction.query(
		`insert into cafe_rounds (topic_id, event_id, version, round_number, question_id, minutes, break_minutes)
		select $1, $2, $3, number, "questionId", minutes, "breakMinutes"
		from json_to_recordset($4::json) as given (number int, "questionId" uuid, minutes int, "breakMinutes" int)`,
		[topicId, eventId, version, JSON.stringify(rounds.map((round, place) => ({ ...round, number: place + 1 })))]
	);
}
