import assert from 'node:assert/strict';
import test from 'node:test';
import { countingAlone } from '#agreement/instant.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { takeSnapshot } from '#agreement/snapshots.server.ts';
import { temporaryKeys } from '#ideas/examples.server.ts';
import { topicAt } from '#topics/reading.server.ts';
import { isOpenFor } from '#topics/stages/stage.ts';
import { comments, type ExampleComment } from './comments.ts';
import { ideas } from './ideas/ideas.ts';
import { loader } from './loader.ts';
import { loadExamples } from './loading.server.ts';
import { speeches } from './floor.ts';
import { moveBy } from './moving.ts';
import { piles } from './notes.ts';
import type { ExampleSubmission } from './submissions/submission.ts';
import { submissions } from './submissions/submissions.ts';

const drawn = piles.filter(({ point }) => point !== null);
const database = await testDatabase();
const keys = await temporaryKeys();

test('the example is moved by whole weeks into the present', () => {
	const week = 7 * 24 * 3_600_000;
	assert.equal(moveBy(new Date('2013-10-22T10:00:00Z')), 0);
	assert.equal(moveBy(new Date('2013-10-29T09:59:59Z')), 0);
	assert.equal(moveBy(new Date('2013-10-29T10:00:00Z')), week);
});

test('the example world loads, is open, and loading it again changes nothing', async () => {
	const began = performance.now();
	const { added } = await loadExamples({ database, keys });
	assert.deepEqual(added, ['connecting-the-unconnected', 'internet-public-policy']);
	assert.ok(performance.now() - began < 60_000, 'a demonstration starts within a minute even on a slow machine');

	const topic = await topicAt(database, 'internet-public-policy');
	assert.ok(isOpenFor(topic.stages, 'opinions', new Date()));
	const { figures } = await countingAlone(database, topic.topicId, (transaction) =>
		takeSnapshot(transaction, topic.topicId, loader)
	);
	const { ideas: pool, people, submissions: texts, comments: said, stances, languages } = figures.overall;
	assert.deepEqual(
		{ ideas: pool, texts, said, stances, languages },
		{
			ideas: ideas.length + drawn.length,
			texts: 8,
			said: Object.values(comments).flat().map(size).reduce(sum),
			stances: submissions.flatMap(textStances).length + drawn.flatMap(({ notes }) => notes).length,
			languages: 6
		}
	);
	// who had the floor of the Town Hall took part as well, where that is over by now; tables of the café are voices, not people
	assert.ok(people >= 50 && people <= 50 + speeches.length, String(people));
	const [governments, civil] = ['governments', 'civil-society'].map(
		(key) => figures.ideas[numberOf('equal-footing')]!.cells.group[key]!
	);
	assert.ok(governments!.disagree > governments!.agree && civil!.agree > civil!.disagree);

	const rows = async () =>
		(
			await database.query<{ opinions: number; activity: number; accounts: number }>(
				`select (select count(*) from opinions) as opinions, (select count(*) from activity) as activity,
					(select count(*) from accounts) as accounts`
			)
		).rows[0];
	const before = await rows();
	assert.deepEqual(await loadExamples({ database, keys }), { added: [] });
	assert.deepEqual(await rows(), before);
});

const sum = (one: number, other: number) => one + other;
const size = (comment: ExampleComment): number => 1 + (comment.answers ?? []).map(size).reduce(sum, 0);
/** a text counts once for a stance to an idea, whatever the number of its passages */
const textStances = ({ passages }: ExampleSubmission) => [
	...new Set(passages.flatMap(({ stances }) => stances.map((stance) => stance.join())))
];

function numberOf(key: string): number {
	return ideas.findIndex((idea) => idea.key === key) + 1;
}
