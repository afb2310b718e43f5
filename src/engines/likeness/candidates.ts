import type { Features } from './features.ts';

/** How the neighbours of a text are looked for; the defaults find a pair that shares a third of its weight with a chance over 99 %. */
export interface Search {
	/** trees of each set of features */
	readonly trees: number;
	/** neighbours looked at on each side in each tree */
	readonly beside: number;
	/** kept of each text: those met most often */
	readonly most: number;
}

/**
 * For each text, those that may be near it: whoever stands beside it in several trees.
 *
 * A tree is a list of all texts in the order of three hashes each. The hash of a text is the feature for which -ln(u)/weight is least, with
 * u the hash of the feature: two texts have the same one with the probability of their weighted Jaccard similarity (Broder 1997; with
 * weights: Chum, Philbin and Zisserman 2008). Texts that share the first hash, and the second, and the third stand together, the nearest
 * closest (LSH Forest: Bawa, Condie and Ganesan 2005), so that no threshold must be chosen, and however many share a hash a text meets at most
 * `2 · beside · trees` others: the cost grows with n log n.
 *
 * @returns for text t the candidates `[t * most, …)`, -1 behind the last
 */
export function candidates(sets: readonly Features[], texts: number, seed: number, { trees, beside, most }: Search): Int32Array {
	const forest = sets.flatMap((features, set) =>
		Array.from({ length: trees }, (_, tree) => growTree(features, texts, mix(seed + 1000 * set + tree)))
	);
	const found = new Int32Array(texts * most).fill(-1);
	const votes = new Uint16Array(texts);
	const met = new Int32Array(2 * beside * forest.length);
	const places = forest.map(({ order }) => placesIn(order));
	for (let t = 0; t < texts; t++) {
		let count = 0;
		const meet = (other: number, shared: number) => {
			if (votes[other] === 0) met[count++] = other;
			votes[other]! += shared;
		};
		for (const [f, { order, prefixes }] of forest.entries()) {
			const place = places[f]![t]!;
			for (const step of [-1, 1]) {
				let shared = levels;
				for (let away = 1; away <= beside; away++) {
					const next = place + step * away;
					if (next < 0 || next >= texts) break;
					shared = Math.min(shared, prefixes[step === 1 ? next : next + 1]!);
					if (shared === 0) break;
					meet(order[next]!, shared);
				}
			}
		}
		keepMost(met.subarray(0, count), votes, found.subarray(t * most, (t + 1) * most));
		for (let at = 0; at < count; at++) votes[met[at]!] = 0;
	}
	return found;
}

const levels = 3;

interface Tree {
	readonly order: Int32Array;
	/** of each place: how many hashes its text shares with the one before */
	readonly prefixes: Uint8Array;
}

function growTree({ starts, all, weights }: Features, texts: number, seed: number): Tree {
	const bits = Math.max(1, Math.ceil(Math.log2(texts + 1)));
	const each = Math.min(13, Math.floor((53 - bits) / levels));
	const size = 2 ** bits;
	const inverse = Float64Array.from(weights, (weight) => 1 / weight);
	const keys = new Float64Array(texts);
	for (let t = 0; t < texts; t++) {
		let key = 0;
		for (let level = 0; level < levels; level++) {
			const salt = mix(seed + 77 * level);
			let [least, chosen] = [Infinity, 0];
			for (let at = starts[t]!; at < starts[t + 1]!; at++) {
				const mixed = mix(all[at]! ^ salt);
				const value = logarithms[mixed >>> 16]! * inverse[all[at]!]!;
				if (value < least) {
					least = value;
					chosen = mixed;
				}
			}
			// a text without features stands beside those that share nothing with it
			key = key * 2 ** each + (starts[t] === starts[t + 1] ? mix(t ^ salt) & (2 ** each - 1) : chosen & (2 ** each - 1));
		}
		// those who share all hashes stand in another order in every tree, so that each meets others
		keys[t] = key * size + ((Math.imul(t, 2654435761) ^ seed) & (size - 1));
	}
	const sorted = Float64Array.from(keys).sort();
	const back = inverseOf(texts, size, seed);
	const order = Int32Array.from(sorted, (key) => back[key % size]!);
	const prefixes = new Uint8Array(texts + 1);
	for (let at = 1; at < texts; at++) {
		let [one, other] = [Math.floor(sorted[at - 1]! / size), Math.floor(sorted[at]! / size)];
		let shared = levels;
		while (one !== other) {
			one = Math.floor(one / 2 ** each);
			other = Math.floor(other / 2 ** each);
			shared--;
		}
		prefixes[at] = shared;
	}
	return { order, prefixes };
}

/** Multiplication with an odd number and exclusive or are permutations of the lower bits. */
function inverseOf(texts: number, size: number, seed: number): Int32Array {
	const back = new Int32Array(size);
	for (let t = 0; t < texts; t++) back[(Math.imul(t, 2654435761) ^ seed) & (size - 1)] = t;
	return back;
}

function placesIn(order: Int32Array): Int32Array {
	const places = new Int32Array(order.length);
	for (let at = 0; at < order.length; at++) places[order[at]!] = at;
	return places;
}

/** By votes, then by number. */
function keepMost(met: Int32Array, votes: Uint16Array, into: Int32Array): void {
	if (met.length > into.length) {
		// how many votes the last one kept has: counting, since votes are few
		const counts = new Uint32Array(512);
		for (const one of met) counts[Math.min(511, votes[one]!)]!++;
		let [least, above] = [511, 0];
		while (above + counts[least]! < into.length) above += counts[least--]!;
		let [at, equal] = [0, into.length - above];
		met.sort();
		for (const one of met) {
			const given = Math.min(511, votes[one]!);
			if (given > least || (given === least && equal-- > 0)) into[at++] = one;
		}
	} else into.set(met);
}

// -ln(u) of sixteen bits
const logarithms = Float64Array.from({ length: 65536 }, (_, at) => -Math.log((at + 0.5) / 65536));

/** Spreads a number over 32 bits (the finisher of MurmurHash3). */
export function mix(number: number): number {
	let hash = number | 0;
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
