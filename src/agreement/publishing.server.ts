import type { Database, Instant, Transaction } from '#database/connection.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { cellsToPublish, dimensions, type Dimension, type Tally } from '#agreement/cells.ts';
import { ideasSpokenTo, type CountedIdea } from '#agreement/counting.server.ts';
import { countingAlone } from '#agreement/instant.server.ts';
import { renewLevels } from '#agreement/levels.server.ts';
import { noteVoices } from '#agreement/voices-of-cells.server.ts';

/** Publishes or renews every cell of the topic that is due. @returns how many */
export async function publishCells(database: Database, topicId: string): Promise<number> {
	return countingAlone(database, topicId, async (transaction) => {
		const began = performance.now();
		const since = await lastLook(transaction, topicId);
		const writer = cellWriter(transaction, topicId);
		for await (const idea of ideasSpokenTo(transaction, topicId, since)) {
			for (const dimension of dimensions) await writer.add(idea, dimension, cellsToPublish(idea.cells[dimension]));
		}
		const { written, touched } = await writer.end();
		await renewLevels(transaction, topicId, touched);
		await noteLook(transaction, topicId, { isComplete: since === null, took: Math.round(performance.now() - began) });
		return written;
	});
}

/**
 * Publishes for a snapshot what a look at everything would publish, by the same rule: two snapshots that follow each other by one opinion
 * would tell it otherwise.
 * @param each is told of each idea and what is shown of it then
 */
export async function freezeCells(
	transaction: Instant,
	topicId: string,
	each: (idea: CountedIdea, shown: ShownCells) => Promise<void>
): Promise<void> {
	const writer = cellWriter(transaction, topicId);
	for await (const idea of ideasSpokenTo(transaction, topicId, null)) {
		const published = (dimension: Dimension) => cellsToPublish(idea.cells[dimension]);
		const keys = { group: published('group'), region: published('region'), assurance: published('assurance') };
		for (const dimension of dimensions) await writer.add(idea, dimension, keys[dimension]);
		await each(idea, shownThen(idea, keys));
	}
	const { touched } = await writer.end();
	await renewLevels(transaction, topicId, touched);
}

/** By key. */
type ShownCells = Readonly<Record<Dimension, Readonly<Record<string, Tally>>>>;

/** What is published of an idea now, and what was published of it before and still stands. */
function shownThen({ cells }: CountedIdea, published: Readonly<Record<Dimension, readonly string[]>>): ShownCells {
	const of = (dimension: Dimension) =>
		Object.fromEntries(
			cells[dimension].flatMap(({ key, agree, disagree, pass, shown }) => {
				const tally = published[dimension].includes(key) ? { agree, disagree, pass } : shown;
				return tally ? [[key, tally]] : [];
			})
		);
	return { group: of('group'), region: of('region'), assurance: of('assurance') };
}

/** Opinions that came in shortly before a look may have been committed after it. */
const overlapOfLooks = 2 * 60_000;
/** An idea that was hidden while people spoke to it, and is seen again, is found by a look at everything. */
const everythingEach = 60 * 60_000;

/** From when on opinions are to be looked at; null: at all of them. */
async function lastLook(transaction: Transaction, topicId: string): Promise<Date | null> {
	const { rows } = await transaction.query<{ lookedAt: Date; completeAt: Date }>(
		`select looked_at as "lookedAt", complete_at as "completeAt" from cell_looks where topic_id = $1`,
		[topicId]
	);
	const [last, now] = [rows[0], transaction.at.getTime()];
	// a clock that was set back makes no look of the future count
	if (!last || last.lookedAt.getTime() > now || now - last.completeAt.getTime() > everythingEach) return null;
	return new Date(last.lookedAt.getTime() - overlapOfLooks);
}

/** A look goes by when opinions were given; of those that were given elsewhere, long ago, it would find none. */
export async function lookAtEverything(transaction: Transaction, topicId: string): Promise<void> {
	await transaction.query(`update cell_looks set complete_at = 'epoch' where topic_id = $1`, [topicId]);
}

async function noteLook(
	transaction: Transaction,
	topicId: string,
	{ isComplete, took }: { isComplete: boolean; took: number }
): Promise<void> {
	await transaction.query(
		`
			insert into cell_looks (topic_id, looked_at, complete_at, took_ms)
			values ($1, $2, $2, $4)
			on conflict (topic_id) do update
			set looked_at = excluded.looked_at, took_ms = excluded.took_ms,
				complete_at = case when $3 then excluded.looked_at else cell_looks.complete_at end`,
		[topicId, transaction.at, isComplete, took]
	);
}

const job = 'agreement.publish-cells';
/** ms */
const soonest = 15_000;

/**
 * Asks for the cells of the topic to be looked at soon; looking takes at most a twentieth of the time. A look that waits already keeps its
 * time, so that a busy talk does not put it off for ever.
 */
export async function askForCells(transaction: Transaction, topicId: string): Promise<void> {
	const jobKey = `${job} ${topicId}`;
	// one that failed as often as it may waits for nobody; to ask anew gives it its tries back
	const waiting = await transaction.query(
		'select from graphile_worker.jobs where key = $1 and locked_at is null and attempts < max_attempts',
		[jobKey]
	);
	if (waiting.rowCount > 0) return;
	const looks = await transaction.query<{ took: number }>('select took_ms as took from cell_looks where topic_id = $1', [
		topicId
	]);
	const after = Math.max(soonest, 20 * (looks.rows[0]?.took ?? 0));
	await addJob(transaction, job, { topicId }, { jobKey, runAt: new Date(transaction.at.getTime() + after) });
}

/** Those who watch a talk are told that there are new figures of groups. */
async function notePublication(transaction: Transaction, topicId: string): Promise<void> {
	await transaction.query(
		`
			insert into cell_publications (topic_id, published_at)
			values ($1, $2)
			on conflict (topic_id) do update set published_at = excluded.published_at`,
		[topicId, transaction.at]
	);
}

type WrittenCell = Tally & { readonly dimension: Dimension; readonly key: string; readonly number: number };

function cellWriter(transaction: Transaction, topicId: string) {
	let waiting: WrittenCell[] = [];
	let written = 0;
	const touched = new Set<number>();

	async function write(): Promise<void> {
		const cells = waiting;
		waiting = [];
		written += cells.length;
		if (cells.length === 0) return;
		await transaction.query(
			`
				insert into opinion_cells (topic_id, dimension, key, idea_number, agree, disagree, pass, published_at)
				select $1, dimension, key, idea_number, agree, disagree, pass, $8
				from unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::int[], $7::int[])
					as given (dimension, key, idea_number, agree, disagree, pass)
				on conflict (topic_id, dimension, idea_number, key) do update
				set agree = excluded.agree, disagree = excluded.disagree, pass = excluded.pass, voices = null, published_at = excluded.published_at`,
			[
				topicId,
				cells.map((cell) => cell.dimension),
				cells.map((cell) => cell.key),
				cells.map((cell) => cell.number),
				cells.map((cell) => cell.agree),
				cells.map((cell) => cell.disagree),
				cells.map((cell) => cell.pass),
				transaction.at
			]
		);
	}

	return {
		async add(idea: CountedIdea, dimension: Dimension, keys: readonly string[]): Promise<void> {
			for (const { key, agree, disagree, pass } of idea.cells[dimension]) {
				if (keys.includes(key)) waiting.push({ number: idea.number, dimension, key, agree, disagree, pass });
			}
			if (keys.length > 0 && dimension !== 'assurance') touched.add(idea.number);
			if (waiting.length >= 5000) await write();
		},
		/** @returns how many cells, and the ideas of which one of a group or region was written */
		async end(): Promise<{ written: number; touched: number[] }> {
			await write();
			if (written > 0) {
				await noteVoices(transaction, topicId);
				await notePublication(transaction, topicId);
			}
			return { written, touched: [...touched] };
		}
	};
}
