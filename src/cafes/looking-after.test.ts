import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aCafe, aHost } from '#cafes/examples.server.ts';
import { appointHost, hostOfSecret, hostsOf, makeHostLink } from '#cafes/hosts.server.ts';
import { lookAfterCafes } from '#cafes/looking-after.server.ts';
import { mailHostLink } from '#cafes/mailing-hosts.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import { takePhotoOfTable } from '#cafes/notes/photos.server.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { isHarvestOver } from '#cafes/notes/tray.server.ts';
import { aPictureOf } from '#contributions/intake/paper/examples.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { fileStore } from '#files/store.server.ts';

const database = await testDatabase();
const staff: Actor = { kind: 'job', name: 'test' };
const files = fileStore(database, await mkdtemp(join(tmpdir(), 'open-talks-cafes-')));
const after = (days: number) => lookAfterCafes({ ...database, clockShift: days * 86_400_000 }, { keptDays: 42 });

test('hosts are forgotten by the clock: their address with an event under the Chatham House rule, who they were some weeks later', async () => {
	for (const attribution of ['named', 'chatham'] satisfies Attribution[]) {
		const { topicId, eventId } = await anEvent(database, { attribution });
		await aCafe(database, { event: { topicId, eventId } });
		const hostId = await appointHost(database, { topicId, eventId, host: aHost({ email: 'amina@example.org' }) }, staff);
		const { secret, host } = await makeHostLink(database, { topicId, eventId, hostId }, staff);
		await inTransaction(database, (transaction) =>
			mailHostLink(transaction, { topicId, eventId }, { host, secret, origin: 'https://talks.example' })
		);
		const table = { topicId, eventId, tableNumber: 1 };
		await takeCards(database, table, [aCard(table)]);
		await takePhotoOfTable(database, files, table, { photoId: uuidv4(), round: 1, bytes: aPictureOf(300, 200) });
		const emails = async () => (await hostsOf(database, topicId, eventId)).map(({ email }) => email);
		const isHidden = attribution === 'chatham';
		const mails = async () => (await database.query(`select from mails where topic_id = $1 and body <> ''`, [topicId])).rowCount;
		await after(0);
		assert.deepEqual(await emails(), ['amina@example.org']);
		await after(1);
		assert.deepEqual([await emails(), await mails()], [[isHidden ? null : 'amina@example.org'], isHidden ? 0 : 1], attribution);
		// a late phone still comes in
		assert.notEqual(await hostOfSecret(database, secret), null);
		await after(8);
		assert.equal(await isHarvestOver(database, topicId, eventId), isHidden, 'a photo that nobody typed holds no promise up');
		assert.equal((await emails()).length, isHidden ? 0 : 1);
		await after(43);
		assert.deepEqual([await emails(), await mails()], [[], 0]);
	}
});
