import type { Database } from '#database/connection.server.ts';
import { figure, rounded, type Figure } from '../talk/figures.ts';
import { aLargeTopic } from '../talk/large-topic.ts';
import { inProcess, openGround } from '../talk/shipped.ts';
import type { ReadAndComputed, ReadingAndComputing } from './compute-database.ts';
import { synthetic } from './synthetic.ts';

/** `--short`: a tenth, to see that it works. */
const part = process.argv.includes('--short') ? 10 : 1;
const size = { people: 200_000 / part, ideas: 5_000, opinions: 20_000_000 / part };

/** The same as in memory (large.ts), read from PostgreSQL by binary COPY as of one instant; in a process that has done nothing else. */
export async function fromDatabase(): Promise<Figure[]> {
	const ground = await openGround();
	try {
		const { topicId } = await aLargeTopic(ground.database, { ideas: size.ideas, people: size.people, opinions: 0, comments: 0 });
		await fill(ground.database, topicId);
		const address = ground.database.pool.options.connectionString!;
		const given: ReadingAndComputing = { address, topicId };
		const { seconds, readSeconds, opinions, k, peakMiB } = await inProcess<ReadAndComputed>(
			'../agreement/compute-database.ts',
			given
		);
		return [
			figure(
				{ bench: 'engine-20m-database', value: seconds, unit: 's', baseline: readSeconds, must: '≤ 45' },
				{ baselineOf: 's of it for reading', opinions, k, readSeconds: rounded(readSeconds) }
			),
			figure({ bench: 'engine-20m-database-memory', value: peakMiB, unit: 'MiB', baseline: null, must: '≤ 1024' })
		];
	} finally {
		await ground.close();
	}
}

const chunk = 200_000;

async function fill(database: Database, topicId: string): Promise<void> {
	const { person, idea, value } = synthetic(size.people, size.ideas, size.opinions);
	for (let start = 0; start < value.length; start += chunk) {
		const end = Math.min(value.length, start + chunk);
		await database.query(
			`
				insert into opinions (topic_id, participant_number, idea_number, value, profile_number, idea_version, given_at)
				select $1, person + 1, idea + 1, value, 1, 1, now()
				from unnest($2::int[], $3::int[], $4::smallint[]) as given (person, idea, value)`,
			[topicId, [...person.subarray(start, end)], [...idea.subarray(start, end)], [...value.subarray(start, end)]]
		);
	}
	await database.query(
		`
			update idea_counts
			set agree = counted.opinions
			from (select idea_number, count(*) as opinions from opinions where topic_id = $1 group by idea_number) as counted
			where idea_counts.topic_id = $1 and idea_counts.idea_number = counted.idea_number`,
		[topicId]
	);
	await database.query('vacuum analyze opinions');
}
