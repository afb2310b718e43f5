/**
 * Which texts are nearly the same, without comparing each with all. A text is the set of its runs of five letters (Broder 1997, "On the
 * resemblance and containment of documents"); of this set 24 least hashes are kept, and the share in which two texts agree estimates how
 * much of their sets they have in common. Eight marks of three hashes each find the candidates: texts of which four fifths are the same share a
 * mark with a probability of 0.997, those of which a third is the same with 0.26. Letters instead of words, since not every language has
 * spaces. Depends on the text alone.
 */
const run = 5;
const hashes = 24;
const ofAMark = 3;

/** From which share on two texts are shown together. */
export const alike = 0.7;

/** Too short to tell a copy from what many people say in the same words ("I agree with this"). */
const shortest = 30;

/** Letters only, in one case, numbers as one: what spam changes from copy to copy. */
export function normalised(text: string): string {
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replaceAll(/\p{M}/gu, '')
		.replaceAll(/\p{N}+/gu, '0')
		.replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** Null for a text that is too short. */
export function signatureOf(text: string): number[] | null {
	const letters = [...normalised(text)].slice(0, 20_000);
	if (letters.length < shortest) return null;
	const least = new Int32Array(hashes).fill(0x7fffffff);
	for (let at = 0; at + run <= letters.length; at++) {
		const hash = hashOf(letters, at);
		for (let index = 0; index < hashes; index++) {
			const one = mixed(hash, index) & 0x7fffffff;
			if (one < least[index]!) least[index] = one;
		}
	}
	return [...least];
}

/** By which a text finds its candidates: 32-bit integers. */
export function marksOf(signature: readonly number[]): number[] {
	return Array.from({ length: hashes / ofAMark }, (_, band) => {
		let mark = 0x811c9dc5 ^ band;
		for (const hash of signature.slice(band * ofAMark, (band + 1) * ofAMark)) mark = mixed(mark ^ hash, band);
		return mark | 0;
	});
}

/** 0 to 1: how much two texts have in common. */
export function likeness(one: readonly number[], other: readonly number[]): number {
	return one.filter((hash, index) => hash === other[index]).length / hashes;
}

/** FNV-1a over the code points of one run. */
function hashOf(letters: readonly string[], at: number): number {
	let hash = 0x811c9dc5;
	for (let index = at; index < at + run; index++) hash = Math.imul(hash ^ letters[index]!.codePointAt(0)!, 0x01000193);
	return hash;
}

/** The finaliser of MurmurHash3, another function for each seed. */
function mixed(hash: number, seed: number): number {
	let mixing = hash ^ Math.imul(seed + 1, 0x9e3779b1);
	mixing = Math.imul(mixing ^ (mixing >>> 16), 0x85ebca6b);
	mixing = Math.imul(mixing ^ (mixing >>> 13), 0xc2b2ae35);
	return mixing ^ (mixing >>> 16);
}
