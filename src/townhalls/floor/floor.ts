import { Books } from '#townhalls/floor/books.ts';

/**
 * One floor for all: who is to speak next, and why. Whoever wants to speak is in the room, remote, or at a hub, and speaks for a stakeholder
 * group or none. Time is shared first between these channels, then within a channel between its groups, by weights that everybody can read
 * (books.ts: how, by which paper, and what always holds at each of the two: never more than one speech behind). Of the queue whose turn it
 * is, whoever has not spoken yet comes before whoever has, then who asked first; so a follow-up stands behind all of its
 * queue who have not spoken. A point of order comes before everything and stands outside the books: it is about how the meeting is held, its
 * time is nobody's share, and is told beside the others.
 *
 * The chair decides. What is proposed is a proposal; another choice is an override, with a reason that is kept, and is charged to the books
 * like any speech. Everything is worked out anew from what was asked and spoken, in the order in which it happened: the same rows give the
 * same proposal, on every machine and again next year.
 */
export const channels = ['room', 'remote', 'hub'] as const;
export type Channel = (typeof channels)[number];

export const askingKinds = ['speak', 'follow-up', 'point-of-order'] as const;
export type AskingKind = (typeof askingKinds)[number];

/** The queue of those who speak for no group. */
export const noGroup = 'none';

export interface Rule {
	/** what each channel weighs */
	readonly channels: Readonly<Record<Channel, number>>;
	/** what each group weighs within a channel; one that is not named weighs 1 */
	readonly groups: Readonly<Record<string, number>>;
	/** the longest speech (s) */
	readonly speechSeconds: number;
}

export const usualRule: Rule = { channels: { room: 1, remote: 1, hub: 1 }, groups: {}, speechSeconds: 120 };

/** Somebody asked for the floor. Times are ms of the server's clock. */
export interface Asked {
	/** from 1, in the order of asking */
	readonly number: number;
	readonly channel: Channel;
	/** null: for none */
	readonly group: string | null;
	readonly kind: AskingKind;
	/** whether they have not had the floor at this event */
	readonly isFirst: boolean;
	readonly askedAt: number;
	/** when they waited no more without having had it; null: they wait, or had it */
	readonly leftAt: number | null;
}

/** Somebody had the floor, or has it. */
export interface Turn {
	/** what they had asked */
	readonly asked: number;
	readonly beganAt: number;
	/** null: they speak now */
	readonly endedAt: number | null;
}

export interface Floor {
	/** the one that holds */
	readonly rule: Rule;
	/** those that held before, in their order, and until when (ms); what was spoken under one is charged by it */
	readonly earlier?: readonly { readonly rule: Rule; readonly until: number }[];
	readonly asked: readonly Asked[];
	readonly turns: readonly Turn[];
}

/** Who is proposed, and why in figures: pages say it in words. */
export interface Proposal {
	readonly number: number;
	readonly why:
		| { readonly because: 'point-of-order' }
		| {
				readonly because: 'turn';
				readonly channel: Channel;
				/** s that the channel is owed; below 0: it took more than its share, and so did all others who wait */
				readonly channelOwed: number;
				readonly group: string;
				readonly groupOwed: number;
				readonly isFirst: boolean;
				/** others who wait in the same queue */
				readonly behind: number;
		  };
}

/** Who is to speak next, as things stand at a moment; null: nobody waits. */
export function proposedNext(floor: Floor, now: number): Proposal | null {
	return standing(floor, now).proposal();
}

/**
 * In which order all who wait would speak, if nobody else asked, all spoke to the limit and the chair followed the rule: by which somebody
 * is told how many are before them.
 */
export function expectedOrder(floor: Floor, now: number): number[] {
	const waiting = standing(floor, now);
	const order: number[] = [];
	for (let next = waiting.proposal(); next; next = waiting.proposal()) {
		order.push(next.number);
		waiting.begin(next.number);
		waiting.goOn(floor.rule.speechSeconds);
		waiting.end();
	}
	return order;
}

/** Seconds owed to each channel for which somebody waits or that is still paying back. */
export function owedToChannels(floor: Floor, now: number): Record<Channel, number> {
	const waiting = standing(floor, now);
	return { room: waiting.owed('room'), remote: waiting.owed('remote'), hub: waiting.owed('hub') };
}

export function isInBooks(kind: AskingKind): boolean {
	return kind !== 'point-of-order';
}

/** What happened until a moment, from the first to the last. */
function standing({ rule, earlier = [], asked, turns }: Floor, now: number): Waiting {
	const byNumber = new Map(asked.map((one) => [one.number, one]));
	const turnOf = new Set(turns.map((turn) => turn.asked));
	// who spoke no moment (given and taken back at once) waits no more and took nothing; without them one turn at most begins at any moment
	const taken = turns.filter(({ beganAt, endedAt }) => endedAt === null || endedAt > beganAt);
	const rules = [...earlier.map((one) => one.rule), rule];
	const happened = [
		...earlier.map(({ until }, at) => ({ at: until, step: -1, number: at + 1 })),
		...taken.filter(({ endedAt }) => endedAt !== null).map((turn) => ({ at: turn.endedAt!, step: 0, number: turn.asked })),
		...asked.map((one) => ({ at: one.askedAt, step: 1, number: one.number })),
		...asked
			.filter((one) => one.leftAt !== null && !turnOf.has(one.number))
			.map((one) => ({ at: one.leftAt!, step: 2, number: one.number })),
		...turns.filter((turn) => !taken.includes(turn)).map((turn) => ({ at: turn.beganAt, step: 2, number: turn.asked })),
		...taken.map((turn) => ({ at: turn.beganAt, step: 3, number: turn.asked }))
	]
		.filter(({ at }) => at <= now)
		// who asks and is given the floor in the same instant asked before
		.sort((one, other) => one.at - other.at || one.step - other.step || one.number - other.number);
	const waiting = new Waiting(rules[0]!, byNumber);
	let at = -Infinity;
	for (const { at: then, step, number } of happened) {
		waiting.goOn((then - at) / 1000);
		at = then;
		if (step === -1) waiting.follow(rules[number]!);
		else if (step === 0) waiting.end();
		else if (step === 1) waiting.ask(number);
		else if (step === 2) waiting.leave(number);
		else waiting.begin(number);
	}
	if (happened.length > 0) waiting.goOn((now - at) / 1000);
	return waiting;
}

/** All who wait at a moment, with the books of the channels and of the groups within each. */
class Waiting {
	#rule: Rule;
	readonly #asked: ReadonlyMap<number, Asked>;
	readonly #ofChannels: Books<Channel>;
	readonly #ofGroups: Record<Channel, Books<string>>;
	readonly #waiting = new Map<number, Asked>();
	#speaking: Asked | null = null;

	constructor(rule: Rule, asked: ReadonlyMap<number, Asked>) {
		this.#rule = rule;
		this.#asked = asked;
		this.#ofChannels = new Books(ofChannelsBy(rule));
		const groups = () => new Books(ofGroupsBy(rule));
		this.#ofGroups = { room: groups(), remote: groups(), hub: groups() };
	}

	/** Another rule holds. */
	follow(rule: Rule): void {
		this.#rule = rule;
		this.#ofChannels.weigh(ofChannelsBy(rule));
		for (const groups of Object.values(this.#ofGroups)) groups.weigh(ofGroupsBy(rule));
	}

	ask(number: number): void {
		const asked = this.#asked.get(number)!;
		this.#waiting.set(number, asked);
		if (!isInBooks(asked.kind)) return;
		this.#ofChannels.wait(asked.channel);
		this.#ofGroups[asked.channel].wait(groupOf(asked));
	}

	leave(number: number): void {
		const asked = this.#waiting.get(number);
		if (!asked) return;
		this.#waiting.delete(number);
		if (!isInBooks(asked.kind)) return;
		this.#ofChannels.leave(asked.channel);
		this.#ofGroups[asked.channel].leave(groupOf(asked));
	}

	begin(number: number): void {
		const asked = this.#asked.get(number)!;
		if (isInBooks(asked.kind)) {
			// before they leave their queue: it is not empty while one of it speaks
			this.#ofChannels.begin(asked.channel);
			this.#ofGroups[asked.channel].begin(groupOf(asked));
		}
		this.leave(number);
		this.#speaking = asked;
	}

	goOn(seconds: number): void {
		if (!this.#speaking || !isInBooks(this.#speaking.kind)) return;
		this.#ofChannels.speak(seconds);
		this.#ofGroups[this.#speaking.channel].speak(seconds);
	}

	end(): void {
		if (!this.#speaking) return;
		this.#ofChannels.end();
		this.#ofGroups[this.#speaking.channel].end();
		this.#speaking = null;
	}

	owed(channel: Channel): number {
		return this.#ofChannels.owed(channel);
	}

	proposal(): Proposal | null {
		const pointOfOrder = firstOf([...this.#waiting.values()].filter(({ kind }) => !isInBooks(kind)));
		if (pointOfOrder) return { number: pointOfOrder.number, why: { because: 'point-of-order' } };
		const first = new Map<string, Asked>();
		for (const asked of this.#waiting.values())
			for (const queue of [asked.channel, queueOf(asked)])
				if (!first.has(queue) || isBefore(asked, first.get(queue)!)) first.set(queue, asked);
		const limit = this.#rule.speechSeconds;
		const channel = this.#ofChannels.next(limit, (one, other) => isBefore(first.get(one)!, first.get(other)!));
		if (channel === null) return null;
		const groups = this.#ofGroups[channel];
		const group = groups.next(limit, (one, other) =>
			isBefore(first.get(`${channel} ${one}`)!, first.get(`${channel} ${other}`)!)
		)!;
		const { number, isFirst } = first.get(`${channel} ${group}`)!;
		const behind = [...this.#waiting.values()].filter((asked) => queueOf(asked) === `${channel} ${group}`).length - 1;
		const [channelOwed, groupOwed] = [this.#ofChannels.owed(channel), groups.owed(group)];
		return { number, why: { because: 'turn', channel, channelOwed, group, groupOwed, isFirst, behind } };
	}
}

function ofChannelsBy({ channels }: Rule): (channel: Channel) => number {
	return (channel) => channels[channel];
}

function ofGroupsBy({ groups }: Rule): (group: string) => number {
	return (group) => groups[group] ?? 1;
}

function groupOf({ group }: Asked): string {
	return group ?? noGroup;
}

function queueOf(asked: Asked): string {
	return `${asked.channel} ${groupOf(asked)}`;
}

function firstOf(asked: readonly Asked[]): Asked | undefined {
	return asked.reduce<Asked | undefined>((first, one) => (first && !isBefore(one, first) ? first : one), undefined);
}

/** First-timers first, then in the order of asking. */
function isBefore(one: Asked, other: Asked): boolean {
	if (one.isFirst !== other.isFirst) return one.isFirst;
	return one.number < other.number;
}
