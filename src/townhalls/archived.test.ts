import assert from 'node:assert/strict';
import test from 'node:test';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { eventOfCode } from '#events/events.server.ts';
import { aWrittenEvent } from '#events/examples.ts';
import { cancelEvent, changeEvent, holdEvent } from '#events/planning.server.ts';
import { aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { addItem } from '#townhalls/agenda.server.ts';
import { importCaptions, makeStream, takeCaptions } from '#townhalls/captions/taking.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';
import { turnFloor } from '#townhalls/floor/keeping.server.ts';
import { beginMinutes } from '#townhalls/minutes/minutes.server.ts';
import { AnswerBatcher } from '#townhalls/polls/batcher.server.ts';
import { aWrittenPoll } from '#townhalls/polls/examples.ts';
import { makePoll, turnPoll } from '#townhalls/polls/planning.server.ts';
import { decideWords } from '#townhalls/polls/words.server.ts';
import { askQuestion } from '#townhalls/questions/asking.server.ts';
import { setQuestions } from '#townhalls/questions/deciding.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const answers = new AnswerBatcher(database, keys);

test('a code leads to no event of a topic that is a draft or archived, and nothing is changed or said in an archived one', async () => {
	const { event, topicId, staff } = await aTownHall(database);
	const { eventId } = event;
	const found = async () => (await eventOfCode(database, event.code, new Date()))?.eventId;
	assert.equal(await found(), eventId);
	const { token } = await makeStream(database, event, 'en', staff);
	const { pollId } = await makePoll(database, event, aWrittenPoll(), staff);
	const open = await makePoll(database, event, aWrittenPoll(), staff);
	await turnPoll(database, { topicId, pollId: open.pollId }, 'open', staff);
	await database.query(`insert into topic_archivals (topic_id, archived_at) values ($1, now())`, [topicId]);
	assert.equal(await found(), undefined);
	const item = { minutes: 10, speakers: '', documents: [], texts: { title: { en: 'Opening' } } };
	const file = { fileName: 'a.vtt', file: 'WEBVTT\n\n00:01.000 --> 00:02.000\nwords\n', language: 'en', beginsMs: 0 };
	const asked = { questionId: uuidv4(), text: 'Who pays?', language: 'en', name: null };
	const acts = {
		change: () => changeEvent(database, { topicId, eventId, ...aWrittenEvent(), basedOn: 1 }, aSecretary),
		hold: () => holdEvent(database, topicId, eventId, aSecretary),
		cancel: () => cancelEvent(database, topicId, eventId, { en: 'Off.' }, aSecretary),
		agenda: () => addItem(database, event, item, aSecretary),
		floor: () => turnFloor(database, event, 'open', aSecretary),
		caption: () => takeCaptions(database, token, { body: 'words', sequence: null, language: null }),
		captions: () => importCaptions(database, event, file, staff),
		minutes: () => beginMinutes(database, event, () => Promise.resolve([{ place: 1, heading: 'H', text: 'T' }]), staff),
		poll: () => turnPoll(database, { topicId, pollId }, 'open', staff),
		questions: () => setQuestions(database, event, { isOpen: false, isLookedAt: true }, staff),
		answer: () => answers.give(topicId, open.pollId, { choices: [1], weights: [1] }, aVisitor('ada')),
		words: () => decideWords(database, { topicId, pollId: open.pollId, words: [1] }, 'shown', staff),
		question: () => askQuestion(database, keys, event, asked, aVisitor('ada'))
	};
	for (const [what, act] of Object.entries(acts)) await assert.rejects(act, { code: 'topic-archived' }, what);
	await database.query(`delete from topic_archivals where topic_id = $1`, [topicId]);
	await database.query(`delete from topic_publications where topic_id = $1`, [topicId]);
	assert.equal(await found(), undefined);
});

test('a poll that was open when its event was called off takes no answer any more', async () => {
	const { event, topicId, staff } = await aTownHall(database);
	const { pollId } = await makePoll(database, event, aWrittenPoll(), staff);
	await turnPoll(database, { topicId, pollId }, 'open', staff);
	const answer = (who: string) => answers.give(topicId, pollId, { choices: [1], weights: [1] }, aVisitor(who));
	await answer('ada');
	await cancelEvent(database, topicId, event.eventId, { en: 'Off.' }, aSecretary);
	await assert.rejects(answer('ben'), { code: 'event-cancelled' });
});
