import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip as gzipWithCallback } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathWithoutLanguage } from '#languages/languages.ts';
import { Captured } from './captured.server.ts';

const gzip = promisify(gzipWithCallback);

/** Longer than the slowest page takes, so that a stampede is one rendering; short enough that nobody notices. */
const freshFor = 1000;

interface Kept {
	readonly body: Buffer;
	/** made for the first reader who takes it */
	zipped: Promise<Buffer> | null;
	readonly headers: readonly string[];
	readonly etag: string;
	readonly until: number;
}

/**
 * Public pages for one second, before SvelteKit: what everybody may read is rendered once a second, however many read it. It answers
 * people with cookies too, because a public page neither reads nor sets any. A write purges what it changes.
 */
export class PublicCache {
	readonly #kept = new Map<string, Kept>();
	readonly #waiting = new Map<string, Promise<Kept | Captured>>();
	readonly #most: number;
	#size = 0;
	#purges = 0;
	/** Tells the other web processes. */
	onPurge: (paths: readonly string[]) => void = () => {};

	/** @param most bytes of pages kept */
	constructor(most = 24 * 1024 * 1024) {
		this.#most = most;
	}

	/** Answers with what is kept of this address; false where nothing is. */
	answerKept(request: IncomingMessage, response: ServerResponse, now: number): boolean {
		const kept = this.#kept.get(request.url ?? '/');
		if (!kept || kept.until <= now) return false;
		send(request, response, kept, request.headers['if-none-match']).catch(() => response.destroy());
		return true;
	}

	/**
	 * Renders once for all who wait for the same address, and keeps it. An answer that may not be kept is one person's own:
	 * whoever waited for it makes another.
	 * @param now milliseconds, monotonic
	 */
	async answer(request: IncomingMessage, response: ServerResponse, render: () => Promise<Captured>, now: number): Promise<void> {
		const key = request.url ?? '/';
		const known = request.headers['if-none-match'];
		// what is rendered is for everybody: whole, whatever this one asks; to HEAD, Node sends no body
		request.method = 'GET';
		delete request.headers['if-none-match'];
		const begun = this.#waiting.get(key);
		const shared = begun && (await begun.catch(() => null));
		if (shared && !(shared instanceof Captured)) return send(request, response, shared, known);
		let rendering = this.#render(key, render, now);
		if (!begun) {
			rendering = rendering.finally(() => this.#waiting.delete(key));
			this.#waiting.set(key, rendering);
		}
		const rendered = await rendering;
		if (rendered instanceof Captured) await rendered.sendTo(request, response);
		else await send(request, response, rendered, known);
	}

	/** Forgets the pages under these paths, in every language: `/topics/internet`. */
	purge(paths: readonly string[]): void {
		this.forget(paths);
		this.onPurge(paths);
	}

	forget(paths: readonly string[]): void {
		this.#purges++;
		for (const key of this.#kept.keys()) {
			const bare = pathWithoutLanguage(key);
			if (paths.some((path) => liesUnder(bare, path))) this.#drop(key);
		}
	}

	async #render(key: string, render: () => Promise<Captured>, now: number): Promise<Kept | Captured> {
		const purges = this.#purges;
		const captured = await render();
		if (captured.statusCode !== 200 || captured.getHeader('set-cookie') !== undefined) return captured;
		if (!String(captured.getHeader('cache-control')).startsWith('public')) return captured;
		const body = captured.body();
		const etag = `"${hash('sha256', body, 'base64url').slice(0, 22)}"`;
		captured.setHeader('etag', etag);
		captured.setHeader('vary', 'accept-encoding');
		captured.removeHeader('content-length');
		captured.removeHeader('transfer-encoding');
		const headers = Object.entries(captured.getHeaders()).flatMap(([name, value]) =>
			value === undefined ? [] : [name, String(value)]
		);
		const kept: Kept = { body, zipped: null, headers, etag, until: now + freshFor };
		// what was changed while it was rendered must not be kept
		if (purges === this.#purges) this.#keep(key, kept);
		return kept;
	}

	#keep(key: string, kept: Kept): void {
		this.#drop(key);
		this.#kept.set(key, kept);
		this.#size += weightOf(kept);
		for (const oldest of this.#kept.keys()) {
			if (this.#size <= this.#most || oldest === key) break;
			this.#drop(oldest);
		}
	}

	#drop(key: string): void {
		const kept = this.#kept.get(key);
		if (!kept) return;
		this.#kept.delete(key);
		this.#size -= weightOf(kept);
	}
}

/** With what its compressed form will take, whether it is made yet or not. */
function weightOf({ body }: Kept): number {
	return Math.ceil(body.length * 1.25);
}

/** "/topics/internet?after=2" lies under "/topics/internet", "/topics/internet-2" does not; "/" stands for the home page alone. */
function liesUnder(address: string, path: string): boolean {
	if (!address.startsWith(path)) return false;
	const next = address[path.length];
	return next === undefined || next === '?' || (next === '/' && path !== '/');
}

async function send(request: IncomingMessage, response: ServerResponse, kept: Kept, known: string | undefined): Promise<void> {
	if (known === kept.etag) {
		response.writeHead(304, [...kept.headers]).end();
		return;
	}
	const zips = kept.body.length > 1000 && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
	const body = zips ? await (kept.zipped ??= gzip(kept.body, { level: 6 })) : kept.body;
	const headers = [...kept.headers, 'content-length', String(body.length)];
	if (zips) headers.push('content-encoding', 'gzip');
	response.writeHead(200, headers);
	response.end(body);
}
