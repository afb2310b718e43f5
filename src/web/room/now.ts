import { follow, type Hearing } from '#live/listening.ts';
import { questionStates } from '#townhalls/questions/floor-question.ts';

/*
 * How a page keeps up with its event. What happened is heard as moves, in their order and without a gap, also after a break; how often answers
 * and support changed is heard beside them as a figure, of which the newest says it all: five hundred who answer or support at once are
 * four words a second to each, and no row that tells when anybody did. Of both the page hears numbers only, and reads itself anew where
 * they are beyond what it shows: so nothing is shown twice, nothing is missed for good, and many things are one reading. Where there is no
 * stream the same numbers are asked for, in one answer for everybody that is made once a second.
 */

/** How far an event has come, or how far a page shows it. */
export interface RoomNow {
	/** the number of the last move */
	readonly moves: number;
	/** how often answers to polls changed */
	readonly answers: number;
	/** how often support of questions did */
	readonly supports: number;
}

export const pollMoves = ['poll-open', 'poll-closed', 'poll-words'];
export const questionMoves = [
	...questionStates.map((state) => `question-${state}`),
	...['question-came', 'question-merged', 'questions-set']
];
export const captionMoves = ['captions', 'caption-corrected'];
export const roundMoves = ['round-begun', 'round-prolonged', 'round-ended', 'seating'];

/** Of which figures a page shows something. */
export type FigureShown = Exclude<keyof RoomNow, 'moves'>;

interface Watching {
	/** how far the page shows its event now; without figures where it shows none */
	readonly has: () => Pick<RoomNow, 'moves'> & Partial<RoomNow>;
	/** of moves that may change it */
	readonly kinds: readonly string[];
	/** figures that stand on it now */
	readonly figures?: () => readonly FigureShown[];
	/** ms within which it is read anew, by chance: a hall does not ask in one moment */
	readonly within?: { readonly moves?: number; readonly figures?: number };
	/** reads it anew; where that fails it is tried again */
	readonly changed: () => Promise<unknown>;
	/** whoever is in the middle of something is not disturbed: it waits until they are not */
	readonly isBusy?: () => boolean;
	readonly hearing?: (hearing: Hearing) => void;
}

/** ms between two readings: what everybody may read is kept so long on the way, and however much happens a page is calm */
const apart = 1100;
/** ms after which is looked whether somebody is still busy, and tried again what failed */
const [busyFor, failedFor] = [1000, 3000];
/** ms between questions where there is no stream */
const askEachMs = 4000;

/**
 * Reads a page anew when it is behind its event.
 * @param page its address without a language: `/topics/internet/events/2`
 * @returns ends it
 */
export function watchRoom(
	page: string,
	{ has, kinds, figures = () => [], within = {}, changed, isBusy = () => false, hearing = () => {} }: Watching
): () => void {
	/** what was heard of what concerns the page */
	const heard = { moves: has().moves, answers: 0, supports: 0 };
	let timer: ReturnType<typeof setTimeout> | undefined;
	let due = Infinity;
	/** ms within which the reading that is due was to be: a later word of the same sort does not draw lots again, or a rush would bring it near */
	let dueWithin = Infinity;
	let readAt = -Infinity;
	let isReading = false;
	let isOver = false;

	const lacksMoves = () => has().moves < heard.moves;
	const lacksFigures = () => figures().some((figure) => (has()[figure] ?? 0) < heard[figure]);

	function keepUp(): void {
		const ms = lacksMoves() ? (within.moves ?? 0) : lacksFigures() ? (within.figures ?? 0) : Infinity;
		if (ms >= dueWithin) return;
		readIn(ms * Math.random());
		dueWithin = ms;
	}

	function readIn(ms: number): void {
		const at = Math.max(performance.now() + ms, readAt + apart);
		if (isOver || at >= due) return;
		due = at;
		clearTimeout(timer);
		timer = setTimeout(() => void read(), at - performance.now());
	}

	async function read(): Promise<void> {
		due = dueWithin = Infinity;
		if (isReading || isBusy()) return readIn(busyFor);
		if (!lacksMoves() && !lacksFigures()) return;
		isReading = true;
		readAt = performance.now();
		try {
			await changed();
			isReading = false;
			// what happened meanwhile, or was not yet in what was kept on the way
			keepUp();
		} catch {
			isReading = false;
			readIn(failedFor);
		}
	}

	function hear({ moves = 0, answers = 0, supports = 0 }: Partial<RoomNow>): void {
		heard.moves = Math.max(heard.moves, moves);
		heard.answers = Math.max(heard.answers, answers);
		heard.supports = Math.max(heard.supports, supports);
		keepUp();
	}

	const stop = follow(`/api/v1${page}/live`, {
		...{ after: heard.moves, kinds: [...kinds, 'figures'], everyMs: askEachMs, change: hearing },
		hear: (kind, told, number) => hear(kind === 'figures' ? (told as Partial<RoomNow>) : { moves: number }),
		ask: async () => {
			const answer = await fetch(`${page}/now.json`, { signal: AbortSignal.timeout(10_000) });
			if (!answer.ok) throw new Error(String(answer.status));
			hear((await answer.json()) as RoomNow);
		}
	});
	return () => {
		isOver = true;
		clearTimeout(timer);
		stop();
	};
}
