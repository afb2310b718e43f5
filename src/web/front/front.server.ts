import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pathWithoutLanguage } from '#languages/languages.ts';
import { addressOf, networkOf, trustedProxies } from './addresses.server.ts';
import { Captured } from './captured.server.ts';
import type { Context, Fronted } from '#web/context.server.ts';
import { kindOf } from '#web/kind-of-page.ts';

/** The two that answer behind the front: the pages (SvelteKit) and the API (Hono). */
export interface Behind {
	readonly pages: RequestListener;
	readonly api: RequestListener;
}

/**
 * What every request meets first: our own origin (never the client's word for it), its address behind trusted proxies, the public cache,
 * and the way to the API or to a page.
 */
export function front(context: Fronting, behind: Behind): RequestListener {
	const isTrusted = trustedProxies(context.settings.trustedProxies);
	const origin = context.settings.origin === null ? null : new URL(context.settings.origin);
	const ownHosts = hostsOf(context.settings.port);

	return (request, response) => {
		const named = request.headers.host ?? '';
		if (origin === null && !ownHosts.has(named)) return refuseHost(response);
		const reads = request.method === 'GET' || request.method === 'HEAD';
		// only what everybody may read is kept: whoever asks for it again need not be known
		if (reads && context.cache.answerKept(request, response, context.now())) return;
		const address = addressOf(request, isTrusted);
		const fronted: FrontedRequest = Object.assign(request, { openTalks: { context, address } });

		const url = request.url ?? '/';
		if (url.startsWith('/api/')) return behind.api(fronted, response);
		request.headers['x-open-talks-protocol'] = origin ? origin.protocol.slice(0, -1) : 'http';
		request.headers['x-open-talks-host'] = origin?.host ?? named;
		if (url.startsWith('/_app/')) return behind.pages(fronted, response);
		const path = url.indexOf('?') < 0 ? url : url.slice(0, url.indexOf('?'));
		if (pathWithoutLanguage(path).startsWith('/unsubscribe/')) forTheMailProgram(request);
		const kind = isPlain(path) ? kindOf(pathWithoutLanguage(path)) : 'personal';
		if (!reads || kind === 'personal')
			return void answered(fronted, response, behind.pages).catch((error: unknown) => broken(response, error));
		if (kind === 'stream') return behind.pages(fronted, response);

		// a public page is the same for everybody: it must not even see who asks
		delete request.headers.cookie;
		delete request.headers.authorization;
		const render = () => {
			const seconds = context.limits.take('reading', networkOf(address), context.now());
			return seconds > 0 ? Promise.resolve(tooMany(request, seconds)) : captured(fronted, behind.pages);
		};
		context.cache.answer(request, response, render, context.now()).catch((error: unknown) => broken(response, error));
	};
}

/**
 * Whether the pages read this path as it stands. They decode it ("/ideas/%6eew" is "/ideas/new") and resolve its dots, so any other could
 * be a personal page under the name of a public one. No public page has an address that needs it.
 */
function isPlain(path: string): boolean {
	return /^[\w~/.-]*$/.test(path) && !/\/\.{0,2}(?=\/)|\/\.{1,2}$/.test(path);
}

/**
 * The click in a mail program names no origin (RFC 8058). Its link is the proof, and no cookie counts: a foreign page could do no more with
 * it.
 */
function forTheMailProgram({ headers }: IncomingMessage): void {
	headers.origin = `${headers['x-open-talks-protocol'] as string}://${headers['x-open-talks-host'] as string}`;
	delete headers.cookie;
}

/** What the front itself asks of the context that it hands on. */
type Fronting = Pick<Context, 'settings' | 'cache' | 'limits' | 'now'>;

type FrontedRequest = IncomingMessage & { openTalks: Fronted<Fronting> };

async function captured(request: FrontedRequest, pages: RequestListener): Promise<Captured> {
	const answer = new Captured(request);
	request.openTalks = { ...request.openTalks, takePage: (start, rest) => answer.takePage(start, rest) };
	pages(request, answer);
	return answer.whole;
}

async function answered(request: FrontedRequest, response: ServerResponse, pages: RequestListener): Promise<void> {
	await (await captured(request, pages)).sendTo(request, response);
}

function tooMany(request: IncomingMessage, seconds: number): Captured {
	const answer = new Captured(request);
	answer.writeHead(429, {
		'retry-after': String(seconds),
		'content-type': 'text/plain; charset=utf-8',
		'cache-control': 'no-store'
	});
	answer.end('Too many requests have come from your connection. Please wait a moment and try again.\n');
	return answer;
}

/** Without ORIGIN only a name of this machine with our port is believed, so that no page can be made to carry another host's links. */
function hostsOf(port: number): ReadonlySet<string> {
	const names = ['localhost', '127.0.0.1', '[::1]'];
	return new Set([...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])]);
}

function refuseHost(response: ServerResponse): void {
	response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' });
	response.end('This server answers as localhost only. Set ORIGIN to the address under which people reach it.\n');
}

function broken(response: ServerResponse, error: unknown): void {
	console.error(JSON.stringify({ at: new Date().toISOString(), error: error instanceof Error ? error.stack : String(error) }));
	if (response.headersSent) response.destroy();
	else
		response
			.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' })
			.end('Something unexpected happened. Please try again.\n');
}
