import type { Canonical } from './canonical.ts';
import { groupsStated, opinionKinds, type Tables } from './counts.ts';

/**
 * The same counts with one voice for each organisation: what its people of a group say to an idea is shared out among them, so that five
 * delegates of one ministry weigh as one, split as they are split (their mean; a majority would make a voice of three against two as sure as
 * one of five). Who has no organisation keeps a voice of their own.
 * @returns (disagree, pass, agree) of idea i and group g at `(i * groups + g) * 3`; numbers of voices, in fractions
 */
export function countVoices(canonical: Canonical, { groups, byGroup }: Tables): Float64Array {
	const voices = Float64Array.from(byGroup);
	const { first, people } = peopleByOrganisation(canonical);
	const stated = groupsStated(canonical.statements, groups - 1);
	const tally = new Uint32Array(byGroup.length);
	for (let organisation = 0; organisation + 1 < first.length; organisation++) {
		const [start, end] = [first[organisation]!, first[organisation + 1]!];
		// who speaks alone shares with nobody
		if (end - start > 1)
			shareOut(canonical, { organisation, people: people.subarray(start, end), groups, stated, tally, voices });
	}
	return voices;
}

interface Sharing {
	readonly organisation: number;
	readonly people: Uint32Array;
	readonly groups: number;
	readonly stated: ReturnType<typeof groupsStated>;
	/** all 0 before and after */
	readonly tally: Uint32Array;
	readonly voices: Float64Array;
}

function shareOut({ matrix, statement, statements }: Canonical, sharing: Sharing): void {
	const { organisation, people, groups, stated, tally, voices } = sharing;
	const spoken: number[] = [];
	for (const person of people)
		for (let at = matrix.starts[person]!; at < matrix.starts[person + 1]!; at++) {
			const place = statement[at]!;
			if (statements.organisation[place] !== organisation) continue;
			for (let one = stated.first[place]!; one < stated.first[place + 1]!; one++) {
				const cell = (matrix.idea[at]! * groups + stated.group[one]!) * opinionKinds;
				if (tally[cell]! + tally[cell + 1]! + tally[cell + 2]! === 0) spoken.push(cell);
				tally[cell + matrix.value[at]! + 1]!++;
			}
		}
	for (const cell of spoken) {
		const all = tally[cell]! + tally[cell + 1]! + tally[cell + 2]!;
		for (let kind = cell; kind < cell + opinionKinds; kind++) {
			voices[kind]! += tally[kind]! / all - tally[kind]!;
			tally[kind] = 0;
		}
	}
}

/** The people who ever spoke for each organisation; those of organisation o at `first[o]` up to `first[o + 1]`. */
function peopleByOrganisation({ matrix, statement, statements }: Canonical): { first: Uint32Array; people: Uint32Array } {
	const organisations = statements.organisation.reduce((most, one) => Math.max(most, one + 1), 0);
	const first = new Uint32Array(organisations + 1);
	eachSpeaker((organisation) => first[organisation + 1]!++);
	for (let one = 0; one < organisations; one++) first[one + 1]! += first[one]!;
	const people = new Uint32Array(first[organisations]!);
	const next = first.slice();
	eachSpeaker((organisation, person) => (people[next[organisation]!++] = person));
	return { first, people };

	function eachSpeaker(tell: (organisation: number, person: number) => void): void {
		const last = new Int32Array(organisations).fill(-1);
		for (let person = 0; person < matrix.people; person++)
			for (let at = matrix.starts[person]!; at < matrix.starts[person + 1]!; at++) {
				const organisation = statements.organisation[statement[at]!]!;
				if (organisation === -1 || last[organisation] === person) continue;
				last[organisation] = person;
				tell(organisation, person);
			}
	}
}
