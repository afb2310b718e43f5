/** Every "no" and its HTTP status, one a line, in the order of the alphabet; its sentence is the message `refusals.<code>`. */
export const refusals = {
	'changed-meanwhile': 409,
	'not-allowed': 403,
	'not-found': 404,
	'too-many-requests': 429,
	'unknown-language': 422,
	'unusable-text': 422
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof refusals;
