/** What may stand on the screen of a hall. */
export const shownOnScreen = ['welcome', 'agenda', 'poll', 'questions', 'captions'] as const;
export type Shown = (typeof shownOnScreen)[number];
