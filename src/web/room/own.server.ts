import { createHash } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#activity/actor.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';
import { ownAnswers, type OwnAnswer } from '#townhalls/polls/writing.server.ts';
import { ownOfEvent } from '#townhalls/questions/floor-questions.server.ts';
import { contextOf } from '#web/context.server.ts';
import { hallOfPage } from '#web/room/hall-page.server.ts';
import { noneOwn, type OwnQuestions } from '#web/room/questions.server.ts';

type HerePage = RequestEvent<{ topic: string; event: string }>;
type InHall = Awaited<ReturnType<typeof hallOfPage>> & { readonly answers: Map<string, OwnAnswer>; readonly mine: OwnQuestions };

// asked by the front, which may have the page already, and then by the page
const asked = new WeakMap<App.Locals, Promise<InHall>>();

/** What is on in the event of a page, and what of it is of who asks: answered, supported, asked. Read once for a request. */
export function inHall(event: HerePage): Promise<InHall> {
	let found = asked.get(event.locals);
	if (!found) asked.set(event.locals, (found = read(event)));
	return found;
}

/**
 * Under which name all that stands on the page of a room is the same for everybody who gets that name: for visitors who brought their
 * cookie, what is on and what of it is theirs. Null for anybody else.
 */
export async function nameOfHere(event: HerePage): Promise<string | null> {
	const { actor } = event.locals;
	if (actor.kind !== 'visitor' || !actor.visitorId || !event.request.headers.has('cookie')) return null;
	const { hall, answers, mine } = await inHall(event);
	return JSON.stringify([hall.version, [...answers], [...mine.supported].sort(), [...mine.asked].sort()]);
}

/** The id of a question that somebody writes: many are given the same page, so what stands in its form is theirs only together with who they are. */
export function idOfQuestion(inForm: string, actor: Actor): string {
	const who = actor.kind === 'visitor' ? actor.visitorId : actor.kind === 'account' ? actor.accountId : null;
	const bytes = createHash('sha256').update(`${inForm} ${who}`).digest().subarray(0, 16);
	bytes[6] = (bytes[6]! & 0x0f) | 0x40;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

async function read(event: HerePage): Promise<InHall> {
	const found = await hallOfPage(event);
	const { database, keys } = contextOf(event);
	const { topic, hall } = found;
	const participant = await seenParticipant(database, keys, topic.topicId, event.locals.actor);
	const pollIds = participant ? hall.polls.map(({ poll }) => poll.pollId) : [];
	const [answers, mine] = await Promise.all([
		participant && pollIds.length > 0 ? ownAnswers(database, topic.topicId, pollIds, participant.number) : new Map(),
		participant && hall.questions.length > 0 ? ownOfEvent(database, hall.event, participant.number) : noneOwn
	]);
	return { ...found, answers, mine };
}
