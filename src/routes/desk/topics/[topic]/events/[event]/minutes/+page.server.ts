import { z } from 'zod';
import { speakerOf } from '#languages/catalogue.server.ts';
import { languageCodes } from '#languages/languages.ts';
import { instantOf, wallTime } from '#topics/stages/zones.ts';
import { draftFromRecords } from '#townhalls/minutes/drafting.server.ts';
import { chaptersIn, minuteLimits } from '#townhalls/minutes/minutes.ts';
import {
	beginMinutes,
	minutesOf,
	recordingOf,
	setRecording,
	turnMinutes,
	writeMinutes
} from '#townhalls/minutes/minutes.server.ts';
import { answerSuggestion, suggestionsOf } from '#townhalls/minutes/suggesting.server.ts';
import { answering, parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { backToDesk, deskOfRoom } from '#web/room/desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

const twoWeeks = 14 * 86_400_000;

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at, shown } = await deskOfRoom(event);
	const { database } = contextOf(event);
	const [minutes, suggestions, recording] = await Promise.all([
		minutesOf(database, planned),
		suggestionsOf(database, planned),
		recordingOf(database, planned)
	]);
	return {
		...shown,
		minutes,
		suggestions,
		recording,
		defaultLanguage: topic.defaultLanguage,
		wrongChapters: chaptersIn(recording?.chapters ?? '').wrong,
		until: wallTime(new Date(at.getTime() + twoWeeks), planned.zone)
	};
};

const turning = z.object({ state: z.enum(['draft', 'corrected', 'final']), until: z.string().max(40).default('') });
const answeringOne = z.object({ suggestion: z.uuid(), answer: z.enum(['accepted', 'refused']), reason: z.string().default('') });

export const actions: Actions = {
	begin: answering(async (event) => {
		const { topic, planned } = await deskOfRoom(event);
		const say = speakerOf(languageCodes.find((language) => language === topic.defaultLanguage) ?? 'en');
		await beginMinutes(
			contextOf(event).database,
			planned,
			(transaction, held) => draftFromRecords(transaction, held, say),
			event.locals.actor
		);
		backToDesk(event, 'minutes');
	}),

	write: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const { seen } = parse(z.object({ seen: z.coerce.number().int().positive() }), typed, event.locals.say);
		const sections = [];
		for (let place = 1; place <= minuteLimits.sections && typed.has(`heading-${place}`); place++) {
			const text = (name: string) => {
				const value = typed.get(`${name}-${place}`);
				return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : '';
			};
			// the empty one at the end is there to be filled
			if (text('heading').trim() !== '' || text('text').trim() !== '')
				sections.push({ heading: text('heading'), text: text('text') });
		}
		await writeMinutes(contextOf(event).database, planned, { sections, seen }, event.locals.actor);
		backToDesk(event, 'minutes');
	}),

	turn: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const { state, until } = parse(turning, typed, event.locals.say);
		const moment = state === 'corrected' ? instantOf(until, planned.zone) : null;
		if (state === 'corrected' && !moment) throw new WrongInput({ until: event.locals.say('refusals.time-past') });
		await turnMinutes(contextOf(event).database, planned, { state, until: moment }, event.locals.actor);
		backToDesk(event, 'minutes');
	}),

	answer: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const { suggestion: suggestionId, ...answer } = parse(answeringOne, typed, event.locals.say);
		await answerSuggestion(contextOf(event).database, planned, { suggestionId, ...answer }, event.locals.actor);
		backToDesk(event, 'minutes#suggestions');
	}),

	recording: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const form = z.object({ address: z.string().max(2000).default(''), chapters: z.string().default('') });
		await setRecording(contextOf(event).database, planned, parse(form, typed, event.locals.say), event.locals.actor);
		backToDesk(event, 'minutes#recording');
	})
};
