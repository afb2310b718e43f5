/**
 * Chance that a standard normal number is at least z. Below 3 by the series of the error function, above by its continued fraction
 * (Abramowitz and Stegun 1964, 26.2.10 and 26.2.14); right to twelve digits.
 */
export function upperTail(z: number): number {
	if (z < 0) return 1 - upperTail(-z);
	const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
	if (z < 3) {
		let [term, sum] = [z, z];
		for (let odd = 3; term > 1e-17 * sum; odd += 2) {
			term *= (z * z) / odd;
			sum += term;
		}
		return 0.5 - density * sum;
	}
	let fraction = z;
	for (let depth = 80; depth > 0; depth--) fraction = z + depth / fraction;
	return density / fraction;
}
