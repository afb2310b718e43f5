import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldedName } from '#people/organisation-names.server.ts';
import { probableDoubles, type NamedOrganisation } from '#people/organisations/doubles.ts';
import { domainOf, isEverybodysDomain, mayStandUnder } from '#people/organisations/organisation.ts';

const named = (organisationId: string, name: string, country: string | null = null): NamedOrganisation => ({
	organisationId,
	country,
	names: [foldedName(name)]
});

test('names of the same words, of initials and with a slip of the pen are proposed as doubles', () => {
	const found = probableDoubles([
		named('a', 'Northlight Ltd'),
		named('b', 'NORTHLIGHT, Limited'),
		named('c', 'International Telecommunication Union'),
		named('d', 'ITU'),
		named('e', 'Internet Society'),
		named('f', 'Internet Socety'),
		named('g', 'Society for the Internet'),
		named('h', 'Association for Progressive Communications'),
		named('i', 'Ministère des Communications'),
		named('j', 'Communications, Ministere des')
	]);
	assert.deepEqual(found, [
		{ one: 'a', other: 'b', sign: 'same-words' },
		{ one: 'e', other: 'g', sign: 'same-words' },
		{ one: 'i', other: 'j', sign: 'same-words' },
		{ one: 'c', other: 'd', sign: 'initials' },
		{ one: 'e', other: 'f', sign: 'one-letter' }
	]);
});

test('a name that is the same to the eye, with letters of another script, is told as such, in whatever country it says it is', () => {
	const found = probableDoubles([
		named('a', 'Northlight Telecom', 'NO'),
		named('b', 'Nоrthlight Tеlеcоm', 'CY'),
		named('c', 'ITU'),
		named('d', 'ІТU'),
		named('e', 'lTU'),
		named('f', 'Институт сетевого права'),
		named('g', 'Internet Society'),
		named('h', 'Internet Sосiety')
	]);
	assert.deepEqual(
		found.map(({ one, other, sign }) => `${one}${other} ${sign}`),
		['ab look-alike', 'cd look-alike', 'ce look-alike', 'de look-alike', 'gh look-alike']
	);
});

test('the same name in two countries is two organisations', () => {
	const ministries = [named('a', 'Ministry of Communications', 'KE'), named('b', 'Ministry of Communications', 'GH')];
	assert.deepEqual(probableDoubles(ministries), []);
	assert.equal(probableDoubles([ministries[0]!, named('c', 'Ministry of Communications')]).length, 1);
});

test('a hundred proposals are enough for one sitting', () => {
	const many = Array.from({ length: 400 }, (_, place) =>
		named(String(place).padStart(6, '0'), `Network ${Math.floor(place / 2)}`)
	);
	assert.equal(probableDoubles(many).length, 100);
});

test('a domain is read from an address, a link or itself; everybody’s hosts are known', () => {
	assert.deepEqual(
		[
			'itu.int',
			'Amina@ITU.int',
			'https://www.itu.int/en',
			' example.co.ke ',
			'мвд.рф',
			'localhost',
			'',
			'a b.org',
			'x..org',
			'1.2.3.4'
		].map(domainOf),
		['itu.int', 'itu.int', 'itu.int', 'example.co.ke', 'xn--b1aew.xn--p1ai', null, null, null, null, null]
	);
	assert.deepEqual(['gmail.com', 'itu.int'].map(isEverybodysDomain), [true, false]);
});

test('no organisation stands above itself', () => {
	assert.equal(mayStandUnder('a', 'a', []), false);
	assert.equal(mayStandUnder('a', 'b', ['c', 'a']), false);
	assert.equal(mayStandUnder('a', 'b', ['c']), true);
});
