import { inTransaction } from '#database/connection.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor } from '#ideas/examples.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { participantsOf } from '#topics/participants/participants.server.ts';
import { figure, median, rounded, type Figure } from './figures.ts';
import type { OpinionLoad, OpinionLoadResult } from './load-opinions.ts';
import type { UpsertLoad, UpsertLoadResult } from './load-upserts.ts';
import { inProcess, openGround, ship, type Ground } from './shipped.ts';

const people = 10_000;
const ideas = 1_000;
const rounds = 3;
const milliseconds = 6_000;

/** One opinion a request, durable before the answer, with limits, stage check and counts, against single-row upserts by the bare driver. */
export async function opinionsHttp(): Promise<Figure[]> {
	const ground = await openGround();
	try {
		const { slug, topicId, tokens } = await aTopicWithPeople(ground);
		const shipped = await ship(ground);
		try {
			const load: OpinionLoad = { port: shipped.port, slug, ideas, tokens, connections: 64, milliseconds };
			const address = addressOf(ground);
			const bare: UpsertLoad = { address, people, ideas, clients: 16, milliseconds };
			// a first round of each fills caches and plans
			await inProcess('load-opinions.ts', { ...load, milliseconds: 3_000 });
			await inProcess('load-upserts.ts', { ...bare, milliseconds: 2_000 });
			const before = shipped.cpu();
			const [opinions, upserts]: [OpinionLoadResult[], UpsertLoadResult[]] = [[], []];
			for (let round = 0; round < rounds; round++) {
				upserts.push(await inProcess<UpsertLoadResult>('load-upserts.ts', bare));
				opinions.push(await inProcess<OpinionLoadResult>('load-opinions.ts', load));
			}
			const given = opinions.reduce((sum, { statuses }) => sum + (statuses[200] ?? 0), 0);
			const spent = (shipped.cpu() ?? Number.NaN) - (before ?? Number.NaN);
			const perSecond = median(opinions.map((one) => one.perSecond));
			const baseline = median(upserts.map((one) => one.perSecond));
			return [
				figure(
					{
						bench: 'opinions-http',
						value: perSecond / baseline,
						unit: 'opinions a second / upserts a second',
						baseline,
						must: '≥ 1.0'
					},
					{
						perSecond: rounded(perSecond),
						webCpuMicroseconds: rounded(spent / given),
						loadCpuMicroseconds: rounded(median(opinions.map(({ cpu }) => cpu))),
						baselineCpuMicroseconds: rounded(median(upserts.map(({ cpu }) => cpu))),
						p50: median(opinions.map(({ p50 }) => p50)),
						p99: median(opinions.map(({ p99 }) => p99)),
						statuses: opinions.map(({ statuses }) => statuses),
						miscounted: await miscounted(ground, topicId)
					}
				)
			];
		} finally {
			await shipped.stop();
		}
	} finally {
		await ground.close();
	}
}

async function aTopicWithPeople({ database, keys, visitors }: Ground) {
	const { topicId, slug } = await anOpenTopic(database);
	await inTransaction(database, async (transaction) => {
		for (let number = 0; number < ideas; number++)
			await submitIdea(transaction, keys, anIdeaDraft(topicId, { point: `Idea ${number}` }), aVisitor('author'));
	});
	const tokens = Array.from({ length: people }, () => visitors.newToken());
	await inTransaction(database, (transaction) => {
		const ids = tokens.map((token) => visitors.idIn(token)!);
		return participantsOf(transaction, keys, topicId, ids);
	});
	await database.query('vacuum analyze');
	return { topicId, slug, tokens };
}

/** Ideas whose counts are not those of their opinions: what was answered was also counted. */
async function miscounted({ database }: Ground, topicId: string): Promise<number> {
	const { rows } = await database.query<{ wrong: number }>(
		`select count(*) as wrong
		from idea_counts c
		left join (
			select idea_number, count(*) filter (where value = 1) as agree, count(*) filter (where value = -1) as disagree,
				count(*) filter (where value = 0) as pass
			from opinions
			where topic_id = $1
			group by idea_number
		) o using (idea_number)
		where c.topic_id = $1
			and (c.agree, c.disagree, c.pass) <> (coalesce(o.agree, 0), coalesce(o.disagree, 0), coalesce(o.pass, 0))`,
		[topicId]
	);
	return rows[0]!.wrong;
}

function addressOf({ database }: Ground): string {
	const { connectionString } = database.pool.options;
	if (!connectionString) throw new Error('the pool has no address');
	return connectionString;
}
