import { levelOfIdea, type IdeaLevel } from '#agreement/level.ts';
import { keepTotals } from '#agreement/level-totals.server.ts';
import { publishedCells } from '#agreement/published.server.ts';
import { basisKept, basisNow, isSameBasis, type LevelBasis } from '#agreement/thresholds.server.ts';
import type { Queryable, Transaction } from '#database/connection.server.ts';
import { addJob } from '#jobs/jobs.server.ts';

const job = 'agreement.compute-levels';

/** Asks for all levels of the topic to be computed anew, because what they stand on has changed. */
export async function askForLevels(transaction: Transaction, topicId: string): Promise<void> {
	await addJob(transaction, job, { topicId }, { jobKey: `${job} ${topicId}` });
}

/**
 * Computes the levels of the ideas of which cells were published in this transaction, from the cells that are published now; all levels of
 * the topic where they stand on other thresholds or groups than hold now. For whoever counts alone (countingAlone).
 */
export async function renewLevels(transaction: Transaction, topicId: string, touched: readonly number[]): Promise<void> {
	const [basis, kept] = [await basisNow(transaction, topicId), await basisKept(transaction, topicId)];
	if (kept === null || !isSameBasis(basis, kept)) return computeLevels(transaction, topicId, basis);
	for (let start = 0; start < touched.length; start += ideasAtOnce)
		await writeLevels(
			transaction,
			topicId,
			await levelsOf(transaction, topicId, touched.slice(start, start + ideasAtOnce), basis)
		);
	if (touched.length > 0) await keepTotals(transaction, topicId);
}

/** Computes all levels of the topic, and notes what they stand on. */
export async function computeLevels(transaction: Transaction, topicId: string, basis?: LevelBasis): Promise<void> {
	const standsOn = basis ?? (await basisNow(transaction, topicId));
	for await (const levels of allLevels(transaction, topicId, standsOn)) await writeLevels(transaction, topicId, levels);
	await transaction.query(
		`
			insert into level_bases (topic_id, heard, majority, most, groups, computed_at)
			values ($1, $2, $3, $4, $5, $6)
			on conflict (topic_id) do update
			set heard = excluded.heard, majority = excluded.majority, most = excluded.most, groups = excluded.groups,
				computed_at = excluded.computed_at`,
		[topicId, standsOn.heard, standsOn.majority, standsOn.most, standsOn.groups, transaction.at]
	);
	await keepTotals(transaction, topicId);
}

/** The topics whose levels stand on other thresholds or groups than hold now; an archived topic keeps those it closed with. */
export async function topicsToCompute(queryable: Queryable): Promise<string[]> {
	const { rows } = await queryable.query<{ topicId: string }>(`
		select topic_id as "topicId"
		from level_bases
		where not exists (select from topic_archivals where topic_archivals.topic_id = level_bases.topic_id)
		order by topic_id`);
	const behind: string[] = [];
	for (const { topicId } of rows) {
		const [now, kept] = [await basisNow(queryable, topicId), await basisKept(queryable, topicId)];
		if (kept !== null && !isSameBasis(now, kept)) behind.push(topicId);
	}
	return behind;
}

const ideasAtOnce = 2000;

/**
 * The level of every idea of which a cell was ever published, some thousand at a time; null for those of which none of a group that counts
 * is published any more.
 */
export async function* allLevels(
	queryable: Queryable,
	topicId: string,
	basis: LevelBasis
): AsyncGenerator<Map<number, IdeaLevel | null>> {
	const { rows } = await queryable.query<{ number: number }>(
		`
			select idea_number as number
			from opinion_cells
			where topic_id = $1 and dimension = 'group'
			union
			select idea_number
			from idea_levels
			where topic_id = $1
			order by number`,
		[topicId]
	);
	for (let start = 0; start < rows.length; start += ideasAtOnce) {
		const numbers = rows.slice(start, start + ideasAtOnce).map(({ number }) => number);
		yield await levelsOf(queryable, topicId, numbers, basis);
	}
}

async function levelsOf(
	queryable: Queryable,
	topicId: string,
	numbers: readonly number[],
	basis: LevelBasis
): Promise<Map<number, IdeaLevel | null>> {
	const cells = await publishedCells(queryable, topicId, numbers);
	return new Map(numbers.map((number) => [number, levelOfIdea(cells.get(number)!, basis)]));
}

async function writeLevels(
	transaction: Transaction,
	topicId: string,
	levels: ReadonlyMap<number, IdeaLevel | null>
): Promise<void> {
	const written = [...levels].flatMap(([number, level]) => (level ? [{ number, ...level }] : []));
	const gone = [...levels].flatMap(([number, level]) => (level ? [] : [number]));
	if (gone.length > 0)
		await transaction.query('delete from idea_levels where topic_id = $1 and idea_number = any ($2::int[])', [topicId, gone]);
	if (written.length === 0) return;
	await transaction.query(
		`
			insert into idea_levels (topic_id, idea_number, level, score, mean, divide, awaited, opposed_by, not_heard, turns_by_group,
				turns_by_region)
			select $1, number, level, score, mean, divide, awaited, "opposedBy", "notHeardFrom", "turnsByGroup", "turnsByRegion"
			from jsonb_to_recordset($2) as given (number int, level text, score int, mean int, divide int, awaited int,
				"opposedBy" text[], "notHeardFrom" text[], "turnsByGroup" boolean, "turnsByRegion" boolean)
			on conflict (topic_id, idea_number) do update
			set level = excluded.level, score = excluded.score, mean = excluded.mean, divide = excluded.divide, awaited = excluded.awaited,
				opposed_by = excluded.opposed_by, not_heard = excluded.not_heard, turns_by_group = excluded.turns_by_group,
				turns_by_region = excluded.turns_by_region`,
		[topicId, JSON.stringify(written)]
	);
}
