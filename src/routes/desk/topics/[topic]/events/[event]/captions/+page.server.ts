import { z } from 'zod';
import { msOf } from '#townhalls/captions/cue.ts';
import { correctLine, makeTranscript, nameSpeakers, transcriptBefore } from '#townhalls/captions/correcting.server.ts';
import { captionsOf, historyOf, speakersOf } from '#townhalls/captions/lines.server.ts';
import {
	captionImports,
	endStream,
	importCaptions,
	makeStream,
	removeImport,
	streamsOf
} from '#townhalls/captions/taking.server.ts';
import { mayWriteMinutes } from '#townhalls/room.ts';
import { screenOf } from '#townhalls/screen.server.ts';
import { answering, parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { backToDesk, deskOfRoom } from '#web/room/desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

const onPage = 200;

export const load: PageServerLoad = async (event) => {
	const { topic, planned, shown } = await deskOfRoom(event);
	const { database } = contextOf(event);
	const { searchParams } = event.url;
	const search = (searchParams.get('q') ?? '').trim().slice(0, 100);
	const line = Number(searchParams.get('line') ?? 0);
	const [lines, speakers, imports, streams, transcript, screen] = await Promise.all([
		captionsOf(database, planned, { search, last: onPage }),
		speakersOf(database, planned),
		captionImports(database, planned),
		streamsOf(database, planned),
		transcriptBefore(database, planned),
		screenOf(database, planned)
	]);
	const chosen =
		Number.isSafeInteger(line) && line > 0 && line < 2 ** 31 ? lines.find(({ number }) => number === line) : undefined;
	return {
		...shown,
		...{ lines, speakers, imports, streams, search },
		chosen: chosen ? { ...chosen, history: await historyOf(database, planned, line) } : null,
		transcript: transcript?.number ?? null,
		mayMakeText: mayWriteMinutes(event.locals.actor, topic.topicId),
		isOnScreen: screen.shows === 'captions',
		defaultLanguage: planned.languages[0] ?? topic.defaultLanguage
	};
};

const importing = z.object({ language: z.string().max(35), begins: z.string().max(20).default('') });

export const actions: Actions = {
	import: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const { say } = event.locals;
		const { language, begins } = parse(importing, typed, say);
		const beginsMs = begins.trim() === '' ? 0 : msOf(begins);
		if (beginsMs === null) throw new WrongInput({ begins: say('captions.begins-wrong') });
		const file = typed.get('file');
		if (!(file instanceof File) || file.size === 0) throw new WrongInput({ file: say('captions.file-missing') });
		await importCaptions(
			contextOf(event).database,
			planned,
			{ fileName: file.name.slice(0, 255), file: await file.text(), language, beginsMs },
			event.locals.actor
		);
		backToDesk(event, 'captions');
	}),

	remove: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const { id } = parse(z.object({ id: z.uuid() }), typed, event.locals.say);
		await removeImport(contextOf(event).database, planned, id, event.locals.actor);
		backToDesk(event, 'captions');
	}),

	// its secret is shown in this answer and never again
	stream: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const { language } = parse(z.object({ language: z.string().max(35) }), typed, event.locals.say);
		const { token } = await makeStream(contextOf(event).database, planned, language, event.locals.actor);
		return { address: new URL(`/api/v1/captions/${token}`, event.url).href };
	}),

	end: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const { id } = parse(z.object({ id: z.uuid() }), typed, event.locals.say);
		await endStream(contextOf(event).database, planned, id, event.locals.actor);
		backToDesk(event, 'captions');
	}),

	name: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const labels = typed.getAll('label').filter((value) => typeof value === 'string');
		const names = typed.getAll('name').filter((value) => typeof value === 'string');
		const named = Object.fromEntries(labels.map((label, at) => [label, names[at] ?? label]));
		await nameSpeakers(contextOf(event).database, planned, named, event.locals.actor);
		backToDesk(event, 'captions');
	}),

	correct: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const form = z.object({
			line: z.coerce
				.number()
				.int()
				.positive()
				.max(2 ** 31 - 1),
			seen: z.coerce.number().int().min(0),
			text: z.string().default('')
		});
		const { line: number, seen, text } = parse(form, typed, event.locals.say);
		await correctLine(contextOf(event).database, planned, { number, text, seen }, event.locals.actor);
		backToDesk(event, `captions#line-${number}`);
	}),

	transcript: answering(async (event) => {
		const { planned, shown } = await deskOfRoom(event);
		const title = event.locals.say('captions.transcript-title', { event: shown.event.title.text });
		await makeTranscript(contextOf(event).database, planned, title, event.locals.actor);
		contextOf(event).cache.purge([`/topics/${event.params.topic}`]);
		backToDesk(event, 'captions');
	})
};
