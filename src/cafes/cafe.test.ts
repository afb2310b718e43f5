import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aCafe, aHost, aPlannedRound, aPlannedTable } from '#cafes/examples.server.ts';
import {
	appointHost,
	dismissHost,
	hostOfLink,
	hostOfSecret,
	hostsOf,
	makeHostLink,
	revokeHostLink
} from '#cafes/hosts.server.ts';
import { endHarvest } from '#cafes/harvest/ending.server.ts';
import { beginRound, endRound, prolongRound, roundNow, roundTurnsOf } from '#cafes/leading.server.ts';
import { closeTable, closeTables } from '#cafes/notes/closing.server.ts';
import { planCafe } from '#cafes/planning.server.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { cancelEvent } from '#events/planning.server.ts';
import { anOpenTopic, aVisitor } from '#ideas/examples.server.ts';
import { isRefusal } from '#refusals/refusal.ts';
import { aSecretary } from '#topics/examples.ts';

const database = await testDatabase();
const organiser: Actor = { kind: 'job', name: 'examples' };

test('a plan is read as it was planned, and a newer one stands beside the older', async () => {
	const { topicId, questionId } = await anOpenTopic(database);
	const link = 'https://meet.example.org/café';
	const { eventId } = await aCafe(database, {
		topicId,
		tables: [
			{ label: ' Window ', seats: 6, languages: ['fr', 'FR'] },
			{ mode: 'online', link }
		],
		rounds: [{ questionId, minutes: 25 }]
	});
	assert.deepEqual(await cafeOf(database, topicId, eventId), {
		...{ topicId, eventId, version: 1 },
		tables: [
			{ tableNumber: 1, label: 'Window', seats: 6, mode: 'room', link: null, languages: ['fr'] },
			{ tableNumber: 2, label: '', seats: null, mode: 'online', link, languages: [] }
		],
		rounds: [{ roundNumber: 1, questionId, minutes: 25, breakMinutes: 5 }]
	});
	await planCafe(database, { topicId, eventId, seen: 1, tables: [aPlannedTable()], rounds: [] }, organiser);
	const now = await cafeOf(database, topicId, eventId);
	assert.deepEqual([now.version, now.tables.length, now.rounds.length], [2, 1, 0]);
	const { rows } = await database.query<{ count: number }>(
		'select count(*) from cafe_tables where topic_id = $1 and event_id = $2',
		[topicId, eventId]
	);
	assert.equal(rows[0]!.count, 3);
});

test('two who plan at once: one plans, the other is told', async () => {
	const { topicId, eventId } = await aCafe(database);
	const plan = { topicId, eventId, seen: 1, tables: [aPlannedTable()], rounds: [] };
	const ends = await Promise.allSettled([planCafe(database, plan, organiser), planCafe(database, plan, organiser)]);
	assert.deepEqual(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
	const [refused] = ends.filter((end) => end.status === 'rejected').map((end): unknown => end.reason);
	assert.ok(isRefusal(refused));
	assert.equal(refused.code, 'changed-meanwhile');
});

test('what cannot be a plan is refused by its table or round, and nothing is lost', async () => {
	const { topicId, eventId } = await aCafe(database);
	const refused = async (tables: Parameters<typeof aPlannedTable>[0][], rounds: Parameters<typeof aPlannedRound>[0][]) => {
		const plan = { topicId, eventId, seen: 1, tables: tables.map(aPlannedTable), rounds: rounds.map(aPlannedRound) };
		const refused = await planCafe(database, plan, organiser).then(
			() => null,
			(error: unknown) => {
				if (!isRefusal(error)) throw error;
				return error;
			}
		);
		return refused && [refused.code, ...Object.values(refused.values)].join(' ');
	};
	assert.equal(await refused([{}, { seats: 0 }], []), 'cafe-seats-unusable 2');
	assert.equal(await refused([{ mode: 'online' }], []), 'cafe-link-missing 1');
	assert.equal(await refused([{ mode: 'online', link: 'javascript:alert(1)' }], []), 'web-address-unusable');
	assert.equal(await refused([{ languages: ['french'] }], []), 'cafe-language-unknown 1 french');
	assert.equal(await refused([], [{ minutes: 0 }]), 'cafe-minutes-unusable 1');
	assert.equal(await refused([], [{ minutes: 2.5 }]), 'cafe-minutes-unusable 1');
	assert.equal(await refused([], [{ questionId: '00000000-0000-7000-8000-000000000001' }]), 'changed-meanwhile');
	assert.equal((await cafeOf(database, topicId, eventId)).version, 1);
});

test('rounds are begun one after the other; what was held keeps its question and its tables', async () => {
	const { topicId, questionId } = await anOpenTopic(database);
	const { eventId } = await aCafe(database, { topicId, tables: 3, rounds: [{ questionId }, {}] });
	const cafe = { topicId, eventId };
	await assert.rejects(beginRound(database, { ...cafe, roundNumber: 2 }, organiser), { code: 'cafe-round-not-next' });
	await assert.rejects(endRound(database, cafe, organiser), { code: 'cafe-no-round' });
	await assert.rejects(beginRound(database, { ...cafe, roundNumber: 3 }, organiser), { code: 'not-found' });
	await beginRound(database, { ...cafe, roundNumber: 2, isRehearsal: true }, organiser);
	assert.equal((await roundNow(database, topicId, eventId))?.isRehearsal, true);
	await beginRound(database, { ...cafe, roundNumber: 1 }, organiser);
	await prolongRound(database, { ...cafe, minutes: 5 }, organiser);
	const on = await roundNow(database, topicId, eventId);
	assert.deepEqual([on?.roundNumber, on && on.endsAt.getTime() - on.begunAt.getTime()], [1, 25 * 60_000]);
	const planned = (tables: number, first: string | null) => ({
		...{ ...cafe, seen: 1, tables: Array.from({ length: tables }, () => aPlannedTable()) },
		rounds: [aPlannedRound({ questionId: first })]
	});
	await assert.rejects(planCafe(database, planned(2, questionId), organiser), { code: 'cafe-round-held' });
	await assert.rejects(planCafe(database, planned(3, null), organiser), { code: 'cafe-round-held' });
	assert.equal((await planCafe(database, planned(4, questionId), organiser)).tables.length, 4);
	await endRound(database, cafe, organiser);
	assert.equal(await roundNow(database, topicId, eventId), null);
});

test('two who begin the same round at once begin it once', async () => {
	const { topicId, eventId } = await aCafe(database);
	const begin = () => beginRound(database, { topicId, eventId, roundNumber: 1 }, organiser);
	await Promise.allSettled([begin(), begin(), begin()]);
	assert.equal((await roundTurnsOf(database, topicId, eventId)).length, 1);
});

test('a link opens the notebook of its host alone, until it is taken back, replaced, or the host is none any more', async () => {
	const { topicId, eventId } = await aCafe(database);
	const cafe = { topicId, eventId };
	const hostId = await appointHost(database, { ...cafe, host: aHost({ tableNumber: 2, email: 'amina@example.org' }) }, organiser);
	assert.equal((await hostsOf(database, topicId, eventId))[0]!.hasLink, false);
	const { secret } = await makeHostLink(database, { ...cafe, hostId }, organiser);
	const found = await hostOfSecret(database, secret);
	assert.deepEqual([found?.eventId, found?.tableNumber, found?.name, found?.hasLink], [eventId, 2, 'Amina Diallo', true]);
	assert.equal((await hostOfLink(database, topicId, found!.linkId))?.hostId, hostId);
	const { rows } = await database.query('select * from cafe_host_links where topic_id = $1', [topicId]);
	assert.equal(JSON.stringify(rows).includes(secret), false);

	const second = await makeHostLink(database, { ...cafe, hostId }, organiser);
	assert.equal(await hostOfSecret(database, secret), null);
	assert.equal(await hostOfLink(database, topicId, found!.linkId), null);
	await revokeHostLink(database, { ...cafe, hostId }, organiser);
	assert.equal(await hostOfSecret(database, second.secret), null);
	const third = await makeHostLink(database, { ...cafe, hostId }, organiser);
	await dismissHost(database, { ...cafe, hostId }, organiser);
	assert.equal(await hostOfSecret(database, third.secret), null);
	assert.deepEqual(await hostsOf(database, topicId, eventId), []);
	const left = await database.query('select from cafe_hosts where topic_id = $1', [topicId]);
	assert.equal(left.rowCount, 0);
	for (const wrong of ['', 'x', secret.slice(1), `${secret}A`]) assert.equal(await hostOfSecret(database, wrong), null);
});

test('a host needs a name, a table that is there, and a time zone that exists', async () => {
	const { topicId, eventId } = await aCafe(database);
	const appoint = (changes: Parameters<typeof aHost>[0]) =>
		appointHost(database, { topicId, eventId, host: aHost(changes) }, organiser);
	await assert.rejects(appoint({ name: ' ' }), { code: 'unusable-text' });
	await assert.rejects(appoint({ tableNumber: 4 }), { code: 'cafe-no-such-table' });
	await assert.rejects(appoint({ timeZone: 'Mars/Olympus' }), { code: 'unknown-zone' });
	await assert.rejects(appoint({ email: 'nobody' }), { code: 'mail-unusable' });
});

test('visitors plan nothing and begin nothing', async () => {
	const { topicId, eventId } = await aCafe(database);
	const visitor = aVisitor('v');
	const cafe = { topicId, eventId };
	await assert.rejects(planCafe(database, { ...cafe, seen: 1, tables: [], rounds: [] }, visitor), { code: 'not-allowed' });
	await assert.rejects(beginRound(database, { ...cafe, roundNumber: 1 }, visitor), { code: 'not-allowed' });
	await assert.rejects(appointHost(database, { ...cafe, host: aHost() }, visitor), { code: 'not-allowed' });
});

test('no table is planned away from under its host: whoever hosts it is named', async () => {
	const { topicId, eventId } = await aCafe(database, { tables: 2 });
	const of = { topicId, eventId };
	const hostId = await appointHost(database, { ...of, host: aHost({ tableNumber: 2, name: 'Ben' }) }, organiser);
	const { secret } = await makeHostLink(database, { ...of, hostId }, organiser);
	const fewer = { ...of, seen: 1, tables: [aPlannedTable()], rounds: [aPlannedRound()] };
	await assert.rejects(planCafe(database, fewer, organiser), (error) => {
		assert.ok(isRefusal(error));
		assert.deepEqual([error.code, /Ben/.test(String(error.values['names']))], ['cafe-table-hosted', true]);
		return true;
	});
	assert.equal((await hostOfSecret(database, secret))?.tableNumber, 2);
	await dismissHost(database, { ...of, hostId }, organiser);
	assert.equal((await planCafe(database, fewer, organiser)).tables.length, 1);
});

test('a café that was called off is planned no more, and no tray of it is emptied', async () => {
	const { topicId, eventId } = await aCafe(database);
	await cancelEvent(database, topicId, eventId, { en: 'A storm' }, aSecretary);
	const again = { topicId, eventId, seen: 1, tables: [aPlannedTable()], rounds: [aPlannedRound()] };
	await assert.rejects(planCafe(database, again, organiser), { code: 'event-cancelled' });
	await assert.rejects(closeTables(database, { topicId, eventId }, organiser), { code: 'event-cancelled' });
	await assert.rejects(closeTable(database, { topicId, eventId, tableNumber: 1 }), { code: 'event-cancelled' });
	// what is to be forgotten is forgotten
	await endHarvest(database, { topicId, eventId }, organiser);
});
