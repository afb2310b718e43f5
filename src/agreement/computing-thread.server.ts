import { parentPort, workerData } from 'node:worker_threads';
import { compute, type Before } from '#agreement/computing.ts';
import type { ComputingWork, FromThread } from '#agreement/computing.server.ts';
import { readTopic } from '#agreement/reading.server.ts';
import { atOneInstant, connect, type Instant } from '#database/connection.server.ts';
import type { Model } from '#agreement/placing.ts';

// the thread that computing.server.ts starts: one topic, one answer
const { address, clockShift, topicId } = workerData as ComputingWork;
const tell = (message: FromThread) => parentPort?.postMessage(message);

/** Reading is about a fifth of the time. */
const readingShare = 0.2;

const database = connect(address, { clockShift, connections: 1 });
const begun = performance.now();
const { asOf, read, before } = await atOneInstant(database, `opinion groups ${topicId}`, async (instant) => {
	const read = await readTopic(instant, topicId);
	return { asOf: instant.at, read, before: await readBefore(instant, read.input.ideas.id) };
});
await database.close();
tell({ share: readingShare });
const computed = compute(read.input, before, (share) => tell({ share: readingShare + (1 - readingShare) * share }));
tell({ answer: { computed, asOf, took: Math.round(performance.now() - begun) } });

async function readBefore(instant: Instant, ideas: Uint32Array): Promise<Before | null> {
	const { rows } = await instant.query<{ edition: number; model: Model | null }>(
		'select edition, withheld as model from opinion_maps where topic_id = $1',
		[topicId]
	);
	const [row] = rows;
	if (!row) return null;
	if (!row.model) return { edition: row.edition, map: null };
	const axes = await instant.query<{ idea: number; mean: number; first: number; second: number }>(
		'select idea_number as idea, mean, first, second from opinion_axes where topic_id = $1',
		[topicId]
	);
	const placeOf = new Map(Array.from(ideas, (id, place) => [id, place]));
	const column = () => new Float64Array(ideas.length);
	const [means, first, second] = [column(), column(), column()];
	for (const one of axes.rows) {
		const place = placeOf.get(one.idea);
		if (place === undefined) continue;
		means[place] = one.mean;
		first[place] = one.first;
		second[place] = one.second;
	}
	return { edition: row.edition, map: { model: row.model, axes: { means, first, second } } };
}
