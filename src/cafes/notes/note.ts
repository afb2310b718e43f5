import { codePoints, isBlank } from '#languages/usable.ts';

/** What one card is about, as whoever writes it marks it. */
export const markers = ['idea', 'concern', 'question', 'example'] as const;
export type Marker = (typeof markers)[number];

/** Characters of a card: one point. Compressed, the cards of a table fit into a few square pictures. */
export const longestCard = 500;
/** Characters of the name of who said it, where the rule of the event lets it stand. */
export const longestSpeaker = 120;

/** A card as a phone sends it. A revision is a card of its own that names the one it says anew; without words it takes that one back. */
export interface Card {
	/** UUID v4, made on the phone */
	readonly id: string;
	/** as `placeOf` writes it: a phone may hold cards of two tables */
	readonly table: string;
	readonly round: number;
	readonly place: number;
	readonly phone: string;
	readonly marker: Marker;
	/** BCP 47 or `und` */
	readonly language: string;
	readonly text: string;
	readonly revises: string | null;
	/** a stakeholder group, where the rule lets it */
	readonly group: string | null;
	/** a name, where the rule lets it */
	readonly name: string | null;
	/** of a rehearsal: answered like any other, and kept nowhere */
	readonly isRehearsal: boolean;
}

/** The table of a café, as the cards on a phone name it. */
export function placeOf({ eventId, tableNumber }: { readonly eventId: string; readonly tableNumber: number }): string {
	return `${eventId}/${tableNumber}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isId(input: unknown): input is string {
	return typeof input === 'string' && uuid.test(input);
}

/** A card as it came over the wire; null where it is none. What is wrong with its words is said later, by name. */
export function cardFrom(input: unknown): Card | null {
	if (typeof input !== 'object' || input === null) return null;
	const card = input as Partial<Record<keyof Card, unknown>>;
	const { id, table, round, place, phone, marker, language, text } = card;
	if (!isId(id) || !isId(phone) || typeof table !== 'string' || typeof text !== 'string' || typeof language !== 'string')
		return null;
	if (!isCount(round) || !isCount(place) || !markers.some((one) => one === marker)) return null;
	// one that revises itself would be nobody's last word
	const revises = card.revises === id ? null : (card.revises ?? null);
	if (revises !== null && !isId(revises)) return null;
	const [group, name] = [card.group ?? null, card.name ?? null];
	if ((group !== null && typeof group !== 'string') || (name !== null && typeof name !== 'string')) return null;
	return {
		...{ id, table, round, place, phone, marker: marker as Marker, language, text, revises, group, name },
		isRehearsal: card.isRehearsal === true
	};
}

function isCount(input: unknown): input is number {
	return typeof input === 'number' && Number.isInteger(input) && input >= 1 && input < 2 ** 31;
}

/** Why a card cannot be taken as it stands; null where it can. Asked on the phone too, before it is kept. */
export function faultOf({
	text,
	revises,
	name
}: Pick<Card, 'text' | 'revises' | 'name'>): 'empty' | 'long' | 'nul' | 'surrogate' | null {
	for (const words of [text, name ?? '']) {
		if (words.includes('\0')) return 'nul';
		if (!words.isWellFormed()) return 'surrogate';
	}
	if (codePoints(text) > longestCard || codePoints(name ?? '') > longestSpeaker) return 'long';
	return isBlank(text) && revises === null ? 'empty' : null;
}

/** What the thread of a card comes to: its first card, and the wordings that nobody revised. */
export interface Thread<Kept extends Revision> {
	readonly first: Kept;
	/** one; several where two phones revised the same wording and neither knew; none where it was taken back */
	readonly wordings: readonly Kept[];
	/** all that were written, oldest first */
	readonly written: readonly Kept[];
}

export interface Revision {
	readonly id: string;
	readonly revises: string | null;
	readonly text: string;
	readonly place: number;
	readonly phone: string;
}

/**
 * Cards with their revisions as threads, in the order in which they were begun: what comes of them does not depend on the order in which they
 * arrived. A revision whose card is not there (yet) begins a thread; where two phones said a card anew both wordings stand, and a wording is never lost to a taking back that did not know it.
 */
export function threadsOf<Kept extends Revision>(cards: readonly Kept[]): Thread<Kept>[] {
	const known = new Map(cards.map((card) => [card.id, card]));
	const firstOf = (card: Kept): Kept => {
		const seen = new Set<string>();
		let at = card;
		// a ring is nothing that a phone of ours makes; it must not hold us
		while (at.revises !== null && !seen.has(at.id)) {
			seen.add(at.id);
			const before = known.get(at.revises);
			if (!before) break;
			at = before;
		}
		return seen.has(at.id) && at.revises !== null && known.has(at.revises) ? card : at;
	};
	const threads = new Map<string, Kept[]>();
	for (const card of [...cards].sort(byPlace)) {
		const { id } = firstOf(card);
		const thread = threads.get(id);
		if (thread) thread.push(card);
		else threads.set(id, [card]);
	}
	const revised = new Set(cards.flatMap(({ revises }) => revises ?? []));
	return [...threads]
		.map(([id, written]) => {
			const last = written.filter((card) => !revised.has(card.id));
			return { first: known.get(id)!, wordings: last.filter(({ text }) => !isBlank(text)), written };
		})
		.sort((one, other) => byPlace(one.first, other.first));
}

/** By what phones knew of each other; what neither knew of the other, by phone. */
export function byPlace(one: Omit<Revision, 'text' | 'revises'>, other: Omit<Revision, 'text' | 'revises'>): number {
	return one.place - other.place || compared(one.phone, other.phone) || compared(one.id, other.id);
}

function compared(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
