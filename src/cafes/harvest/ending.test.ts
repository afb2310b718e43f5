import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aCafe, aHost } from '#cafes/examples.server.ts';
import { endHarvest } from '#cafes/harvest/ending.server.ts';
import { appointHost, hostOfSecret, hostsOf, makeHostLink } from '#cafes/hosts.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';

const database = await testDatabase();
const staff: Actor = { kind: 'job', name: 'test' };

async function aTable(attribution: Attribution) {
	const { topicId, eventId } = await anEvent(database, { attribution });
	await aCafe(database, { event: { topicId, eventId } });
	return { topicId, eventId, tableNumber: 1 };
}

test('under the Chatham House rule who hosted and who sat at which table is forgotten with the harvest, and their links open nothing', async () => {
	for (const [attribution, left] of [
		['named', 1],
		['group', 1],
		['chatham', 0]
	] as const) {
		const { topicId, eventId } = await aTable(attribution);
		const hostId = await appointHost(database, { topicId, eventId, host: aHost({ email: 'amina@example.org' }) }, staff);
		const { secret } = await makeHostLink(database, { topicId, eventId, hostId }, staff);
		const guest = [topicId, eventId, uuidv4()];
		await database.query(`insert into cafe_cards values ($1, $2, $3, 1, 'BCDF')`, guest);
		await database.query('insert into cafe_cards_given select $1, $2, $3, 1, 1', guest);
		await database.query('insert into cafe_pins values ($1, $2, $3, 1, 1)', guest);
		await endHarvest(database, { topicId, eventId }, staff);
		assert.equal((await hostsOf(database, topicId, eventId)).length, left, attribution);
		assert.equal((await hostOfSecret(database, secret)) !== null, left === 1, attribution);
		for (const table of ['cafe_host_links', 'cafe_cards', 'cafe_cards_given', 'cafe_pins'])
			assert.equal(
				(await database.query(`select from ${table} where topic_id = $1`, [topicId])).rowCount,
				left,
				`${attribution} ${table}`
			);
	}
});
