import { version } from '$app/env';
import { immutable } from '$app/manifest';
import { cachesOf } from '#web/offline/caches.ts';

/*
 * The notebook of a table and the door of an event open without a network, for hours, after they were opened once. Each of the two pages
 * registers this worker for its own path alone (/notebook, /fr/notebook, /topics/…/events/1/check-in …): no other page of the site is ever
 * its. It keeps the shell of the page, a public one in which nobody's words stand, with the scripts and styles that it needs; never a page
 * that somebody signed in sees. What was written lies in the browser's database and is sent by the page (web/offline/post.ts), because not
 * every browser lets a worker do it.
 *
 * A newer version waits until the page says "take-over", which the page offers when it disturbs least.
 */
interface Extendable extends Event {
	waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
	readonly request: Request;
	respondWith(response: Promise<Response>): void;
}
interface Worker {
	readonly registration: { readonly scope: string };
	readonly clients: { claim(): Promise<void> };
	skipWaiting(): Promise<void>;
	addEventListener(kind: 'install' | 'activate', listener: (event: Extendable) => void): void;
	addEventListener(kind: 'fetch', listener: (event: Fetching) => void): void;
	addEventListener(kind: 'message', listener: (event: MessageEvent) => void): void;
}
const worker = globalThis as unknown as Worker; // the types of the project are those of pages, not of workers

const path = new URL(worker.registration.scope).pathname.replace(/\/$/, '');
const own = cachesOf(path);
const cacheName = own + version;
const shell = `${path}/offline`;
/** After which a page that does not come is taken from here. */
const patience = 4000;

worker.addEventListener('install', (event) => event.waitUntil(keepShell()));

worker.addEventListener('activate', (event) => {
	const old = caches
		.keys()
		.then((names) =>
			Promise.all(names.filter((name) => name.startsWith(own) && name !== cacheName).map((name) => caches.delete(name)))
		);
	// the page that opened it goes on with it, so that the first loss of the net is met already
	event.waitUntil(old.then(() => worker.clients.claim()));
});

worker.addEventListener('message', ({ data }) => {
	if (data === 'take-over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== location.origin) return;
	if (request.mode === 'navigate') {
		if (url.pathname === path) event.respondWith(page(request));
	} else if (url.pathname.startsWith('/_app/immutable/')) event.respondWith(piece(request));
	else if (isOfTheFrame(url.pathname))
		event.respondWith(fetch(request).catch(async () => (await kept(request.url)) ?? Response.error()));
});

async function page(request: Request): Promise<Response> {
	try {
		const response = await fetch(request, { signal: AbortSignal.timeout(patience) });
		if (response.status < 500) return response;
	} catch {
		// no net, or one that brings nothing
	}
	return (await kept(shell)) ?? Response.error();
}

/** What bears its digest in its name is the same for ever. */
async function piece(request: Request): Promise<Response> {
	return (await kept(request.url)) ?? fetch(request);
}

async function kept(address: string): Promise<Response | undefined> {
	return (await caches.open(cacheName)).match(address);
}

function isOfTheFrame(pathname: string): boolean {
	return pathname.startsWith('/accent/') || pathname.startsWith('/logo/') || pathname === '/favicon.svg';
}

async function keepShell(): Promise<void> {
	const cache = await caches.open(cacheName);
	const response = await fetch(shell, { credentials: 'omit', cache: 'no-store' });
	if (!response.ok) throw new Error(`the shell was answered with ${response.status}`);
	const html = await response.clone().text();
	const named = html + (response.headers.get('link') ?? '');
	await cache.put(shell, response);
	// the page of mistakes is loaded with every page
	const mistakes = immutable
		.map((file) => `/${file.path.replace(/^\//, '')}`)
		.filter((file) => /\/nodes\/1\.[^/]*js$/.test(file));
	await keepWithImports(cache, [...addressesIn(named), ...mistakes]);
}

function addressesIn(text: string): string[] {
	const pieces = [...text.matchAll(/["'<(](\/_app\/immutable\/[^"'>)]+)["'>)]/g)].map((found) => found[1]!);
	const frame = [...text.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map((found) => found[1]!).filter(isOfTheFrame);
	return [...pieces, ...frame];
}

const importedAtOnce = /(?:from|import)\s*["'](\.{1,2}\/[^"']+\.js)["']/g;
const imported = /(?:from|import)\s*\(?["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g;

/**
 * With what each script imports before it runs, and what the page imports when it needs it (the reader of the camera). What the entry may
 * import later are the other pages.
 */
async function keepWithImports(cache: Cache, addresses: readonly string[]): Promise<void> {
	const seen = new Set(addresses);
	for (let some = [...seen]; some.length > 0;) {
		const found = await Promise.all(
			some.map(async (address) => {
				const response = await fetch(address);
				if (!response.ok) throw new Error(`${address} was answered with ${response.status}`);
				const text = address.endsWith('.js') ? await response.clone().text() : '';
				await cache.put(address, response);
				const imports = address.includes('/entry/') ? importedAtOnce : imported;
				return [...text.matchAll(imports)].map((named) => new URL(named[1]!, new URL(address, location.origin)).pathname);
			})
		);
		some = [...new Set(found.flat())].filter((address) => !seen.has(address));
		for (const address of some) seen.add(address);
	}
}
