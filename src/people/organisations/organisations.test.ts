import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { holding } from '#people/examples.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import * as changing from '#people/organisations/changing.server.ts';
import { joinOrganisations, splitOrganisation, tellApart } from '#people/organisations/joining.server.ts';
import { doubles } from '#people/organisations/doubling.server.ts';
import { currentId, factsOf, organisationById, organisationsFound } from '#people/organisations/reading.server.ts';

const database = await testDatabase();
const secretary = holding('secretariat');
const refused = (code: string) => ({ name: 'Refusal', code });
const named = async (name: string, country: string | null = null) =>
	(await inTransaction(database, (transaction) => organisationsNamed(transaction, [{ name, country }])))[0]!;
const leads = (ids: readonly string[]) => Promise.all(ids.map((id) => currentId(database, id)));

test('twenty people who type a new name at the same time make one organisation', async () => {
	const ids = await Promise.all(
		Array.from({ length: 20 }, (_, place) => named(place % 2 ? 'Wasl Initiative' : 'the WASL initiative.'))
	);
	assert.equal(new Set(ids).size, 1);
});

test('what was joined is found under its names, leads to the other, and stands for itself again when it is split', async () => {
	const [isoc, society] = [await named('ISOC'), await named('Internet Society')];
	await joinOrganisations(database, isoc, society, secretary, 'the same');
	assert.deepEqual(await leads([isoc, society, await named('isoc')]), [society, society, society]);
	assert.deepEqual(
		(await organisationsFound(database, { words: 'isoc' })).map(({ name }) => name),
		['Internet Society']
	);
	assert.deepEqual(
		(await factsOf(database, society)).joined.map(({ name, reason }) => [name, reason]),
		[['ISOC', 'the same']]
	);
	await assert.rejects(organisationById(database, isoc), refused('not-found'));

	await splitOrganisation(database, isoc, secretary, 'not after all');
	assert.deepEqual(await leads([isoc, society]), [isoc, society]);
	assert.equal((await organisationById(database, isoc)).name, 'ISOC');
	const { rows } = await database.query(
		`select did, reason from activity where kind = 'organisation' and thing_id = $1 order by activity_id`,
		[isoc]
	);
	assert.deepEqual(rows, [
		{ did: 'joined', reason: 'the same' },
		{ did: 'split', reason: 'not after all' }
	]);
});

test('joins may follow each other; each can be taken back alone, and none makes a circle', async () => {
	const [a, b, c, d] = [
		await named('Alpha Net'),
		await named('Beta Net'),
		await named('Gamma Net'),
		await named('Delta Net')
	] as const;
	await joinOrganisations(database, a, b, secretary);
	await joinOrganisations(database, b, c, secretary);
	await joinOrganisations(database, d, a, secretary);
	assert.deepEqual(await leads([a, b, c, d]), [c, c, c, c]);
	await assert.rejects(joinOrganisations(database, c, d, secretary), refused('organisation-circle'));
	await assert.rejects(joinOrganisations(database, c, c, secretary), refused('organisation-circle'));
	await assert.rejects(joinOrganisations(database, a, c, secretary), refused('changed-meanwhile'));
	await assert.rejects(joinOrganisations(database, c, uuidv7(), secretary), refused('no-such-organisation'));
	await splitOrganisation(database, b, secretary);
	assert.deepEqual(await leads([a, b, c, d]), [b, b, c, b]);
	await splitOrganisation(database, a, secretary);
	assert.deepEqual(await leads([a, b, c, d]), [a, b, c, a]);
	await assert.rejects(splitOrganisation(database, a, secretary), refused('not-found'));
});

test('two who join crosswise at the same time make no circle', async () => {
	const [one, other] = [await named('Crosswise One'), await named('Crosswise Other')];
	const both = await Promise.allSettled([
		joinOrganisations(database, one, other, secretary),
		joinOrganisations(database, other, one, secretary)
	]);
	assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
	const [first, second] = await leads([one, other]);
	assert.equal(first, second);
});

test('names, details, parent and memberships change, each recorded; nothing stands above itself', async () => {
	const union = await named('International Telecommunication Union');
	const sector = await named('Standardization Bureau', 'CH');
	await changing.addName(
		database,
		union,
		{ name: 'Union internationale des télécommunications', language: 'fr', isMain: false },
		secretary
	);
	await changing.addName(database, union, { name: 'ITU', language: 'en', isMain: true }, secretary);
	assert.equal(await named('union internationale des telecommunications'), union);
	assert.equal((await organisationById(database, union)).name, 'ITU');
	await changing.removeName(database, union, 'union internationale des telecommunications', secretary);
	await changing.removeName(database, union, 'itu', secretary);
	assert.deepEqual(
		(await factsOf(database, union)).names.map(({ name, isMain }) => [name, isMain]),
		[
			['ITU', true],
			['International Telecommunication Union', false]
		]
	);

	await changing.changeDetails(database, union, { kind: 'intergovernmental', country: 'CH', parentId: null }, secretary);
	await changing.changeDetails(database, sector, { kind: 'intergovernmental', country: null, parentId: union }, secretary);
	const { kind, country, parentId } = await organisationById(database, sector);
	assert.deepEqual([kind, country, parentId], ['intergovernmental', null, union]);
	assert.deepEqual(
		(await factsOf(database, union)).children.map(({ name }) => name),
		['Standardization Bureau']
	);
	await assert.rejects(
		changing.changeDetails(database, union, { kind: null, country: null, parentId: sector }, secretary),
		refused('organisation-circle')
	);

	await changing.addMembershipKind(database, 'observer', secretary);
	await changing.changeMemberships(database, sector, ['sector-member', 'observer', 'no-such-kind'], secretary);
	await changing.changeMemberships(database, sector, ['observer'], secretary);
	assert.deepEqual(
		(await factsOf(database, sector)).memberships.map(({ membership }) => membership),
		['observer']
	);
	const { rows } = await database.query(
		`select count(*)::int as acts from activity where topic_id = $1 and kind = 'organisation' and thing_id = any ($2)`,
		[nilTopic, [union, sector]]
	);
	assert.deepEqual(rows, [{ acts: 8 }]);
});

test('a domain belongs to one organisation, and a host of everybody to none', async () => {
	const [one, other] = [await named('Domain One'), await named('Domain Other')];
	await changing.confirmDomain(database, one, 'Amina@Example.ORG', secretary);
	await assert.rejects(changing.confirmDomain(database, other, 'example.org', secretary), refused('domain-taken'));
	await assert.rejects(changing.confirmDomain(database, other, 'gmail.com', secretary), refused('domain-of-everybody'));
	await assert.rejects(changing.confirmDomain(database, other, 'localhost', secretary), refused('domain-unusable'));
	await changing.removeDomain(database, one, 'example.org', secretary);
	await changing.confirmDomain(database, other, 'example.org', secretary);
	assert.deepEqual(
		(await factsOf(database, other)).domains.map(({ domain }) => domain),
		['example.org']
	);
});

test('probable doubles are proposed until they are joined or told apart', async () => {
	const [one, other, third] = [await named('Red Sur Foundation'), await named('Foundation Red Sur Ltd'), await named('Sur Red')];
	const pairs = async () =>
		(await doubles(database))
			.filter(({ oneName }) => oneName.includes('Red'))
			.map(({ one: first, other: second }) => [first, second]);
	const pair = (...ids: string[]) => ids.sort();
	assert.deepEqual((await pairs()).sort(), [pair(one, other), pair(one, third), pair(other, third)].sort());
	await tellApart(database, third, one, secretary);
	await joinOrganisations(database, other, one, secretary);
	assert.deepEqual(await pairs(), []);
});

test('doubles are looked for again only when something has changed', async () => {
	await named('Looked For Once');
	await named('Once Looked For Ltd');
	let queries = 0;
	const counting = {
		query: ((...given: Parameters<typeof database.query>) => (queries++, database.query(...given))) as typeof database.query
	};
	const first = await doubles(counting);
	assert.equal(first.filter(({ oneName }) => oneName.includes('Looked')).length, 1);
	queries = 0;
	assert.deepEqual(await doubles(counting), first);
	assert.equal(queries, 2);
	await named('For Looked Once SA');
	assert.equal((await doubles(counting)).filter(({ oneName }) => oneName.includes('Looked')).length, 3);
});

test('only the secretariat looks after organisations', async () => {
	const id = await named('Left Alone');
	const moderator = holding('moderator');
	const all = [
		joinOrganisations(database, id, id, moderator),
		splitOrganisation(database, id, moderator),
		tellApart(database, id, id, moderator),
		changing.addName(database, id, { name: 'x', language: 'en', isMain: false }, moderator),
		changing.removeName(database, id, 'x', moderator),
		changing.changeDetails(database, id, { kind: null, country: null, parentId: null }, moderator),
		changing.changeMemberships(database, id, [], moderator),
		changing.confirmDomain(database, id, 'example.net', moderator),
		changing.removeDomain(database, id, 'example.net', moderator),
		changing.addMembershipKind(database, 'x', moderator)
	];
	for (const act of await Promise.allSettled(all))
		assert.equal(act.status === 'rejected' ? (act.reason as { code: string }).code : 'done', 'not-allowed');
});
