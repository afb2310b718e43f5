import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anOpenTopic, temporaryKeys } from '#ideas/examples.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { organisationsFound } from '#people/organisations/reading.server.ts';
import { isRefusal } from '#refusals/refusal.ts';
import { exported } from '#reports/export/exporting.server.ts';
import { adviceFor } from '#sheets/allowed.server.ts';
import { bringIn } from '#sheets/bringing-in.server.ts';
import { aCsv } from '#sheets/examples.ts';
import { prepareSheet, type Mapping, type Prepared } from '#sheets/preparing.server.ts';
import type { SheetKind } from '#sheets/sheet.ts';
import { topicOf } from '#topics/reading.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const actor: Actor = { kind: 'job', name: 'test' };
const origin = 'https://talks.example';

type Topic = { topicId: string; slug: string | null };
const institution: Topic = { topicId: nilTopic, slug: null };

function look(topic: Topic, kind: SheetKind, bytes: Uint8Array, mapping: Mapping | null = null): Promise<Prepared> {
	return prepareSheet(database, keys, { topicId: topic.topicId, kind, slug: topic.slug }, bytes, mapping);
}

async function bring(topic: Topic, kind: SheetKind, bytes: Uint8Array): Promise<number> {
	const { fresh, errors } = await look(topic, kind, bytes);
	assert.deepEqual(errors, []);
	return inTransaction(database, (transaction) => bringIn(transaction, { topicId: topic.topicId, kind, origin }, fresh, actor));
}

async function file(topicId: string, name: string): Promise<Buffer> {
	const wishes = { say: speakerOf('en'), showsResults: true, origin: 'https://talks.example.org', at: new Date() };
	const pieces: Buffer[] = [];
	for await (const piece of exported(database, await topicOf(database, topicId), name, wishes).pieces)
		pieces.push(Buffer.from(piece));
	return Buffer.concat(pieces);
}

const ideas = aCsv(
	'Idée;Explication;Groupe;Pays;Organisation;Nom;Question;Langue',
	'"Ouvrir les données";"Parce que c’est juste";Société civile;Kenya;Association Exemple;Ana Exemple;1;français',
	'Keep the root zone stable;;Technical community, Academia;;;;;en',
	'Nothing is said of me;;;;;;;'
);

test('ideas come in with what is known of their authors, and a second time nothing does', async () => {
	const topic = await anOpenTopic(database);
	assert.equal(await bring(topic, 'ideas', ideas), 3);
	assert.equal(await bring(topic, 'ideas', ideas), 0);
	const { rows } = await database.query(
		`
			select i.idea_number as number, v.point, v.explanation, i.stakeholder_groups as groups, i.region, i.attribution, i.channel, i.language,
				n.name, i.participant_number is null as unknown, i.question_id is null as unasked
			from ideas i
			join idea_versions v using (topic_id, idea_number)
			left join contribution_names n on n.topic_id = i.topic_id and n.contribution_id = i.contribution_id
			where i.topic_id = $1
			order by i.idea_number`,
		[topic.topicId]
	);
	const common = { channel: 'import', unknown: false, unasked: true, name: null, explanation: '', region: null };
	assert.deepEqual(rows, [
		{
			...{ ...common, number: 1, point: 'Ouvrir les données', explanation: 'Parce que c’est juste', groups: ['civil-society'] },
			...{ region: 'african', attribution: 'named', language: 'fr', name: 'Ana Exemple', unasked: false }
		},
		{
			...{ ...common, number: 2, point: 'Keep the root zone stable', groups: ['technical-community', 'academia'] },
			...{ attribution: 'group', language: 'en' }
		},
		{ ...common, number: 3, point: 'Nothing is said of me', groups: [], attribution: 'anonymous', language: 'en', unknown: true }
	]);
	const counts = await database.query(`select counted, count::int from topic_counts where topic_id = $1 order by counted`, [
		topic.topicId
	]);
	assert.deepEqual(counts.rows, [
		{ counted: 'ideas', count: 3 },
		{ counted: 'ideas-of-question', count: 1 }
	]);
});

test('what is wrong is told by row and column, all of it, and nothing comes in', async () => {
	const topic = await anOpenTopic(database);
	const { errors, drafts } = await look(
		topic,
		'ideas',
		aCsv(
			'point,country,question,groups,id',
			'Good,,,,1',
			`${'long '.repeat(50)},Atlantis,,,2`,
			',Kenya,9,Pirates,3',
			'Other words,,,,1',
			'One,cell,too,many,5,here',
			'With a NUL \0 in it,,,,6'
		)
	);
	assert.deepEqual(
		errors.map(({ code, row, column }) => [code, row, column]),
		[
			['cells-beyond', 6, 5],
			['cell-long', 3, 0],
			['place-unknown', 3, 1],
			['cell-empty', 4, 0],
			['group-unknown', 4, 3],
			['question-unknown', 4, 2],
			['id-twice', 5, 4],
			['place-unknown', 6, 1],
			['group-unknown', 6, 3],
			['question-unknown', 6, 2],
			['cell-damaged', 7, 0]
		]
	);
	assert.equal(drafts.length, 1);
});

test('a word that nobody knows is told with the word that was meant, else with those that are allowed', async () => {
	const topic = await anOpenTopic(database);
	const { errors, columns } = await look(
		topic,
		'ideas',
		aCsv(
			'point,groups,country,question,language,region',
			'One,Goverments; Academia,Kenyaa,9,frensh,',
			'Two,Pirates,Atlantis,,,Afrcan',
			'Three,Sociéte civil,Alemagna,,,'
		)
	);
	const say = speakerOf('en');
	const advice = await adviceFor(database, topic.topicId, errors, say);
	const told = errors.map((error) => [error.values?.['text'], advice(error, columns.fields[error.column!] ?? null)]);
	assert.deepEqual(Object.fromEntries(told), {
		'Goverments; Academia': 'Did you mean “Governments”?',
		Kenyaa: 'Did you mean “Kenya”?',
		'9': 'This column may hold: 1',
		frensh: 'Did you mean “French”?',
		Pirates:
			'This column may hold: Governments · Private sector · Civil society · Technical community · Academia · Intergovernmental organisations',
		Atlantis: 'Write the name of a country in one of the six languages, or its code of two letters, such as KE.',
		Afrcan: 'Did you mean “African”?',
		'Sociéte civil': 'Did you mean “Société civile”?',
		Alemagna: 'Did you mean “Allemagne”?'
	});
});

test('headings may stand below others, and in any order; a sheet without any is mapped by hand', async () => {
	const topic = await anOpenTopic(database);
	const below = await look(
		topic,
		'ideas',
		aCsv('Consultation 2026,,', ',,', 'No,Explanation,Statement', '7,Because,Do it', ',,')
	);
	assert.equal(below.columns.headingRow, 2);
	assert.deepEqual(below.columns.fields, ['id', 'explanation', 'point']);
	assert.deepEqual(
		below.remarks.map(({ code, values }) => [code, values?.['count']]),
		[
			['rows-above', 1],
			['rows-empty', 1]
		]
	);
	// the word of our own API
	assert.deepEqual((await look(topic, 'ideas', aCsv('text,question', 'Do it,1'))).columns.fields, ['point', 'question']);
	const unnamed = aCsv('x,y', 'Do it,Because');
	const { errors } = await look(topic, 'ideas', unnamed);
	assert.deepEqual(errors, [{ code: 'column-missing', values: { field: 'point' } }]);
	const mapped = await look(topic, 'ideas', unnamed, { headingRow: 0, fields: { x: 'point', y: 'explanation' } });
	assert.deepEqual([mapped.errors.length, mapped.fresh.length], [0, 1]);
});

for (const format of ['csv', 'xlsx']) {
	test(`what one talk exports as ${format.toUpperCase()} another takes, and exports again cell for cell`, async () => {
		const [from, to] = [await anOpenTopic(database), await anOpenTopic(database)];
		const odd = aCsv(
			'point,explanation,sources,groups,region,organisation,author,language',
			`"=HYPERLINK(""x"")","Two\nlines, and _x0041_","'quoted'",governments,african,Ministry of Examples,,en`,
			`"@here","-1\ttab",+1,academia technical-community,,,"=Ana",fr`
		);
		assert.equal(await bring(from, 'ideas', odd), 2);
		const exportedFile = await file(from.topicId, `ideas.${format}`);
		assert.equal(await bring(from, 'ideas', exportedFile), 0);
		assert.equal(await bring(to, 'ideas', exportedFile), 2);
		assert.equal(await bring(to, 'ideas', exportedFile), 0);
		const without = (text: Buffer) =>
			text
				.toString()
				.replaceAll(/\/topics\/[\w-]+/g, '')
				.replaceAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g, '');
		assert.equal(without(await file(to.topicId, 'ideas.csv')), without(await file(from.topicId, 'ideas.csv')));

		const texts = aCsv(
			'title,text,organisation,country,author',
			`"Ours","=1+1\r\n${'long '.repeat(9000)}",Ministry of Examples,KE,Ana`
		);
		assert.equal(await bring(from, 'submissions', texts), 1);
		assert.equal(await bring(to, 'submissions', await file(from.topicId, `submissions.${format}`)), 1);
		assert.equal(without(await file(to.topicId, 'submissions.csv')), without(await file(from.topicId, 'submissions.csv')));
	});
}

test('people of a list are invited in their own language, once', async () => {
	const topic = await anOpenTopic(database);
	const people = aCsv(
		'E-mail,Role,Language,Group',
		'Ana <ana@example.org>,,français,Academia',
		'bo@example.org,Rapporteur,,',
		'ana@example.org,,fr,Academia'
	);
	const { errors } = await look(topic, 'invitations', people);
	assert.deepEqual(
		errors.map(({ code, row }) => [code, row]),
		[['id-twice', 4]]
	);
	const mended = aCsv('E-mail,Role,Language,Group', 'ana@example.org,,français,Academia', 'bo@example.org,Rapporteur,,');
	assert.equal(await bring(topic, 'invitations', mended), 2);
	assert.equal(await bring(topic, 'invitations', mended), 0);
	// when those have lapsed, by the clock of the instance, they can be invited anew
	const later = { ...database, clockShift: 400 * 86_400_000 };
	const wanted = { topicId: topic.topicId, kind: 'invitations', slug: topic.slug } as const;
	assert.equal((await prepareSheet(later, keys, wanted, mended)).fresh.length, 2);
	const { rows } = await database.query(
		`select email, role, stakeholder_group as group, language from invitations where topic_id = $1 order by email`,
		[topic.topicId]
	);
	assert.deepEqual(rows, [
		{ email: 'ana@example.org', role: 'participant', group: 'academia', language: 'fr' },
		{ email: 'bo@example.org', role: 'rapporteur', group: null, language: 'en' }
	]);
	const mails = await database.query(`select to_address as to, language from mails where topic_id = $1 order by to_address`, [
		topic.topicId
	]);
	assert.deepEqual(mails.rows, [
		{ to: 'ana@example.org', language: 'fr' },
		{ to: 'bo@example.org', language: 'en' }
	]);
});

test('organisations come in with their names, kind, country and parent; who is there stays as they are', async () => {
	const sheet = aCsv(
		'Name,Other names,Type,Country,Parent,Membership',
		'University of Exampleton,UoE; Exampleton University,University or research,GB,Exampleton Trust,Academia member',
		'Exampleton Trust,,,GB,,'
	);
	assert.equal(await bring(institution, 'organisations', sheet), 2);
	assert.equal(await bring(institution, 'organisations', sheet), 0);
	const found = await organisationsFound(database, { words: 'exampleton' });
	assert.deepEqual(
		found.map(({ name, kind, country, aliases, parentId }) => [name, kind, country, aliases.length, parentId !== null]),
		[
			['Exampleton Trust', null, 'GB', 0, false],
			['University of Exampleton', 'academic', 'GB', 2, true]
		]
	);
});

test('two imports of the same sheet at once add each row once', async () => {
	const topic = await anOpenTopic(database);
	const [one, other] = await Promise.all([bring(topic, 'ideas', ideas), bring(topic, 'ideas', ideas)]);
	assert.deepEqual([one, other].sort(), [0, 3]);
});

test('only staff of the topic bring in, and only the secretariat invites', async () => {
	const topic = await anOpenTopic(database);
	const visitor: Actor = { kind: 'visitor', visitorId: 'v' };
	const refused = (error: unknown) => isRefusal(error) && error.code === 'not-allowed';
	for (const kind of ['ideas', 'invitations'] as const)
		await assert.rejects(
			inTransaction(database, (transaction) => bringIn(transaction, { topicId: topic.topicId, kind, origin }, [], visitor)),
			refused
		);
});
