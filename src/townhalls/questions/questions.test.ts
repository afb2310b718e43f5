import assert from 'node:assert/strict';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { movesAfter } from '#events/moving.server.ts';
import type { EventOfTopic } from '#events/event.ts';
import { aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';
import { askQuestion, supportQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion, mergeQuestions, setQuestions, undoMerge } from '#townhalls/questions/deciding.server.ts';
import { forgetAsker, forgetUnseenQuestions } from '#townhalls/questions/forgetting.server.ts';
import { ownOfEvent, questionsOfEvent } from '#townhalls/questions/floor-questions.server.ts';
import { likeQuestions } from '#townhalls/questions/likeness.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

const refusedAs = (code: string) => (error: unknown) => (error as { code?: string }).code === code;

async function ask(event: EventOfTopic, who: string, text: string, name: string | null = null, questionId = uuidv4()) {
	await askQuestion(database, keys, event, { questionId, text, language: 'en', name }, aVisitor(who));
	return questionId;
}
const support = (event: EventOfTopic, who: string, questionId: string, supports = true) =>
	supportQuestion(database, keys, { ...event, questionId }, supports, aVisitor(who));
const supportIn = async (event: EventOfTopic) =>
	Object.fromEntries((await questionsOfEvent(database, event)).map(({ number, support }) => [number, support]));

async function contributionsOf(topicId: string) {
	const { rows } = await database.query<Record<string, unknown>>(
		`
			select c.kind, c.channel, c.attribution, c.participant_number as participant, n.name, v.text, p.stakeholder_groups as groups,
				c.received_at as at, c.contribution_id as id
			from contributions c
			join contribution_versions v using (topic_id, contribution_id)
			left join contribution_names n using (topic_id, contribution_id)
			left join participant_profiles p using (topic_id, participant_number, profile_number)
			where c.topic_id = $1
			order by v.text`,
		[topicId]
	);
	return rows;
}

test('a question waits until the desk has looked at it, and its asker sees what became of it', async () => {
	const { event, topicId, staff } = await aTownHall(database);
	const id = await ask(event, 'amina', 'Who pays for the cables?', 'Amina Diallo');
	await ask(event, 'amina', 'Who pays for the cables?', 'Amina Diallo', id);
	const [question, ...others] = await questionsOfEvent(database, event);
	assert.equal(others.length, 0);
	assert.deepEqual([question!.state, question!.support, question!.name], ['new', 1, null]);
	await assert.rejects(support(event, 'li', id), refusedAs('not-found'));
	assert.deepEqual(await contributionsOf(topicId), []);
	await decideQuestion(database, { ...event, questionId: id }, { state: 'approved', words: '', seen: 1 }, staff);
	await support(event, 'li', id);
	await support(event, 'li', id);
	assert.deepEqual(await supportIn(event), { 1: 2 });
	await support(event, 'li', id, false);
	assert.deepEqual(await supportIn(event), { 1: 1 });
	const own = await seenParticipant(database, keys, topicId, aVisitor('amina'));
	assert.ok((await ownOfEvent(database, event, own!.number)).asked.has(id));
	const [contribution] = await contributionsOf(topicId);
	assert.deepEqual(
		[
			contribution!['kind'],
			contribution!['channel'],
			contribution!['attribution'],
			contribution!['name'],
			contribution!['text'],
			contribution!['participant']
		],
		['intervention', 'town hall', 'named', 'Amina Diallo', 'Who pays for the cables?', own!.number]
	);
	await decideQuestion(database, { ...event, questionId: id }, { state: 'answered', words: 'The users.' }, staff);
	await assert.rejects(support(event, 'li', id), refusedAs('questions-closed'));
	assert.equal((await contributionsOf(topicId)).length, 1);
	assert.deepEqual(
		(await movesAfter(database, topicId, event.eventId, 0, 10)).map(({ kind, thingId }) => [kind, thingId]),
		[
			['question-came', null],
			['question-approved', id],
			['question-answered', id]
		]
	);
});

test('a question is refused with a reason only, and by the desk only; two who decide at once see each other', async () => {
	const { event, topicId, staff } = await aTownHall(database);
	const id = await ask(event, 'rude', 'You all are fools');
	const decide = (state: 'refused' | 'approved', words: string, seen?: number) =>
		decideQuestion(database, { ...event, questionId: id }, { state, words, ...(seen !== undefined && { seen }) }, staff);
	await assert.rejects(decide('refused', ' '), refusedAs('reason-missing'));
	await decide('refused', 'Insults are not put', 1);
	await assert.rejects(decide('approved', '', 1), refusedAs('changed-meanwhile'));
	await assert.rejects(
		decideQuestion(database, { ...event, questionId: id }, { state: 'approved', words: '' }, aVisitor('rude')),
		refusedAs('not-allowed')
	);
	assert.deepEqual(await contributionsOf(topicId), []);
	// not even that it is there is told to everybody
	assert.ok((await movesAfter(database, topicId, event.eventId, 0, 10)).every(({ thingId }) => thingId === null));
});

test('questions that ask the same are shown as one, keep their supporters once each, and part again', async () => {
	const { event, staff } = await aTownHall(database);
	await setQuestions(database, event, { isOpen: true, isLookedAt: false }, staff);
	const one = await ask(event, 'amina', 'Who will pay for the new submarine cables?');
	const other = await ask(event, 'li', 'Who pays for the new submarine cable?');
	await ask(event, 'li', 'When is lunch?');
	await support(event, 'jo', one);
	await support(event, 'jo', other);
	const [pair, ...more] = likeQuestions(await questionsOfEvent(database, event));
	assert.deepEqual([pair!.one.number, pair!.other.number, more.length], [1, 2, 0]);
	const { mergeId } = await mergeQuestions(database, event, { merged: other, into: one }, staff);
	assert.deepEqual(await supportIn(event), { 1: 3, 2: 0, 3: 1 });
	assert.deepEqual(likeQuestions(await questionsOfEvent(database, event)), []);
	await support(event, 'jo', one, false);
	assert.deepEqual(await supportIn(event), { 1: 2, 2: 0, 3: 1 });
	await assert.rejects(mergeQuestions(database, event, { merged: one, into: other }, staff), refusedAs('question-merged'));
	await undoMerge(database, event, mergeId, staff);
	await assert.rejects(undoMerge(database, event, mergeId, staff), refusedAs('nothing-to-undo'));
	assert.deepEqual(await supportIn(event), { 1: 1, 2: 1, 3: 1 });
});

test('where people speak for their group alone, a question carries the group and nothing else', async () => {
	const { event, topicId, staff } = await aTownHall(database, { attribution: 'group' });
	for (const who of ['amina', 'li'])
		await stateProfile(database, keys, topicId, aVisitor(who), { ...nothingStated, groups: ['civil-society'] });
	await setQuestions(database, event, { isOpen: true, isLookedAt: false }, staff);
	await ask(event, 'amina', 'A', 'Amina Diallo');
	await ask(event, 'li', 'B');
	await ask(event, 'nobody', 'C');
	const filed = await contributionsOf(topicId);
	const voice = filed[0]!['participant'];
	assert.deepEqual(
		filed.map(({ text, attribution, name, participant, groups }) => [text, attribution, name, participant, groups]),
		[
			['A', 'group', null, voice, ['civil-society']],
			['B', 'group', null, voice, ['civil-society']],
			['C', 'anonymous', null, null, null]
		]
	);
	const { rows } = await database.query(`select from participant_links where topic_id = $1 and participant_number = $2`, [
		topicId,
		voice
	]);
	assert.equal(rows.length, 0);
});

test('a week after the event a question that nobody let through loses its words, and who asked it', async () => {
	const { event, topicId, staff } = await aTownHall(database);
	const seen = await ask(event, 'amina', 'Seen', 'Amina Diallo');
	await decideQuestion(database, { ...event, questionId: seen }, { state: 'approved', words: '' }, staff);
	await ask(event, 'li', 'Never looked at', 'Li Wei');
	const words = async () => (await questionsOfEvent(database, event)).map(({ text }) => text);
	await forgetUnseenQuestions({ ...database, clockShift: 6 * 86_400_000 });
	assert.deepEqual(await words(), ['Seen', 'Never looked at']);
	await forgetUnseenQuestions({ ...database, clockShift: 8 * 86_400_000 });
	assert.deepEqual(await words(), ['Seen', '']);
	const { rows } = await database.query<{ name: string | null }>(`select name from floor_question_askers where topic_id = $1`, [
		topicId
	]);
	assert.deepEqual(
		rows.map(({ name }) => name),
		[null]
	);
});

test('whoever has all erased that they sent asks nothing any more: what nobody let through loses its words at once, and who asked the rest is forgotten', async () => {
	const { event, topicId, staff } = await aTownHall(database);
	const seen = await ask(event, 'leaving', 'Seen', 'Ana Silva');
	await decideQuestion(database, { ...event, questionId: seen }, { state: 'approved', words: '' }, staff);
	const waiting = await ask(event, 'leaving', 'Never looked at', 'Ana Silva');
	await ask(event, 'li', 'Of somebody else', 'Li Wei');
	const participant = await seenParticipant(database, keys, topicId, aVisitor('leaving'));
	await forgetAsker(database, topicId, participant!.number);
	assert.deepEqual(
		(await questionsOfEvent(database, event)).map(({ text, state, support }) => [text, state, support]),
		[
			['Seen', 'approved', 1],
			['', 'refused', 1],
			['Of somebody else', 'new', 1]
		]
	);
	const { rows } = await database.query<{ name: string }>(`select name from floor_question_askers where topic_id = $1`, [
		topicId
	]);
	assert.deepEqual(rows, [{ name: 'Li Wei' }]);
	// nothing is put that has no words
	const put = decideQuestion(database, { ...event, questionId: waiting }, { state: 'approved', words: '' }, staff);
	await assert.rejects(put, refusedAs('erased'));
});

test('under the Chatham House rule nothing tells who asked, or when', async () => {
	const { event, topicId, staff } = await aTownHall(database, { attribution: 'chatham' });
	const ids = [];
	for (const who of ['amina', 'li', 'jo']) ids.push(await ask(event, who, `of ${who}`, 'a name'));
	for (const questionId of ids.slice(0, 2))
		await decideQuestion(database, { ...event, questionId }, { state: 'approved', words: '' }, staff);
	assert.deepEqual(await contributionsOf(topicId), []);
	await setQuestions(database, event, { isOpen: false, isLookedAt: true }, staff);
	await assert.rejects(ask(event, 'late', 'too late'), refusedAs('questions-closed'));
	const filed = await contributionsOf(topicId);
	assert.deepEqual(
		filed.map(({ text, attribution, participant, name, at }) => [text, attribution, participant, name, (at as Date).getTime()]),
		['amina', 'li'].map((who) => [`of ${who}`, 'anonymous', null, null, event.startsAt.getTime()])
	);
	for (const { id } of filed) assert.match(String(id), /^.{14}4/);
	for (const table of ['floor_question_askers', 'floor_question_supports', 'participants'])
		assert.equal((await database.query(`select from ${table} where topic_id = $1`, [topicId])).rows.length, 0, table);
	const { rows } = await database.query<{ at: Date | null }>(
		`select at from floor_question_states where topic_id = $1 and state = 'new'`,
		[topicId]
	);
	assert.deepEqual(
		rows.map(({ at }) => at),
		[null, null, null]
	);
});
