import type { z } from '@hono/zod-openapi';
import { refusalBody } from '#api/schemas.ts';

// Short forms of what every operation of the document says.

export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
	return { description, content: { 'application/json': { schema } } };
}

/** The body of a request, which must be there. */
export function bodyOf<Schema extends z.ZodType>(schema: Schema) {
	return { required: true, content: { 'application/json': { schema } } };
}

const meanings = {
	401: 'No token of a visitor, or a personal one that is not known (any more)',
	403: 'The personal token is not allowed this',
	404: 'Not there, or not public',
	409: 'Closed, or in conflict with what was done before',
	413: 'The body is larger than 100 kB',
	422: 'The request is not valid',
	429: 'Too many requests; Retry-After says when to come back'
} as const;

type Status = keyof typeof meanings;

export function refusals<Statuses extends Status>(...statuses: Statuses[]) {
	return Object.fromEntries(statuses.map((status) => [status, json(refusalBody, meanings[status])])) as {
		[S in Statuses]: ReturnType<typeof json<typeof refusalBody>>;
	};
}
