import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { accountOf } from '#activity/actor.ts';
import { longestCard, markers } from '#cafes/notes/note.ts';
import { notesFrom, photosOf } from '#cafes/notes/photo-lists.server.ts';
import { isHarvestOver } from '#cafes/notes/tray.server.ts';
import {
	cardsOfPhoto,
	claimPhoto,
	endPhoto,
	layAgain,
	openPhotoAgain,
	takeTypedBack,
	typeCard,
	type PhotoOutcome
} from '#cafes/notes/typing.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { languageTag } from '#languages/languages.ts';
import { refusal } from '#refusals/refusal.ts';
import { localized, parse } from '#web/answering.server.ts';
import { cafeHead, cafeOfPage, questionTexts } from '#web/cafes/cafe-page.server.ts';
import { isFiled } from '#web/cafes/photos.server.ts';
import { contextOf } from '#web/context.server.ts';

type PhotoPage = RequestEvent<{ topic: string; event: string; photo: string }>;

const turns = ['0', '90', '180', '270'] as const;
const sizes = ['100', '200', '300'] as const;

/** One photo and what was typed from it, side by side. */
export async function typingPage(event: PhotoPage) {
	const { topic, planned, cafe, at } = await cafeOfPage(event, { atDesk: true });
	const { database } = contextOf(event);
	const of = { topicId: topic.topicId, eventId: planned.eventId };
	const { searchParams } = event.url;
	const photos = await photosOf(database, of, at);
	const photo = photos.find(({ photoId }) => photoId === event.params.photo);
	if (!photo) throw refusal('not-found');
	const isOver = await isHarvestOver(database, of.topicId, of.eventId);
	const { table, round } = photo;
	const where = { ...of, tableNumber: table ?? 0 };
	const own = accountOf(event.locals.actor);
	// whoever opens it types from it, unless somebody else does
	const isFree = isFiled(photo) && photo.outcome === null && !isOver && photo.claim === null && own !== null;
	if (isFree) await claimPhoto(database, { ...of, photoId: photo.photoId }, event.locals.actor);
	const questionId = round === null ? null : (cafe.rounds[round - 1]?.questionId ?? null);
	const cards = table === null ? [] : await cardsOfPhoto(database, photoIn(event, of), where);
	const others = photos.filter((one) => isFiled(one) && one.outcome === null && one.photoId !== photo.photoId);
	const next = others.find(({ claim }) => claim === null || claim.accountId === own) ?? null;
	return {
		...cafeHead(event, topic, planned),
		photo: { ...photo, claim: null, takenBy: photo.claim && photo.claim.accountId !== own ? photo.claim.name : null },
		question: (questionId && questionTexts(topic, event.locals.language).get(questionId)?.text) || null,
		language: cafe.tables.find(({ tableNumber }) => tableNumber === table)?.languages[0] ?? topic.defaultLanguage,
		cards,
		notes: await notesFrom(database, photoIn(event, of)),
		tables: cafe.tables.map(({ tableNumber }) => tableNumber),
		rounds: cafe.rounds.map(({ roundNumber }) => roundNumber),
		isOver,
		left: photos.filter(({ outcome }) => outcome === null).length,
		all: photos.length,
		next: next?.photoId ?? null,
		/** of the form: sent twice it is one card */
		nextId: uuidv4(),
		revised: cards.flatMap(({ wordings }) => wordings).find(({ id }) => id === searchParams.get('revise')) ?? null,
		longest: longestCard,
		turn: turns.find((one) => one === searchParams.get('turn')) ?? '0',
		size: sizes.find((one) => one === searchParams.get('size')) ?? '100',
		tongue: languageTag(searchParams.get('tongue') ?? '') ?? null,
		done: searchParams.get('done')
	};
}

const shownAs = { turn: z.enum(turns).default('0'), size: z.enum(sizes).default('100') };
const cardForm = z.object({
	...shownAs,
	id: z.uuid(),
	text: z.string(),
	marker: z.enum(markers),
	language: z.string(),
	revises: z.union([z.literal(''), z.uuid()]).default('')
});
const ofCard = z.object({ ...shownAs, card: z.uuid() });
const plain = z.object(shownAs);

type Shown = Pick<z.infer<typeof plain>, 'turn' | 'size'>;

export async function takeCard(event: PhotoPage, typed: FormData): Promise<never> {
	const { turn, size, revises, ...card } = parse(cardForm, typed, event.locals.say);
	const { photo, back } = await asked(event);
	await typeCard(contextOf(event).database, photo, { ...card, revises: revises || null }, event.locals.actor);
	return back(revises ? 'revised' : 'card', { turn, size }, `&tongue=${encodeURIComponent(card.language)}#text`);
}

export async function takeBack(event: PhotoPage, typed: FormData): Promise<never> {
	const { card, ...shown } = parse(ofCard, typed, event.locals.say);
	const { photo, back } = await asked(event);
	await takeTypedBack(contextOf(event).database, photo, card, event.locals.actor);
	return back('taken-back', shown, '#cards');
}

export async function takeAgain(event: PhotoPage, typed: FormData): Promise<never> {
	const { card, ...shown } = parse(ofCard, typed, event.locals.say);
	const { photo, back } = await asked(event);
	await layAgain(contextOf(event).database, photo, card, event.locals.actor);
	return back('laid-again', shown, '#cards');
}

/** On to the next photo that waits, where there is one. */
export async function takeEnd(event: PhotoPage, outcome: PhotoOutcome): Promise<never> {
	const { photo, desk } = await asked(event);
	const { database } = contextOf(event);
	await endPhoto(database, photo, outcome, event.locals.actor);
	const own = accountOf(event.locals.actor);
	const next = (await photosOf(database, photo, new Date(Date.now() + database.clockShift))).find(
		(one) => isFiled(one) && one.outcome === null && (one.claim === null || one.claim.accountId === own)
	);
	redirect(303, localized(event, next ? `${desk}/${next.photoId}?done=${outcome}` : `${desk}?done=${outcome}`));
}

export async function takeOpening(event: PhotoPage, typed: FormData): Promise<never> {
	const { photo, back } = await asked(event);
	await openPhotoAgain(contextOf(event).database, photo, event.locals.actor);
	return back('opened', parse(plain, typed, event.locals.say), '');
}

export async function takeOver(event: PhotoPage, typed: FormData): Promise<never> {
	const { photo, back } = await asked(event);
	await claimPhoto(contextOf(event).database, photo, event.locals.actor, { takesOver: true });
	return back('taken-over', parse(plain, typed, event.locals.say), '#text');
}

async function asked(event: PhotoPage) {
	const { topic, planned } = await cafeOfPage(event, { atDesk: true });
	const desk = `/desk/topics/${topic.slug}/events/${planned.number}/photos`;
	const photo = photoIn(event, { topicId: topic.topicId, eventId: planned.eventId });
	return {
		photo,
		desk,
		back: (done: string, { turn, size }: Shown, part: string): never =>
			redirect(303, localized(event, `${desk}/${photo.photoId}?done=${done}&turn=${turn}&size=${size}${part}`))
	};
}

function photoIn<Of extends object>({ params }: PhotoPage, of: Of): Of & { photoId: string } {
	const photoId = z.uuid().safeParse(params.photo).data;
	if (photoId === undefined) throw refusal('not-found');
	return { ...of, photoId };
}
