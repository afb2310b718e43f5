import type { IncomingMessage } from 'node:http';
import type { Context as HonoContext } from 'hono';
import type { Actor } from '#activity/actor.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { acceptedLanguage } from '#languages/languages.ts';
import { tokenHolder, type TokenHolder } from '#people/tokens.server.ts';
import { tokenPrefix, type TokenScope } from '#people/tokens.ts';
import { refusal, type Refusal } from '#refusals/refusal.ts';
import { topicAt } from '#topics/reading.server.ts';
import type { Topic } from '#topics/topic.ts';
import { networkOf } from '#web/front/addresses.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import type { Context, Fronted } from '#web/context.server.ts';
import type { Limited } from '#web/front/limits.server.ts';

/** Node's own request, on which the front laid context and address. */
export type Request = IncomingMessage & { readonly openTalks: Fronted };

/** What Hono hands on. */
export interface Env {
	Bindings: { incoming: Request };
}

export function requestOf(asked: HonoContext<Env>): Request {
	return asked.env.incoming;
}

export function contextOf(request: Request): Context {
	return request.openTalks.context;
}

/** The visitor of the bearer token. Cookies count for nothing here, so no other website can act in somebody's name. */
export function whoAsks(request: Request): Actor {
	return { kind: 'visitor', visitorId: contextOf(request).visitors.idIn(bearerOf(request)) };
}

/** Who acts, and under which name their own limits are counted. */
export interface Acting {
	readonly actor: Actor;
	readonly who: string;
	/** null for a visitor */
	readonly token: TokenHolder | null;
}

/**
 * A visitor that acts by the token of a visitor, or a person by a personal token that was allowed this; without either they are told to get
 * one. A wrong personal token counts as a guess.
 */
export async function whoActs(request: Request, scope: TokenScope): Promise<Acting> {
	const bearer = bearerOf(request);
	if (bearer?.startsWith(tokenPrefix)) {
		const { database } = contextOf(request);
		const isUnknown = (token: TokenHolder | null) => token === null;
		const token = await guessed({ platform: { req: request } }, () => tokenHolder(database, bearer), isUnknown);
		if (!token) throw refusal('token-unknown');
		if (!token.scopes.includes(scope)) throw refusal('token-without-scope', { scope });
		return { actor: token.actor, who: token.actor.accountId, token };
	}
	if (bearer === undefined) throw refusal('token-missing');
	const actor = whoAsks(request);
	if (actor.kind !== 'visitor' || actor.visitorId === null) throw refusal('token-unknown');
	return { actor, who: actor.visitorId, token: null };
}

function bearerOf({ headers: { authorization } }: Request): string | undefined {
	return authorization?.startsWith('Bearer ') ? authorization.slice(7) : undefined;
}

/** Counts the request against the limits of its network, and of its visitor where it acts. */
export function limit(request: Request, limited: Limited, alone?: { limited: Limited; who: string }): void {
	const { context, address } = request.openTalks;
	const now = context.now();
	let seconds = context.limits.take(limited, networkOf(address), now);
	if (seconds === 0 && alone) seconds = context.limits.take(alone.limited, alone.who, now);
	if (seconds > 0) throw refusal('too-many-requests', { seconds });
}

/** A published topic by its address. */
export function topicOf(request: Request, slug: string): Promise<Topic> {
	return topicAt(contextOf(request).database, slug);
}

/** Now, for what is shown; what decides is the clock of the database, in the transaction of the act. */
export function momentOf(request: Request): Date {
	return new Date(Date.now() + contextOf(request).database.clockShift);
}

/** What links begin with: https://talks.example.org */
export function originOf(request: Request): string {
	const { origin, port } = contextOf(request).settings;
	return origin ?? `http://localhost:${port}`;
}

/** A "no" as the API says it: the code for programs, the sentence for people, in the language that they asked for. */
export function refused(request: Request, { code, status, values }: Pick<Refusal, 'code' | 'status' | 'values'>) {
	const say = speakerOf(acceptedLanguage(request.headers['accept-language'] ?? null) ?? 'en');
	const key = `refusals.${code}`;
	const message = say.knows(key) ? say(key, values) : code;
	const headers: Record<string, string> = status === 429 ? { 'retry-after': String(values['seconds'] ?? 1) } : {};
	return { status: status as 409, headers, body: { code, message } };
}
