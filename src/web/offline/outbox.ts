/**
 * The outbox of a phone: what somebody wrote is an entry under an id that was made here, and stays until the server has said of exactly
 * this id that it has it. Everything here is pure; `box.ts` keeps it in the browser's database, `sender.ts` sends it.
 *
 * What always holds, whatever is lost, repeated or killed on the way: an entry is never dropped by a failure; what was accepted or refused is
 * never sent again; within a lane entries are sent in the order of their places, and one that was refused holds up nothing behind it.
 */
export const states = ['waiting', 'sent', 'accepted', 'refused'] as const;
/** waiting: on this phone only. sent: it has left, and no answer was heard yet. The other two are the server's word. */
export type State = (typeof states)[number];

export interface Entry {
	/** UUID v4, made on this phone */
	readonly id: string;
	/** what is sent and kept in an order of its own: a table of a café */
	readonly lane: string;
	/** which of the senders carries it: cards, photos */
	readonly kind: string;
	/** counted up within the lane, by no clock */
	readonly place: number;
	/** what is sent, as JSON; null once it need not be kept any more */
	readonly body: unknown;
	readonly state: State;
	/** how often it has left */
	readonly tries: number;
	/** why it was refused, in the language in which it was asked */
	readonly reason: Reason | null;
}

export interface Reason {
	readonly code: string;
	readonly sentence: string;
}

/** The server's word about one entry. */
export type Word =
	| { readonly id: string; readonly state: 'accepted' }
	| { readonly id: string; readonly state: 'refused'; readonly reason: Reason };

/** @param known the entries of its lane */
export function newEntry(
	known: readonly Entry[],
	{ id, lane, kind, body, after = 0 }: Pick<Entry, 'id' | 'lane' | 'kind' | 'body'> & { readonly after?: number }
): Entry {
	// later than everything that this phone knows of, its own and others': an order that needs no clock (Lamport 1978)
	const last = known.reduce((most, entry) => (entry.lane === lane ? Math.max(most, entry.place) : most), after);
	return { id, lane, kind, place: last + 1, body, state: 'waiting', tries: 0, reason: null };
}

export function isSettled({ state }: Entry): boolean {
	return state === 'accepted' || state === 'refused';
}

/** Of one lane and kind what is to be sent next, in order; never nothing where something waits. */
export function due(
	entries: readonly Entry[],
	{ lane, kind, most, bytes }: { readonly lane: string; readonly kind: string; readonly most: number; readonly bytes: number }
): Entry[] {
	const waiting = entries.filter((entry) => entry.lane === lane && entry.kind === kind && !isSettled(entry)).sort(inOrder);
	const batch: Entry[] = [];
	let size = 0;
	for (const entry of waiting) {
		size += sizeOf(entry.body);
		if (batch.length > 0 && (batch.length >= most || size > bytes)) break;
		batch.push(entry);
	}
	return batch;
}

/** As it is written down before it leaves: a phone that dies now knows that it may have arrived. */
export function leaving(batch: readonly Entry[]): Entry[] {
	return batch.map((entry) => ({ ...entry, state: 'sent', tries: entry.tries + 1 }));
}

/** What is to be written down of an answer: entries of which it says nothing stay as they are, words about others mean nothing. */
export function heard(entries: readonly Entry[], words: readonly Word[]): Entry[] {
	const said = new Map(words.map((word) => [word.id, word]));
	return entries.flatMap((entry) => {
		const word = said.get(entry.id);
		// the server's first word stands: a late answer to an earlier try changes nothing
		if (!word || isSettled(entry)) return [];
		return [{ ...entry, state: word.state, reason: word.state === 'refused' ? word.reason : null }];
	});
}

/** Somebody asks again for what was refused, once the reason is gone (a tray that was opened again). */
export function again(entry: Entry): Entry {
	return entry.state === 'refused' ? { ...entry, state: 'waiting', reason: null } : entry;
}

/** How a whole request went. */
export type Outcome =
	| { readonly kind: 'words'; readonly words: readonly Word[] }
	/** there was no network at all: what was to be sent is where it was */
	| { readonly kind: 'stayed' }
	/** no answer, or one that says "later" */
	| { readonly kind: 'later'; readonly seconds: number | null }
	/** too much at once, or one of them spoils the rest; without a reason something on the way said so */
	| { readonly kind: 'less'; readonly reason: Reason | null }
	/** nothing of this lane is taken from this phone as it stands now: what waits goes on waiting, and its person is told */
	| { readonly kind: 'shut'; readonly reason: Reason };

/**
 * What an answer means. A refusal of the whole request never becomes a refusal of what it carried while it carried more than one entry: a
 * 413 that is asked again and again with the same body would never end, and one card would take others with it. Only a page of ours gives a
 * reason: what the portal of a hotel answers, or a proxy, is not the server's word, and it is tried again.
 */
export function outcomeOf(status: number, body: unknown, retryAfter: string | null): Outcome {
	if (status === 200 && isAnswer(body)) return { kind: 'words', words: body.words };
	if (isReason(body)) {
		const reason = { code: body.code, sentence: body.sentence };
		if ([401, 403, 404, 410].includes(status)) return { kind: 'shut', reason };
		if ([400, 413, 415, 422].includes(status)) return { kind: 'less', reason };
	} else if (status === 413) return { kind: 'less', reason: null };
	const seconds = Number(retryAfter);
	return {
		kind: 'later',
		seconds: retryAfter !== null && Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 600) : null
	};
}

/** Seconds until it is tried again after so many failures in a row: doubled up to two minutes, a half of it by lot, so that a hall does not come back in step. */
export function pause(failures: number, lot: number): number {
	const whole = Math.min(120, 2 ** Math.min(failures, 7));
	return whole / 2 + (whole / 2) * lot;
}

/** What a person is told of a lane at a glance. */
export function counted(entries: readonly Entry[]): Readonly<Record<State, number>> {
	const counts = { waiting: 0, sent: 0, accepted: 0, refused: 0 };
	for (const { state } of entries) counts[state]++;
	return counts;
}

export function inOrder(one: Entry, other: Entry): number {
	return one.place - other.place || (one.id < other.id ? -1 : 1);
}

function sizeOf(body: unknown): number {
	return new TextEncoder().encode(JSON.stringify(body)).length;
}

function isAnswer(body: unknown): body is { words: Word[] } {
	return (
		typeof body === 'object' &&
		body !== null &&
		'words' in body &&
		Array.isArray(body.words) &&
		body.words.every(
			(word: unknown) =>
				typeof word === 'object' &&
				word !== null &&
				'id' in word &&
				typeof word.id === 'string' &&
				'state' in word &&
				(word.state === 'accepted' || (word.state === 'refused' && 'reason' in word && isReason(word.reason)))
		)
	);
}

export function isReason(body: unknown): body is Reason {
	return (
		typeof body === 'object' &&
		body !== null &&
		'code' in body &&
		typeof body.code === 'string' &&
		'sentence' in body &&
		typeof body.sentence === 'string'
	);
}
