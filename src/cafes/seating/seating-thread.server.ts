import { parentPort, workerData } from 'node:worker_threads';
import type { Answered, FromThread, SeatingWork } from '#cafes/seating/seating-in-thread.server.ts';
import { UnfitSeating } from '#engines/seating/input.ts';
import { seatAgain } from '#engines/seating/reseating.ts';
import { seatEveryone } from '#engines/seating/seating.ts';

// the thread that seating-in-thread.server.ts starts: one café, one answer

const { question, again, seconds, seed, enough } = workerData as SeatingWork;
const isEnough = new Int32Array(enough);
const begun = performance.now();
const tell = (message: FromThread) => parentPort?.postMessage(message);

let told = 0;
function goOn(): boolean {
	const share = (performance.now() - begun) / (seconds * 1000);
	if (share - told > 0.02) {
		told = share;
		tell({ share: Math.min(1, share) });
	}
	return share < 1 && Atomics.load(isEnough, 0) === 0;
}

function answer(): Answered {
	try {
		const { rounds, method } = again
			? seatAgain({ input: question, cards: again.cards, held: again.held }, seed)
			: seatEveryone(question, { seed, coolings: Infinity }, { goOn });
		return { rounds, method };
	} catch (error) {
		if (!(error instanceof UnfitSeating)) throw error;
		return { unfit: error.message };
	}
}

tell({ answer: answer() });
