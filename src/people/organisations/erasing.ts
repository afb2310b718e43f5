/** Why an organisation is erased: chosen, not written, so that the record names it no more. */
export const whyErased = ['mistake', 'asked'] as const;
export type WhyErased = (typeof whyErased)[number];
