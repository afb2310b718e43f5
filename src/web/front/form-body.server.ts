import { refusal } from '#refusals/refusal.ts';

/** Bytes of a form without a file. The longest text of one's own takes 90 kB in an address-like form, in any script. */
export const smallBody = 512 * 1024;

// SvelteKit itself takes no more (BODY_SIZE_LIMIT in server.ts); a file has its own limit, where it is kept
const largestBody = 32 * 1024 * 1024;
/** Long texts in six languages; only staff gets there. */
const deskBody = 4 * 1024 * 1024;

const routesWithFiles = new Set([
	'/desk/institution',
	'/desk/organisations/sheets',
	'/desk/topics/[topic]/paper',
	'/desk/topics/[topic]/setup/promises',
	'/desk/topics/[topic]/sheets',
	'/desk/topics/[topic]/texts/import',
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

/** Reads a form of so many bytes at most; refuses a larger one, and one that is none. */
export async function formIn(request: Request, most: number): Promise<FormData> {
	const parts = (await partsIn(request, most)).values();
	const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
		pull(controller) {
			const { value, done } = parts.next();
			if (done) controller.close();
			else controller.enqueue(value);
		}
	});
	const headers = { 'content-type': request.headers.get('content-type') ?? '' };
	try {
		return await new Response(body, { headers }).formData();
	} catch (error) {
		throw Object.assign(refusal('unreadable'), { cause: error });
	}
}

/** The same request with a body of so many bytes at most. */
export async function requestWithin(request: Request, most: number): Promise<Request> {
	if (request.body === null) return request;
	const { url, method, headers } = request;
	return new Request(url, { method, headers, body: new Blob(await partsIn(request, most)) });
}

/** What is beyond the limit is let pass and not kept: a browser hears an answer only when it has sent everything. */
async function partsIn(request: Request, most: number): Promise<Uint8Array<ArrayBuffer>[]> {
	let parts: Uint8Array<ArrayBuffer>[] = [];
	let size = 0;
	try {
		for await (const part of request.body ?? []) {
			size += part.length;
			if (size > most) parts = [];
			else parts.push(part);
		}
	} catch (error) {
		throw (error as { status?: unknown }).status === 413 ? refusal('too-large') : error;
	}
	if (size > most) throw refusal('too-large');
	return parts;
}
