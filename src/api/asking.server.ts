import type { IncomingMessage } from 'node:http';
import type { Context as HonoContext } from 'hono';
import type { Actor } from '#activity/actor.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { acceptedLanguage } from '#languages/languages.ts';
import { refusal, type Refusal } from '#refusals/refusal.ts';
import { topicAt } from '#topics/reading.server.ts';
import type { Topic } from '#topics/topic.ts';
import { networkOf } from '#web/addresses.server.ts';
import type { Context, Fronted } from '#web/context.server.ts';
import type { Limited } from '#web/limits.server.ts';

/** What Hono hands on: Node's own request, on which the front laid context and address. */
export interface Env {
	Bindings: { incoming: IncomingMessage & { openTalks: Fronted } };
}

export type Asked = HonoContext<Env>;

export function contextOf(asked: Asked): Context {
	return asked.env.incoming.openTalks.context;
}

/** The visitor of the bearer token. Cookies count for nothing here, so no other website can act in somebody's name. */
export function whoAsks(asked: Asked): Actor {
	const { authorization } = asked.env.incoming.headers;
	const token = authorization?.startsWith('Bearer ') ? authorization.slice(7) : undefined;
	return { kind: 'visitor', visitorId: contextOf(asked).visitors.idIn(token) };
}

/** A visitor that acts: without a token of ours it is told to get one. */
export function whoActs(asked: Asked): Actor & { kind: 'visitor'; visitorId: string } {
	const actor = whoAsks(asked);
	if (actor.kind !== 'visitor' || actor.visitorId === null) throw refusal('no-visitor');
	return { kind: 'visitor', visitorId: actor.visitorId };
}

/** Counts the request against the limits of its network, and of its visitor where it acts. */
export function limit(asked: Asked, limited: Limited, alone?: { limited: Limited; visitorId: string }): void {
	const { context, address } = asked.env.incoming.openTalks;
	const now = context.now();
	let seconds = context.limits.take(limited, networkOf(address), now);
	if (seconds === 0 && alone) seconds = context.limits.take(alone.limited, alone.visitorId, now);
	if (seconds > 0) throw refusal('too-many-requests', { seconds });
}

/** A published topic by its address. */
export function topicOf(asked: Asked, slug: string): Promise<Topic> {
	return topicAt(contextOf(asked).database, slug);
}

/** Now, for what is shown; what decides is the clock of the database, in the transaction of the act. */
export function momentOf(asked: Asked): Date {
	return new Date(Date.now() + contextOf(asked).database.clockShift);
}

/** A "no" as the API says it: the code for programs, the sentence for people. */
export function refused(asked: Asked, { code, status, values }: Pick<Refusal, 'code' | 'status' | 'values'>): Response {
	const say = speakerOf(acceptedLanguage(asked.req.header('accept-language') ?? null) ?? 'en');
	const key = `refusals.${code}`;
	const message = say.knows(key) ? say(key, values) : code;
	if (status === 429) asked.header('retry-after', String(values['seconds'] ?? 1));
	return asked.json({ code, message }, status as 409);
}
