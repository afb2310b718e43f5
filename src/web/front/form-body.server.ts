import { refusal } from '#refusals/refusal.ts';
import { WithoutFiles } from '#web/front/without-files.ts';

/** Bytes of a form without a file. The longest text of one's own takes 90 kB in an address-like form, in any script. */
export const smallBody = 512 * 1024;

// a file has its own limit, where it is kept; SvelteKit itself lets more pass (BODY_SIZE_LIMIT in server.ts), of which the texts are kept here
const largestBody = 32 * 1024 * 1024;
/** Long texts in six languages; only staff gets there. */
const deskBody = 4 * 1024 * 1024;

const routesWithFiles = new Set([
	'/desk/institution',
	'/desk/organisations/sheets',
	'/desk/topics/[topic]/events/[event]/captions',
	'/desk/topics/[topic]/paper',
	'/desk/topics/[topic]/setup/promises',
	'/desk/topics/[topic]/sheets',
	'/desk/topics/[topic]/texts/import',
	'/desk/topics/[topic]/events/[event]/photos',
	'/notebook',
	'/receipts/[receipt]',
	'/topics/[topic]/submissions/new'
]);

/** The most bytes that a form of this route may have. */
export function largestBodyOf(route: string | null): number {
	if (route !== null && routesWithFiles.has(route)) return largestBody;
	return route?.startsWith('/desk/') ? deskBody : smallBody;
}

/** Whether the body is larger than a form without a file, or does not say. */
export function mayBeLarge(request: Request): boolean {
	const length = request.headers.get('content-length');
	return length === null ? request.headers.has('transfer-encoding') : !(Number(length) <= smallBody);
}

export interface FormRead {
	readonly form: FormData;
	/** of a form beyond the limit only what was typed is there, its files are empty; where that is too much, nothing */
	readonly isTooLarge: boolean;
}

/** Reads a form of so many bytes at most; refuses one that is none. */
export async function formIn(request: Request, most: number): Promise<FormRead> {
	const type = request.headers.get('content-type') ?? '';
	const sieve = new WithoutFiles(type, smallBody);
	const { parts, isTooLarge } = await partsIn(request, most, sieve);
	const left = isTooLarge ? sieve.whole() : undefined;
	if (left?.length === 0) return { form: new FormData(), isTooLarge };
	const bodies = (left ? [left] : parts).values();
	const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
		pull(controller) {
			const { value, done } = bodies.next();
			if (done) controller.close();
			else controller.enqueue(value);
		}
	});
	try {
		return { form: await new Response(body, { headers: { 'content-type': type } }).formData(), isTooLarge };
	} catch (error) {
		if (isTooLarge) return { form: new FormData(), isTooLarge };
		throw Object.assign(refusal('unreadable'), { cause: error });
	}
}

/** The same request with a body of so many bytes at most. */
export async function requestWithin(request: Request, most: number): Promise<Request> {
	if (request.body === null) return request;
	const { url, method, headers } = request;
	const { parts, isTooLarge } = await partsIn(request, most);
	if (isTooLarge) throw refusal('too-large');
	return new Request(url, { method, headers, body: new Blob(parts) });
}

/**
 * What is beyond the limit is let pass and not kept: a browser hears an answer only when it has sent everything.
 * @param sieve of what is beyond the limit it gets all
 */
async function partsIn(request: Request, most: number, sieve?: WithoutFiles) {
	let parts: Uint8Array<ArrayBuffer>[] = [];
	let size = 0;
	try {
		for await (const part of request.body ?? []) {
			size += part.length;
			parts.push(part);
			if (size <= most) continue;
			for (const one of parts) sieve?.add(one);
			parts = [];
		}
	} catch (error) {
		throw (error as { status?: unknown }).status === 413 ? refusal('too-large') : error;
	}
	return { parts, isTooLarge: size > most };
}
