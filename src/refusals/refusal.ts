import { refusals, type RefusalCode } from '#refusals/refusals.ts';

export type { RefusalCode } from '#refusals/refusals.ts';

/**
 * A "no" that a person is meant to read: a code, an HTTP status, and a sentence (message key `refusals.<code>`) in every language.
 * Known by its `code`, never by its class: the pages' bundle and the command line each load this module.
 */
export interface Refusal extends Error {
	readonly code: RefusalCode;
	readonly status: number;
	/** Values of the sentence's placeholders. */
	readonly values: Readonly<Record<string, string | number>>;
}

/** Makes the refusal to be thrown: `throw refusal('stage-closed')`. */
export function refusal(code: RefusalCode, values: Record<string, string | number> = {}): Refusal {
	return Object.assign(new Error(code), { name: 'Refusal', code, status: refusals[code], values });
}

/** What it brings, or null where it was refused; whatever else went wrong is thrown on. */
export async function unlessRefused<T>(asked: Promise<T>): Promise<T | null> {
	try {
		return await asked;
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return null;
	}
}

export function isRefusal(error: unknown): error is Refusal {
	return error instanceof Error && error.name === 'Refusal' && 'code' in error && String(error.code) in refusals;
}
