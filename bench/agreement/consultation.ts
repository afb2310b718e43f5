import type { AgreementInput } from '#engines/agreement/input.ts';
import { synthetic } from './synthetic.ts';

/** A made-up consultation as the engine takes it in: six groups, five regions, every third person of an organisation; one in five of two groups. */
export function consultation(people: number, ideas: number, opinions: number): AgreementInput {
	const made = synthetic(people, ideas, opinions);
	return {
		opinions: { profile: made.person, idea: made.idea, value: made.value, time: null },
		profiles: {
			participant: upTo(people),
			number: new Uint16Array(people).fill(1),
			groups: Uint32Array.from(made.declared, (group, person) => (1 << group) | (person % 5 === 0 ? 1 << (person % 6) : 0)),
			region: Int32Array.from(made.region),
			organisation: Int32Array.from(upTo(people), (person) => (person % 3 === 0 ? person % 997 : -1)),
			assurance: new Uint8Array(people)
		},
		ideas: { id: upTo(ideas).map((place) => place + 1), hidden: new Uint8Array(ideas) },
		groups: ['governments', 'private-sector', 'civil-society', 'technical-community', 'academia', 'intergovernmental'],
		regions: ['africa', 'asia-pacific', 'eastern-europe', 'latin-america-caribbean', 'western-europe-others'],
		assurances: ['browser'],
		stances: null
	};
}

function upTo(count: number): Uint32Array {
	return new Uint32Array(count).map((_, place) => place);
}
