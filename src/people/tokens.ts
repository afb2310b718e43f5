/** What a personal token may be allowed. Everything public is read without one. */
export const tokenScopes = ['me:read', 'ideas:write', 'opinions:write'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** Days after which a token ends, to choose from. */
export const tokenDays = [7, 30, 90, 365] as const;

/** How a token begins: programs that look for lost secrets know it by that. */
export const tokenPrefix = 'otp_';
