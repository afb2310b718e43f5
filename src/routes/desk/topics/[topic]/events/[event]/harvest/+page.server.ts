import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { notesAlike } from '#cafes/harvest/alike.server.ts';
import { drawFromNotes } from '#cafes/harvest/drawing.server.ts';
import { endHarvest } from '#cafes/harvest/ending.server.ts';
import { lastStep, layTogether, takeApart, undoAtWall } from '#cafes/harvest/grouping.server.ts';
import { balanceOf, wallOf, type NoteOnWall } from '#cafes/harvest/wall.server.ts';
import { feedbackInBrief } from '#cafes/notes/feedback.ts';
import { feedbackOn } from '#cafes/notes/feedback.server.ts';
import { closeTables } from '#cafes/notes/closing.server.ts';
import { isHarvestOver, traysOf } from '#cafes/notes/tray.server.ts';
import { mayRunCafe } from '#cafes/may.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { limits } from '#ideas/idea.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import type { Topic } from '#topics/topic.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { opinionsOfCafe } from '#web/cafes/opinions-of-cafe.server.ts';
import { contextOf } from '#web/context.server.ts';
import { forgetPages } from '#web/desk/setup.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import { groupName } from '#web/talk/group-names.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event, { atDesk: true });
	const { database } = contextOf(event);
	const { topicId, eventId } = planned;
	const { actor, language, say } = event.locals;
	const [notes, trays, { tables }, isOver, last, feedback, institution] = await Promise.all([
		wallOf(database, topicId, eventId),
		traysOf(database, topicId, eventId),
		cafeOf(database, topicId, eventId),
		isHarvestOver(database, topicId, eventId),
		lastStep(database, topicId, eventId),
		feedbackOn(database, topicId, eventId),
		institutionSeen(database)
	]);
	const named = (groups: readonly string[]) => groups.map((group) => groupName(institution, group, say));
	const balance = balanceOf(notes, institution.groups);
	const { pairs, isComparing } = await notesAlike(database, { topicId, eventId }, notes, 12);
	const noteOf = new Map(notes.map((note) => [note.noteId, note]));
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		mayClose: mayRunCafe(actor, topicId),
		isOver,
		tables: tables.length,
		silent: tables
			.filter(({ tableNumber }) => !trays.some((one) => one.tableNumber === tableNumber))
			.map((one) => one.tableNumber),
		waiting: trays.reduce((sum, one) => sum + one.waiting, 0),
		notes: notes.length,
		walls: wallsOf(topic, notes, language).map((wall) => ({
			...wall,
			piles: wall.piles.map((pile) => pile.map((note) => ({ ...note, groups: named(note.groups) })))
		})),
		isComparing,
		alike: pairs.map(({ one, other, isSure }) => ({ one: noteOf.get(one)!, other: noteOf.get(other)!, isSure })),
		balance: balance?.map(({ group, notes: count }) => ({ label: groupName(institution, group, say), count })) ?? null,
		answers: await answersShown(event, topic, { topicId, eventId }, at),
		canUndo: last !== null,
		feedback: feedbackInBrief(feedback),
		longest: limits.point,
		done: event.url.searchParams.get('done')
	};
};

async function answersShown(event: RequestEvent, topic: Topic, of: OfEvent, at: Date) {
	const { database } = contextOf(event);
	const { actor, say } = event.locals;
	const answers = await opinionsOfCafe(database, topic, of, { actor, at });
	if (!answers) return null;
	const institution = await institutionSeen(database);
	return {
		...answers,
		groups:
			answers.groups?.map(({ group, answers: count }) => ({ label: groupName(institution, group, say), answers: count })) ?? null
	};
}

/** By question in the order of the talk; in each, what lies together and then what lies by itself. */
function wallsOf({ questions, defaultLanguage }: Topic, notes: readonly NoteOnWall[], language: string) {
	return [...questions.map(({ questionId }) => questionId), null].flatMap((questionId) => {
		const own = notes.filter((note) =>
			questionId === null ? !questions.some((one) => one.questionId === note.questionId) : note.questionId === questionId
		);
		if (own.length === 0) return [];
		const question = questions.find((one) => one.questionId === questionId);
		const piles = [...Map.groupBy(own, ({ groupId, noteId }) => groupId ?? noteId).values()];
		return [
			{
				questionId,
				number: question?.number ?? null,
				text: question ? inLanguage(question.texts['text'], [language], defaultLanguage) : null,
				piles: piles.sort((one, other) => other.length - one.length)
			}
		];
	});
}

const several = z.object({ note: z.array(z.uuid()) });
const single = z.object({ note: z.uuid() });
const drawn = z.object({
	form: z.string(),
	note: z.array(z.uuid()),
	point: z.string(),
	question: z.union([z.literal(''), z.uuid()]),
	key: z.uuid()
});

export const actions: Actions = {
	close: answering(async (event) => {
		const { planned } = await eventOfPage(event, { atDesk: true });
		await closeTables(contextOf(event).database, planned, event.locals.actor);
		back(event, 'closed');
	}),

	together: answering(async (event, typed) => {
		const { note: notes } = parse(several, typed, event.locals.say);
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { topicId, eventId } = planned;
		await layTogether(contextOf(event).database, { topicId, eventId, notes }, event.locals.actor);
		back(event, 'together');
	}),

	apart: answering(async (event, typed) => {
		const { note } = parse(single, typed, event.locals.say);
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { topicId, eventId } = planned;
		await takeApart(contextOf(event).database, { topicId, eventId, note }, event.locals.actor);
		back(event, 'apart');
	}),

	undo: answering(async (event) => {
		const { planned } = await eventOfPage(event, { atDesk: true });
		await undoAtWall(contextOf(event).database, planned, event.locals.actor);
		back(event, 'undone');
	}),

	draw: answering(async (event, typed) => {
		const { note: notes, point, question, key } = parse(drawn, typed, event.locals.say);
		const { topic, planned } = await eventOfPage(event, { atDesk: true });
		const { topicId, eventId } = planned;
		const drawing = {
			topicId,
			eventId,
			notes,
			point: point.trim(),
			explanation: '',
			questionId: question || null,
			requestKey: key
		};
		await drawFromNotes(contextOf(event).database, drawing, event.locals.actor);
		forgetPages(event, topic.slug);
		back(event, 'drawn');
	}),

	end: answering(async (event) => {
		const { planned } = await eventOfPage(event, { atDesk: true });
		await endHarvest(contextOf(event).database, planned, event.locals.actor);
		back(event, 'ended');
	})
};

function back(event: RequestEvent, done: string): never {
	const { topic, event: number } = event.params;
	redirect(303, localized(event, `/desk/topics/${topic}/events/${number}/harvest?done=${done}`));
}
