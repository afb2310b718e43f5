import { parentPort, workerData } from 'node:worker_threads';
import type { ComparingWork, FromThread, PairFound } from '#cafes/harvest/comparing.server.ts';
import { probableSamePoints } from '#engines/likeness/same-points.ts';
import { wordsInOrder } from '#languages/searching.server.ts';

// the thread that comparing.server.ts starts: the wall of one café, one answer

/** Any would do, as long as it stays. */
const seed = 1;

const { notes } = workerData as ComparingWork;
const found = [...Map.groupBy(notes, ({ questionId }) => questionId).values()].flatMap(pairsOf);
parentPort?.postMessage({ answer: found } satisfies FromThread);

function pairsOf(some: ComparingWork['notes']): PairFound[] {
	const ordered = [...some].sort((one, other) => (one.noteId < other.noteId ? -1 : 1));
	const texts = ordered.map(({ text, language }, idea) => {
		return { idea, language, text, words: wordsInOrder(text, language), isTranslation: false };
	});
	return probableSamePoints(texts, seed).map(({ one, other, isSure, closeness }) => ({
		...{ one: ordered[one]!.noteId, other: ordered[other]!.noteId, isSure, closeness }
	}));
}
