import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isRapporteur } from '#activity/staff.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { askToCount } from '#ideas/same-points/counting.server.ts';
import { Groups, holds, linkedPairs, lockSamePoints, regroup, type Pair } from '#ideas/same-points/grouping.server.ts';
import { tellOfSamePoint } from '#ideas/same-points/telling-authors.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { refusal } from '#refusals/refusal.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** What one click decides: undone as a whole. */
interface Act {
	readonly transaction: Transaction;
	readonly decide: (did: Decided, pair: Pair, takesBack?: Earlier) => Promise<void>;
}

type Decided = 'joined' | 'stayed' | 'parted' | 'told-apart' | 'taken-back';

/** A decision of before. */
interface Earlier {
	readonly id: string;
	readonly did: Decided;
}

/**
 * Says that the ideas of each pair make the same point. Where one of them is in a group already the other comes into it, and two groups become one. Nothing
 * of the ideas changes; their authors are told, where they can be. Refuses `not-found` for what nobody can see, `changed-meanwhile` where somebody just
 * told a pair apart.
 * @returns the id of the act; null: all were said to be the same before
 */
export function joinSamePoints(
	database: Database | Transaction,
	keys: TopicKeys,
	{ topicId, pairs }: { topicId: string; pairs: readonly Pair[] },
	actor: Actor
): Promise<string | null> {
	return inAct(database, topicId, actor, async ({ transaction, decide }) => {
		if (pairs.some(([one, other]) => one === other)) throw refusal('not-found');
		await mustBeSeen(transaction, topicId, pairs.flat());
		if (await wereToldApart(transaction, topicId, pairs)) throw refusal('changed-meanwhile');
		const groups = new Groups(await linkedPairs(transaction, topicId));
		const told = new Set<number>();
		for (const pair of pairs) {
			if (!groups.join(pair)) continue;
			await decide('joined', pair);
			for (const number of pair) told.add(number);
		}
		if (told.size > 0) await tellOfSamePoint(transaction, keys, topicId, [...told]);
	});
}

/** Takes an idea out of its group; of a group of two nothing is left. Null: it is in none. */
export function partSamePoint(
	database: Database | Transaction,
	{ topicId, number }: { topicId: string; number: number },
	actor: Actor
): Promise<string | null> {
	return inAct(database, topicId, actor, async ({ transaction, decide }) => {
		await mustBeSeen(transaction, topicId, [number]);
		const linked = await linkedPairs(transaction, topicId);
		const groups = new Groups(linked);
		const others = (groups.all().get(groups.firstOf(number)) ?? []).filter((other) => other !== number);
		for (const other of others) await decide('parted', [number, other]);
		// who hung together by the one that leaves alone goes on saying the same
		const rest = new Groups(linked.filter((pair) => !pair.includes(number)));
		for (const other of others) if (rest.join([others[0]!, other])) await decide('stayed', [others[0]!, other]);
	});
}

/**
 * Says that two ideas are not the same point: they are not proposed again. Refuses `changed-meanwhile` where somebody just said that they are.
 * @returns null: somebody said so before
 */
export function tellApart(
	database: Database | Transaction,
	{ topicId, pair }: { topicId: string; pair: Pair },
	actor: Actor
): Promise<string | null> {
	return inAct(database, topicId, actor, async ({ transaction, decide }) => {
		await mustBeSeen(transaction, topicId, pair);
		const groups = new Groups(await linkedPairs(transaction, topicId));
		if (groups.firstOf(pair[0]) === groups.firstOf(pair[1])) throw refusal('changed-meanwhile');
		if (!(await wereToldApart(transaction, topicId, [pair]))) await decide('told-apart', pair);
	});
}

/**
 * Takes back a decision, or all of an act: the groups become what the other decisions say. Refuses `nothing-to-undo` where somebody was faster.
 * @param id of the decision or of the act
 */
export function takeBackSamePoints(
	database: Database | Transaction,
	{ topicId, id }: { topicId: string; id: string },
	actor: Actor
): Promise<string | null> {
	return inAct(database, topicId, actor, async ({ transaction, decide }) => {
		const { rows } = await transaction.query<Earlier & { readonly ideas: Pair }>(
			`
				select d.decision_id as id, d.did, d.ideas
				from same_point_decisions d
				where d.topic_id = $1 and (d.act_id = $2 or d.decision_id = $2) and d.did <> 'taken-back' and ${holds('d')}
				order by d.decision_id`,
			[topicId, id]
		);
		if (rows.length === 0) throw refusal('nothing-to-undo');
		for (const earlier of rows) await decide('taken-back', earlier.ideas, earlier);
	});
}

async function inAct(
	database: Database | Transaction,
	topicId: string,
	actor: Actor,
	work: (act: Act) => Promise<void>
): Promise<string | null> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await lockSamePoints(transaction, topicId);
		const actId = uuidv7();
		let decided = 0;
		await work({
			transaction,
			decide: async (did, pair, takesBack) => {
				await write(transaction, { topicId, actId, did, pair, takesBack }, actor);
				decided++;
			}
		});
		if (decided === 0) return null;
		await regroup(transaction, topicId);
		await askToCount(transaction, topicId);
		return actId;
	});
}

async function mustBeSeen(transaction: Transaction, topicId: string, numbers: readonly number[]): Promise<void> {
	const { rows } = await transaction.query(
		`select from ideas where topic_id = $1 and idea_number = any ($2::int[]) and ${canBeSeen('idea', 'ideas.idea_id')}`,
		[topicId, numbers]
	);
	if (rows.length < new Set(numbers).size) throw refusal('not-found');
}

/** Whether one of the pairs was told apart, and nobody took that back. */
async function wereToldApart(transaction: Transaction, topicId: string, pairs: readonly Pair[]): Promise<boolean> {
	const { rows } = await transaction.query(
		`
			select
			from same_point_decisions d
			join unnest($2::int[], $3::int[]) as pair (one, other) on d.ideas = array[pair.one, pair.other]
			where d.topic_id = $1 and d.did = 'told-apart' and ${holds('d')}
			limit 1`,
		[topicId, pairs.map((pair) => Math.min(...pair)), pairs.map((pair) => Math.max(...pair))]
	);
	return rows.length > 0;
}

async function write(
	transaction: Transaction,
	decision: { topicId: string; actId: string; did: Decided; pair: Pair; takesBack: Earlier | undefined },
	actor: Actor
): Promise<void> {
	const { topicId, actId, did, takesBack } = decision;
	const ideas = [...decision.pair].sort((one, other) => one - other);
	const { rows } = await transaction.query<{ id: string }>(
		`
			with decided as (
				insert into same_point_decisions (topic_id, decision_id, act_id, did, ideas, takes_back, decided_at, decided_by)
				values ($1, $2, $3, $4, $5, $6, $7, $8)
			)
			select idea_id as id from ideas where topic_id = $1 and idea_number = $9`,
		[topicId, uuidv7(), actId, did, ideas, takesBack?.id ?? null, transaction.at, accountOf(actor), ideas[0]]
	);
	const recorded = deeds[did];
	if (recorded === null || takesBack?.did === 'stayed') return;
	const thing = { topicId, actor, kind: 'idea', thingId: rows[0]!.id, details: { ideas } };
	await record(transaction, { ...thing, did: recorded });
}

/** In the record; null: it follows from the others of its act. */
const deeds = { joined: 'joined', stayed: null, parted: 'split', 'told-apart': 'told-apart', 'taken-back': 'undid' } as const;
