import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isRapporteur } from '#activity/staff.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import { refusal } from '#refusals/refusal.ts';

interface OneCafe {
	readonly topicId: string;
	readonly eventId: string;
}

interface Moved {
	readonly note: string;
	readonly from: string | null;
	readonly to: string | null;
}

/** Lays notes together as saying the same, with all that already lie with one of them. Returns false where they do. */
export async function layTogether(
	database: Database | Transaction,
	{ topicId, eventId, notes }: OneCafe & { readonly notes: readonly string[] },
	actor: Actor
): Promise<boolean> {
	return atTheWall(database, { topicId, eventId }, actor, async (transaction, groups) => {
		const chosen = [...new Set(notes)];
		if (chosen.length < 2) throw refusal('notes-too-few');
		if (chosen.some((note) => !groups.has(note))) throw refusal('not-found');
		const before = [...new Set(chosen.map((note) => groups.get(note)!).filter((group) => group !== null))].sort();
		const to = before[0] ?? uuidv4();
		const moved = [...groups]
			.filter(([note, from]) => from !== to && (chosen.includes(note) || (from !== null && before.includes(from))))
			.map(([note, from]) => ({ note, from, to }));
		return { did: 'joined', moved };
	});
}

/** Takes a note out of those with which it lies; where one is left, that one lies by itself, too. */
export async function takeApart(
	database: Database | Transaction,
	{ topicId, eventId, note }: OneCafe & { readonly note: string },
	actor: Actor
): Promise<boolean> {
	return atTheWall(database, { topicId, eventId }, actor, (_, groups) => {
		const from = groups.get(note);
		if (from === undefined) throw refusal('not-found');
		if (from === null) return Promise.resolve({ did: 'parted', moved: [] });
		const left = [...groups].filter(([other, group]) => group === from && other !== note).map(([other]) => other);
		const alone = left.length === 1 ? left : [];
		return Promise.resolve({ did: 'parted', moved: [note, ...alone].map((one) => ({ note: one, from, to: null })) });
	});
}

/** Takes back the last laying together or taking apart that still stands. Returns false where there is none. */
export async function undoAtWall(
	database: Database | Transaction,
	{ topicId, eventId }: OneCafe,
	actor: Actor
): Promise<boolean> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await holdWall(transaction, eventId);
		await requireOpenTopic(transaction, topicId);
		const last = await lastStep(transaction, topicId, eventId);
		if (!last) return false;
		await put(
			transaction,
			{ topicId, eventId },
			last.moved.map(({ note, from, to }) => ({ note, from: to, to: from }))
		);
		await transaction.query('update harvest_steps set undone_at = $4 where topic_id = $1 and event_id = $2 and step = $3', [
			...[topicId, eventId, last.step, transaction.at]
		]);
		const details = { step: last.step };
		await record(transaction, { topicId, actor, did: 'undid', kind: 'harvest', thingId: eventId, details });
		return true;
	});
}

export interface Step {
	readonly step: number;
	readonly did: 'joined' | 'parted';
	readonly moved: readonly Moved[];
}

/** What would be undone next; null: nothing. */
export async function lastStep(queryable: Queryable, topicId: string, eventId: string): Promise<Step | null> {
	const { rows } = await queryable.query<Step>(
		`select step, did, moved
		from harvest_steps
		where topic_id = $1 and event_id = $2 and undone_at is null
		order by step desc
		limit 1`,
		[topicId, eventId]
	);
	return rows[0] ?? null;
}

async function atTheWall(
	database: Database | Transaction,
	{ topicId, eventId }: OneCafe,
	actor: Actor,
	decide: (
		transaction: Transaction,
		groups: ReadonlyMap<string, string | null>
	) => Promise<{ did: Step['did']; moved: readonly Moved[] }>
): Promise<boolean> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await holdWall(transaction, eventId);
		await requireOpenTopic(transaction, topicId);
		const { rows } = await transaction.query<{ note: string; group: string | null }>(
			`select contribution_id as note, group_id as "group"
			from notes
			left join harvest_groups using (topic_id, contribution_id)
			where notes.topic_id = $1 and notes.event_id = $2
			order by contribution_id`,
			[topicId, eventId]
		);
		const { did, moved } = await decide(transaction, new Map(rows.map(({ note, group }) => [note, group])));
		if (moved.length === 0) return false;
		await put(transaction, { topicId, eventId }, moved);
		await transaction.query(
			`insert into harvest_steps (topic_id, event_id, step, did, moved, done_at, done_by)
			select $1, $2, coalesce(max(step), 0) + 1, $3, $4, $5, $6
			from harvest_steps
			where topic_id = $1 and event_id = $2`,
			[topicId, eventId, did, JSON.stringify(moved), transaction.at, accountOf(actor)]
		);
		const details = { notes: moved.length };
		await record(transaction, { topicId, actor, did, kind: 'harvest', thingId: eventId, details });
		return true;
	});
}

async function put(transaction: Transaction, { topicId, eventId }: OneCafe, moved: readonly Moved[]): Promise<void> {
	await transaction.query('delete from harvest_groups where topic_id = $1 and contribution_id = any ($2::uuid[])', [
		topicId,
		moved.map(({ note }) => note)
	]);
	await transaction.query(
		`insert into harvest_groups (topic_id, event_id, contribution_id, group_id)
		select $1, $2, note, "to" from json_to_recordset($3::json) as given (note uuid, "to" uuid) where "to" is not null`,
		[topicId, eventId, JSON.stringify(moved)]
	);
}

async function holdWall(transaction: Transaction, eventId: string): Promise<void> {
	await transaction.query(`select pg_advisory_xact_lock(hashtextextended('harvest ' || $1, 0))`, [eventId]);
}
