import { figure, median, rounded, type Figure } from './figures.ts';
import type { OpinionLoad, OpinionLoadResult } from './load-opinions.ts';
import type { UpsertLoad, UpsertLoadResult } from './load-upserts.ts';
import { aTopicWithPeople } from './people.ts';
import { inProcess, openGround, ship, type Ground } from './shipped.ts';

const people = 10_000;
const ideas = 1_000;
const rounds = 9;
const milliseconds = 4_000;

interface Wishes {
	readonly bench: string;
	readonly must: string;
	/** each judges the idea that the answer before told them */
	readonly follows: boolean;
}

const asPromisedOfTalks: Wishes = { bench: 'opinions-http', must: '≥ 1.0', follows: false };

/** One opinion a request, durable before the answer, with limits, stage check and counts, against single-row upserts by the bare driver. */
export async function opinionsHttp({ bench, must, follows }: Wishes = asPromisedOfTalks): Promise<Figure[]> {
	const ground = await openGround();
	try {
		const { slug, topicId, tokens } = await aTopicWithPeople(ground, { people, ideas });
		const shipped = await ship(ground);
		try {
			const load: OpinionLoad = { port: shipped.port, slug, ideas, tokens, connections: 64, milliseconds, follows };
			const address = addressOf(ground);
			const bare: UpsertLoad = { address, people, ideas, clients: 16, milliseconds };
			// a server runs for months: what it compiles and reads in its first seconds is not what an opinion costs
			await inProcess('load-opinions.ts', { ...load, milliseconds: 10_000 });
			await inProcess('load-upserts.ts', { ...bare, milliseconds: 10_000 });
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
			// each round beside its own baseline: what a shared machine gives changes within a minute
			const ratios = opinions.map((one, round) => one.perSecond / upserts[round]!.perSecond);
			return [
				figure(
					{
						bench,
						value: median(ratios),
						unit: 'opinions a second / upserts a second',
						baseline,
						must
					},
					{
						perSecond: rounded(perSecond),
						ratios: ratios.map(rounded),
						webCpuMicroseconds: rounded(spent / given),
						loadCpuMicroseconds: rounded(median(opinions.map(({ cpu }) => cpu))),
						baselineCpuMicroseconds: rounded(median(upserts.map(({ cpu }) => cpu))),
						p50: median(opinions.map(({ p50 }) => p50)),
						p99: median(opinions.map(({ p99 }) => p99)),
						answeredWithNext: rounded(opinions.reduce((sum, one) => sum + one.answeredWithNext, 0) / given),
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
