import type { Divide } from '#engines/agreement/divide.ts';
import { groupAwareConsensus, saidBy, type GroupCounts } from '#engines/agreement/group-counts.ts';
import { representativeIdeas } from '#engines/agreement/representative.ts';
import { fewestPeople, type Tally } from '#agreement/cells.ts';
import type { ComputedAsOf } from '#agreement/computing.server.ts';
import type { Computed } from '#agreement/computing.ts';
import { letterOf, sizeToPublish } from '#agreement/opinion-groups.ts';
import { densityShown, inSteps, type Grid } from '#agreement/opinion-map.ts';
import { nearest, type Centre } from '#agreement/placing.ts';
import { forgetCells, publishCells } from '#agreement/publishing-group-cells.server.ts';
import { fewestOnAMap, type CommonIdea, type PublishedGroup, type PublishedMap } from '#agreement/published-map.ts';
import type { Transaction } from '#database/connection.server.ts';

/** Keeps what was found and publishes what may be published of it. @returns the edition; that before, where a later look came first */
export async function publishGroups(
	transaction: Transaction,
	topicId: string,
	{ computed, asOf, took }: ComputedAsOf
): Promise<number> {
	const last = await lastEdition(transaction, topicId);
	// each edition is judged against the one before it: what rests on an older one is not published
	if ((last?.edition ?? 0) !== computed.edition) return last?.edition ?? 0;
	const edition = computed.edition + 1;
	const k = computed.model.centres.length;
	const division = last === null ? 1 : last.k === k || k === 0 ? last.division : last.division + 1;
	// the middle of a group of two says where those two stand
	const areLarge = computed.sizes.slice(0, k).every((people) => people >= fewestPeople);
	const isNamed = k > 0 && areLarge && (computed.found.stability?.isStable ?? false);
	const hasMap = computed.people >= fewestOnAMap;
	if (last !== null && division !== last.division) await forgetCells(transaction, topicId);
	const shown =
		isNamed && hasMap ? await publishCells(transaction, topicId, computed, division) : new Map<number, Map<string, Tally>>();
	const published = hasMap ? mapOf(computed, { isNamed, shown, before: last?.published ?? null }) : null;
	await transaction.query(
		`
			insert into opinion_maps (topic_id, edition, division, as_of, took_ms, found, published, withheld)
			values ($1, $2, $3, $4, $5, $6, $7, $8)
			on conflict (topic_id) do update
			set edition = excluded.edition, division = excluded.division, as_of = excluded.as_of, took_ms = excluded.took_ms,
				found = excluded.found, published = excluded.published, withheld = excluded.withheld`,
		[
			...[topicId, edition, division, asOf, took, JSON.stringify(computed.found)],
			...[published && JSON.stringify(published), hasMap ? JSON.stringify(computed.model) : null]
		]
	);
	if (hasMap && computed.axes) await writeAxes(transaction, topicId, computed.ideas, computed.axes);
	return edition;
}

interface LastEdition {
	readonly edition: number;
	readonly division: number;
	readonly k: number;
	readonly published: PublishedMap | null;
}

async function lastEdition(transaction: Transaction, topicId: string): Promise<LastEdition | null> {
	// a topic that has no row yet has none to lock: of two first editions one fails at the key, and is computed again
	const { rows } = await transaction.query<LastEdition>(
		`
			select edition, division, coalesce(jsonb_array_length(withheld -> 'centres'), 0) as k, published
			from opinion_maps
			where topic_id = $1
			for update`,
		[topicId]
	);
	return rows[0] ?? null;
}

async function writeAxes(
	transaction: Transaction,
	topicId: string,
	ideas: Uint32Array,
	{ means, first, second }: NonNullable<Computed['axes']>
): Promise<void> {
	await transaction.query('delete from opinion_axes where topic_id = $1', [topicId]);
	await transaction.query(
		`
			insert into opinion_axes (topic_id, idea_number, mean, first, second)
			select $1, idea, mean, first, second
			from unnest($2::int[], $3::real[], $4::real[], $5::real[]) as given (idea, mean, first, second)`,
		[topicId, [...ideas], [...means], [...first], [...second]]
	);
}

interface Showing {
	readonly isNamed: boolean;
	readonly shown: ReadonlyMap<number, ReadonlyMap<string, Tally>>;
	readonly before: PublishedMap | null;
}

/** Everything in it follows from published cells, or is a figure of all people together. */
function mapOf(computed: Computed, { isNamed, shown, before }: Showing): PublishedMap {
	const { model, found, people } = computed;
	const k = model.centres.length;
	const counts = publishedCounts(computed, shown, k);
	return {
		form: 1,
		people: sizeToPublish(people, before?.people ?? null),
		grid: model.grid,
		density: densityShown(model.density),
		territory: isNamed ? territoryOf(model.grid, model.centres) : null,
		k,
		groups: isNamed ? groupsOf(computed, counts, before) : null,
		silhouette: hundredths(found.silhouette),
		stability: found.stability && { ...found.stability, meanRandIndex: hundredths(found.stability.meanRandIndex) },
		divide: divideOf(found.divide, before),
		common: isNamed ? commonIdeas(computed, counts) : [],
		disputed: isNamed
			? [...computed.ideas].filter((_, place) => computed.hidden[place] === 0 && computed.disputed[place] === 1)
			: [],
		shortlist: {
			ideas: found.shortlist.ideas.map(({ idea }) => idea),
			represented: hundredths(found.shortlist.represented / Math.max(1, found.shortlist.people)),
			isJust: found.shortlist.missing.length === 0
		},
		falseDiscoveries: found.settings.falseDiscoveries
	};
}

function divideOf(divide: Divide, before: PublishedMap | null): Divide {
	return {
		...divide,
		people: sizeToPublish(divide.people, before?.divide.people ?? null),
		cramersV: divide.cramersV === null ? null : hundredths(divide.cramersV),
		randIndex: divide.randIndex === null ? null : hundredths(divide.randIndex)
	};
}

/** The cells that are shown, as the engine counts them; what is withheld counts as not said. */
function publishedCounts({ ideas }: Computed, shown: Showing['shown'], k: number): GroupCounts {
	const counts = new Uint32Array(ideas.length * k * 3);
	ideas.forEach((idea, place) => {
		for (let group = 0; group < k; group++) {
			const cell = shown.get(idea)?.get(letterOf(group));
			if (cell) counts.set([cell.disagree, cell.pass, cell.agree], (place * k + group) * 3);
		}
	});
	return { k, counts };
}

function groupsOf(
	{ ideas, hidden, model, sizes, found }: Computed,
	counts: GroupCounts,
	before: PublishedMap | null
): PublishedGroup[] {
	const { representative: most, falseDiscoveries } = found.settings;
	const representative = representativeIdeas(counts, ideas.length, { most, falseDiscoveries });
	return model.centres.map((centre, group) => {
		const letter = letterOf(group);
		const sizeBefore = before?.groups?.find((one) => one.letter === letter)?.people ?? null;
		return {
			letter,
			people: sizeToPublish(sizes[group]!, before?.k === model.centres.length ? sizeBefore : null),
			centre: { x: inSteps(centre.x), y: inSteps(centre.y) },
			representative: representative[group]!.filter(({ idea }) => hidden[idea] === 0).map(
				({ idea, says, said, spoken, saidElsewhere, spokenElsewhere }) => ({
					...{ idea: ideas[idea]!, says, said, spoken, saidElsewhere, spokenElsewhere }
				})
			)
		};
	});
}

const mostCommon = 10;

/** Of ideas of which every group is shown: those that more than half of each group agree to. */
function commonIdeas({ ideas, hidden, bridging, disputed }: Computed, counts: GroupCounts): CommonIdea[] {
	const consensus = groupAwareConsensus(counts, ideas.length);
	const groups = Array.from({ length: counts.k }, (_, group) => group);
	return [...ideas.keys()]
		.filter((place) => hidden[place] === 0 && groups.every((group) => mostAgree(saidBy(counts, place, group))))
		.sort((one, other) => consensus[other]! - consensus[one]! || one - other)
		.slice(0, mostCommon)
		.map((place) => ({
			idea: ideas[place]!,
			consensus: hundredths(consensus[place]!),
			bridging: Number.isNaN(bridging[place]!) ? null : hundredths(bridging[place]!),
			isDisputed: disputed[place] === 1
		}));
}

function mostAgree({ agree, spoken }: { readonly agree: number; readonly spoken: number }): boolean {
	return agree > spoken / 2;
}

/** Of each square the group whose middle is nearest to its own. */
function territoryOf({ columns, rows, x, y, side }: Grid, centres: readonly Centre[]): number[] {
	return Array.from({ length: columns * rows }, (_, square) => {
		const middle = { x: x + ((square % columns) + 0.5) * side, y: y + (Math.floor(square / columns) + 0.5) * side };
		return nearest(middle, centres)!;
	});
}

function hundredths(value: number): number {
	return Math.round(100 * value) / 100 + 0;
}
