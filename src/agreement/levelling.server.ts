import { countingAlone } from '#agreement/instant.server.ts';
import { computeLevels, topicsToCompute } from '#agreement/levels.server.ts';
import { countSamePoints } from '#ideas/same-points/counting.server.ts';
import { nilTopic, type Database } from '#database/connection.server.ts';

/** The work of the job: all levels of the topic; without a topic, of every one whose groups or thresholds are others by now. */
export async function computeAsked(database: Database, topicId: string): Promise<void> {
	const topics = topicId === nilTopic ? await topicsToCompute(database) : [topicId];
	for (const one of topics) {
		await countingAlone(database, one, (transaction) => computeLevels(transaction, one));
		await countSamePoints(database, one);
	}
}
