import { refusal } from '#refusals/refusal.ts';

/** The number that stands in an address; anything else is no idea and no comment of any topic. */
export function ideaNumberIn(text: string): number {
	if (!/^[1-9]\d{0,9}$/.test(text) || Number(text) >= 2 ** 31) throw refusal('not-found');
	return Number(text);
}

/** The number in a query, where there is one. */
export function numberAsked(parameters: URLSearchParams, name: string): number | null {
	const text = parameters.get(name);
	return text === null || text === '' ? null : ideaNumberIn(text);
}
