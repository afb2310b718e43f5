import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import assert from 'node:assert/strict';
import test from 'node:test';
import { publishCells } from '#agreement/publishing.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { csvLine, guarded, unguarded } from '#files/csv.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { aCommentDraft, aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { isRefusal } from '#refusals/refusal.ts';
import { exported } from '#reports/export/exporting.server.ts';
import { tables, type Column } from '#reports/export/tables.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { topicOf } from '#topics/reading.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const wishes = { say: speakerOf('en'), origin: 'https://talks.example.org', at: new Date('2026-01-02T03:04:06Z') };

async function file(topicId: string, name: string, showsResults = true): Promise<string> {
	let text = '';
	const topic = await topicOf(database, topicId);
	for await (const piece of exported(database, topic, name, { ...wishes, showsResults }).pieces)
		text += typeof piece === 'string' ? piece : Buffer.from(piece).toString('latin1');
	return text;
}

async function table(topicId: string, name: string, showsResults = true): Promise<Record<string, string>[]> {
	return parse<Record<string, string>>(await file(topicId, `${name}.csv`, showsResults), { columns: true, bom: true });
}

test('the guard keeps a spreadsheet from computing, and takes nothing away', () => {
	assert.equal(guarded('=SUM(A1)'), "'=SUM(A1)");
	assert.equal(guarded("'quoted'"), "''quoted'");
	assert.equal(guarded('a = b'), 'a = b');
	fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(unguarded(guarded(text)), text)));
	fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.ok(!/^[=+\-@\t\r]/.test(guarded(text)))));
});

test('what a text holds comes back from the file, whatever it holds', () => {
	const texts = fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 });
	fc.assert(
		fc.property(texts, (cells) => {
			const line = csvLine(cells.map((value) => ({ value, isText: true })));
			const [read]: string[][] = parse(line, { relaxColumnCount: true, recordDelimiter: '\r\n', skipEmptyLines: false });
			assert.deepEqual((read ?? []).map(unguarded), cells);
		})
	);
});

test('ideas, comments and published cells are exported, without what was hidden', async () => {
	const { topicId, questionId } = await anOpenTopic(database);
	const draft = anIdeaDraft(topicId, { questionId, point: '=HYPERLINK("x")', explanation: 'Two\nlines, "quoted"' });
	const { number } = await submitIdea(database, keys, draft, aVisitor('author'));
	const hidden = await submitIdea(
		database,
		keys,
		anIdeaDraft(topicId, { point: 'A secret that was hidden' }),
		aVisitor('author')
	);
	await comment(database, keys, aCommentDraft(topicId, number, { text: '-1 from me' }), aVisitor('critic'));
	await comment(database, keys, aCommentDraft(topicId, hidden.number, { text: 'said under a secret' }), aVisitor('critic'));
	const opinions = new OpinionBatcher(database, keys);
	for (let person = 0; person < 6; person++) {
		await opinions.give(topicId, aVisitor(`person ${person}`), { ideaNumber: number, opinion: 'agree', seen: null });
	}
	await publishCells(database, topicId);
	const { rows } = await database.query<{ id: string }>(
		'select idea_id as id from ideas where topic_id = $1 and idea_number = $2',
		[topicId, hidden.number]
	);
	const thing = { topicId, kind: 'idea', thingId: rows[0]!.id } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));

	const ideas = await table(topicId, 'ideas');
	assert.deepEqual(
		ideas.map(({ idea, point, explanation, agree, comments, question }) => [idea, point, explanation, agree, comments, question]),
		[[String(number), `'=HYPERLINK("x")`, 'Two\nlines, "quoted"', '6', '1', '1']]
	);
	assert.deepEqual(
		(await table(topicId, 'comments')).map(({ text }) => text),
		["'-1 from me"]
	);
	assert.deepEqual(
		(await table(topicId, 'cells')).map(({ dimension, key, agree }) => [dimension, key, agree]),
		[
			['assurance', 'browser', '6'],
			['group', 'not-stated', '6'],
			['region', 'not-stated', '6']
		]
	);
	const all = await file(topicId, 'topic.json');
	assert.ok(!all.includes('secret'));
	const whole = JSON.parse(all) as { licence: string; ideas: { point: string; agree: number }[]; comments: { text: string }[] };
	assert.deepEqual([whole.licence, whole.ideas[0]!.point, whole.ideas[0]!.agree], ['CC-BY-4.0', '=HYPERLINK("x")', 6]);

	const blind = await table(topicId, 'ideas', false);
	assert.deepEqual(
		blind.map(({ agree, disagree, pass, comments }) => [agree, disagree, pass, comments]),
		[['', '', '', '1']]
	);
	assert.deepEqual(await table(topicId, 'cells', false), []);
	assert.ok(!/"agree":\d/.test(await file(topicId, 'topic.json', false)));
});

test('each column of each table is there and in the dictionary', async () => {
	const { topicId } = await anOpenTopic(database);
	const dictionary = await table(topicId, 'dictionary');
	for (const [name, columns] of Object.entries(tables) as [string, readonly Column[]][]) {
		const header = (await file(topicId, `${name}.csv`)).split('\r\n', 1)[0];
		assert.equal(header, `\ufeff${columns.map((column) => column.name).join(',')}`);
		assert.deepEqual(
			dictionary.filter((row) => row['table'] === name).map((row) => row['column']),
			columns.map((column) => column.name)
		);
	}
	assert.ok(dictionary.every(({ meaning }) => meaning !== ''));
});

test('pages of a table join without a gap or a repetition', async () => {
	const { topicId } = await anOpenTopic(database);
	await database.query(
		`insert into ideas (topic_id, idea_number, idea_id, channel, language, attribution, shuffle, published_at)
		select $1, number, gen_random_uuid(), 'web', 'en', 'anonymous', 0, now() from generate_series(1, 2500) as number`,
		[topicId]
	);
	await database.query(
		`insert into idea_versions (topic_id, idea_number, version, point, written_at)
		select $1, number, 1, 'Idea ' || number, now() from generate_series(1, 2500) as number`,
		[topicId]
	);
	await database.query(
		`insert into idea_counts (topic_id, idea_number) select $1, number from generate_series(1, 2500) as number`,
		[topicId]
	);
	const ideas = await table(topicId, 'ideas');
	assert.deepEqual(
		ideas.map(({ point }) => point),
		Array.from({ length: 2500 }, (_, index) => `Idea ${index + 1}`)
	);
});

test('all of it comes in one archive, made as it is taken, without single opinions', async () => {
	const { topicId } = await anOpenTopic(database);
	await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'Écouter 听' }), aVisitor('author'));
	const unpacked = unzipSync(Buffer.from(await file(topicId, 'topic.zip'), 'latin1'));
	assert.deepEqual(Object.keys(unpacked).slice(-4), ['dictionary.csv', 'LICENCE.txt', 'README.txt', 'SHA256SUMS']);
	assert.ok(!('opinions.csv' in unpacked));
	assert.equal(Buffer.from(unpacked['ideas.csv']!).toString(), await file(topicId, 'ideas.csv'));
	assert.equal(await file(topicId, 'topic.zip'), await file(topicId, 'topic.zip'));
});

test('any other name is not found', async () => {
	const { topicId } = await anOpenTopic(database);
	const topic = await topicOf(database, topicId);
	for (const name of [
		'people.csv',
		'people.xlsx',
		'dictionary.xlsx',
		'../ideas.csv',
		'ideas',
		'constructor.csv',
		'ideas.csv.csv'
	]) {
		assert.throws(
			() => exported(database, topic, name, { ...wishes, showsResults: true }),
			(error) => isRefusal(error) && error.code === 'not-found'
		);
	}
});

test('levels of support are exported with who is missing, and not while opinions are blind', async () => {
	const { topicId } = await anOpenTopic(database);
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	const opinions = new OpinionBatcher(database, keys);
	for (let person = 0; person < 10; person++) {
		const actor = aVisitor(`governor ${person}`);
		await stateProfile(database, keys, topicId, actor, { ...nothingStated, groups: ['governments'] });
		await opinions.give(topicId, actor, { ideaNumber: number, opinion: person === 0 ? 'disagree' : 'agree', seen: null });
	}
	await publishCells(database, topicId);
	assert.deepEqual(await table(topicId, 'levels'), [
		{
			idea: String(number),
			level: 'not-heard',
			// Beta(9½, 1½) at a tenth
			score: '0.7254',
			opposed_by: '',
			not_heard_from: 'private-sector civil-society technical-community academia intergovernmental'
		}
	]);
	assert.deepEqual(await table(topicId, 'levels', false), []);
});
