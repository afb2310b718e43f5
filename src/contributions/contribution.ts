/** The ways by which a contribution comes. */
export const channels = ['web', 'api', 'import', 'e-mail', 'paper', 'café', 'town hall', 'programme'] as const;
export type Channel = (typeof channels)[number];

/** How a contribution stands before readers. */
export const attributions = ['named', 'group', 'anonymous'] as const;
export type Attribution = (typeof attributions)[number];
