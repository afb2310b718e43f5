import type { Database } from '#database/connection.server.ts';
import type { Settings } from '#database/settings.server.ts';
import type { FileStore } from '#files/store.server.ts';
import type { Opinions } from '#ideas/opinions/opinions.server.ts';
import type { Lists } from '#live/lists.server.ts';
import type { Live } from '#live/live.server.ts';
import type { SimilarIdeas } from '#ideas/similar/similar.server.ts';
import type { SignIn } from '#people/sign-in/sign-in.server.ts';
import type { Visitors } from '#people/visitors.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import type { AnswerBatcher } from '#townhalls/polls/batcher.server.ts';
import type { Limits } from '#web/front/limits.server.ts';
import type { Proofs } from '#web/sending/proof.server.ts';
import type { PublicCache } from '#web/front/public-cache.server.ts';
import type { SamePages } from '#web/front/same-pages.server.ts';

/** What a request needs from its process: made once at start, handed on with each request, so that no module keeps a state of its own. */
export interface Context {
	readonly settings: Settings;
	readonly database: Database;
	readonly keys: TopicKeys;
	readonly visitors: Visitors;
	readonly signIn: SignIn;
	readonly opinions: Opinions;
	/** answers to polls */
	readonly answers: AnswerBatcher;
	readonly live: Live;
	/** what happens in events; closed with `live` */
	readonly lists: Lists;
	readonly similar: SimilarIdeas;
	readonly files: FileStore;
	readonly cache: PublicCache;
	readonly samePages: SamePages;
	readonly limits: Limits;
	readonly proofs: Proofs;
	/** Milliseconds of a clock that never jumps. */
	readonly now: () => number;
}

/** What counts and limits acts. */
export type Limiting = Pick<Context, 'limits' | 'now'>;

/**
 * What the front (server.ts, or the plugin of `vite dev`) lays on a request before SvelteKit sees it.
 * @template Needed as much of the context as is asked for
 */
export interface Fronted<Needed = Context> {
	readonly context: Needed;
	/** Whose request it is, after trusted proxies. */
	readonly address: string;
	/** Takes a finished page as it is; absent where the answer is not taken into memory before it is sent. */
	readonly takePage?: (start: string, rest: string) => void;
}

/** An event of SvelteKit, as far as the front is concerned. */
export interface FrontedEvent<Needed = Context> {
	readonly platform: { readonly req: { readonly openTalks: Fronted<Needed> } } | undefined;
}

/** The context of a page's request. */
export function contextOf<Needed = Context>(event: FrontedEvent<Needed>): Needed {
	return frontedOf(event).context;
}

export function frontedOf<Needed = Context>(event: FrontedEvent<Needed>): Fronted<Needed> {
	if (!event.platform) throw new Error('a request reached a page without the front of server.ts');
	return event.platform.req.openTalks;
}
