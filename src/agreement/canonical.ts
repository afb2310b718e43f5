import { createHash } from 'node:crypto';

/** What JSON can hold; undefined members are left out. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One text for one value: members in the order of their code units, no spaces, numbers as JSON writes them (RFC 8785 for what we store). */
export function canonicalJson(value: Json): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (value !== null && typeof value === 'object') {
		const members = Object.entries(value as Record<string, Json>).sort(([one], [other]) => (one < other ? -1 : 1));
		return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
	}
	return JSON.stringify(value);
}

export function sha256(text: string): Buffer {
	return createHash('sha256').update(text, 'utf8').digest();
}

/** The value at a JSON pointer (RFC 6901); undefined where there is none. */
export function valueAt(value: Json, pointer: string): Json | undefined {
	if (pointer === '') return value;
	if (!pointer.startsWith('/')) return undefined;
	let found: Json | undefined = value;
	for (const step of pointer.slice(1).split('/')) {
		if (found === null || typeof found !== 'object') return undefined;
		const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
		found = Object.hasOwn(found, key) ? (found as Record<string, Json>)[key] : undefined;
	}
	return found;
}

export function pointerTo(...steps: readonly (string | number)[]): string {
	return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A share between 0 and 1 to three decimals, as figures state it; null of nothing. */
export function share(part: number, whole: number): number | null {
	return whole === 0 ? null : Math.round((1000 * part) / whole) / 1000;
}
