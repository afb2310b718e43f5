import type { ServerResponse } from 'node:http';
import { refused, type Request } from '#api/asking.server.ts';
import { isRefusal } from '#refusals/refusal.ts';

// How an operation answers that does not go through the router.

/** What a program is told of an error of ours: nothing of the error itself. */
export const unexpected = { code: 'unexpected', message: 'Something unexpected happened. Please try again.' };

export function send(
	response: ServerResponse,
	status: number,
	body: object,
	headers: Readonly<Record<string, string>> = {}
): void {
	const text = JSON.stringify(body);
	response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers });
	response.end(text);
}

/** @param operation what was asked, for the log */
export function sendError(request: Request, response: ServerResponse, error: unknown, operation: string): void {
	if (isRefusal(error)) {
		const { status, body, headers } = refused(request, error);
		return send(response, status, body, headers);
	}
	console.error(
		JSON.stringify({ at: new Date().toISOString(), api: operation, error: error instanceof Error ? error.stack : error })
	);
	send(response, 500, unexpected);
}
