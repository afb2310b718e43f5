import { agreement, usualSettings } from '#engines/agreement/agreement.ts';
import { inCanonicalOrder } from '#engines/agreement/canonical.ts';
import { declaredAgreement } from '#engines/agreement/declared.ts';
import { countByGroup, groupAwareConsensus } from '#engines/agreement/group-counts.ts';
import { opinionGroups } from '#engines/agreement/groups.ts';
import { checkInput, type AgreementInput } from '#engines/agreement/input.ts';
import { whatWasGiven } from '../talk/shipped.ts';
import { consultation } from './consultation.ts';

/** A process that has done nothing else computes once, and tells how long that took and how large it was at most. */
const { people, ideas, opinions, what } = await whatWasGiven<Computing>();
const input = consultation(people, ideas, opinions);
const rows = input.opinions.idea.length;
const begun = { wall: performance.now(), cpu: process.cpuUsage() };
const k = what === 'core' ? core(input) : whole(input);
const { user, system } = process.cpuUsage(begun.cpu);
const computed: Computed = {
	opinions: rows,
	k,
	seconds: (performance.now() - begun.wall) / 1000,
	cpuSeconds: (user + system) / 1e6,
	peakMiB: process.resourceUsage().maxRSS / 1024
};
console.log(JSON.stringify(computed));

/** Components, groups, counts and intervals of each group, consensus. */
function core(given: AgreementInput): number {
	checkInput(given);
	const canonical = inCanonicalOrder(given);
	const crossing = { groups: [...given.groups, 'not-stated'], regions: [...given.regions, 'not-stated'], fewest: 5 };
	declaredAgreement({ input: given, canonical, crossing, thresholds: usualSettings.thresholds });
	const found = opinionGroups(canonical.matrix, { seed: 1 });
	groupAwareConsensus(countByGroup(canonical.matrix, found.group, found.k), given.ideas.id.length);
	return found.k;
}

/** Everything but the bootstrap. */
function whole(given: AgreementInput): number {
	const settings = { ...usualSettings, discovery: { ...usualSettings.discovery, resamples: 0 } };
	return agreement(given, settings).discovered.k;
}

export interface Computing {
	readonly people: number;
	readonly ideas: number;
	readonly opinions: number;
	readonly what: 'core' | 'whole';
}

export interface Computed {
	readonly opinions: number;
	/** groups found */
	readonly k: number;
	readonly seconds: number;
	readonly cpuSeconds: number;
	/** of the whole process, the input in it */
	readonly peakMiB: number;
}
