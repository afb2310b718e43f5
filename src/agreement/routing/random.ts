/** Numbers from 0 up to, not with, 1. */
export type Random = () => number;

/** The same numbers for the same seed: a counter, well mixed (the finalizer of MurmurHash3, Appleby 2008). For a lottery, not for secrets. */
export function seededRandom(seed: number): Random {
	let counter = seed | 0;
	const mixed = () => {
		counter = (counter + 0x9e3779b9) | 0;
		let bits = counter;
		bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
		bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
		return (bits ^ (bits >>> 16)) >>> 0;
	};
	return () => (mixed() * 2 ** 21 + (mixed() >>> 11)) / 2 ** 53;
}
