import assert from 'node:assert/strict';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { addItem, agendaOf, stepAgenda } from '#townhalls/agenda.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';
import { draftFromRecords } from '#townhalls/minutes/drafting.server.ts';
import { chapterAddress, chaptersIn, draftOf } from '#townhalls/minutes/minutes.ts';
import {
	beginMinutes,
	minutesOf,
	recordingOf,
	setRecording,
	turnMinutes,
	writeMinutes
} from '#townhalls/minutes/minutes.server.ts';
import { answerSuggestion, suggestForMinutes, suggestionsOf } from '#townhalls/minutes/suggesting.server.ts';
import { AnswerBatcher } from '#townhalls/polls/batcher.server.ts';
import { aWrittenPoll } from '#townhalls/polls/examples.ts';
import { makePoll, turnPoll } from '#townhalls/polls/planning.server.ts';
import { askQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const say = speakerOf('en');

const refusedAs = (code: string) => (error: unknown) => (error as { code?: string }).code === code;
const inAnHour = () => new Date(Date.now() + 3_600_000);

async function begun() {
	const hall = await aTownHall(database);
	const sections = [
		{ place: 1, heading: 'Opening', text: 'The chair opened.' },
		{ place: 2, heading: 'Discussion', text: 'It was discussed.' }
	];
	await beginMinutes(database, hall.event, () => Promise.resolve(sections), hall.staff);
	const suggest = (who: string, text: string, suggestionId = uuidv4()) =>
		suggestForMinutes(database, hall.event, { suggestionId, place: 2, text, reason: 'I was there', seen: 1 }, aVisitor(who));
	return { ...hall, suggest };
}

test('a draft has what was recorded while each item was on, and the rest behind', () => {
	const at = (minute: number) => new Date(Date.UTC(2013, 9, 25, 1, minute));
	const items = [
		{ heading: 'Opening', spells: [{ from: at(0), to: at(10) }] },
		{ heading: 'Discussion', spells: [{ from: at(10), to: null }] }
	];
	const recorded = [
		{ at: at(10), text: 'a' },
		{ at: at(9), text: 'b' },
		{ at: null, text: 'c' },
		{ at: at(50), text: 'd' }
	];
	assert.deepEqual(draftOf(items, recorded, 'Further'), [
		{ place: 1, heading: 'Opening', text: 'b' },
		{ place: 2, heading: 'Discussion', text: 'a\n\nd' },
		{ place: 3, heading: 'Further', text: 'c' }
	]);
	assert.deepEqual(draftOf([], [], 'Further'), [{ place: 1, heading: 'Further', text: '' }]);
});

test('questions that were answered and polls that were closed are drafted, and nothing that is hidden', async () => {
	const { event, topicId, staff } = await aTownHall(database);
	const batcher = new AnswerBatcher(database, keys);
	for (const [text, state] of [
		['Who pays?', 'answered'],
		['A secret', 'refused'],
		['Not put', 'approved']
	] as const) {
		const questionId = uuidv4();
		await askQuestion(database, keys, event, { questionId, text, language: 'en', name: null }, aVisitor('amina'));
		await decideQuestion(database, { ...event, questionId }, { state, words: 'The users.' }, staff);
	}
	for (const question of ['Closed?', 'Open?']) {
		const { pollId } = await makePoll(database, event, aWrittenPoll({ question: { en: question }, results: 'blind' }), staff);
		await turnPoll(database, { topicId, pollId }, 'open', staff);
		await batcher.give(topicId, pollId, { choices: [2], weights: [1] }, aVisitor('amina'));
		if (question === 'Closed?') await turnPoll(database, { topicId, pollId }, 'closed', staff);
	}
	const [section, ...others] = await draftFromRecords(database, event, say);
	assert.equal(others.length, 0);
	assert.match(section!.text, /Who pays\?[\s\S]*The users\./);
	assert.match(section!.text, /Closed\?[^\n]*\n– Trust: 1\n– Access: 0/);
	assert.doesNotMatch(section!.text, /secret|Not put|Open\?/);
});

test('what is done while an item of the agenda is on stands in its section', async () => {
	const { event, topicId, staff } = await aTownHall(database);
	for (const title of ['Opening', 'Discussion'])
		await addItem(database, event, { minutes: 10, speakers: '', documents: [], texts: { title: { en: title } } }, staff);
	const [opening, discussion] = await agendaOf(database, event);
	const step = (itemId: string, what: 'begun' | 'ended') =>
		inTransaction(database, (transaction) => stepAgenda(transaction, event, { itemId, step: what, at: transaction.at }));
	await step(opening!.itemId, 'begun');
	await step(opening!.itemId, 'ended');
	await step(discussion!.itemId, 'begun');
	const { pollId } = await makePoll(database, event, aWrittenPoll(), staff);
	await turnPoll(database, { topicId, pollId }, 'open', staff);
	await turnPoll(database, { topicId, pollId }, 'closed', staff);
	const sections = await draftFromRecords(database, event, say);
	assert.deepEqual(
		sections.map(({ heading, text }) => [heading, text === '']),
		[
			['Opening', true],
			['Discussion', false]
		]
	);
});

test('those who were there say what they would have otherwise while the window is open; each is answered', async () => {
	const { event, staff, suggest } = await begun();
	await assert.rejects(suggest('amina', 'Otherwise'), refusedAs('minutes-closed'));
	await assert.rejects(turnMinutes(database, event, { state: 'corrected', until: new Date(0) }, staff), refusedAs('time-past'));
	await turnMinutes(database, event, { state: 'corrected', until: inAnHour() }, staff);
	const id = uuidv4();
	await suggest('amina', 'It was discussed at length.', id);
	await suggest('amina', 'It was discussed at length.', id);
	await suggest('li', 'Nobody spoke.');
	const all = await suggestionsOf(database, event);
	assert.equal(all.length, 2);
	const idOf = (text: string) => all.find((one) => one.text === text)!.suggestionId;
	const answer = (text: string, how: 'accepted' | 'refused', reason = '') =>
		answerSuggestion(database, event, { suggestionId: idOf(text), answer: how, reason }, staff);
	await answer('It was discussed at length.', 'accepted');
	await assert.rejects(answer('Nobody spoke.', 'refused'), refusedAs('reason-missing'));
	await answer('Nobody spoke.', 'refused', 'The recording says otherwise');
	await assert.rejects(answer('Nobody spoke.', 'accepted'), refusedAs('already-decided'));
	const minutes = (await minutesOf(database, event))!;
	assert.deepEqual(
		minutes.sections.map(({ text }) => text),
		['The chair opened.', 'It was discussed at length.']
	);
	const later = { ...database, clockShift: 2 * 3_600_000 };
	await assert.rejects(
		suggestForMinutes(later, event, { suggestionId: uuidv4(), place: 2, text: 'Late', reason: '', seen: 2 }, aVisitor('jo')),
		refusedAs('minutes-closed')
	);
	await turnMinutes(database, event, { state: 'final', until: null }, staff);
	await assert.rejects(
		writeMinutes(database, event, { sections: minutes.sections, seen: minutes.version }, staff),
		refusedAs('minutes-closed')
	);
	await assert.rejects(suggest('jo', 'Too late'), refusedAs('minutes-closed'));
});

test('two rapporteurs who write at once see each other, and nobody else writes', async () => {
	const { event, staff } = await begun();
	const sections = ['Opening', 'Discussion', 'Closing'].map((heading) => ({ heading, text: `of ${heading}` }));
	await writeMinutes(database, event, { sections, seen: 1 }, staff);
	await assert.rejects(writeMinutes(database, event, { sections, seen: 1 }, staff), refusedAs('changed-meanwhile'));
	await assert.rejects(writeMinutes(database, event, { sections, seen: 2 }, aVisitor('anyone')), refusedAs('not-allowed'));
	await assert.rejects(writeMinutes(database, event, { sections: [], seen: 2 }, staff), refusedAs('invalid-request'));
	assert.equal((await minutesOf(database, event))!.sections.length, 3);
});

test('chapters lead into the recording', async () => {
	const { event, staff } = await begun();
	assert.deepEqual(chaptersIn('1:02:03 Discussion\n\n0:30 – Opening\nnonsense\n'), {
		chapters: [
			{ seconds: 30, title: 'Opening' },
			{ seconds: 3723, title: 'Discussion' }
		],
		wrong: [4]
	});
	assert.equal(chapterAddress('https://www.youtube.com/watch?v=abc', 30), 'https://www.youtube.com/watch?v=abc&t=30s');
	assert.equal(chapterAddress('https://example.org/bali.mp4', 30), 'https://example.org/bali.mp4#t=30');
	const set = (address: string) => setRecording(database, event, { address, chapters: '0:30 Opening' }, staff);
	await assert.rejects(set('javascript:alert(1)'), refusedAs('web-address-unusable'));
	await set('https://example.org/bali.mp4');
	assert.equal((await recordingOf(database, event))!.chapters, '0:30 Opening');
	await set('');
	assert.equal(await recordingOf(database, event), null);
});
