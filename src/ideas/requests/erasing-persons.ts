/** In which way somebody asked to be erased: chosen, not written, so that the record of an erasure names nobody. */
export const waysOfAsking = ['letter', 'mail', 'in-person', 'authority'] as const;
export type WayOfAsking = (typeof waysOfAsking)[number];
