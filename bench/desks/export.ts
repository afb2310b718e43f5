import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figure, median, rounded, type Figure } from '../talk/figures.ts';
import { aLargeTopic } from '../talk/large-topic.ts';
import { inProcess, openGround, type Ground } from '../talk/shipped.ts';
import type { Made, Making } from './make-archive.ts';

/** `--short`: a tenth, to see that it works. */
const part = process.argv.includes('--short') ? 10 : 1;
const size = { ideas: 100_000 / part, people: 10_000 / part, opinions: 2_000_000 / part, comments: 500 };
const rounds = 3;

/**
 * The archive of a night (every public table and single opinion, with digests, compressed, written through to the disk) against the server's own COPY of
 * the same rows and columns to a plain file, a table after the other; and by how much a process that
 * does nothing else grows meanwhile.
 */
export async function exporting(): Promise<Figure[]> {
	const ground = await openGround();
	const folder = await mkdtemp(join(tmpdir(), 'open-talks-bench-export-'));
	try {
		const { database } = ground;
		const { topicId } = await aLargeTopic(database, size);
		const given: Making = { data: ground.settings.data, folder, topicId };
		const copies: Copied[] = [];
		const made: Made[] = [];
		// in turn, so that whatever else the machine does meets both
		for (let round = 0; round < rounds; round++) {
			copies.push(await copied(ground, topicId));
			made.push(await inProcess<Made>('../desks/make-archive.ts', given, [...process.execArgv, '--expose-gc']));
		}
		const bytes = made[0]!.contents.filter(({ name }) => tableNames.has(name)).reduce((sum, one) => sum + one.size, 0);
		const seconds = median(made.map((one) => one.seconds));
		const baseline = median(copies.map((one) => one.bytes / one.seconds));
		const heaviest = made.reduce((most, one) => (one.grown > most.grown ? one : most));
		return [
			figure(
				{
					bench: 'export',
					value: bytes / seconds / baseline,
					unit: 'throughput of COPY',
					baseline: baseline / 1e6,
					must: '≥ 0.3'
				},
				{
					megabytesPerSecond: rounded(bytes / seconds / 1e6),
					seconds: rounded(seconds),
					copySeconds: rounded(median(copies.map((one) => one.seconds))),
					megabytes: rounded(bytes / 1e6),
					archive: rounded(made[0]!.size / 1e6),
					copied: rounded(copies[0]!.bytes / 1e6)
				}
			),
			figure(
				{ bench: 'export-memory', value: heaviest.grown, unit: 'MiB of growth', baseline: null, must: '≤ 100' },
				{ before: rounded(heaviest.before), left: rounded(heaviest.left) }
			)
		];
	} finally {
		await ground.close();
		await rm(folder, { recursive: true, force: true });
	}
}

const tableNames = new Set(['ideas.csv', 'cells.csv', 'comments.csv', 'opinions.csv']);

interface Copied {
	readonly bytes: number;
	readonly seconds: number;
}

/** The four tables that have rows here, by COPY to a file of the database's own. */
async function copied({ database }: Ground, topicId: string): Promise<Copied> {
	// where the server may write, whoever it runs as
	const { rows } = await database.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
	let [bytes, seconds] = [0, 0];
	for (const [name, query] of Object.entries(queries)) {
		const file = join(rows[0]!.folder, `${name}.csv`);
		const begun = performance.now();
		await database.query(`copy (${query.replaceAll('$1', `'${topicId}'`)}) to '${file}' csv header`);
		seconds += (performance.now() - begun) / 1000;
		bytes += (await stat(file)).size;
		await rm(file);
	}
	return { bytes, seconds };
}

const visible = (kind: string, thing: string) =>
	`not exists (select from concealments c where c.topic_id = $1 and c.kind = '${kind}' and c.thing_id = ${thing})`;
const moment = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const queries = {
	ideas: `
		select i.idea_number, q.number, i.language, w.point, w.explanation, w.sources, i.channel, i.stakeholder_groups, i.region, n.agree,
			n.disagree, n.pass, n.comments, i.successor_of, ${moment('i.published_at')}, '/topics/x/ideas/' || i.idea_number
		from ideas i
		join idea_counts n using (topic_id, idea_number)
		left join (select question_id, position as number from questions where topic_id = $1) q using (question_id)
		cross join lateral (
			select point, explanation, sources from idea_versions v
			where v.topic_id = i.topic_id and v.idea_number = i.idea_number
			order by version desc limit 1
		) w
		where i.topic_id = $1 and ${visible('idea', 'i.idea_id')}
		order by i.idea_number`,
	cells: `
		select o.idea_number, dimension, key, agree, disagree, pass, ${moment('o.published_at')}
		from opinion_cells o
		join ideas i using (topic_id, idea_number)
		where topic_id = $1 and ${visible('idea', 'i.idea_id')}
		order by dimension, o.idea_number, key`,
	comments: `
		select m.comment_number, m.idea_number, m.side, v.language, v.text, ${moment('m.written_at')}
		from comments m
		join contribution_versions v on v.topic_id = m.topic_id and v.contribution_id = m.contribution_id
		where m.topic_id = $1 and ${visible('comment', 'm.comment_id')}
		order by m.comment_number`,
	opinions: `
		select o.participant_number, o.idea_number, case value when 1 then 'agree' when 0 then 'pass' else 'disagree' end
		from opinions o
		join ideas i using (topic_id, idea_number)
		where topic_id = $1 and ${visible('idea', 'i.idea_id')}
		order by o.idea_number, o.participant_number`
};
