import type { Language } from '#languages/languages.ts';
import { arabic } from './ar.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { russian } from './ru.ts';
import { chinese } from './zh.ts';
import type { ExampleIdea } from './idea.ts';

export type IdeaInLanguage = ExampleIdea & { language: Language };

const inLanguage = (language: Language, ideas: readonly ExampleIdea[]): IdeaInLanguage[] =>
	ideas.map((idea) => ({ ...idea, language }));

/** All ideas of the Open Talk, in the order in which they come in: languages mixed, as they would. */
export const ideas: readonly IdeaInLanguage[] = mixed([
	inLanguage('en', english),
	inLanguage('fr', french),
	inLanguage('es', spanish),
	inLanguage('ru', russian),
	inLanguage('zh', chinese),
	inLanguage('ar', arabic)
]);

/** Waits for a moderator: the rule of the talk holds texts with links. */
export const heldIdea: IdeaInLanguage = {
	key: 'held',
	question: 'issues',
	author: 19,
	language: 'en',
	point: 'Governments should buy the filter of https://filters.example.com, which solves everything.',
	reception: 'rejected'
};

/** Each list spread evenly over the whole. */
function mixed(lists: readonly IdeaInLanguage[][]): IdeaInLanguage[] {
	return lists
		.flatMap((list) => list.map((idea, index) => ({ idea, place: (index + 0.5) / list.length })))
		.sort((one, other) => one.place - other.place)
		.map(({ idea }) => idea);
}
