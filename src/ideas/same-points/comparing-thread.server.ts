import { parentPort, workerData } from 'node:worker_threads';
import { connect, inTransaction } from '#database/connection.server.ts';
import { samePointsProposed } from '#engines/likeness/likeness.ts';
import { textsOf } from '#ideas/comparable.server.ts';
import type { ComparingWork, FromThread } from '#ideas/same-points/comparing.server.ts';
import { readColumns } from '#ideas/same-points/reading.server.ts';

// the thread that comparing.server.ts starts: one topic, one answer

/** Any would do, as long as it stays. */
const seed = 1;

const { ideas, opinions } = workerData as ComparingWork;
const tell = (message: FromThread) => parentPort?.postMessage(message);
const readable = { texts: textsOf(ideas), columns: await columns() };
tell({ answer: samePointsProposed(readable, seed, (share) => tell({ share })) });

async function columns() {
	if (opinions === null) return [];
	const database = connect(opinions.address, { connections: 1 });
	try {
		return await inTransaction(database, (transaction) => readColumns(transaction, opinions.topicId, ideas));
	} finally {
		await database.close();
	}
}
