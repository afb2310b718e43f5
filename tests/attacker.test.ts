import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { attack } from './attacker.ts';

const database = await testDatabase();
// so far that chance is outside once in fifteen thousand runs; the bench says it with 99 %; where he must win, as many cafés that luck does not make him lose
const deviations = 4;

test('who has everything that is left of a café under the Chatham House rule knows no better than chance who said what', async () => {
	const { rate, least, most, way, notes } = await attack(database, 40, 1, { deviations });
	assert.ok(rate >= least && rate <= most, `${rate} of ${notes} by ${way}, not in ${least} to ${most}`);
});

test('the attacker is no straw man: before the harvest has ended, who sat at a table or hosted it tells more than chance', async () => {
	const { rate, most, way } = await attack(database, 96, 2, { ends: false, deviations: 2 });
	assert.match(way, /^who (sat there, by the rows of seats|hosted the table)$/);
	assert.ok(rate > most, `${rate} is not above ${most}`);
});

test('where people are seated by a seed that everybody knows, he works out once more who sat where', async () => {
	const { rate, most, way } = await attack(database, 96, 3, { isSeatedBySeed: true, deviations: 2 });
	assert.equal(way, 'who sat there, worked out again');
	assert.ok(rate > most, `${rate} is not above ${most}`);
});

test('where names stand beside the cards, he names everybody', async () => {
	const { rate, way } = await attack(database, 4, 4, { attribution: 'named' });
	assert.deepEqual([way, rate], ['whatever row names a person and leads to the note in three steps', 1]);
});
