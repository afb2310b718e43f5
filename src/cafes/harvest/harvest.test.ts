import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aCafe } from '#cafes/examples.server.ts';
import { compareNotes, notesAlike } from '#cafes/harvest/alike.server.ts';
import { drawFromNotes, whereWritten } from '#cafes/harvest/drawing.server.ts';
import { lastStep, layTogether, takeApart, undoAtWall } from '#cafes/harvest/grouping.server.ts';
import { nextOfCafe } from '#cafes/harvest/opinions.server.ts';
import { balanceOf, wallOf, type NoteOnWall } from '#cafes/harvest/wall.server.ts';
import { closeTables } from '#cafes/notes/closing.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { ideaOfTopic } from '#ideas/one-idea.server.ts';
import { makeAccount } from '#people/accounts.server.ts';

const database = await testDatabase();
const { accountId } = await inTransaction(database, (transaction) =>
	makeAccount(transaction, { email: 'rapporteur@example.org', name: 'Rapporteur', language: 'en' })
);

function aRapporteur(topicId: string): Actor {
	const role = { role: 'rapporteur', topicId } as const;
	return { kind: 'account', accountId, visitorId: null, roles: [role], secondFactor: true };
}

/** A café of which each table wrote these cards, and is closed. */
async function aHarvest(
	tables: readonly (readonly string[])[],
	attribution: Attribution = 'chatham',
	group: string | null = null
) {
	const event = await anEvent(database, { attribution });
	const { topicId, eventId } = event;
	await aCafe(database, { event: { topicId, eventId }, tables: tables.length });
	for (const [at, texts] of tables.entries()) {
		const table = { topicId, eventId, tableNumber: at + 1 };
		const cards = texts.map((text, place) => aCard(table, { text, place: place + 1, group }));
		await takeCards(database, table, cards);
	}
	await closeTables(database, event, { kind: 'job', name: 'test' });
	const wall = () => wallOf(database, topicId, eventId);
	const idOf = async (text: string) => (await wall()).find((note) => note.text === text)!.noteId;
	return { topicId, eventId, number: event.number, wall, idOf, actor: aRapporteur(topicId) };
}

const together = (notes: readonly NoteOnWall[]) =>
	[
		...Map.groupBy(
			notes.filter(({ groupId }) => groupId !== null),
			({ groupId }) => groupId
		).values()
	]
		.map((some) => some.map(({ text }) => text).sort())
		.sort();

test('notes are laid together by hand, groups grow into each other, and each step can be undone', async () => {
	const { topicId, eventId, wall, idOf, actor } = await aHarvest([
		['A', 'B'],
		['C', 'D']
	]);
	const [a, b, c, d] = [await idOf('A'), await idOf('B'), await idOf('C'), await idOf('D')];
	const lay = (...notes: string[]) => layTogether(database, { topicId, eventId, notes }, actor);
	assert.equal(await lay(a, b), true);
	assert.equal(await lay(c, d), true);
	assert.deepEqual(together(await wall()), [
		['A', 'B'],
		['C', 'D']
	]);
	assert.equal(await lay(b, c), true);
	assert.deepEqual(together(await wall()), [['A', 'B', 'C', 'D']]);
	assert.equal(await lay(a, d), false, 'they lie together');
	assert.equal(await takeApart(database, { topicId, eventId, note: a }, actor), true);
	assert.deepEqual(together(await wall()), [['B', 'C', 'D']]);
	const undo = () => undoAtWall(database, { topicId, eventId }, actor);
	await undo();
	assert.deepEqual(together(await wall()), [['A', 'B', 'C', 'D']]);
	await undo();
	assert.deepEqual(together(await wall()), [
		['A', 'B'],
		['C', 'D']
	]);
	assert.equal((await lastStep(database, topicId, eventId))!.step, 2);
	await undo();
	await undo();
	assert.deepEqual(together(await wall()), []);
	assert.equal(await undo(), false);
});

test('a note that cannot be seen hangs on no wall, and nothing is drawn from it', async () => {
	const { topicId, eventId, wall, idOf, actor } = await aHarvest([['A', 'B']]);
	const hidden = await idOf('A');
	await database.query(
		`insert into concealments (topic_id, kind, thing_id, why, since) values ($1, 'note', $2, 'hidden', now())`,
		[topicId, hidden]
	);
	assert.deepEqual(
		(await wall()).map(({ text }) => text),
		['B']
	);
	const drawn = { topicId, eventId, notes: [hidden], point: 'A', explanation: '', questionId: null, requestKey: null };
	await assert.rejects(drawFromNotes(database, drawn, actor), { code: 'not-found' });
});

test('of two that lie together neither is left alone in a group', async () => {
	const { topicId, eventId, wall, idOf, actor } = await aHarvest([['A', 'B']]);
	await layTogether(database, { topicId, eventId, notes: [await idOf('A'), await idOf('B')] }, actor);
	await takeApart(database, { topicId, eventId, note: await idOf('A') }, actor);
	assert.deepEqual(together(await wall()), []);
});

test('who has no office lays nothing together, and one note is not two', async () => {
	const { topicId, eventId, idOf, actor } = await aHarvest([['A', 'B']]);
	const notes = [await idOf('A'), await idOf('B')];
	const visitor: Actor = { kind: 'visitor', visitorId: 'x' };
	await assert.rejects(layTogether(database, { topicId, eventId, notes }, visitor), { code: 'not-allowed' });
	await assert.rejects(layTogether(database, { topicId, eventId, notes: [notes[0]!, notes[0]!] }, actor), {
		code: 'notes-too-few'
	});
	const other = await aHarvest([['C']]);
	await assert.rejects(layTogether(database, { topicId, eventId, notes: [notes[0]!, await other.idOf('C')] }, actor), {
		code: 'not-found'
	});
});

test('notes of several tables become an idea that says where each was written; a second press draws nothing anew', async () => {
	const { topicId, eventId, number: event, wall, idOf, actor } = await aHarvest([['Share the fibre'], ['Fibre is to be shared']]);
	const notes = [await idOf('Share the fibre'), await idOf('Fibre is to be shared')];
	const drawing = { topicId, eventId, notes, point: 'Fibre is shared', explanation: '', questionId: null, requestKey: 'press' };
	const { number } = await drawFromNotes(database, drawing, actor);
	assert.equal((await drawFromNotes(database, drawing, actor)).number, number);
	assert.equal((await ideaOfTopic(database, topicId, number)).concealed, null);
	assert.deepEqual(
		(await wall()).map(({ ideas }) => ideas),
		[[number], [number]]
	);
	assert.deepEqual(
		Object.values(await whereWritten(database, topicId, number)).sort((one, other) => one.table - other.table),
		[1, 2].map((table) => ({ event, contributionId: notes[table - 1], table, round: 1 }))
	);
	const { rows } = await database.query(
		`select idea_number as number, stance, count(*) as passages from stances where topic_id = $1 group by 1, 2`,
		[topicId]
	);
	assert.deepEqual(rows, [{ number, stance: 'raises', passages: 2 }]);
});

test('the software proposes notes of one question that say nearly the same, and none that lie together', async () => {
	const { topicId, eventId, wall, idOf, actor } = await aHarvest([
		['Share the fibre that is laid already', 'Teach children to code'],
		['Share the fibres that are already laid', 'Prices must fall']
	]);
	const of = { topicId, eventId };
	const proposed = async () => notesAlike(database, of, await wall(), 12);
	const [one, other] = [await idOf('Share the fibre that is laid already'), await idOf('Share the fibres that are already laid')];
	// until a job has compared them it is said that they are being compared
	assert.deepEqual(await proposed(), { pairs: [], isComparing: true });
	await compareNotes(database, of);
	const { pairs, isComparing } = await proposed();
	assert.equal(isComparing, false);
	assert.deepEqual(
		pairs.map((pair) => [pair.one, pair.other].sort()),
		[[one, other].sort()]
	);
	await layTogether(database, { topicId, eventId, notes: [one, other] }, actor);
	assert.deepEqual(await proposed(), { pairs: [], isComparing: false });
	// a note that comes later is compared, too
	await takeCards(database, { ...of, tableNumber: 1 }, [aCard({ ...of, tableNumber: 1 }, { text: 'Prices must come down' })]);
	await closeTables(database, of, { kind: 'job', name: 'test' });
	assert.equal((await proposed()).isComparing, true);
});

test('a thousand notes are compared by one job however often the wall is looked at, and by nobody who looks', async () => {
	const words = ['fibre', 'schools', 'prices', 'cables', 'children', 'taxes', 'masts', 'phones', 'islands', 'farmers'];
	const texts = Array.from({ length: 1000 }, (_, n) => {
		const [a, b, c] = [words[n % 10], words[Math.floor(n / 10) % 10], words[Math.floor(n / 100)]];
		return `What ${a} need from ${b} is what ${c} have, in case ${n}`;
	});
	const { topicId, eventId, wall } = await aHarvest(
		Array.from({ length: 10 }, (_, table) => texts.slice(table * 100, table * 100 + 100))
	);
	const notes = await wall();
	assert.equal(notes.length, 1000);
	const looks = await Promise.all(Array.from({ length: 5 }, () => notesAlike(database, { topicId, eventId }, notes, 12)));
	for (const look of looks) assert.deepEqual(look, { pairs: [], isComparing: true });
	const { rows } = await database.query(`select task_identifier as task from graphile_worker.jobs where key = $1`, [
		`notes alike ${eventId}`
	]);
	assert.deepEqual(rows, [{ task: 'cafes.compare-notes' }]);
	await compareNotes(database, { topicId, eventId });
	const { pairs, isComparing } = await notesAlike(database, { topicId, eventId }, notes, 12);
	assert.deepEqual([pairs.length, isComparing], [12, false]);
});

test('the balance of groups is told from five notes on, and not at all under the Chatham House rule', async () => {
	const five = ['A', 'B', 'C', 'D', 'E'];
	const groups = ['governments', 'academia'];
	const spoken = await (await aHarvest([five], 'group', 'academia')).wall();
	assert.deepEqual(balanceOf(spoken, groups), [
		{ group: 'governments', notes: 0 },
		{ group: 'academia', notes: 5 }
	]);
	assert.deepEqual(balanceOf(spoken.slice(1), groups)![1], { group: 'academia', notes: null });
	assert.equal(balanceOf(await (await aHarvest([five], 'chatham', 'academia')).wall(), groups), null);
});

test('each in the room is asked about every idea of the café once, in an order of their own', () => {
	const ideas = Array.from({ length: 12 }, (_, at) => at + 1);
	const orderOf = (whose: string) => {
		const judged = new Set<number>();
		for (let next = nextOfCafe(ideas, judged, whose); next !== null; next = nextOfCafe(ideas, judged, whose)) judged.add(next);
		return [...judged];
	};
	for (const whose of ['1', '2', ''])
		assert.deepEqual(
			[...orderOf(whose)].sort((one, other) => one - other),
			ideas
		);
	assert.notDeepEqual(orderOf('1'), orderOf('2'));
	const first = Array.from({ length: 600 }, (_, person) => orderOf(String(person))[0]!);
	for (const idea of ideas) {
		const times = first.filter((one) => one === idea).length;
		assert.ok(times > 25 && times < 85, `idea ${idea} came first ${times} times`);
	}
});
