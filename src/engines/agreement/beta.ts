/**
 * The quantile of a Beta distribution: below which value the share p of it lies.
 *
 * The cumulative share is the continued fraction of NIST's Digital Library of Mathematical Functions, 8.17.22, evaluated by Lentz' method as
 * modified by Thompson and Barnett (1986); the factor before it is written around the mean, so that no large logarithms cancel. It is
 * inverted by Halley's steps within a bracket that only narrows. Held against values of mpmath to 1e-9 for a and b from ½ to a million.
 * @param a above 0
 * @param b above 0
 * @returns the quantile at p, between 0 and 1
 */
export function betaQuantiles(a: number, b: number): (p: number) => number {
	// nearer to 0 numbers are finer
	if (a > b) {
		const mirrored = betaQuantiles(b, a);
		return (p) => 1 - mirrored(1 - p);
	}
	const logFactor = logFactorOf(a, b);
	return (p) => quantile(p, a, b, logFactor);
}

function quantile(p: number, a: number, b: number, logFactor: (x: number) => number): number {
	const deviation = Math.sqrt((a * b) / (a + b + 1)) / (a + b);
	let [low, high] = [0, 1];
	let x = firstGuess(p, a, b, logFactor);
	for (let step = 0; step < 100; step++) {
		const factor = Math.exp(logFactor(x));
		const error = cumulative(x, a, b, factor) - p;
		if (error > 0) high = x;
		else low = x;
		// the density is factor / (x (1 − x))
		const newton = (error * x * (1 - x)) / factor;
		const bend = (a - 1) / x - (b - 1) / (1 - x);
		const move = newton / (1 - Math.min(0.5, Math.max(-0.5, (newton * bend) / 2)));
		let next = x - move;
		if (!(next >= low && next <= high)) next = (low + high) / 2;
		const moved = Math.abs(next - x);
		x = next;
		// the error that is left is of the order of the cube of the last step, in the scale on which the density bends
		if (moved <= 1e-4 * Math.min(x, 1 - x, deviation) || moved <= 1e-16) break;
	}
	return x;
}

/** x^a (1 − x)^b / B(a, b), as a logarithm. */
function logFactorOf(a: number, b: number): (x: number) => number {
	const mean = a / (a + b);
	const atMean = Math.log((a * b) / (2 * Math.PI * (a + b))) / 2 + beyondStirling(a + b) - beyondStirling(a) - beyondStirling(b);
	return (x) => atMean + a * Math.log1p((x - mean) / mean) + b * Math.log1p((mean - x) / (1 - mean));
}

/** ln Γ(z) less Stirling's (z − ½) ln z − z + ½ ln 2π (DLMF 5.11.1). */
function beyondStirling(z: number): number {
	let sum = 0;
	for (; z < 16; z++) sum += (z + 0.5) * Math.log1p(1 / z) - 1;
	const square = z * z;
	return sum + (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / z;
}

function cumulative(x: number, a: number, b: number, factor: number): number {
	return x < (a + 1) / (a + b + 2) ? (factor * fraction(x, a, b)) / a : 1 - (factor * fraction(1 - x, b, a)) / b;
}

function fraction(x: number, a: number, b: number): number {
	const least = 1e-300;
	const kept = (value: number) => (Math.abs(value) < least ? least : value);
	let above = 1;
	let below = 1 / kept(1 - ((a + b) * x) / (a + 1));
	let value = below;
	for (let m = 1; m < 100_000; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		below = 1 / kept(1 + even * below);
		above = kept(1 + even / above);
		value *= below * above;
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		below = 1 / kept(1 + odd * below);
		above = kept(1 + odd / above);
		const change = below * above;
		value *= change;
		if (Math.abs(change - 1) < 1e-15) break;
	}
	return value;
}

/** Near enough for the steps: where a is small its power law at 0, else a normal distribution of the log odds. */
function firstGuess(p: number, a: number, b: number, logFactor: (x: number) => number): number {
	if (a < 1) {
		const mean = a / (a + b);
		const logBeta = a * Math.log(mean) + b * Math.log1p(-mean) - logFactor(mean);
		return Math.min(0.5, Math.max(1e-12, (p * a * Math.exp(logBeta)) ** (1 / a)));
	}
	const odds = Math.log(a / b) + normalGuess(p) * Math.sqrt(1 / a + 1 / b);
	return 1 / (1 + Math.exp(-odds));
}

/** The normal quantile to three decimals or so (Abramowitz and Stegun, 26.2.22). */
function normalGuess(p: number): number {
	const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
	const distance = t - (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t);
	return p < 0.5 ? -distance : distance;
}
