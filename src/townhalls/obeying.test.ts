import assert from 'node:assert/strict';
import test from 'node:test';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import type { Attribution } from '#events/event.ts';
import { aWrittenEvent } from '#events/examples.ts';
import { changeEvent } from '#events/planning.server.ts';
import { aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { captionsOf } from '#townhalls/captions/lines.server.ts';
import { importCaptions } from '#townhalls/captions/taking.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';
import { turnFloor } from '#townhalls/floor/keeping.server.ts';
import { stateForRecord } from '#townhalls/floor/stating.server.ts';
import { summarise } from '#townhalls/floor/summarising.server.ts';
import { lookAfterTownHalls } from '#townhalls/looking-after.server.ts';
import { obeyInTownHall } from '#townhalls/obeying.server.ts';
import { askQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

/** A town hall in which Ada of academia asked two questions, of which one is seen, made a statement, and was captioned. */
async function aHallOfAda(attribution: Attribution) {
	const { event, topicId, staff } = await aTownHall(database, { attribution });
	await stateProfile(database, keys, topicId, aVisitor('ada'), { ...nothingStated, groups: ['academia'] });
	const ids: string[] = [];
	for (const text of ['Who pays?', 'Who waits?']) {
		ids.push(uuidv4());
		const asked = { questionId: ids.at(-1)!, text, language: 'en', name: 'Ada' };
		await askQuestion(database, keys, event, asked, aVisitor('ada'));
	}
	await decideQuestion(database, { ...event, questionId: ids[0]! }, { state: 'approved', words: '' }, staff);
	await turnFloor(database, event, 'open', aSecretary);
	const statement = { statementId: uuidv4(), text: 'A statement.', language: 'en', group: 'academia', name: 'Ada' };
	await stateForRecord(database, event, statement, aVisitor('ada'));
	const file = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>We begin.\n';
	await importCaptions(database, event, { fileName: 'a.vtt', file, language: 'en', beginsMs: 0 }, staff);
	const become = async (next: Attribution) => {
		const { eventId, version } = event;
		await changeEvent(database, { topicId, eventId, ...aWrittenEvent({ attribution: next }), basedOn: version }, aSecretary);
		await obeyInTownHall(database, event);
	};
	const rows = async (sql: string) => (await database.query<Record<string, unknown>>(sql, [topicId])).rows;
	return { event, topicId, staff, ids, become, rows, statement };
}

const ofAda = `
	select from contributions c
	join participant_links l using (topic_id, participant_number)
	where topic_id = $1`;

test('where the group alone may be known from now on, no name and nobody who can be found stays beside what was said', async () => {
	const { event, become, rows } = await aHallOfAda('named');
	assert.equal((await rows(ofAda)).length, 1);
	await become('group');
	assert.deepEqual(await rows(ofAda), []);
	assert.deepEqual(await rows('select from contribution_names where topic_id = $1'), []);
	assert.deepEqual(await rows('select from floor_question_askers where topic_id = $1 and name is not null'), []);
	assert.deepEqual(
		await rows(
			'select attribution, count(distinct participant_number)::int as voices from contributions where topic_id = $1 group by 1'
		),
		[{ attribution: 'group', voices: 1 }]
	);
	assert.deepEqual(
		(await captionsOf(database, event)).map(({ speaker, startsMs }) => [speaker, startsMs]),
		[[null, 1000]]
	);
});

test('where nothing may be known from now on, nothing is: no asker, no time, no number, no row of the record that leads to a question', async () => {
	for (const before of ['named', 'group'] as const) {
		const { event, become, rows, ids } = await aHallOfAda(before);
		await become('chatham');
		assert.deepEqual(
			await rows(
				`select from contributions where topic_id = $1 and (attribution <> 'anonymous' or participant_number is not null)`
			),
			[]
		);
		assert.deepEqual(await rows('select distinct received_at as at from contributions where topic_id = $1'), [
			{ at: aWrittenEvent().startsAt }
		]);
		for (const table of ['contribution_names', 'floor_question_askers', 'event_voices'])
			assert.deepEqual(await rows(`select from ${table} where topic_id = $1`), [], table);
		assert.deepEqual(await rows(`select from activity where topic_id = $1 and thing_id in ('${ids.join("', '")}')`), []);
		assert.deepEqual(await rows('select from floor_question_states where topic_id = $1 and at is not null'), []);
		assert.deepEqual(
			(await captionsOf(database, event)).map(({ speaker, startsMs }) => [speaker, startsMs]),
			[[null, null]]
		);
	}
});

test('captions name nobody where the group alone may be known', async () => {
	const { event } = await aHallOfAda('group');
	assert.deepEqual(
		(await captionsOf(database, event)).map(({ speaker }) => speaker),
		[null]
	);
});

test('what a group says at an event stands in the name of one participant, whether it is a question or a statement', async () => {
	const { rows } = await aHallOfAda('group');
	assert.deepEqual(
		await rows(
			'select count(*)::int as said, count(distinct participant_number)::int as voices from contributions where topic_id = $1'
		),
		[{ said: 2, voices: 1 }]
	);
});

test('the same statement sent twice is one, of nobody who is not there', async () => {
	for (const attribution of ['group', 'chatham'] as const) {
		const { event, rows, statement } = await aHallOfAda(attribution);
		await stateForRecord(database, event, { ...statement, text: 'Sent again.' }, aVisitor('ada'));
		const kept =
			attribution === 'chatham'
				? 'select words from floor_tray where topic_id = $1'
				: `select text as words from contribution_versions v join floor_statements using (topic_id, contribution_id) where topic_id = $1`;
		assert.deepEqual(await rows(kept), [{ words: 'A statement.' }], attribution);
		await assert.rejects(
			stateForRecord(database, event, { ...statement, statementId: uuidv4() }, { kind: 'visitor', visitorId: null }),
			{ code: 'no-visitor' }
		);
	}
});

test('an event that nobody has seen yet promises its rule to whoever wrote down what was said under it', async () => {
	const { event, topicId } = await aTownHall(database, { attribution: 'chatham', isPlanned: true });
	await summarise(database, event, { turn: null, text: 'Said in the corridor.', language: 'en' }, aSecretary);
	const { eventId, version } = event;
	await assert.rejects(
		changeEvent(database, { topicId, eventId, ...aWrittenEvent({ attribution: 'named' }), basedOn: version }, aSecretary),
		{ code: 'rule-promised' }
	);
});

test('under the Chatham House rule words and questions that nobody looked after are, by the clock', async () => {
	const { topicId, rows } = await aHallOfAda('chatham');
	const { event: other } = await aTownHall(database, { attribution: 'chatham' });
	await summarise(database, other, { turn: null, text: 'Nobody opened a floor.', language: 'en' }, aSecretary);
	assert.deepEqual(await rows('select from contributions where topic_id = $1'), []);
	await lookAfterTownHalls({ ...database, clockShift: 2 * 86_400_000 });
	const said = await rows(`select text from contribution_versions where topic_id = $1 order by text`);
	assert.deepEqual(
		said.map(({ text }) => text),
		['A statement.', 'Who pays?']
	);
	assert.deepEqual(await rows(`select is_open from floor_question_settings where topic_id = $1`), [{ is_open: false }]);
	const tray = await database.query('select from floor_tray where topic_id = any ($1)', [[topicId, other.topicId]]);
	assert.equal(tray.rowCount, 0);
});
