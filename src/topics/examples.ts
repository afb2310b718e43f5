import type { Stage } from '#topics/stage.ts';

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
