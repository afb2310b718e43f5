import { promisify } from 'node:util';
import { gzip as gzipWithCallback } from 'node:zlib';

const gzip = promisify(gzipWithCallback);

interface Kept {
	readonly page: Promise<Page | null>;
	readonly until: number;
}

interface Page {
	readonly body: Uint8Array<ArrayBuffer>;
	readonly headers: Headers;
	/** made for the first reader who takes it */
	zipped: Promise<Uint8Array<ArrayBuffer>> | null;
}

const keptFor = 1000;

/**
 * Personal pages that many people are given alike: a hall opens the same one within seconds. Each names what it shows to who asks; those
 * with the same name get one rendering, for a second. What sets a cookie is one person's own and never kept.
 */
export class SamePages {
	readonly #kept = new Map<string, Kept>();
	readonly #most: number;

	/** @param most pages kept */
	constructor(most = 200) {
		this.#most = most;
	}

	/** @param now milliseconds, monotonic */
	async answer(name: string, request: Request, render: () => Promise<Response>, now: number): Promise<Response> {
		const found = this.#kept.get(name);
		if (found && found.until > now) {
			const page = await found.page;
			return page ? send(page, request) : render();
		}
		const rendering = render();
		const page = rendering.then(pageOf, () => null);
		this.#kept.delete(name);
		this.#kept.set(name, { page, until: now + keptFor });
		for (const oldest of this.#kept.keys()) {
			if (this.#kept.size <= this.#most) break;
			this.#kept.delete(oldest);
		}
		const made = await page;
		return made ? send(made, request) : rendering;
	}
}

/** What can be given to others; null: it is one person's own, or no page. */
async function pageOf(response: Response): Promise<Page | null> {
	if (response.status !== 200 || response.headers.has('set-cookie')) return null;
	const body = new Uint8Array(await response.clone().arrayBuffer());
	return { body, headers: response.headers, zipped: null };
}

async function send(page: Page, request: Request): Promise<Response> {
	const headers = new Headers(page.headers);
	if (!/\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')) return new Response(page.body, { headers });
	headers.set('content-encoding', 'gzip');
	headers.set('vary', 'accept-encoding');
	const zipped = await (page.zipped ??= gzip(page.body, { level: 4 }).then((bytes) => new Uint8Array(bytes)));
	return new Response(zipped, { headers });
}
