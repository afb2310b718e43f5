import type { OfEvent } from '#events/moving.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { nameSpeakers } from '#townhalls/captions/correcting.server.ts';
import { importCaptions } from '#townhalls/captions/taking.server.ts';
import { draftFromRecords } from '#townhalls/minutes/drafting.server.ts';
import { beginMinutes, minutesOf, setRecording, turnMinutes, writeMinutes } from '#townhalls/minutes/minutes.server.ts';
import { AnswerBatcher } from '#townhalls/polls/batcher.server.ts';
import { turnPoll } from '#townhalls/polls/planning.server.ts';
import { answerOf } from '#townhalls/polls/poll.ts';
import { pollsOfEvent } from '#townhalls/polls/polls.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';
import { questionsOfEvent } from '#townhalls/questions/floor-questions.server.ts';
import { browserOf, loader, type Loading } from './loader.ts';
import { databaseAt } from './moving.ts';
import { answered, captionsOfTownHall, minutesOfTownHall, polls } from './town-hall.ts';

/** What the Town Hall asked and was asked while it went on. */
export async function askTownHall(loading: Loading, of: OfEvent, startsAt: Date): Promise<void> {
	const database = databaseAt(loading.database, new Date(+startsAt + 35 * 60_000));
	const { topicId } = of;
	const [first] = await pollsOfEvent(database, of, { alsoDrafts: true });
	const batcher = new AnswerBatcher(database, loading.keys);
	await turnPoll(database, { topicId, pollId: first!.pollId }, 'open', loader);
	for (const [at, chosen] of polls[0]!.answers.entries())
		await batcher.give(topicId, first!.pollId, answerOf(first!, chosen), browserOf(at + 20));
	await turnPoll(database, { topicId, pollId: first!.pollId }, 'closed', loader);
	for (const { number, questionId } of await questionsOfEvent(database, of)) {
		const words = answered[number];
		if (words === undefined) continue;
		await decideQuestion(database, { ...of, questionId }, { state: 'asked', words: '' }, loader);
		await decideQuestion(database, { ...of, questionId }, { state: 'answered', words }, loader);
	}
}

/** What is left of the Town Hall: the transcript, and the minutes, which those who were there may still correct. */
export async function recordTownHall(loading: Loading, of: OfEvent, endsAt: Date): Promise<void> {
	const database = databaseAt(loading.database, new Date(+endsAt + 3 * 3_600_000));
	const file = { fileName: 'bali.vtt', file: captionsOfTownHall, language: 'en', beginsMs: 0 };
	await importCaptions(database, of, file, loader);
	const speakers = {
		CHAIR: 'Chair',
		RAPPORTEUR: 'Rapporteur of the café',
		'HUB NAIROBI': 'Hub of Nairobi',
		LIBRARIAN: 'A librarian'
	};
	await nameSpeakers(database, of, speakers, loader);
	await beginMinutes(database, of, (transaction, planned) => draftFromRecords(transaction, planned, speakerOf('en')), loader);
	const drafted = (await minutesOf(database, of))!;
	const { recording, chapters, sections } = minutesOfTownHall;
	const written = drafted.sections.map((section) => {
		const more = sections.find(({ heading }) => heading === section.heading);
		return more ? { ...section, text: [section.text, more.text].filter(Boolean).join('\n\n') } : section;
	});
	await writeMinutes(database, of, { sections: written, seen: drafted.version }, loader);
	await setRecording(database, of, { address: recording, chapters }, loader);
	await turnMinutes(database, of, { state: 'corrected', until: new Date(+endsAt + 14 * 86_400_000) }, loader);
}
