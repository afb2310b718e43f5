import { inOrderOfArrival } from '#engines/agreement/arrival.ts';
import { inCanonicalOrder } from '#engines/agreement/canonical.ts';
import { compatibleGroups } from '#engines/agreement/compatible.ts';
import { discover } from '#engines/agreement/discovered.ts';
import { countByGroup, groupAwareConsensus } from '#engines/agreement/group-counts.ts';
import { levelOf, usualThresholds, type Level } from '#engines/agreement/levels.ts';
import type { Stability } from '#engines/agreement/stability.ts';
import type { PolisOpinions } from './strict.ts';

/** What is found in a conversation of which nobody declared a stakeholder group; ids are those of its files. */
export interface ConversationResult {
	readonly mode: 'default' | 'compatible';
	readonly ideas: readonly ConversationIdea[];
	readonly people: readonly { readonly id: number; readonly group: number | null }[];
	/** 0: people do not fall into groups */
	readonly k: number;
	readonly sizes: readonly number[];
	readonly silhouette: number;
	/** null in compatible mode, which says nothing of it */
	readonly stability: Stability | null;
	/** of each group the ideas that tell it from the rest */
	readonly representative: readonly (readonly { readonly idea: number; readonly says: 'agree' | 'disagree' }[])[];
	/** ids of ideas */
	readonly shortlist: readonly number[];
}

export interface ConversationIdea {
	readonly id: number;
	readonly isHidden: boolean;
	/** without declared groups always "not-heard" */
	readonly level: Level;
	/** null where there are no groups, or nobody spoke; in default mode of hidden ideas, too */
	readonly groupAwareConsensus: number | null;
	readonly bridging: number | null;
	readonly isDisputed: boolean;
	/** people, by the last thing each said */
	readonly agree: number;
	readonly disagree: number;
	readonly pass: number;
}

interface Wishes {
	readonly isCompatible: boolean;
	/** told while stability is worked out */
	progress(done: number, of: number): void;
}

export function agreementOfConversation(opinions: PolisOpinions, wishes: Wishes): ConversationResult {
	return wishes.isCompatible ? asPolisFinds(opinions) : asWeFind(opinions, wishes);
}

/** Of places, to four decimals where it is a figure of ours; Polis' own figures are compared and stay as they are. */
interface Found extends Pick<
	ConversationResult,
	'mode' | 'k' | 'sizes' | 'silhouette' | 'stability' | 'representative' | 'shortlist'
> {
	/** by place of the person in the files; −1: none */
	readonly group: Int32Array;
	readonly ideaAt: (place: number) => Pick<ConversationIdea, 'groupAwareConsensus' | 'bridging' | 'isDisputed'>;
}

function asPolisFinds(opinions: PolisOpinions): ConversationResult {
	const count = opinions.ideas.length;
	const { matrix, person } = inOrderOfArrival(opinions, count);
	const leftOut = Uint8Array.from(opinions.ideas, ({ isHidden }) => (isHidden ? 1 : 0));
	const found = compatibleGroups(matrix, leftOut);
	const consensus = groupAwareConsensus(countByGroup(matrix, found.group, found.k), count);
	const isSpokenTo = new Uint8Array(count);
	for (const idea of matrix.idea) isSpokenTo[idea] = 1;
	const sizes = new Array<number>(found.k).fill(0);
	for (const group of found.group) if (group >= 0) sizes[group]! += 1;
	return told(opinions, {
		mode: 'compatible',
		...{ k: found.k, sizes, silhouette: found.silhouette, stability: null, representative: [], shortlist: [] },
		group: byPlace(opinions, person, (at) => found.group[at]!),
		ideaAt: (place) => ({
			groupAwareConsensus: found.k > 0 && isSpokenTo[place] === 1 ? consensus[place]! : null,
			bridging: null,
			isDisputed: false
		})
	});
}

function asWeFind(opinions: PolisOpinions, wishes: Wishes): ConversationResult {
	const { people, ideas, person, idea, value, time } = opinions;
	const nobodySaid = people.length;
	const { matrix, participant } = inCanonicalOrder({
		opinions: { profile: person, idea, value, time },
		profiles: {
			participant: new Uint32Array(nobodySaid).map((_, place) => place),
			number: new Uint16Array(nobodySaid),
			groups: new Uint32Array(nobodySaid),
			region: new Int32Array(nobodySaid).fill(-1),
			organisation: new Int32Array(nobodySaid).fill(-1),
			assurance: new Uint8Array(nobodySaid)
		},
		ideas: {
			id: Uint32Array.from(ideas, (_, place) => place),
			hidden: Uint8Array.from(ideas, ({ isHidden }) => (isHidden ? 1 : 0))
		},
		...{ groups: [], regions: [], assurances: ['stated'], stances: null }
	});
	const found = discover(matrix, new Uint32Array(matrix.people), undefined, (done, of) => wishes.progress(done, of));
	const idOf = (place: number) => ideas[place]!.id;
	return told(opinions, {
		mode: 'default',
		...{ k: found.k, sizes: found.groups.map((group) => group.people), silhouette: found.silhouette, stability: found.stability },
		representative: found.groups.map(({ representative }) =>
			representative.map(({ idea: place, ...one }) => ({ ...one, idea: idOf(place) }))
		),
		shortlist: found.shortlist.ideas.map((chosen) => idOf(chosen.idea)),
		group: byPlace(opinions, participant, (at) => found.people[at] ?? -1),
		ideaAt(place) {
			const { groupAwareConsensus: consensus, bridging, isDisputed } = found.ideas[place]!;
			return { groupAwareConsensus: consensus, bridging, isDisputed };
		}
	});
}

function byPlace({ people }: PolisOpinions, order: Uint32Array, groupAt: (at: number) => number): Int32Array {
	const group = new Int32Array(people.length).fill(-1);
	order.forEach((place, at) => (group[place] = groupAt(at)));
	return group;
}

function told(opinions: PolisOpinions, given: Found): ConversationResult {
	const { group, ideaAt, ...found } = given;
	const counts = lastOpinions(opinions, found.mode);
	const { level } = levelOf([], usualThresholds);
	return {
		...found,
		ideas: opinions.ideas.map(({ id, isHidden }, place) => {
			const [disagree, pass, agree] = counts.subarray(3 * place, 3 * place + 3);
			return { id, isHidden, level, ...ideaAt(place), agree: agree!, disagree: disagree!, pass: pass! };
		}),
		people: opinions.people.map((id, place) => ({ id, group: group[place]! < 0 ? null : group[place]! }))
	};
}

/** Of each idea, hidden ones too, how many disagree, pass and agree. */
function lastOpinions(opinions: PolisOpinions, mode: ConversationResult['mode']): Uint32Array {
	const { matrix } = inOrderOfArrival(opinions, opinions.ideas.length, mode === 'compatible' ? 'by-row' : 'by-value');
	const counts = new Uint32Array(3 * opinions.ideas.length);
	matrix.idea.forEach((idea, at) => (counts[3 * idea + matrix.value[at]! + 1]! += 1));
	return counts;
}
