/** How a state of an event is coloured, besides being said. */
export const kindOfState = { planned: 'warn', confirmed: 'good', held: 'plain', cancelled: 'bad' } as const;
