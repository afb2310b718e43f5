import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '#database/connection.server.ts';
import { aSecretary, aWrittenStage, someWords } from '#topics/examples.ts';
import { openTopic, publishTopic } from '#topics/opening.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import { setStages } from '#topics/stages/staging.server.ts';
import { topicKeys, type TopicKeys } from '#topics/topic-keys.server.ts';

/** The first talk as it is public, with one question and one stage. */
export async function aPublishedTopic(database: Database): Promise<{ topicId: string; slug: string }> {
	const { topicId, slug } = await openTopic(database, someWords(), aSecretary);
	const question = { questionId: null, texts: { text: { en: 'What is the role of governments?' } } };
	await setQuestions(database, topicId, [question], aSecretary);
	await setStages(database, topicId, [aWrittenStage()], aSecretary);
	await publishTopic(database, topicId, aSecretary);
	return { topicId, slug };
}

export async function temporaryKeys(): Promise<TopicKeys> {
	return topicKeys({ folder: await mkdtemp(join(tmpdir(), 'open-talks-keys-')), secret: 'a secret of the tests' });
}

/** What was done in a topic, in its order. */
export async function activityOf(database: Database, topicId: string): Promise<string[]> {
	const { rows } = await database.query<{ did: string }>(`select did from activity where topic_id = $1 order by activity_id`, [
		topicId
	]);
	return rows.map(({ did }) => did);
}
