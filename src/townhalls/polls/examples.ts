import type { WrittenPoll } from '#townhalls/polls/planning.server.ts';

/** Which of three roles governments should play, as the desk's form sends it. */
export function aWrittenPoll(changes: Partial<WrittenPoll> = {}): WrittenPoll {
	return {
		kind: 'single',
		results: 'live',
		size: 0,
		question: { en: 'What matters most?', fr: 'Qu’est-ce qui compte le plus ?' },
		options: [{ en: 'Access', fr: 'L’accès' }, { en: 'Trust', fr: 'La confiance' }, { en: 'Rights' }],
		low: {},
		high: {},
		...changes
	};
}
