import { randomBytes } from 'node:crypto';
import { AsyncLocalStorage } from 'node:async_hooks';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import type { Actor } from '#activity/actor.ts';
import { languageOfPath, languages, pathInLanguage } from '#languages/languages.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { isRefusal, refusal, type Refusal } from '#refusals/refusal.ts';
import { contextOf, frontedOf } from '#web/context.server.ts';
import { crossing } from '#web/crossing.ts';
import { headersFor } from '#web/front/headers.ts';
import { pages } from '#web/pages.ts';
import { policy } from '#web/policy.ts';
import { nameOfHere } from '#web/room/own.server.ts';
import { topicIdAt } from '#web/talk/topic-addresses.server.ts';
import { whoAsks } from '#web/front/who-asks.server.ts';

/** Characters in which all that is filled into app.html stands: a page is not copied as often as something is replaced in it. */
const startOfPage = 200;

/** Around the rendering of a page without script, which is finished when it leaves. */
const finished = new AsyncLocalStorage<boolean>();
crossing.ends = () => finished.getStore() ?? false;

export const handle: Handle = async ({ event, resolve }) => {
	const { locals, route } = event;
	const language = languageOfPath(event.url.pathname);
	Object.assign(locals, { language, say: speakerOf(language), topicId: undefined, actor: { kind: 'visitor', visitorId: null } });
	let response: Response;
	try {
		if (route.id !== null) await admit(event, route.id);
		// a page with script asks for the data of the one that its reader goes on to
		const finishes = !event.isDataRequest && (route.id === null || pages[route.id]?.script === undefined);
		// SvelteKit would hash, encode and copy the page on its way out; the front has to do as much anyway
		const takePage = finishes ? frontedOf(event).takePage : undefined;
		const render = () =>
			finished.run(finishes, () =>
				resolve(event, {
					transformPageChunk: ({ html }) => {
						const start = html
							.slice(0, startOfPage)
							.replace('%open-talks.language%', language)
							.replace('%open-talks.direction%', languages[language].direction);
						const rest = html.slice(startOfPage);
						if (!takePage) return start + rest;
						takePage(start, rest);
						return '';
					}
				})
			);
		const name = await sameFor(event);
		const { samePages, now } = contextOf(event);
		response = name === null ? await render() : await samePages.answer(name, event.request, async () => render(), now());
		if (takePage) response.headers.delete('etag');
	} catch (error) {
		if (!isRefusal(error)) throw error;
		response = await pageOfRefusal(event, error);
	}
	const kind = route.id === null || response.status >= 400 ? 'personal' : (pages[route.id]?.kind ?? 'personal');
	if (response.headers.get('content-type') === 'text/html') response.headers.set('content-type', 'text/html; charset=utf-8');
	for (const [name, value] of headersFor(kind, event.url.protocol === 'https:', pages[event.route.id ?? '']?.camera))
		if (!response.headers.has(name)) response.headers.set(name, value);
	return response;
};

/** Under which name the page that somebody asks for is the same for others; null: it is theirs alone. */
async function sameFor(event: RequestEvent): Promise<string | null> {
	if (event.route.id !== '/topics/[topic]/events/[event]/here' || event.request.method !== 'GET') return null;
	const name = await nameOfHere(event as RequestEvent<{ topic: string; event: string }>);
	// the address as it came: of the data of a page some parts may be asked for
	return name && `${event.request.url} ${name}`;
}

/** Who asks, for what, and may they: everything that holds for every page alike. */
async function admit(event: RequestEvent, route: string): Promise<void> {
	const page = pages[route];
	const may = policy[route];
	if (!page || !may) throw new Error(`the route ${route} is missing in ${page ? 'policy.ts' : 'pages.ts'}`);
	const { locals, request, url } = event;
	const params: Partial<Record<string, string>> = event.params;
	if (params.topic !== undefined) {
		locals.topicId = await topicIdAt(contextOf(event), params.topic);
		if (locals.topicId === undefined) throw refusal('not-found');
	}
	if (page.kind === 'personal') locals.actor = await whoAsks(event);
	if (may(locals.actor, locals.topicId)) return;
	const step = stepThatLacks(locals.actor);
	if (step && request.method === 'GET')
		redirect(303, pathInLanguage(`${step}?then=${encodeURIComponent(url.pathname + url.search)}`, locals.language));
	throw refusal('not-allowed');
}

/** What somebody who may not yet can do about it: sign in, or show the second factor without which no role counts. */
function stepThatLacks(actor: Actor): string | null {
	if (actor.kind === 'visitor') return '/sign-in';
	return actor.kind === 'account' && actor.roles.length > 0 && !actor.secondFactor ? '/sign-in/second-factor' : null;
}

/** The page of errors, rendered whole: it is what a page that is made to refuse answers. */
async function pageOfRefusal(event: RequestEvent, { code, status }: Refusal): Promise<Response> {
	const page = await event.fetch(pathInLanguage(`/refused/${code}`, event.locals.language));
	return new Response(page.body, { status, headers: page.headers });
}

/** A refusal has its own sentence; what nobody expected is logged under an id that the reader can quote, and shows nothing of itself. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
	const { say } = event.locals;
	if (isRefusal(error)) {
		const key = `refusals.${error.code}`;
		return { status: error.status, code: error.code, message: say.knows(key) ? say(key, error.values) : error.code };
	}
	if (kind === 'framework')
		return { code: error.status === 404 ? 'not-found' : 'unexpected', message: frameworkSentence(error.status, say) };
	if (kind === 'app') return { code: 'unexpected', message: error.message };
	const id = randomBytes(6).toString('hex');
	console.error(
		JSON.stringify({ at: new Date().toISOString(), id, route: event.route.id, method: event.request.method, error: told(error) })
	);
	return { code: 'unexpected', message: say('refusals.unexpected', { id }), id };
};

function frameworkSentence(status: number, say: App.Locals['say']): string {
	if (status === 404) return say('refusals.not-found');
	if (status === 403) return say('refusals.foreign-form');
	if (status === 413) return say('refusals.too-large');
	if (status === 405) return say('refusals.method');
	return say('refusals.unreadable');
}

// stacks and causes for the log; never the body of a request
function told(error: unknown): unknown {
	if (!(error instanceof Error)) return String(error);
	return {
		name: error.name,
		message: error.message,
		stack: error.stack,
		...(error.cause !== undefined && { cause: told(error.cause) })
	};
}
