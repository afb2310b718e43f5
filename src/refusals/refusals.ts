/** Every "no" and its HTTP status, one a line, in the order of the alphabet; its sentence is the message `refusals.<code>`. */
export const refusals = {
	'already-decided': 409,
	'changed-meanwhile': 409,
	'comment-answered': 409,
	'file-broken': 422,
	'file-empty': 422,
	'file-inflates': 422,
	'file-kind-unknown': 415,
	'file-locked': 422,
	'file-of-old-word': 415,
	'file-of-pictures': 422,
	'file-takes-too-long': 422,
	'file-too-large': 413,
	'file-with-macros': 422,
	'no-visitor': 401,
	'not-allowed': 403,
	'not-found': 404,
	'not-your-idea': 403,
	'own-idea': 409,
	'reason-missing': 422,
	'request-key-taken': 409,
	'stage-closed': 409,
	'store-full': 507,
	'too-many-requests': 429,
	'topic-archived': 409,
	'unknown-language': 422,
	'unusable-text': 422,
	'wording-fixed': 409
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof refusals;
