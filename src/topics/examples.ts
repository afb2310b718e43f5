import type { Actor } from '#activity/actor.ts';
import type { TopicWords } from '#topics/opening.server.ts';
import type { WrittenStage } from '#topics/stages/staging.server.ts';
import type { Stage } from '#topics/stages/stage.ts';

/** The online phase of the first Open Talk, open for everything. */
export function aStage(changes: Partial<Stage> = {}): Stage {
	return {
		opensAt: new Date('2013-10-08T16:00Z'),
		closesAt: new Date('2013-10-25T10:30Z'),
		takesIdeas: true,
		takesSubmissions: true,
		takesComments: true,
		takesOpinions: 'shown',
		...changes
	};
}

/** An administrator who showed a second factor. */
export const aSecretary = {
	kind: 'account',
	accountId: '01930000-0000-7000-8000-00000000000a',
	visitorId: null,
	roles: [{ role: 'administrator', topicId: '00000000-0000-0000-0000-000000000000' }],
	secondFactor: true
} as const satisfies Actor;

/** The first Open Talk, as its guided form sends it. */
export function someWords(changes: Partial<TopicWords> = {}): TopicWords {
	return {
		texts: {
			title: {
				en: 'International Internet-related public policy',
				fr: 'Politiques publiques internationales relatives à l’Internet'
			},
			summary: { en: 'What should governments do in the multi-stakeholder model of the Internet?' }
		},
		defaultLanguage: 'en',
		languages: ['en', 'fr'],
		...changes
	};
}

export function aWrittenStage(changes: Partial<WrittenStage> = {}): WrittenStage {
	return { ...aStage(), stageId: null, zone: 'Europe/Zurich', texts: { name: { en: 'Ideas and opinions' } }, ...changes };
}
