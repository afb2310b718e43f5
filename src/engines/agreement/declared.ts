import type { Canonical } from './canonical.ts';
import { countOpinions, countsAt, type Counts, type Tables } from './counts.ts';
import type { AgreementInput, StanceCounts } from './input.ts';
import { intervals, stated, type Interval } from './intervals.ts';
import { byScore, levelFrom, type Support, type Thresholds } from './levels.ts';
import { countVoices } from './organisations.ts';
import type { GroupFound, IdeaDeclared, StancesFound, WeightingFound } from './result.ts';
import { rounded } from './rounding.ts';
import { crossTableOf, weighed, type Crossing } from './weighting.ts';

/** What the declared part of the computation looks at. */
export interface Declaring {
	readonly input: AgreementInput;
	readonly canonical: Canonical;
	readonly crossing: Crossing;
	readonly thresholds: Thresholds;
}

/** What each idea that is not hidden finds among declared groups and regions; ascending by id. */
export function declaredAgreement(asked: Declaring): IdeaDeclared[] {
	const { input, canonical, thresholds } = asked;
	const tables = countOpinions(canonical, input.groups.length, input.regions.length);
	const voices = countVoices(canonical, tables);
	const interval = intervals();
	const shown = Array.from(input.ideas.id.keys()).filter((idea) => input.ideas.hidden[idea] === 0);
	const groups = shown.map((idea) => input.groups.map((_, group) => intervalOf(tables.ofGroup(idea, group))));
	const supports = groups.map((some) =>
		levelFrom(
			some.map(({ n, share, lower80, upper80 }, place) => ({
				...{ group: input.groups[place]!, n, share },
				...{ lower: lower80, upper: upper80 }
			})),
			thresholds
		)
	);
	const ranks = ranked(supports);
	return shown.map((idea, place) => ({
		id: input.ideas.id[idea]!,
		...overall(asked, tables, idea),
		agreement: stated(intervalOf(tables.all(idea))),
		groups: groups[place]!.map((found, group) => groupFound(idea, group, found)),
		notStated: tables.ofGroup(idea, input.groups.length),
		...supportFound(supports[place]!),
		rank: ranks[place]!,
		stances: stancesOf(input.stances, idea * (input.groups.length + 1) + input.groups.length)
	}));

	function intervalOf({ agree, disagree }: Counts): Interval {
		return interval(agree, disagree);
	}

	function groupFound(idea: number, group: number, found: Interval): GroupFound {
		const { agree, disagree, pass } = countsAt(voices, idea * tables.groups + group);
		return {
			people: tables.ofGroup(idea, group),
			agreement: stated(found),
			voices: { agree: rounded(agree, 2), disagree: rounded(disagree, 2), pass: rounded(pass, 2) },
			// whole numbers that fractions add up to are whole again
			agreementOfVoices: stated(interval(rounded(agree, 9), rounded(disagree, 9))),
			stances: stancesOf(input.stances, idea * (input.groups.length + 1) + group)
		};
	}
}

function overall({ crossing, thresholds }: Declaring, tables: Tables, idea: number) {
	const all = tables.all(idea);
	const crossed = crossTableOf(crossing, tables, idea);
	return { all, crossed, weighting: roundedWeighting(weighed(all, crossed, thresholds.majority)) };
}

function supportFound({ level, favouredBy, opposedBy, notHeardFrom, score }: Support) {
	return { level, favouredBy, opposedBy, notHeardFrom, score: score === null ? null : rounded(score, 4) };
}

function roundedWeighting({ observed, equalGroups, equalRegions, equalCells, conclusion }: WeightingFound): WeightingFound {
	const share = (value: number | null) => (value === null ? null : rounded(value, 4));
	return {
		observed: share(observed),
		equalGroups: share(equalGroups),
		equalRegions: share(equalRegions),
		equalCells: share(equalCells),
		conclusion
	};
}

/** Equals share the rank of the first of them. */
function ranked(supports: readonly Support[]): number[] {
	const order = Array.from(supports.keys()).sort((one, other) => byScore(supports[one]!, supports[other]!) || one - other);
	const ranks: number[] = [];
	order.forEach((idea, place) => {
		const before = order[place - 1];
		ranks[idea] = before !== undefined && byScore(supports[before]!, supports[idea]!) === 0 ? ranks[before]! : place + 1;
	});
	return ranks;
}

function stancesOf(stances: StanceCounts | null, at: number): StancesFound {
	if (stances === null) return { raises: 0, supports: 0, opposes: 0 };
	return { raises: stances.raises[at]!, supports: stances.supports[at]!, opposes: stances.opposes[at]! };
}
