import { partSize } from '#cafes/notes/pictures.ts';
import type { BrowserBox } from '#web/offline/box.ts';
import { outcomeOf, type Entry, type Outcome } from '#web/offline/outbox.ts';
import type { Carrier } from '#web/offline/sender.ts';

/** A request without an answer for so long has none; milliseconds. */
export const patience = 20_000;

/** How what is written in a notebook travels: cards many at once, then the rest. @param base the address of the notebook */
export function carriersOf(base: string, box: BrowserBox): Carrier[] {
	const post = (path: string, body: unknown) =>
		asked(`${base}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
	return [
		{
			...{ kind: 'card', most: 40, bytes: 200_000 },
			send: (_, batch) => post('/cards', { cards: batch.map(({ body }) => body) })
		},
		{ kind: 'feedback', most: 1, bytes: 50_000, send: (_, [entry]) => post('/feedback', entry!.body) },
		{ kind: 'photo', most: 1, bytes: 50_000, send: (_, [entry]) => sendPhoto(base, box, entry!) }
	];
}

/** Part by part: a net that breaks costs the part that was under way. */
async function sendPhoto(base: string, box: BrowserBox, { id, body }: Entry): Promise<Outcome> {
	const { sha256, size, round } = body as { sha256: string; size: number; round: number };
	const blob = await box.blob(id);
	if (!blob) return { kind: 'words', words: [{ id, state: 'refused', reason: { code: 'photo-gone', sentence: '' } }] };
	for (let starts = 0; starts < size;) {
		const query = `starts=${starts}&size=${size}&sha256=${sha256}&round=${round}`;
		const part = { method: 'PUT', body: blob.slice(starts, starts + partSize) };
		let response: Response;
		try {
			response = await fetch(`${base}/photos/${id}?${query}`, { ...part, signal: AbortSignal.timeout(patience) });
		} catch {
			return noAnswer();
		}
		const answer: unknown = await response.json().catch(() => null);
		if (!response.ok) return outcomeOf(response.status, answer, response.headers.get('retry-after'));
		const next = typeof answer === 'object' && answer !== null && 'next' in answer ? Number(answer.next) : NaN;
		// whatever the server says, it goes on, or it is tried again later
		if (!(next > starts)) return { kind: 'later', seconds: null };
		starts = next;
	}
	await box.dropBlob(id);
	return { kind: 'words', words: [{ id, state: 'accepted' }] };
}

async function asked(address: string, request: RequestInit): Promise<Outcome> {
	try {
		const response = await fetch(address, { ...request, signal: AbortSignal.timeout(patience) });
		const body: unknown = await response.json().catch(() => null);
		return outcomeOf(response.status, body, response.headers.get('retry-after'));
	} catch {
		return noAnswer();
	}
}

/** A browser that says it has no network is right; one that says it has one need not be. */
function noAnswer(): Outcome {
	return navigator.onLine ? { kind: 'later', seconds: null } : { kind: 'stayed' };
}
