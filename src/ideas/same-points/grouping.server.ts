import type { Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';

/** Two numbers of ideas. */
export type Pair = readonly [one: number, other: number];

/** Condition: nobody has taken this decision back. */
export function holds(decision: string): string {
	return `not exists (
		select from same_point_decisions back
		where back.topic_id = ${decision}.topic_id and back.takes_back = ${decision}.decision_id)`;
}

/** Condition: nobody has parted since what this decision joined. */
export function isNotParted(decision: string): string {
	return `not exists (
		select from same_point_decisions parted
		where parted.topic_id = ${decision}.topic_id and parted.ideas = ${decision}.ideas and parted.did = 'parted' and ${holds('parted')}
			and (parted.decided_at, parted.decision_id) > (${decision}.decided_at, ${decision}.decision_id))`;
}

/** Which ideas hang together by what was said of pairs of them. */
export class Groups {
	/** idea → one of its group, of whom all members learn the same first */
	readonly #leads = new Map<number, number>();

	constructor(pairs: Iterable<Pair> = []) {
		for (const pair of pairs) this.join(pair);
	}

	/** @returns false where they hung together before */
	join([one, other]: Pair): boolean {
		const [first, second] = [this.firstOf(one), this.firstOf(other)];
		this.#leads.set(Math.max(first, second), Math.min(first, second));
		return first !== second;
	}

	/** The smallest number of its group; its own where it is alone. */
	firstOf(number: number): number {
		let first = number;
		for (let next; (next = this.#leads.get(first)) !== undefined && next !== first;) first = next;
		return first;
	}

	/** Members of groups of two and more, in order, by the first of each. */
	all(): Map<number, number[]> {
		const members = new Map<number, number[]>();
		for (const number of [...this.#leads.keys()].sort((one, other) => one - other)) {
			const first = this.firstOf(number);
			if (!members.has(first)) members.set(first, [first]);
			if (number !== first) members.get(first)!.push(number);
		}
		for (const [first, numbers] of members) if (numbers.length < 2) members.delete(first);
		return members;
	}
}

/** Whoever decides about same points of a topic comes one after the other, from here to the end of the transaction. */
export async function lockSamePoints(transaction: Transaction, topicId: string): Promise<void> {
	await transaction.query('select from topics where topic_id = $1 for no key update', [topicId]);
}

/** Pairs that were said to be the same, or stayed together, where nobody took that back or parted them since. */
export async function linkedPairs(transaction: Transaction, topicId: string): Promise<Pair[]> {
	const { rows } = await transaction.query<{ ideas: Pair }>(
		`
			select d.ideas
			from same_point_decisions d
			where d.topic_id = $1 and d.did in ('joined', 'stayed') and ${holds('d')} and ${isNotParted('d')}
			order by d.decision_id`,
		[topicId]
	);
	return rows.map(({ ideas }) => ideas);
}

/** Makes the groups of a topic what its decisions say. A group keeps its id as long as one of its ideas had it. */
export async function regroup(transaction: Transaction, topicId: string): Promise<void> {
	const { rows } = await transaction.query<{ number: number; id: string }>(
		'select idea_number as number, same_point_id as id from same_point_ideas where topic_id = $1',
		[topicId]
	);
	const before = new Map(rows.map(({ number, id }) => [number, id]));
	const taken = new Set<string>();
	const numbers: number[] = [];
	const ids: string[] = [];
	for (const members of new Groups(await linkedPairs(transaction, topicId)).all().values()) {
		const id = members.map((number) => before.get(number)).find((one) => one !== undefined && !taken.has(one)) ?? uuidv7();
		taken.add(id);
		for (const number of members) {
			numbers.push(number);
			ids.push(id);
		}
	}
	await transaction.query('delete from same_point_ideas where topic_id = $1 and idea_number <> all ($2::int[])', [
		topicId,
		numbers
	]);
	await transaction.query(
		`
			insert into same_point_ideas (topic_id, idea_number, same_point_id)
			select $1, number, id
			from unnest($2::int[], $3::uuid[]) as members (number, id)
			on conflict (topic_id, idea_number) do update set same_point_id = excluded.same_point_id
			where same_point_ideas.same_point_id <> excluded.same_point_id`,
		[topicId, numbers, ids]
	);
}
