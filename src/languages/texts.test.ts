import assert from 'node:assert/strict';
import test from 'node:test';
import { inTransaction, type Queryable } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { someoneWaits, testDatabase } from '#database/test-database.server.ts';
import { aText } from '#languages/examples.ts';
import {
	gapsIn,
	inLanguage,
	textsOf,
	textsOfThings,
	versionsOf,
	wordsOf,
	writeTexts,
	type WrittenTexts
} from '#languages/texts.server.ts';

const database = await testDatabase();

const aTopic = () => {
	const topicId = uuidv7();
	return { topicId, kind: 'topic', thingId: topicId };
};
const write = (thing: ReturnType<typeof aTopic>, texts: WrittenTexts) =>
	inTransaction(database, (transaction) => writeTexts(transaction, thing, texts, null));

test('a text is written in each language side by side, and only a change makes a new version', async () => {
	const topic = aTopic();
	await write(topic, { title: { en: 'Open Talks', fr: 'Débats ouverts' }, summary: { en: 'A first try' } });
	const changed = await write(topic, {
		title: { en: 'Open Talks', fr: 'Dialogues ouverts', ar: '' },
		summary: { en: 'A summary' }
	});
	assert.deepEqual(
		changed.sort((one, other) => one.field.localeCompare(other.field)),
		[
			{ field: 'summary', language: 'en', version: 2 },
			{ field: 'title', language: 'fr', version: 2 }
		]
	);
	const texts = (await textsOf(database, topic.topicId, [topic])).get(topic.thingId)!;
	assert.deepEqual(
		texts['title']!.map(({ language, text, version }) => ({ language, text, version })),
		[
			{ language: 'en', text: 'Open Talks', version: 1 },
			{ language: 'fr', text: 'Dialogues ouverts', version: 2 }
		]
	);
	assert.deepEqual(
		(await versionsOf(database, topic, 'title', 'fr')).map(({ text }) => text),
		['Dialogues ouverts', 'Débats ouverts']
	);
});

test('an emptied text is gone for readers, and its versions stay', async () => {
	const topic = aTopic();
	await write(topic, { title: { en: 'Open Talks' } });
	await write(topic, { title: { en: '' } });
	assert.deepEqual((await textsOf(database, topic.topicId, [topic])).get(topic.thingId), {});
	assert.equal((await versionsOf(database, topic, 'title', 'en')).length, 2);
});

test('a text that cannot be kept and a language that is none are refused', async () => {
	const topic = aTopic();
	await assert.rejects(write(topic, { title: { en: 'a\0' } }), {
		code: 'unusable-text',
		values: { reason: 'nul', what: 'title', max: 200_000 }
	});
	await assert.rejects(write(topic, { title: { english: 'a' } }), { code: 'unknown-language', values: { tag: 'english' } });
	assert.deepEqual((await textsOf(database, topic.topicId, [topic])).get(topic.thingId), {});
});

test('of two who change one text at the same moment, the second is told so', async () => {
	const topic = aTopic();
	await inTransaction(database, async (first) => {
		await writeTexts(first, topic, { title: { en: 'one' } }, null);
		const second = inTransaction(database, async (transaction) => {
			await transaction.query(`set local lock_timeout = '10s'`);
			return writeTexts(transaction, topic, { title: { en: 'two' } }, null);
		});
		second.catch(() => undefined);
		await someoneWaits(database);
		return { second };
	}).then(({ second }) => assert.rejects(second, { code: 'changed-meanwhile' }));
	assert.equal((await versionsOf(database, topic, 'title', 'en')).length, 1);
});

test('the texts of one thing and of three are one query', async () => {
	const topics = [aTopic(), aTopic(), aTopic()];
	for (const topic of topics) await write(topic, { title: { en: 'Title' }, summary: { en: 'Summary' } });
	let queries = 0;
	const counting = new Proxy<Queryable>(database, {
		get(target, name: keyof Queryable) {
			queries++;
			return Reflect.get(target, name);
		}
	});
	for (const length of [1, 3]) {
		queries = 0;
		const texts = await textsOfThings(counting, topics.slice(0, length));
		assert.equal(queries, 1);
		assert.equal(texts.size, length);
		assert.deepEqual(Object.keys(texts.get(topics[0]!.thingId)!), ['summary', 'title']);
	}
});

test('a reader sees the language most wanted, and is told where it is another', () => {
	const title = [aText('en', 'Open Talks'), aText('pt-BR', 'Diálogos abertos'), aText('fr', 'Dialogues ouverts')];
	assert.deepEqual(inLanguage(title, ['ru', 'fr']), { text: 'Dialogues ouverts', language: 'fr', isWanted: true });
	assert.deepEqual(inLanguage(title, ['pt']), { text: 'Diálogos abertos', language: 'pt-BR', isWanted: true });
	assert.deepEqual(inLanguage(title, ['ar']), { text: 'Open Talks', language: 'en', isWanted: false });
	assert.deepEqual(inLanguage(title, ['ar'], 'fr'), { text: 'Dialogues ouverts', language: 'fr', isWanted: false });
	assert.deepEqual(inLanguage([aText('zh', '公开')], ['ar']), { text: '公开', language: 'zh', isWanted: false });
	assert.deepEqual(inLanguage(undefined, ['ar']), { text: '', language: 'ar', isWanted: true });
	assert.deepEqual(wordsOf({ title }, ['title', 'summary'], ['fr']), {
		title: { text: 'Dialogues ouverts', language: 'fr', isWanted: true },
		summary: { text: '', language: 'fr', isWanted: true }
	});
});

test('gaps are named by field and language', () => {
	assert.deepEqual(gapsIn({ title: [aText('en', 'a'), aText('fr', 'b')], summary: [aText('en', 'c')] }, ['en', 'fr', 'ar']), [
		{ field: 'title', language: 'ar' },
		{ field: 'summary', language: 'fr' },
		{ field: 'summary', language: 'ar' }
	]);
});
