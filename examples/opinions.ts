import type { GroupKey } from './institution.ts';
import { ideas, type IdeaInLanguage } from './ideas/ideas.ts';
import type { Reception } from './ideas/idea.ts';
import { people, type ExamplePerson } from './people.ts';
import { seeded, type Seeded } from './seeded.ts';

export interface ExampleOpinion {
	person: number;
	idea: string;
	value: -1 | 0 | 1;
}

/** What the fifty think of the ideas, as their groups and the reception of each idea make likely: about five in six ideas each. */
export function opinionsOfThePeople(): ExampleOpinion[] {
	const random = seeded(2013);
	return people.flatMap((person) => {
		// across the groups some are for more caution and some for more freedom: what divides people where groups do not
		const caution = random.normal();
		return ideas.flatMap((idea) => opinionOf(person, idea, caution, random));
	});
}

function opinionOf(person: ExamplePerson, idea: IdeaInLanguage, caution: number, random: Seeded): ExampleOpinion[] {
	// every person uses the same amount of chance for every idea, so that a change to one idea leaves the others as they were
	const [shows, leans, passes] = [random.next(), random.next(), random.next()];
	if (isUnheard(idea.reception, person.groups) || (shows > 0.85 && idea.author !== person.number)) return [];
	if (idea.author === person.number) return [{ person: person.number, idea: idea.key, value: 1 }];
	if (passes < (idea.reception === 'consensus' ? 0.03 : 0.08)) return [{ person: person.number, idea: idea.key, value: 0 }];
	return [
		{ person: person.number, idea: idea.key, value: leans < shareOfAgreement(idea.reception, person.groups, caution) ? 1 : -1 }
	];
}

function shareOfAgreement(reception: Reception, groups: readonly GroupKey[], caution: number): number {
	const isOf = (named: readonly GroupKey[]) => groups.some((group) => named.includes(group));
	if (reception === 'consensus') return 0.96;
	if (reception === 'welcome') return 0.78;
	if (reception === 'divided') return caution > 0 ? 0.85 : 0.15;
	if (reception === 'rejected') return 0.15;
	if ('blockedBy' in reception) return isOf(reception.blockedBy) ? 0.1 : 0.88;
	if ('wantedBy' in reception) return isOf(reception.wantedBy) ? 0.88 : 0.2;
	return 0.82;
}

function isUnheard(reception: Reception, groups: readonly GroupKey[]): boolean {
	return (
		typeof reception === 'object' && 'unheardFrom' in reception && groups.some((group) => reception.unheardFrom.includes(group))
	);
}
