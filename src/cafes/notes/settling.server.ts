import { randomInt } from 'node:crypto';
import { forgetPhotoOfWithdrawn } from '#cafes/notes/filing.server.ts';
import { threadsOf } from '#cafes/notes/note.ts';
import { saidBy, speakersOf } from '#cafes/notes/speaking.server.ts';
import type { TableOfCafe, WaitingNote } from '#cafes/notes/tray.server.ts';
import { attributeAnew } from '#contributions/attributing.server.ts';
import { addContributionVersion, withdrawContribution } from '#contributions/receiving.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { isBlank } from '#languages/usable.ts';

/** A wording that becomes a contribution, with those that led to it. */
export interface Settled {
	readonly last: WaitingNote;
	/** the first wording and each that was said in its place; under the Chatham House rule the last alone */
	readonly wordings: readonly WaitingNote[];
	readonly cardId: string;
	readonly round: number;
}

/** Under the Chatham House rule: nothing but the last wordings, shuffled. A late revision of what was taken before cannot know its card, and stands beside it. */
export function settleUnknown(waiting: readonly WaitingNote[]): Settled[] {
	return shuffled(
		threadsOf(waiting).flatMap(({ first, wordings }) => {
			const cardId = uuidv4();
			return wordings.map((last) => ({ last, wordings: [last], cardId, round: first.round }));
		})
	);
}

/** With all wordings; revisions of cards that were taken before become their next versions, or stand beside them where another came first. */
export async function settleKnown(
	transaction: Transaction,
	table: TableOfCafe,
	waiting: readonly WaitingNote[]
): Promise<Settled[]> {
	const known = new Map(waiting.map((note) => [note.id, note]));
	const settled: Settled[] = [];
	for (const { first, wordings, written } of threadsOf(waiting)) {
		const taken = first.revises === null ? null : await takenAs(transaction, table, first.revises);
		// whoever had it erased does not find it there again because a phone was late
		if (taken?.isErased) continue;
		if (taken?.isLast && wordings.length <= 1) {
			if (wordings[0]) await goOn(transaction, table, taken, ledTo(wordings[0], known));
			else await takeBack(transaction, table, taken, written);
			continue;
		}
		const cardId = taken?.cardId ?? uuidv4();
		for (const last of wordings) settled.push({ last, wordings: ledTo(last, known), cardId, round: first.round });
	}
	return settled;
}

/** The wordings that led to the last one, with it, in their order. */
function ledTo(last: WaitingNote, known: ReadonlyMap<string, WaitingNote>): WaitingNote[] {
	const led: WaitingNote[] = [last];
	for (let at = last; at.revises !== null && known.has(at.revises) && led.length <= known.size;)
		led.unshift((at = known.get(at.revises)!));
	return led.filter(({ text }) => !isBlank(text));
}

interface Taken {
	readonly contributionId: string;
	readonly cardId: string;
	readonly version: number;
	/** nobody said it anew meanwhile, or took it back */
	readonly isLast: boolean;
	readonly isErased: boolean;
}

/** What became of a card of this table; of what another table wrote no card is a revision. */
async function takenAs(
	transaction: Transaction,
	{ topicId, eventId, tableNumber }: TableOfCafe,
	noteId: string
): Promise<Taken | null> {
	const { rows } = await transaction.query<Taken>(
		`
			select k.contribution_id as "contributionId", n.card_id as "cardId", k.version,
				k.version = (
					select max(version)
					from contribution_versions v
					where v.topic_id = k.topic_id and v.contribution_id = k.contribution_id
				) and not exists (
					select from withdrawals w where w.topic_id = k.topic_id and w.contribution_id = k.contribution_id
				) as "isLast",
				exists (
					select from erasures e where e.topic_id = k.topic_id and e.contribution_id = k.contribution_id
				) as "isErased"
			from note_keys k
			join notes n using (topic_id, contribution_id)
			where k.topic_id = $1 and k.note_id = $2 and n.event_id = $3 and n.table_number = $4`,
		[topicId, noteId, eventId, tableNumber]
	);
	return rows[0] ?? null;
}

async function goOn(
	transaction: Transaction,
	table: TableOfCafe,
	{ contributionId, version }: Taken,
	wordings: readonly WaitingNote[]
): Promise<void> {
	const { topicId } = table;
	const last = wordings.at(-1)!;
	for (const [at, { text, language }] of wordings.entries())
		await addContributionVersion(transaction, { topicId, contributionId, version: version + at + 1, text, language });
	await attributeAnew(transaction, topicId, contributionId, saidBy(await speakersOf(transaction, table, [last]), last));
	await transaction.query('update notes set marker = $3 where topic_id = $1 and contribution_id = $2', [
		...[topicId, contributionId, last.marker]
	]);
	const keys = wordings.map(({ id }, at) => ({ id, contribution: contributionId, version: version + at + 1 }));
	await insertKeys(transaction, table, keys);
}

async function takeBack(
	transaction: Transaction,
	table: TableOfCafe,
	{ contributionId, version }: Taken,
	written: readonly WaitingNote[]
): Promise<void> {
	await withdrawContribution(transaction, { topicId: table.topicId, contributionId, reason: '' });
	await forgetPhotoOfWithdrawn(transaction, table.topicId, contributionId);
	await insertKeys(
		transaction,
		table,
		written.map(({ id }) => ({ id, contribution: contributionId, version }))
	);
}

/** What became of a card that was taken from a tray: null where nothing may tell, or nothing did. */
export interface KeyOfNote {
	readonly id: string;
	readonly contribution: string | null;
	readonly version: number | null;
}

export async function insertKeys(
	transaction: Transaction,
	{ topicId, eventId }: Pick<TableOfCafe, 'topicId' | 'eventId'>,
	keys: readonly KeyOfNote[]
): Promise<void> {
	await transaction.query(
		`
			insert into note_keys (topic_id, note_id, event_id, contribution_id, version)
			select $1, id, $2, contribution, version
			from json_to_recordset($3::json) as given (id uuid, contribution uuid, version int)
			on conflict (topic_id, note_id) do nothing`,
		[topicId, eventId, JSON.stringify(keys)]
	);
}

/** By lot, every order as likely (Fisher and Yates). */
export function shuffled<Thing>(things: readonly Thing[]): Thing[] {
	const order = [...things];
	for (let at = order.length - 1; at > 0; at--) {
		const other = randomInt(at + 1);
		[order[at], order[other]] = [order[other]!, order[at]!];
	}
	return order;
}
