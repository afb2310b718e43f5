import { fewestPeople, peopleIn, type Tally } from '#agreement/cells.ts';
import type { Computed } from '#agreement/computing.ts';
import { groupCellsToPublish, inNoGroup, letterOf, peopleApart, type GroupCell } from '#agreement/opinion-groups.ts';
import type { Transaction } from '#database/connection.server.ts';

interface CellOfIdea extends Tally {
	readonly idea: number;
	readonly key: string;
}

/** Publishes or renews every cell of an opinion group that is due. @returns of each idea what is shown of each group then */
export async function publishCells(
	transaction: Transaction,
	topicId: string,
	computed: Computed,
	division: number
): Promise<Map<number, Map<string, Tally>>> {
	const shown = await cellsShown(transaction, topicId, computed.ideas);
	const now = [...computed.ideas].flatMap((idea, place) =>
		computed.hidden[place] === 0 ? cellsAt(computed, place).map((cell) => ({ ...cell, idea })) : []
	);
	const due = now.filter((cell) => {
		const before = shown.get(cell.idea)!.get(cell.key) ?? nobody;
		return peopleIn(cell) >= fewestPeople && peopleApart(cell, before) > 0;
	});
	const near = await figuresNear(transaction, topicId, due, division);
	const written: CellOfIdea[] = [];
	for (const [idea, cells] of Map.groupBy(now, (cell) => cell.idea)) {
		const ofIdea = shown.get(idea)!;
		const judged = cells.map((cell): GroupCell & CellOfIdea => ({
			...cell,
			shown: ofIdea.get(cell.key) ?? null,
			earlier: near.get(cell) ?? []
		}));
		const published = groupCellsToPublish(judged);
		for (const { key, agree, disagree, pass } of judged.filter((cell) => published.includes(cell.key))) {
			ofIdea.set(key, { agree, disagree, pass });
			written.push({ idea, key, agree, disagree, pass });
		}
	}
	await writeCells(transaction, topicId, written, division);
	return shown;
}

/** Another number of groups makes other groups, whatever their letters: nothing of those before is shown of them. */
export async function forgetCells(transaction: Transaction, topicId: string): Promise<void> {
	await transaction.query('delete from opinion_group_cells where topic_id = $1', [topicId]);
}

const nobody: Tally = { agree: 0, disagree: 0, pass: 0 };

function cellsAt({ cells, sizes }: Computed, place: number) {
	return sizes.map((size, group) => {
		const at = (place * sizes.length + group) * 3;
		const key = group === sizes.length - 1 ? inNoGroup : letterOf(group);
		return { key, size, disagree: cells[at]!, pass: cells[at + 1]!, agree: cells[at + 2]! };
	});
}

async function cellsShown(
	transaction: Transaction,
	topicId: string,
	ideas: Uint32Array
): Promise<Map<number, Map<string, Tally>>> {
	const { rows } = await transaction.query<CellOfIdea>(
		'select idea_number as idea, key, agree, disagree, pass from opinion_group_cells where topic_id = $1',
		[topicId]
	);
	const shown = new Map(Array.from(ideas, (idea) => [idea, new Map<string, Tally>()]));
	for (const { idea, key, ...tally } of rows) shown.get(idea)?.set(key, tally);
	return shown;
}

/**
 * What was ever shown with which cells can be compared, as far as it lies so near that it may matter. Figures that were shown lie apart from
 * each other, too: near to a cell there are few, however many there were.
 */
async function figuresNear<Cell extends CellOfIdea>(
	transaction: Transaction,
	topicId: string,
	cells: readonly Cell[],
	division: number
): Promise<Map<Cell, Tally[]>> {
	const { rows } = await transaction.query<Tally & { place: number }>(
		`
			select cell.place::int as place, figure.agree, figure.disagree, figure.pass
			from unnest($3::int[], $4::text[], $5::int[], $6::int[], $7::int[])
				with ordinality as cell (idea, key, agree, disagree, pass, place)
			cross join lateral (
				select agree, disagree, pass
				from opinion_group_figures
				where topic_id = $1 and idea_number = cell.idea and (division <> $2 or key = cell.key)
					and agree > cell.agree - $8 and agree < cell.agree + $8
					and disagree > cell.disagree - $8 and disagree < cell.disagree + $8
					and pass > cell.pass - $8 and pass < cell.pass + $8
				-- each cell by itself through the index, never all figures at once
				offset 0
			) as figure`,
		[topicId, division, ...columnsOf(cells), fewestPeople]
	);
	return Map.groupBy(rows, ({ place }) => cells[place - 1]!);
}

async function writeCells(
	transaction: Transaction,
	topicId: string,
	cells: readonly CellOfIdea[],
	division: number
): Promise<void> {
	await transaction.query(
		`
			with given as (
				select * from unnest($3::int[], $4::text[], $5::int[], $6::int[], $7::int[]) as given (idea, key, agree, disagree, pass)
			), remembered as (
				insert into opinion_group_figures (topic_id, idea_number, division, key, agree, disagree, pass)
				select $1, idea, $2, key, agree, disagree, pass from given
				on conflict do nothing
			)
			insert into opinion_group_cells (topic_id, idea_number, key, agree, disagree, pass)
			select $1, idea, key, agree, disagree, pass from given
			on conflict (topic_id, idea_number, key) do update
			set agree = excluded.agree, disagree = excluded.disagree, pass = excluded.pass`,
		[topicId, division, ...columnsOf(cells)]
	);
}

function columnsOf(cells: readonly CellOfIdea[]) {
	return [
		...[cells.map(({ idea }) => idea), cells.map(({ key }) => key)],
		...[cells.map(({ agree }) => agree), cells.map(({ disagree }) => disagree), cells.map(({ pass }) => pass)]
	];
}
