import type { Matrix } from './matrix.ts';

/** Each opinion as one number, 3 × idea + (0 disagree, 1 pass, 2 agree): its place in a table of three entries an idea. */
export function codesOf({ idea, value }: Matrix): Uint32Array {
	const codes = new Uint32Array(idea.length);
	for (let at = 0; at < codes.length; at++) codes[at] = 3 * idea[at]! + value[at]! + 1;
	return codes;
}
