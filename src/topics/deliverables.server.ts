import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import type { Database, Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { writeTexts, type WrittenTexts } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { changing } from '#topics/changing.server.ts';
import { isWebAddress } from '#topics/library.server.ts';
import { moved, type Direction } from '#topics/order.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { DeliverableState } from '#topics/topic.ts';

export interface WrittenDeliverable {
	readonly kind: string;
	/** YYYY-MM-DD */
	readonly deadline: string | null;
	readonly promised: string | null;
	/** title, addressee, meeting */
	readonly texts: WrittenTexts;
}

/** Promises something to a body: a report, an Information Document. */
export async function promiseDeliverable(
	database: Database | Transaction,
	topicId: string,
	deliverable: WrittenDeliverable,
	actor: Actor
): Promise<string> {
	return changing(database, topicId, actor, async (transaction) => {
		const deliverableId = uuidv7();
		await transaction.query(
			`
				insert into deliverables (topic_id, deliverable_id, position, kind, deadline, promised, added_at, added_by)
				select $1, $2, coalesce(max(position), 0) + 1, $3, $4, $5, $6, $7
				from deliverables
				where topic_id = $1`,
			[topicId, deliverableId, deliverable.kind, deliverable.deadline, deliverable.promised, transaction.at, accountOf(actor)]
		);
		await writeTexts(transaction, { topicId, kind: 'deliverable', thingId: deliverableId }, deliverable.texts, accountOf(actor));
		await record(transaction, { topicId, actor, did: 'promised', kind: 'deliverable', thingId: deliverableId });
		return deliverableId;
	});
}

/** Changes words or dates of a promise; the record keeps what was promised before. */
export async function changeDeliverable(
	database: Database | Transaction,
	topicId: string,
	deliverableId: string,
	{ kind, deadline, promised, texts }: WrittenDeliverable,
	actor: Actor
): Promise<void> {
	await changing(database, topicId, actor, async (transaction) => {
		const { rows } = await transaction.query<{ kind: string; deadline: string | null; promised: string | null }>(
			`select kind, deadline, promised from deliverables where topic_id = $1 and deliverable_id = $2`,
			[topicId, deliverableId]
		);
		if (!rows[0]) throw refusal('not-found');
		await transaction.query(
			`
				update deliverables
				set kind = $3, deadline = $4, promised = $5
				where topic_id = $1 and deliverable_id = $2`,
			[topicId, deliverableId, kind, deadline, promised]
		);
		const changed = await writeTexts(
			transaction,
			{ topicId, kind: 'deliverable', thingId: deliverableId },
			texts,
			accountOf(actor)
		);
		await record(transaction, {
			topicId,
			actor,
			did: 'changed',
			kind: 'deliverable',
			thingId: deliverableId,
			details: { before: rows[0], texts: changed }
		});
	});
}

/** Puts a promise a place further up or down. */
export async function moveDeliverable(
	database: Database | Transaction,
	topicId: string,
	deliverableId: string,
	direction: Direction,
	actor: Actor
): Promise<void> {
	await changing(database, topicId, actor, async (transaction) => {
		const { deliverables } = await topicOf(transaction, topicId);
		const ids = deliverables.map((deliverable) => deliverable.deliverableId);
		const order = moved(ids, deliverableId, direction);
		if (!order) return;
		await transaction.query(
			`
				update deliverables
				set position = given.position
				from unnest($2::uuid[]) with ordinality as given (deliverable_id, position)
				where deliverables.topic_id = $1 and deliverables.deliverable_id = given.deliverable_id`,
			[topicId, order]
		);
		await record(transaction, { topicId, actor, did: 'moved', kind: 'deliverable', thingId: deliverableId, details: { order } });
	});
}

/** Says how far it is, with a link to the finished thing. Works in an archived topic too: promises are kept after the talk. */
export async function setDeliverableState(
	database: Database | Transaction,
	topicId: string,
	deliverableId: string,
	{ state, link }: { state: DeliverableState; link: string | null },
	actor: Actor
): Promise<void> {
	if (link !== null && !isWebAddress(link) && !/^\/(?!\/)/.test(link)) throw refusal('web-address-unusable');
	await changing(
		database,
		topicId,
		actor,
		async (transaction) => {
			const { rowCount } = await transaction.query(
				`
					insert into deliverable_states (topic_id, deliverable_id, version, state, link, at, by)
					select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6
					from deliverables
					left join deliverable_states using (topic_id, deliverable_id)
					where topic_id = $1 and deliverable_id = $2
					group by deliverable_id`,
				[topicId, deliverableId, state, link, transaction.at, accountOf(actor)]
			);
			if (rowCount === 0) throw refusal('not-found');
			await record(transaction, { topicId, actor, did: state, kind: 'deliverable', thingId: deliverableId, details: { link } });
		},
		{ alsoArchived: true }
	);
}
