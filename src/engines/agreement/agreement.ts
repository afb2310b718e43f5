/**
 * Where stakeholder groups meet, and where they do not.
 *
 * The problem. People say agree, disagree or pass to ideas, most of them to few of many. To add up votes over everybody hides a small group
 * that says no: governments are six among sixty, and an idea that all but they like looks better than one that all can live with. What
 * consultations between stakeholders mean by consensus is something else: that no important part of the concerned interests keeps opposing
 * (ISO/IEC Guide 2), which nobody finds in a mean.
 *
 * What is done.
 * 1. Opinions are put in an order that follows from what was said alone (canonical.ts).
 * 2. Each idea is counted in each declared group, by person and with one voice for each organisation (counts.ts, organisations.ts), and each
 *    count becomes a range for the share that agrees, by Jeffreys' prior: Brown, Cai and DasGupta, "Interval estimation for a binomial
 *    proportion" (2001). Who passes stands beside and takes no side. Texts that raise, support or oppose an idea are counted in columns of
 *    their own.
 * 3. The ranges give a level of support, in the words of the GNSO Working Group Guidelines of ICANN (levels.ts): consensus, strong support but
 *    significant opposition, divergence, and not enough heard. Ideas are ordered by the lower bound of the heard group that agrees least.
 * 4. The same is weighed otherwise, each group, region, or group in a region the same, to see whether the majority depends on who came
 *    (weighting.ts); of tables of groups by regions only what tells nobody's opinion is given (withholding.ts, after Gusfield 1988).
 * 5. Without asking who people are: along which lines they differ most and which groups that makes, as Small et al., "Polis: scaling
 *    deliberation by mapping high dimensional opinion spaces" (2021) do; how stable those are under resampling (Efron's bootstrap); what tells
 *    them apart, all tests judged together (Benjamini and Hochberg 1995; what that does not promise is said in representative.ts); what bridges them, with groups and without (the factors
 *    of Community Notes, Wojcik et al. 2022); whether they are the declared ones (Cramér's V, adjusted Rand index, Hubert and Arabie 1985); and
 *    a short list in which each sizeable minority finds an idea of its own (Aziz et al., "Justified representation", 2017).
 *
 * What differs from Polis, and why. Polis has discovered groups only, which come out otherwise when the same people arrive in another order, and
 * names them all the same; here nothing depends on arrival, and groups that do not come back under resampling are said not to be stable.
 * Its group-aware consensus multiplies (A + 1) / (S + 2) over groups, so that it grows with turnout and counts a pass as half a no; here the
 * range says how much is known, and who has not spoken is named instead of counted. Who wants Polis' own figures has compatible.ts.
 *
 * What always holds. The same result, to the byte, for any order of rows and any naming of people (but for the ids in `people`). One more agree
 * from a person of heard groups never lowers the score of an idea. Nothing is NaN, whatever is missing. Nothing is looked up: no clock, no chance but
 * that of the seed.
 *
 * What it costs. O(opinions × groups of a person) for counting, O(people log people) for the order, a quantile of microseconds for each
 * different count; the bootstrap takes most of the time and may be left out. Beside the nine bytes of each row that come in, nine stay and four
 * more are needed in between.
 */
import { inCanonicalOrder, type Canonical } from './canonical.ts';
import { declaredAgreement } from './declared.ts';
import { discover, usualDiscovery, type Discovered, type DiscoverySettings } from './discovered.ts';
import { checkInput, type AgreementInput } from './input.ts';
import { usualThresholds, type Thresholds } from './levels.ts';
import type { AgreementResult, DiscoveredFound } from './result.ts';
import { crossTable, type Crossing } from './weighting.ts';

export interface AgreementSettings {
	readonly thresholds: Thresholds;
	/** cells of a table of groups by regions that hold fewer people are not shown */
	readonly fewest: number;
	readonly discovery: DiscoverySettings;
}

export const usualSettings: AgreementSettings = { thresholds: usualThresholds, fewest: 5, discovery: usualDiscovery };

/** The label of those who state none, in tables and in the cells that are published. */
const notStated = 'not-stated';

interface Watching {
	/** told how much is done, from 0 to 1 */
	readonly progress?: (share: number) => void;
}

/**
 * The whole computation.
 * @throws UnfitInput where the input cannot be counted
 */
export function agreement(input: AgreementInput, settings = usualSettings, { progress }: Watching = {}): AgreementResult {
	checkInput(input);
	const canonical = inCanonicalOrder(input);
	progress?.(0.1);
	const crossing: Crossing = {
		groups: [...input.groups, notStated],
		regions: [...input.regions, notStated],
		fewest: settings.fewest
	};
	const declared = declaredAgreement({ input, canonical, crossing, thresholds: settings.thresholds });
	progress?.(0.2);
	const groupsOf = canonical.latest.map((statement) => canonical.statements.groups[statement]!);
	const discovered = discover(canonical.matrix, groupsOf, settings.discovery, (done, of) => progress?.(0.3 + (0.7 * done) / of));
	const { given, shown } = whatCounts(input, canonical);
	progress?.(1);
	return {
		form: 1,
		settings,
		groups: input.groups,
		regions: input.regions,
		opinions: { given, ...canonical.left },
		people: Array.from(canonical.participant, (id, person) => ({ id, group: discovered.people[person]! })).sort(
			(one, other) => one.id - other.id
		),
		peopleCrossed: peopleCrossed(canonical, crossing),
		ideas: declared.map((idea, place) => {
			const { groups: discoveredGroups, ...found } = discovered.ideas[shown[place]!]!;
			return { ...idea, ...found, discoveredGroups };
		}),
		discovered: withIds(discovered, input, shown)
	};
}

function whatCounts({ ideas }: AgreementInput, { matrix }: Canonical) {
	const places = Array.from(ideas.id.keys());
	return { given: matrix.idea.length, shown: places.filter((idea) => ideas.hidden[idea] === 0) };
}

/** Names ideas by their ids instead of their places. */
function withIds(found: Discovered, { ideas }: AgreementInput, shown: readonly number[]): DiscoveredFound {
	const { k, silhouette, stability, groups, divide, shortlist, map } = found;
	const id = (place: number) => ideas.id[place]!;
	return {
		...{ k, silhouette, stability, divide },
		groups: groups.map(({ people, representative }) => ({
			people,
			representative: representative.map((one) => ({ ...one, idea: id(one.idea) }))
		})),
		shortlist: {
			...shortlist,
			ideas: shortlist.ideas.map((one) => ({ ...one, idea: id(one.idea) })),
			missing: shortlist.missing.map(id)
		},
		map: {
			means: shown.map((place) => map.means[place]!),
			first: shown.map((place) => map.first[place]!),
			second: shown.map((place) => map.second[place]!),
			centres: map.centres
		}
	};
}

function peopleCrossed({ matrix, latest, statements }: Canonical, crossing: Crossing) {
	const [groups, regions] = [crossing.groups.length, crossing.regions.length];
	const cells = new Uint32Array(groups * regions);
	const ofRegion = new Uint32Array(regions);
	for (let person = 0; person < matrix.people; person++) {
		if (matrix.starts[person] === matrix.starts[person + 1]) continue;
		const statement = latest[person]!;
		const region = statements.region[statement] === -1 ? regions - 1 : statements.region[statement]!;
		const stated = statements.groups[statement]!;
		ofRegion[region]!++;
		for (let group = 0; group < groups; group++)
			if (group === groups - 1 ? stated === 0 : (stated & (1 << group)) !== 0) cells[group * regions + region]!++;
	}
	return crossTable<number>(crossing, {
		cell: (group, region) => cells[group * regions + region]!,
		ofGroup: (group) => cells.subarray(group * regions, (group + 1) * regions).reduce((sum, one) => sum + one, 0),
		ofRegion: (region) => ofRegion[region]!,
		peopleIn: (people) => people
	});
}
