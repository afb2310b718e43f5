import type { Say } from '#languages/speaking.ts';

/** How people call a thing of a talk: "Idea 14". */
export function nameOfThing(say: Say, kind: 'idea' | 'comment' | 'submission', number: number): string {
	if (kind === 'idea') return say('ideas.number', { number });
	return kind === 'comment' ? say('ideas.comment-number', { number }) : say('submissions.number', { number });
}
