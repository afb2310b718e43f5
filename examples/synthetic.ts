import { groupKeys, regionKeys, type GroupKey, type RegionKey } from './institution.ts';
import { seeded } from './seeded.ts';

/**
 * A second talk of invented people, large enough that figures by group can be seen: 2,000 participants, 120 ideas, about 60,000 opinions.
 *
 * The model has one latent line. A person stands on it at the mean of their group plus their own deviation; an idea has an appeal (how
 * much everybody likes it) and a slope (how much it divides along the line). P(agree) = logistic(appeal + slope × position). People judge
 * few ideas or many, as in real talks, beginning with the first ones. All four levels of support come of it.
 */
export interface SyntheticTalk {
	people: {
		number: number;
		group: GroupKey;
		region: RegionKey;
		assurance: 'browser' | 'e-mail' | 'invited' | 'organisation-verified';
	}[];
	ideas: { number: number; point: string; question: number; author: number }[];
	opinions: { person: number; idea: number; value: -1 | 0 | 1 }[];
}

/** Where the groups stand on the line; within a group people differ as much as groups do. */
const positions: Readonly<Record<GroupKey, number>> = {
	governments: 1.2,
	'private-sector': -0.3,
	'civil-society': -0.9,
	'technical-community': -1.1,
	academia: -0.4,
	intergovernmental: 0.8
};
const shares: readonly (readonly [GroupKey, number])[] = [
	['civil-society', 0.34],
	['private-sector', 0.22],
	['technical-community', 0.18],
	['academia', 0.14],
	['governments', 0.08],
	['intergovernmental', 0.04]
];
const acts = ['Publish', 'Measure', 'Fund', 'Teach', 'Share', 'Simplify', 'Translate', 'Review', 'Protect', 'Open'];
const things = [
	'the costs of rural connections',
	'training for judges in digital cases',
	'the energy that data centres use',
	'tests of public services with their users',
	'spectrum for community networks',
	'the languages of public websites',
	'warnings about security holes',
	'the rules for sea cables',
	'research on harmful content',
	'emergency calls over the Internet',
	'statistics on women in technical professions',
	'public procurement of software'
];

export function syntheticTalk(seed = 42, size = { people: 2000, ideas: 120 }): SyntheticTalk {
	const random = seeded(seed);
	const people = Array.from({ length: size.people }, (_, index) => {
		const group = groupAt(random.next());
		return {
			number: index + 1,
			group,
			region: random.pick(regionKeys),
			assurance: random.pick(['browser', 'browser', 'browser', 'e-mail', 'invited', 'organisation-verified'] as const),
			position: positions[group] + random.normal(),
			// most judge a handful, some judge nearly all
			judges: Math.min(size.ideas, Math.ceil(size.ideas * (0.04 + 0.9 * random.next() ** 3.2)))
		};
	});
	const ideas = Array.from({ length: size.ideas }, (_, index) => ({
		number: index + 1,
		point: `${acts[index % acts.length]} ${things[Math.floor(index / acts.length) % things.length]}${index >= acts.length * things.length ? ` (${index + 1})` : ''}.`,
		question: index % 3,
		author: 1 + random.below(size.people),
		appeal: 0.9 * random.normal() + 0.5,
		slope: index % 4 === 0 ? 1.4 * random.normal() : 0.25 * random.normal()
	}));
	const opinions = people.flatMap(({ number, group, position, judges }) => {
		const first = random.below(size.ideas);
		const given = Array.from({ length: judges }, (_, step) => {
			const idea = ideas[(first + step) % size.ideas]!;
			const passes = random.next() < 0.1;
			const agrees = random.next() < 1 / (1 + Math.exp(-(idea.appeal + idea.slope * position)));
			return { person: number, idea: idea.number, value: passes ? (0 as const) : agrees ? (1 as const) : (-1 as const) };
		});
		return given.filter(({ idea }) => unheardOn(idea) !== group);
	});
	return {
		people: people.map(({ number, group, region, assurance }) => ({ number, group, region, assurance })),
		ideas: ideas.map(({ number, point, question, author }) => ({ number, point, question, author })),
		opinions
	};
}

/** On every fifth idea one group says nothing, so that it can be seen what silence does to a level. */
function unheardOn(idea: number): GroupKey | null {
	return idea % 5 === 3 ? (['intergovernmental', 'governments', 'academia'] as const)[Math.floor(idea / 5) % 3]! : null;
}

function groupAt(place: number): GroupKey {
	let upTo = 0;
	for (const [group, share] of shares) {
		upTo += share;
		if (place < upTo) return group;
	}
	return groupKeys[0];
}
