import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { anEvent } from '#events/examples.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { addDocument } from '#topics/library.server.ts';
import { addItem, agendaOf, changeItem, moveItem, removeItem, type WrittenItem } from '#townhalls/agenda.server.ts';
import { usualRule } from '#townhalls/floor/floor.ts';
import { floorOf } from '#townhalls/floor/floors.server.ts';
import { setRule } from '#townhalls/floor/keeping.server.ts';

const database = await testDatabase();

const anItem = (title: string, changes: Partial<WrittenItem> = {}): WrittenItem => ({
	...{ minutes: 10, speakers: '', documents: [], texts: { title: { en: title } } },
	...changes
});

async function anAgenda(...titles: string[]) {
	const event = await anEvent(database, { kind: 'town-hall' });
	const ids: string[] = [];
	for (const title of titles) ids.push(await addItem(database, event, anItem(title), aSecretary));
	const shown = async () => (await agendaOf(database, event)).map(({ texts }) => texts['title']![0]!.text);
	return { event, ids, shown };
}

test('items stand in the order in which they were added, moved and removed', async () => {
	const { event, ids, shown } = await anAgenda('Opening', 'Floor', 'Closing');
	await moveItem(database, event, ids[2]!, 'up', aSecretary);
	assert.deepEqual(await shown(), ['Opening', 'Closing', 'Floor']);
	await removeItem(database, event, ids[0]!, aSecretary);
	await addItem(database, event, anItem('Any other business'), aSecretary);
	assert.deepEqual(await shown(), ['Closing', 'Floor', 'Any other business']);
});

test('a form sent twice adds one item, and a change of what somebody else changed is refused', async () => {
	const { event, ids } = await anAgenda('Opening');
	const twice = { ...anItem('Floor'), itemId: ids[0]! };
	await addItem(database, event, twice, aSecretary);
	const [item] = await agendaOf(database, event);
	const change = {
		...anItem('Welcome', { minutes: 5, speakers: 'The Secretary-General' }),
		itemId: ids[0]!,
		basedOn: item!.version
	};
	await changeItem(database, event, change, aSecretary);
	await assert.rejects(changeItem(database, event, change, aSecretary), { code: 'changed-meanwhile' });
	const agenda = await agendaOf(database, event);
	assert.deepEqual(
		agenda.map(({ minutes, speakers }) => [minutes, speakers]),
		[[5, 'The Secretary-General']]
	);
});

test('documents of an item are those of the library of its topic', async () => {
	const { event } = await anAgenda();
	const source = { address: 'https://example.org/paper.pdf' };
	const documentId = await addDocument(database, event.topicId, { title: { en: 'A paper' }, language: 'en', source }, aSecretary);
	await addItem(database, event, anItem('Opening', { documents: [documentId] }), aSecretary);
	const elsewhere = (await anAgenda()).event;
	await assert.rejects(addItem(database, elsewhere, anItem('Opening', { documents: [documentId] }), aSecretary), {
		code: 'not-found'
	});
});

test('an item needs a title, and whoever keeps no floor changes no agenda', async () => {
	const { event } = await anAgenda();
	await assert.rejects(addItem(database, event, anItem(' '), aSecretary), { code: 'title-missing' });
	await assert.rejects(addItem(database, event, anItem('Opening'), { kind: 'visitor', visitorId: 'ada' }), {
		code: 'not-allowed'
	});
});

test('the rule of the floor is set for all to read, in versions, for groups that there are', async () => {
	const { event } = await anAgenda();
	assert.deepEqual((await floorOf(database, event)).rule, usualRule);
	const rule = { channels: { room: 2, remote: 1, hub: 1 }, groups: { academia: 2 }, speechSeconds: 90 };
	await setRule(database, event, { ...rule, basedOn: 0 }, aSecretary);
	assert.deepEqual((await floorOf(database, event)).rule, rule);
	await assert.rejects(setRule(database, event, { ...rule, basedOn: 0 }, aSecretary), { code: 'changed-meanwhile' });
	await assert.rejects(setRule(database, event, { ...rule, groups: { nobody: 2 }, basedOn: 1 }, aSecretary), {
		code: 'invalid-request'
	});
});
