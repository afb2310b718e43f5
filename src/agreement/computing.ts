import { inCanonicalOrder } from '#engines/agreement/canonical.ts';
import { discover, usualDiscovery, type Discovered, type DiscoverySettings } from '#engines/agreement/discovered.ts';
import { checkInput, type AgreementInput } from '#engines/agreement/input.ts';
import { cellsOf, placeEverybody, type Axes, type Model } from '#agreement/placing.ts';

/** What was published last, as far as the next edition depends on it. */
export interface Before {
	readonly edition: number;
	/** null: there was no map */
	readonly map: { readonly model: Model; readonly axes: Axes } | null;
}

/** All that a computation of a whole topic finds that is kept or published; ideas in columns, by the places of `ideas`. */
export interface Computed {
	/** of the edition on which it rests; 0: none */
	readonly edition: number;
	/** what was found, without people and ideas */
	readonly found: Found;
	readonly ideas: Uint32Array;
	/** 1: cannot be seen */
	readonly hidden: Uint8Array;
	/** people who gave an opinion */
	readonly people: number;
	readonly model: Model;
	/** null: as before */
	readonly axes: { readonly means: Float64Array; readonly first: Float64Array; readonly second: Float64Array } | null;
	/** people of each group, and of those in none */
	readonly sizes: readonly number[];
	/** see cellsOf */
	readonly cells: Uint32Array;
	/** NaN: nobody spoke */
	readonly bridging: Float64Array;
	readonly disputed: Uint8Array;
}

export interface Found extends Omit<Discovered, 'map' | 'people' | 'ideas'> {
	readonly settings: DiscoverySettings;
	/** opinions that count, and those left out because their idea is hidden */
	readonly opinions: { readonly given: number; readonly hidden: number };
}

/**
 * Everything that costs time, pure, for a thread of its own. What declared groups say needs none of it: their levels follow from published cells,
 * a few ideas at a time.
 */
export function compute(input: AgreementInput, before: Before | null, progress: (share: number) => void): Computed {
	checkInput(input);
	const { matrix, latest, statements, left } = inCanonicalOrder(input);
	progress(ordered);
	const declared = latest.map((statement) => statements.groups[statement]!);
	const discovered = discover(matrix, declared, usualDiscovery, (done, of) => progress(ordered + (0.95 - ordered) * (done / of)));
	const { map, people: _people, ideas, ...found } = discovered;
	const axes = { means: map.means, first: map.first, second: map.second };
	const placed = placeEverybody(input, { axes, centres: map.centres }, before?.map ?? null);
	const k = placed.model.centres.length;
	const sizes = new Array<number>(k + 1).fill(0);
	for (const group of placed.group) sizes[group < 0 ? k : group]!++;
	return {
		edition: before?.edition ?? 0,
		found: { ...found, settings: usualDiscovery, opinions: { given: matrix.idea.length, hidden: left.hidden } },
		ideas: input.ideas.id,
		hidden: input.ideas.hidden,
		people: placed.standing.x.length,
		model: placed.model,
		axes: placed.isNew ? columnsOf(placed.axes) : null,
		sizes,
		cells: cellsOf(input, placed),
		bridging: Float64Array.from(ideas, ({ bridging }) => bridging ?? NaN),
		disputed: Uint8Array.from(ideas, ({ isDisputed }) => (isDisputed ? 1 : 0))
	};
}

/** of the time: reading it into the engine's order */
const ordered = 0.15;

function columnsOf({ means, first, second }: Axes) {
	return { means: Float64Array.from(means), first: Float64Array.from(first), second: Float64Array.from(second) };
}
