import assert from 'node:assert/strict';
import test from 'node:test';
import { languageCodes } from '#languages/languages.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { countries, defaultGroups, isCountry, isDefaultGroup, regionOfCountry, regions } from '#people/regions.ts';

test('every country of ISO 3166-1 stands once, most in a region of the United Nations', () => {
	assert.equal(new Set(countries).size, countries.length);
	const everyCode = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].flatMap((first) =>
		[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((second) => first + second)
	);
	assert.equal(everyCode.filter(isCountry).length, 249);
	assert.deepEqual(
		everyCode.filter((code) => isCountry(code) && regionOfCountry(code) === null),
		['AQ', 'BV', 'GS', 'HM', 'IO', 'TF', 'UM']
	);
	assert.deepEqual(
		regions.map((region) => [region, countries.filter((country) => regionOfCountry(country) === region).length]),
		[
			['african', 54 + 4],
			['asia-pacific', 54 + 17],
			['eastern-european', 23],
			['latin-american-caribbean', 33 + 17],
			['western-european-others', 29 + 11]
		]
	);
});

test('a country leads to its region, and what is no country to none', () => {
	assert.deepEqual(['IN', 'BR', 'KE', 'US', 'UA', 'TR', 'CY', 'XX', ''].map(regionOfCountry), [
		'asia-pacific',
		'latin-american-caribbean',
		'african',
		'western-european-others',
		'eastern-european',
		'western-european-others',
		'asia-pacific',
		null,
		null
	]);
});

test('countries, regions and groups have a name in every language', () => {
	for (const language of languageCodes) {
		const say = speakerOf(language);
		assert.deepEqual(
			countries.filter((country) => say.country(country) === country),
			[]
		);
		for (const key of [...regions.map((region) => `regions.${region}`), ...defaultGroups.map((group) => `groups.${group}`)])
			assert.equal(say.knows(key), true, `${key} in ${language}`);
	}
	assert.deepEqual(['academia', 'media'].map(isDefaultGroup), [true, false]);
});
