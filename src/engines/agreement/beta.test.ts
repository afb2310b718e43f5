import assert from 'node:assert/strict';
import test from 'node:test';
import { betaQuantiles } from './beta.ts';

const betaQuantile = (p: number, a: number, b: number) => betaQuantiles(a, b)(p);
const near = (found: number, wanted: number, within: number) =>
	assert.ok(Math.abs(found - wanted) <= within, `${found} is not ${wanted}`);

test('quantiles are those of mpmath 1.3.0, computed with 60 digits from the power series of the incomplete beta function and rounded to doubles', () => {
	const values = [
		[0.1, 0.5, 0.5, 0.024471741852423217],
		[0.9, 0.5, 0.5, 0.9755282581475768],
		[0.025, 0.5, 5.5, 0.00009342060003954473],
		[0.975, 0.5, 5.5, 0.3793771422990393],
		[0.1, 3.5, 2.5, 0.32684739726458256],
		[0.025, 10.5, 0.5, 0.7828037324907894],
		[0.9, 20.5, 31.5, 0.4816542506024414],
		[0.1, 100.5, 7.5, 0.8980249354092571],
		[0.975, 670.5, 330.5, 0.6986195628303422],
		[0.1, 0.5, 1000.5, 0.000007893382292542783],
		[0.9, 12345.5, 54321.5, 0.18711159338584635],
		[0.025, 1e6, 0.5, 0.9999974880594333],
		[0.975, 1e6, 1e6, 0.5006929516660505],
		[0.1, 1e6, 2.25, 0.9999957424814038],
		[0.9, 0.5, 1e6, 0.0000013527711502449257],
		[0.5, 4.75, 3.6, 0.5746083051159502],
		[0.1, 500000.5, 500.5, 0.9989423367112333],
		[0.975, 1.5, 1.5, 0.9391697240799026],
		[0.025, 1.25, 40000.5, 0.0000014827625087982938]
	] as const;
	for (const [p, a, b, wanted] of values) near(betaQuantile(p, a, b), wanted, 1e-12);
});

test('Jeffreys intervals of 95 % are those printed in the manual of RSurveillance 0.2.1 (R, binom.jeffreys), to its eight decimals', () => {
	const printed = [
		[25, 200, 0.08462743, 0.176126],
		[10, 200, 0.0259934, 0.08687509],
		[20, 200, 0.06416642, 0.14729862],
		[30, 200, 0.10567714, 0.20436243],
		[50, 200, 0.19387268, 0.31330266],
		[80, 200, 0.33393964, 0.46893129]
	] as const;
	for (const [agree, n, lower, upper] of printed) {
		near(betaQuantile(0.025, agree + 0.5, n - agree + 0.5), lower, 5.1e-9);
		near(betaQuantile(0.975, agree + 0.5, n - agree + 0.5), upper, agree === 25 ? 5.1e-7 : 5.1e-9);
	}
});

test('where the quantile has a closed form it is that', () => {
	for (const p of [0.001, 0.025, 0.1, 0.5, 0.9, 0.975, 0.999]) {
		near(betaQuantile(p, 0.5, 0.5), Math.sin((Math.PI * p) / 2) ** 2, 1e-14);
		for (const a of [0.5, 1, 7.3, 800, 1e6]) {
			near(betaQuantile(p, a, 1), p ** (1 / a), 1e-12);
			near(betaQuantile(p, 1, a), -Math.expm1(Math.log1p(-p) / a), 1e-12);
		}
	}
});

test('from one half to a million quantiles mirror each other, and grow with p', () => {
	const sizes = [0.5, 0.75, 1, 1.5, 4, 19.5, 333, 7000.5, 1e5, 1e6];
	for (const a of sizes)
		for (const b of sizes) {
			let last = 0;
			for (const p of [0.025, 0.1, 0.5, 0.9, 0.975]) {
				const found = betaQuantile(p, a, b);
				assert.ok(found > last && found < 1, `${p} ${a} ${b}`);
				near(found, 1 - betaQuantile(1 - p, b, a), 1e-11);
				last = found;
			}
		}
});
