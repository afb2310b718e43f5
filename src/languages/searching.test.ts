import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { fold, searchable, searchedFor } from '#languages/searching.server.ts';
import { testDatabase } from '#database/test-database.server.ts';

const database = await testDatabase();

async function finds(query: string, text: string, language: string): Promise<boolean> {
	const asked = `select array_to_tsvector($1::text[]) @@ $2::tsquery as found`;
	const { rows } = await database.query<{ found: boolean }>(asked, [searchable(text, language), searchedFor(query)]);
	return rows[0]!.found;
}

const texts: [language: string, text: string, queries: string[], others: string[]][] = [
	[
		'en',
		'Governments should be consulted on the governance of the Internet.',
		['government', 'Consulting governments', 'the internet'],
		['school']
	],
	[
		'fr',
		'L’accès à l’Internet, un cœur de métier des gouvernements élus.',
		['acces', 'gouvernement', 'coeur', 'l’accès', 'ELUS'],
		['école']
	],
	[
		'es',
		'La gobernación de los niños y la protección de datos',
		['gobernacion', 'proteccion', 'niño', 'NINOS', 'los datos'],
		['escuela']
	],
	['ru', 'Правительства поддерживают свободу слова и ёмкий йод', ['правительство', 'свобода', 'емкий', 'йод'], ['школа']],
	['zh', '互联网治理需要多利益攸关方参与', ['互联网', '治理', '互联网治理', '利益攸关方的参与', '网'], ['学校', '理互']],
	['ar', 'حماية البيانات الشخصيّة مسؤولية الحكومات', ['الحكومة', 'حكومات', 'شخصية', 'بيانات', 'حمايه'], ['مدرسة']],
	['de', 'Straßen und Netze für alle', ['strassen', 'fur', 'netze'], ['schule']],
	['ja', 'インターネットの自由', ['自由', 'インターネット'], ['学校']],
	['und', 'Nos gouvernements', ['gouvernement'], ['gouverneur']]
];

test('a text is found in its language by other forms of its words, without accents, and not by other words', async () => {
	for (const [language, text, queries, others] of texts) {
		for (const query of queries) assert.equal(await finds(query, text, language), true, `${query} in ${text}`);
		for (const query of others) assert.equal(await finds(query, text, language), false, `${query} not in ${text}`);
	}
});

test('any text is found by each of its own words', async () => {
	const words = fc.array(
		fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom("o'neil", 'naïve', 'Ёлка', 'مُؤسّسة', '互联网')),
		{ maxLength: 6 }
	);
	await fc.assert(
		fc.asyncProperty(words, fc.constantFrom('en', 'ar', 'ru', 'zh', 'und', 'de'), async (given, language) => {
			const text = given.join(' ');
			for (const word of given) if (searchedFor(word) !== null) assert.equal(await finds(word, text, language), true, word);
		}),
		{ numRuns: 60 }
	);
});

test('a query of signs only looks for nothing, and nothing in it is understood as an operator', async () => {
	assert.equal(searchedFor(" & | ! ' \\ :* <-> "), null);
	assert.equal(searchedFor(''), null);
	assert.equal(await finds("privacy' | 'x", 'privacy', 'en'), true);
	assert.equal(await finds('!privacy', 'privacy', 'en'), true);
});

test('common words count only where there are no others', () => {
	assert.equal(searchedFor('the of'), "'the' & 'of'");
	assert.equal(searchedFor('the root'), "'root'");
});

test('folding keeps letters that are not accents', () => {
	assert.deepEqual(['Élève', 'Ångström', 'Ёж', 'йод', 'أحمد', 'مدرسة', '٢٠١٣', 'हिन्दी', '한국어', 'Ｗｉｄｅ'].map(fold), [
		'eleve',
		'angstrom',
		'еж',
		'йод',
		'احمد',
		'مدرسه',
		'2013',
		'हिन्दी',
		'한국어',
		'wide'
	]);
});

test('a very long word and a very long text are no trouble', () => {
	assert.equal(
		searchable('x'.repeat(100_000), 'en').every((form) => form.length <= 60),
		true
	);
	assert.equal(searchable('an idea '.repeat(100_000), 'en').length, 2);
});
