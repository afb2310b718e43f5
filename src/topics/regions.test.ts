import assert from 'node:assert/strict';
import test from 'node:test';
import { countries, regionOfCountry, regions } from '#topics/regions.ts';

test('every country of the list stands once, has a name in English, and the regions are those of the United Nations', () => {
	const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
	assert.deepEqual(
		countries.filter((country) => names.of(country) === undefined),
		[]
	);
	assert.equal(new Set(countries).size, countries.length);
	assert.deepEqual(
		regions.map((region) => [region, countries.filter((country) => regionOfCountry(country) === region).length]),
		[
			['african', 54],
			['asia-pacific', 57],
			['eastern-european', 23],
			['latin-american-caribbean', 34],
			['western-european-others', 31]
		]
	);
});

test('a country leads to its region, and what is no country to none', () => {
	assert.deepEqual(['IN', 'BR', 'KE', 'US', 'UA', 'XX', ''].map(regionOfCountry), [
		'asia-pacific',
		'latin-american-caribbean',
		'african',
		'western-european-others',
		'eastern-european',
		null,
		null
	]);
});
