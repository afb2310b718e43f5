import type { Idea } from '#ideas/idea.ts';

/** An idea by participant 7, on which nobody has said anything yet. */
export function anIdea(changes: Partial<Idea> = {}): Idea {
	return {
		topicId: '00000000-0000-7000-8000-000000000001',
		number: 214,
		id: '00000000-0000-7000-8000-000000000214',
		contributionId: '00000000-0000-7000-8000-000000000214',
		participantNumber: 7,
		attribution: 'group',
		version: 1,
		concealed: null,
		...changes
	};
}
