import assert from 'node:assert/strict';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { changeInstitution, institutionOf, institutionSeen, logoOf } from '#topics/institution/institution.server.ts';

const database = await testDatabase();
const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

test('an instance begins with an institution without a name, and with the six groups', async () => {
	const { texts, groups, logoVersion, noticeVersion } = await institutionOf(database);
	assert.deepEqual({ texts, logoVersion, noticeVersion }, { texts: {}, logoVersion: null, noticeVersion: '0.0' });
	assert.deepEqual(groups, [
		'governments',
		'private-sector',
		'civil-society',
		'technical-community',
		'academia',
		'intergovernmental'
	]);
});

test('name, colour, logo and terms are changed, and the version of the terms counts up', async () => {
	await institutionSeen(database);
	await changeInstitution(
		database,
		{ texts: { name: { en: 'The Union' }, terms: { en: 'Be kind.' } }, accent: '#7a1f5c', zone: 'Europe/Zurich', logo: png },
		aSecretary
	);
	await changeInstitution(database, { texts: { terms: { en: 'Be kind and brief.' } } }, aSecretary);
	const institution = await institutionSeen(database);
	assert.deepEqual(
		[institution.accent, institution.zone, institution.noticeVersion, institution.texts['name']?.[0]?.text],
		['#7a1f5c', 'Europe/Zurich', '2.0', 'The Union']
	);
	assert.match(institution.logoVersion ?? '', /^[0-9a-f]{12}$/);
	assert.deepEqual(await logoOf(database), { bytes: png, mediaType: 'image/png' });
	await changeInstitution(database, { logo: null }, aSecretary);
	assert.equal(await logoOf(database), null);
	const { rows } = await database.query(`select from activity where kind = 'institution'`);
	assert.equal(rows.length, 3);
});

test('what is no colour, no picture, no zone or not allowed is refused by name', async () => {
	const change = (changes: Parameters<typeof changeInstitution>[1]) => changeInstitution(database, changes, aSecretary);
	await assert.rejects(change({ accent: 'url(x)' }), { code: 'not-a-colour' });
	await assert.rejects(change({ logo: Buffer.from('<svg onload="alert(1)">') }), { code: 'logo-unusable' });
	await assert.rejects(change({ logo: Buffer.concat([png, Buffer.alloc(300_000)]) }), { code: 'logo-unusable' });
	await assert.rejects(change({ zone: 'Mars' }), { code: 'unknown-zone' });
	await assert.rejects(changeInstitution(database, {}, { kind: 'visitor', visitorId: null }), { code: 'not-allowed' });
});
