const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Signs that are not taken for each other (no I, L, O, U), five bits each. */
export function signsOf(digest: Uint8Array, howMany: number): string {
	return Array.from({ length: howMany }, (_, at) => alphabet[digest[at]! & 31]!).join('');
}

export const signsOfForm = 12;
export const signsOfStrip = 16;

/** In fours, as it is printed: "7K2M-9PQR-X4TD". */
export function inFours(signs: string): string {
	return signs.match(/.{1,4}/g)!.join('-');
}

/** What was typed, as it was printed: small letters, other dashes or none, O for 0, I and L for 1. */
export function plainCode(typed: string): string {
	return typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[^0-9A-Z]/gu, '')
		.replaceAll('O', '0')
		.replace(/[IL]/gu, '1');
}

/**
 * The code of a form in what the square picture says: the address of the form on whatever host and in whatever language, since hosts are
 * renamed; or the code alone. Null where it says something else.
 */
export function codeInPicture(text: string): string | null {
	const last = /^https?:\/\/[^/\s]+\/(?:[a-z]{2}\/)?paper\/([0-9a-z-]{12,20})$/iu.exec(text.trim())?.[1] ?? null;
	const code = last === null ? null : plainCode(last);
	return code?.length === signsOfForm ? code : null;
}

/** The number of a form as people write it: "12", "No. 12". */
export function numberTyped(typed: string): number | null {
	const digits = /^\D{0,6}(\d{1,7})$/u.exec(typed.trim().normalize('NFKC'))?.[1];
	return digits === undefined || Number(digits) === 0 ? null : Number(digits);
}
