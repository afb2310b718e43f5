// For the test of what stays text: what is asked, answered, said and written down in a town hall.
import { uuidv4 } from '#database/ids.ts';
import { aVisitor } from '#ideas/examples.server.ts';
import { anEvent } from '#events/examples.server.ts';
import { timestampOf } from '#townhalls/captions/cue.ts';
import { correctLine, nameSpeakers } from '#townhalls/captions/correcting.server.ts';
import { captionsOf } from '#townhalls/captions/lines.server.ts';
import { importCaptions } from '#townhalls/captions/taking.server.ts';
import { beginMinutes, setRecording, turnMinutes } from '#townhalls/minutes/minutes.server.ts';
import { answerSuggestion, suggestForMinutes, suggestionsOf } from '#townhalls/minutes/suggesting.server.ts';
import { AnswerBatcher } from '#townhalls/polls/batcher.server.ts';
import { aWrittenPoll } from '#townhalls/polls/examples.ts';
import { makePoll, turnPoll } from '#townhalls/polls/planning.server.ts';
import { wordsOf } from '#townhalls/polls/poll.ts';
import { decideWords } from '#townhalls/polls/words.server.ts';
import { askQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';
import { showOnScreen } from '#townhalls/screen.server.ts';
import { mark } from './hostile.ts';
import { at, cut, database, keys, some, staff, talk, topicId } from './hostile-ways-in.ts';
import type { StaffRole } from './world.ts';

/** The pages of the town hall in which everything is hostile. */
export const roomPages: { path: string; as?: StaffRole }[] = [];

export async function speakInARoom(): Promise<void> {
	const event = await anEvent(database, { topicId, kind: 'town-hall' });
	const { eventId, number } = event;
	for (const [index, text] of some(12).entries()) {
		const questionId = uuidv4();
		const asked = { questionId, text: cut(text, 500), language: 'en', name: cut(at(index), 120) };
		await askQuestion(database, keys, event, asked, aVisitor(`hostile ${index}`));
		const state = (['approved', 'answered', 'refused'] as const)[index % 4];
		if (state) await decideQuestion(database, { topicId, eventId, questionId }, { state, words: cut(at(index + 7), 500) }, staff);
	}
	const texts = { question: { en: cut(at(3), 200) }, options: [{ en: cut(at(4), 120) }, { en: `2 ${cut(at(5), 110)}` }] };
	const { pollId } = await makePoll(database, event, aWrittenPoll(texts), staff);
	await turnPoll(database, { topicId, pollId }, 'open', staff);
	await showOnScreen(database, event, { shows: 'poll', pollId }, staff);
	const cloud = await makePoll(database, event, aWrittenPoll({ kind: 'cloud', size: 3 }), staff);
	await turnPoll(database, { topicId, pollId: cloud.pollId }, 'open', staff);
	const words = wordsOf([`<b>${mark}`, `<${mark} onclick=x>`, `&lt;${mark}"'`], 3);
	await new AnswerBatcher(database, keys).give(topicId, cloud.pollId, { words }, aVisitor('hostile'));
	await decideWords(database, { topicId, pollId: cloud.pollId, words: [1, 2] }, 'shown', staff);
	await turnPoll(database, { topicId, pollId: cloud.pollId }, 'closed', staff);
	await speak(event);
	await writeDown(event);
	const base = `${talk}/events/${number}`;
	for (const page of [
		'here',
		'here?order=support',
		'screen',
		'captions',
		`captions?q=${mark}`,
		'minutes',
		'minutes/suggest?section=1'
	])
		roomPages.push({ path: `${base}/${page}` });
	for (const page of ['polls', 'questions', 'captions', 'captions?line=1', 'minutes'])
		roomPages.push({ path: `/desk${base}/${page}`, as: 'secretariat' });
}

type Event = Awaited<ReturnType<typeof anEvent>>;

async function speak(event: Event): Promise<void> {
	const cue = (second: number, words: string) =>
		`${timestampOf(1000 * second)} --> ${timestampOf(1000 * second + 900)}\n${words}\n`;
	const spoken = ['<', '>', '"', "'", '&amp;', 'javascript:'].map((sign, second) =>
		cue(second, `Name ${mark}: ${sign}${mark}&lt;img src=x onerror=${mark}()&gt;`)
	);
	const file = `WEBVTT\n\n${spoken.join('\n')}`;
	await importCaptions(database, event, { fileName: cut(at(9), 200), file, language: 'en', beginsMs: 0 }, staff);
	const [line] = await captionsOf(database, event);
	await correctLine(database, event, { number: line!.number, text: cut(at(10), 900), seen: 0 }, staff);
	await nameSpeakers(database, event, { [`Name ${mark}`]: cut(at(11), 80) }, staff);
}

async function writeDown(event: Event): Promise<void> {
	const sections = some(5).map((text, index) => ({ place: index + 1, heading: cut(at(index), 300), text }));
	await beginMinutes(database, event, () => Promise.resolve(sections), staff);
	await setRecording(
		database,
		event,
		{ address: 'https://video.example.org/', chapters: `0:10 ${cut(at(12), 300).replaceAll('\n', ' ')}` },
		staff
	);
	const until = new Date(Date.now() + database.clockShift + 86_400_000);
	await turnMinutes(database, event, { state: 'corrected', until }, staff);
	for (const place of [1, 2, 3]) {
		const suggested = { suggestionId: uuidv4(), place, text: at(place + 20), reason: cut(at(place + 30), 500), seen: 1 };
		await suggestForMinutes(database, event, suggested, aVisitor('hostile'));
	}
	const [one] = await suggestionsOf(database, event);
	await answerSuggestion(
		database,
		event,
		{ suggestionId: one!.suggestionId, answer: 'refused', reason: cut(at(40), 500) },
		staff
	);
}
