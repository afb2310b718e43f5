import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { netmundial } from '#files/examples.ts';
import { placeOfText } from '#people/region-texts.ts';
import { groupOfText } from '#people/sector-texts.ts';

test('a country is read in any of its spellings, and decides the region', () => {
	const us = { country: 'US', region: 'western-european-others' };
	for (const text of [
		'USA',
		'US',
		'U.S.',
		'the united states',
		'United States of America',
		'États-Unis',
		'Estados Unidos',
		'США',
		'美国'
	])
		assert.deepEqual(placeOfText(text), us, text);
	assert.deepEqual(placeOfText('Sudan, Africa'), { country: 'SD', region: 'african' });
	assert.deepEqual(placeOfText('Senegal / AFRICA'), { country: 'SN', region: 'african' });
	assert.deepEqual(placeOfText('Australia/Asia Pacific'), { country: 'AU', region: 'western-european-others' });
	assert.deepEqual(placeOfText('Wad Medani, Sudan'), { country: 'SD', region: 'african' });
	assert.deepEqual(placeOfText('Geneva'), { country: 'CH', region: 'western-european-others' });
	assert.deepEqual(placeOfText('Region - Global with company headquarters in the U.S.'), us);
});

test('a country is read where a file lost its letters', () => {
	assert.equal(placeOfText('Sngal').country, 'SN');
	assert.equal(placeOfText('So Paulo, Brazil').country, 'BR');
	assert.equal(placeOfText('So Paulo').country, 'BR');
	assert.equal(placeOfText('People?s Republic of China').country, 'CN');
	assert.equal(placeOfText('Cte d?Ivoire').country, 'CI');
});

test('names that resemble each other are told apart', () => {
	const named = (texts: string[]) => texts.map((text) => placeOfText(text).country);
	assert.deepEqual(
		named([
			'Democratic Republic Of Congo',
			'Congo',
			'Niger',
			'Nigeria',
			'Guinea',
			'Guinea-Bissau',
			'Equatorial Guinea',
			'Papua New Guinea'
		]),
		['CD', 'CG', 'NE', 'NG', 'GN', 'GW', 'GQ', 'PG']
	);
	assert.deepEqual(
		named([
			'Sudan',
			'South Sudan',
			'Dominica',
			'Dominican Republic',
			'South Korea',
			'DPRK',
			'Trinidad and Tobago',
			'Bosnia and Herzegovina'
		]),
		['SD', 'SS', 'DM', 'DO', 'KR', 'KP', 'TT', 'BA']
	);
});

test('a region without a country, several countries, and the world', () => {
	assert.deepEqual(placeOfText('Latin America'), { region: 'latin-american-caribbean' });
	assert.deepEqual(placeOfText('France/United States'), { region: 'western-european-others' });
	for (const text of ['Brazil and Germany', 'Global', 'Europe', 'MENA', 'Africa, Asia'])
		assert.deepEqual(placeOfText(text), {}, text);
});

test('what is no place is left to a person', () => {
	for (const text of [
		'',
		'  ',
		'The Aspen Institute',
		'Jordan Smith',
		'Commonwealth Telecommunications Organisation',
		'???',
		'\0'
	])
		assert.deepEqual(placeOfText(text), { unknown: true }, text);
});

test('sectors of forms are stakeholder groups, and "Other" is known and not stated', () => {
	assert.deepEqual(
		[
			'Civil Society',
			'private sector',
			' Government ',
			'ACADEMIA',
			'Technical community',
			'International Organization',
			'société civile'
		].map((text) => groupOfText(text).group),
		['civil-society', 'private-sector', 'governments', 'academia', 'technical-community', 'intergovernmental', 'civil-society']
	);
	assert.deepEqual(['Other', ''].map(groupOfText), [{}, {}]);
	assert.deepEqual(groupOfText('Academia / Technical Community'), { unknown: true });
});

const { folder, skip } = netmundial;

test(
	'of the 140 submissions to NETmundial every sector is known, and all regions but those where the form was filled in wrongly',
	{ skip },
	() => {
		const forms = readdirSync(folder)
			.filter((name) => name.endsWith('A.txt'))
			.map((name) => readFileSync(join(folder, name), 'latin1'));
		assert.equal(forms.length, 140);
		const field = (name: string) => forms.map((form) => new RegExp(`^\\s*${name}: *(.*)$`, 'm').exec(form)?.[1] ?? '');
		assert.deepEqual(
			field('Sector').filter((sector) => groupOfText(sector).unknown),
			[]
		);
		assert.deepEqual([...new Set(field('Region').filter((region) => placeOfText(region).unknown))].sort(), [
			'Austrian Federal Ministry for Transport, Innovation and',
			'Commonwealth Telecommunications Organisation',
			'Deputy to the Chief Regulatory Officer Orange Group',
			'The Aspen Institute'
		]);
	}
);
