import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Host } from '#cafes/hosts.server.ts';
import { closeTable } from '#cafes/notes/closing.server.ts';
import { giveFeedback } from '#cafes/notes/feedback.server.ts';
import { isId, markers, placeOf, type Card } from '#cafes/notes/note.ts';
import { takePhotoOfTable } from '#cafes/notes/photos.server.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { trayOf } from '#cafes/notes/tray.server.ts';
import { uuidv4 } from '#database/ids.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { answering, localized, parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { hostAsking, knownAt } from '#web/notebook/at-table.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const host = await hostAsking(event);
	const known = await knownAt(event, host);
	const asked = event.url.searchParams;
	const revised = known.cards.find(({ id }) => id === asked.get('revise')) ?? null;
	return {
		known,
		revised,
		/** of the plain form: sent twice it is one card */
		nextId: uuidv4(),
		done: asked.get('done')
	};
};

/** What the plain form sends; a script sends JSON to /notebook/cards. */
const written = z.object({
	id: z.uuid(),
	text: z.string(),
	marker: z.enum(markers),
	language: z.string(),
	round: z.coerce.number().int().min(1),
	revises: z.union([z.literal(''), z.uuid()]).default(''),
	group: z.string().default(''),
	name: z.string().default('')
});
const taken = z.object({ card: z.uuid() });
const said = z.object({
	id: z.uuid(),
	went: z.coerce.number({ error: 'notebook.went-missing' }).int().min(1, 'notebook.went-missing').max(5),
	words: z.string()
});

/** A phone without script has no notebook of its own: all of them share one order. */
const withoutScript = '00000000-0000-4000-8000-000000000000';

export const actions: Actions = {
	write: answering(async (event, typed) => {
		const { group, name, revises, ...rest } = parse(written, typed, event.locals.say);
		const host = await hostAsking(event);
		await take(event, host, { ...rest, group: group || null, name: name || null, revises: revises || null });
		back(event, 'written');
	}),

	'take-back': answering(async (event, typed) => {
		const { card } = parse(taken, typed, event.locals.say);
		const host = await hostAsking(event);
		const known = (await trayOf(contextOf(event).database, host)).find((one) => one.id === card);
		if (!known) throw refusal('not-found');
		const { marker, language, round } = known;
		// pressed twice, it is taken back twice, which comes to the same
		await take(event, host, { id: uuidv4(), marker, language, round, text: '', revises: card, group: null, name: null });
		back(event, 'taken-back');
	}),

	photo: answering(async (event, typed) => {
		const host = await hostAsking(event);
		const file = typed.get('picture');
		if (typeof file === 'string' || !file || file.size === 0) throw refusal('picture-kind-unknown');
		const round = Number(typed.get('round'));
		const { database, files } = contextOf(event);
		const id = typed.get('id');
		await takePhotoOfTable(database, files, host, {
			photoId: isId(id) ? id : uuidv4(),
			round: Number.isInteger(round) && round > 0 ? round : null,
			bytes: new Uint8Array(await file.arrayBuffer())
		});
		back(event, 'photo');
	}),

	feedback: answering(async (event, typed) => {
		const { id, went, words } = parse(said, typed, event.locals.say);
		const host = await hostAsking(event);
		await giveFeedback(contextOf(event).database, host, { id, went, words, language: event.locals.language });
		back(event, 'feedback');
	}),

	close: answering(async (event) => {
		await closeTable(contextOf(event).database, await hostAsking(event));
		back(event, 'closed');
	})
};

async function take(event: RequestEvent, host: Host & OfEvent, card: Omit<Card, 'table' | 'place' | 'phone' | 'isRehearsal'>) {
	const { database } = contextOf(event);
	const place = (await trayOf(database, host)).reduce((most, one) => Math.max(most, one.place), 0) + 1;
	const whole: Card = { ...card, table: placeOf(host), place, phone: withoutScript, isRehearsal: false };
	const [answer] = await takeCards(database, host, [whole]);
	if (!answer?.refused) return;
	const { say } = event.locals;
	if (answer.refused.code !== 'unusable-text') throw answer.refused;
	throw new WrongInput({ text: say('refusals.unusable-text', answer.refused.values) });
}

function back(event: RequestEvent, done: string): never {
	redirect(303, localized(event, `/notebook?done=${done}`));
}
