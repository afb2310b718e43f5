import { uuidv4 } from '#database/ids.ts';
import { confirmEvent, holdEvent, planEvent } from '#events/planning.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { nameSpeakers } from '#townhalls/captions/correcting.server.ts';
import { importCaptions } from '#townhalls/captions/taking.server.ts';
import { draftFromRecords } from '#townhalls/minutes/drafting.server.ts';
import { beginMinutes, minutesOf, setRecording, turnMinutes, writeMinutes } from '#townhalls/minutes/minutes.server.ts';
import { suggestForMinutes } from '#townhalls/minutes/suggesting.server.ts';
import { AnswerBatcher } from '#townhalls/polls/batcher.server.ts';
import { makePoll, turnPoll } from '#townhalls/polls/planning.server.ts';
import { answerOf } from '#townhalls/polls/poll.ts';
import { pollOf } from '#townhalls/polls/polls.server.ts';
import { askQuestion, supportQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { browserOf, loader, type LoadedTalk, type Loading } from './loader.ts';
import { databaseAt, moved, onTheDay } from './moving.ts';
import { captions, floorQuestions, minutes, polls, preparation } from './town-hall.ts';

type Talk = Pick<LoadedTalk, 'topicId' | 'by'>;

/** The meeting in which the Town Hall was prepared, with all that is left of it, and what waits for the Town Hall. */
export async function loadTownHall(loading: Loading, { topicId, by }: Talk, townHallId: string): Promise<void> {
	const { database } = loading;
	const { kind, starts, ends, ...planned } = preparation;
	const times = { startsAt: onTheDay(starts, preparation, by), endsAt: onTheDay(ends, preparation, by) };
	const before = databaseAt(database, moved('2013-10-10T11:00:00+02:00', by));
	const { eventId } = await planEvent(before, { topicId, kind, ...planned, ...times }, loader);
	await confirmEvent(before, topicId, eventId, loader);
	const during = { ...loading, database: databaseAt(database, new Date(+times.startsAt + 15 * 60_000)) };
	await loadPolls(during, { topicId, eventId }, true);
	await loadQuestions(during, { topicId, eventId }, 'preparation');
	const after = { ...loading, database: databaseAt(database, new Date(+times.endsAt + 3_600_000)) };
	await holdEvent(after.database, topicId, eventId, loader);
	await loadCaptions(after, { topicId, eventId });
	await loadMinutes(after, { topicId, eventId }, moved('2013-11-10T12:00:00+01:00', by));
	const ahead = { ...loading, database: databaseAt(database, moved('2013-10-20T15:00:00+02:00', by)) };
	await loadPolls(ahead, { topicId, eventId: townHallId }, false);
	await loadQuestions(ahead, { topicId, eventId: townHallId }, 'town hall');
}

export async function loadPolls({ database, keys }: Loading, event: OfEvent, isAnswered: boolean): Promise<void> {
	const { topicId } = event;
	const batcher = new AnswerBatcher(database, keys);
	for (const { answers, ...written } of polls) {
		const { pollId } = await makePoll(database, event, written, loader);
		if (!isAnswered) continue;
		await turnPoll(database, { topicId, pollId }, 'open', loader);
		const poll = await pollOf(database, topicId, pollId);
		for (const [at, chosen] of answers.entries()) await batcher.give(topicId, pollId, answerOf(poll, chosen), browserOf(at + 1));
		await turnPoll(database, { topicId, pollId }, 'closed', loader);
	}
}

export async function loadQuestions({ database, keys }: Loading, event: OfEvent, of: 'preparation' | 'town hall'): Promise<void> {
	for (const { by, name, language, text, state, words, supporters } of floorQuestions.filter((question) => question.of === of)) {
		const questionId = uuidv4();
		const { topicId, eventId } = event;
		await askQuestion(database, keys, event, { questionId, text, language, name }, browserOf(by));
		if (state === 'new') continue;
		await decideQuestion(database, { topicId, eventId, questionId }, { state: 'approved', words: '' }, loader);
		for (const supporter of supporters)
			await supportQuestion(database, keys, { topicId, eventId, questionId }, true, browserOf(supporter));
		if (state !== 'approved') await decideQuestion(database, { topicId, eventId, questionId }, { state, words }, loader);
	}
}

async function loadCaptions({ database }: Loading, event: OfEvent): Promise<void> {
	const file = { fileName: 'preparation.vtt', file: captions, language: 'en', beginsMs: 0 };
	await importCaptions(database, event, file, loader);
	await nameSpeakers(
		database,
		event,
		{ CHAIR: 'Chair', 'SPEAKER 1': 'Lakeside Internet Exchange', 'SPEAKER 2': 'Binhai University' },
		loader
	);
}

async function loadMinutes({ database }: Loading, event: OfEvent, until: Date): Promise<void> {
	await beginMinutes(database, event, (transaction, planned) => draftFromRecords(transaction, planned, speakerOf('en')), loader);
	const drafted = (await minutesOf(database, event))!;
	await writeMinutes(database, event, { sections: [...drafted.sections, ...minutes.sections], seen: drafted.version }, loader);
	await setRecording(database, event, { address: minutes.recording, chapters: minutes.chapters }, loader);
	await turnMinutes(database, event, { state: 'corrected', until }, loader);
	const { by, text, reason } = minutes.suggestion;
	const place = drafted.sections.length + 1;
	await suggestForMinutes(
		database,
		event,
		{ suggestionId: uuidv4(), place, text, reason, seen: drafted.version + 1 },
		browserOf(by)
	);
}
