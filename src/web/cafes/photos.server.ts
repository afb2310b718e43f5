import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { accountOf } from '#activity/actor.ts';
import { filePhoto, takePhotoAtDesk, throwPhotoAway } from '#cafes/notes/filing.server.ts';
import { photosOf, type PhotoOfTable } from '#cafes/notes/photo-lists.server.ts';
import { largestPhoto } from '#cafes/notes/pictures.ts';
import { isHarvestOver } from '#cafes/notes/tray.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { isRefusal } from '#refusals/refusal.ts';
import { localized, parse, WrongInput } from '#web/answering.server.ts';
import { cafeHead, cafeOfPage } from '#web/cafes/cafe-page.server.ts';
import { contextOf } from '#web/context.server.ts';

export type CafePage = RequestEvent<{ topic: string; event: string }>;

/** Photos of flip charts and sheets: those of no table, and what is typed of the others. */
export async function photosPage(event: CafePage) {
	const { topic, planned, cafe, at } = await cafeOfPage(event, { atDesk: true });
	const { database } = contextOf(event);
	const of = { topicId: topic.topicId, eventId: planned.eventId };
	const photos = await photosOf(database, of, at);
	const own = accountOf(event.locals.actor);
	const shown = photos.map(({ claim, ...photo }) => ({
		...photo,
		takenBy: claim && claim.accountId !== own ? claim.name : null
	}));
	return {
		...cafeHead(event, topic, planned),
		tables: cafe.tables.map(({ tableNumber }) => tableNumber),
		rounds: cafe.rounds.map(({ roundNumber }) => roundNumber),
		unfiled: shown.filter((photo) => !isFiled(photo)),
		filed: shown.filter(isFiled),
		waiting: photos.filter(({ outcome }) => outcome === null).length,
		isOver: await isHarvestOver(database, of.topicId, of.eventId),
		megabytes: largestPhoto / 1024 / 1024,
		done: event.url.searchParams.get('done')
	};
}

export function isFiled({ table, round }: Pick<PhotoOfTable, 'table' | 'round'>): boolean {
	return table !== null && round !== null;
}

/** What became of the pictures of one form: each is taken or refused by itself. */
export async function takePictures(event: CafePage, typed: FormData) {
	const { of } = await asked(event);
	const { database, files } = contextOf(event);
	const { actor, say } = event.locals;
	const pictures = typed.getAll('pictures').filter((one): one is File => one instanceof File && one.size > 0);
	if (pictures.length === 0) throw new WrongInput({ pictures: say('paper.pictures-missing') });
	let [taken, already] = [0, 0];
	const refused: { name: string; sentence: string }[] = [];
	for (const picture of pictures) {
		// browsers of old send the whole path
		const name = (picture.name.split(/[/\\]/u).at(-1) ?? '').replaceAll(/\p{Cc}/gu, '').slice(0, 200);
		try {
			const isNew = await takePhotoAtDesk(database, files, of, new Uint8Array(await picture.arrayBuffer()), actor);
			if (isNew) taken += 1;
			else already += 1;
		} catch (error) {
			if (!isRefusal(error) || error.code === 'not-allowed') throw error;
			refused.push({ name, sentence: say(`refusals.${error.code}` as 'refusals.picture-kind-unknown', error.values) });
		}
	}
	if (taken > 0) await sheetsRead(event, of);
	return { pictures: { taken, already, refused } };
}

/** Waits a little for the job, so that most people see at once where their pictures went, with script or without. */
async function sheetsRead(event: CafePage, of: OfEvent, milliseconds = 4000): Promise<void> {
	const { database } = contextOf(event);
	const until = performance.now() + milliseconds;
	while (performance.now() < until) {
		const photos = await photosOf(database, of, new Date());
		if (photos.every(({ reading }) => reading !== null)) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

const filing = z.object({
	photo: z.uuid(),
	table: z.coerce.number('photos.table-missing').int('photos.table-missing').min(1, 'photos.table-missing'),
	round: z.coerce.number('photos.round-missing').int('photos.round-missing').min(1, 'photos.round-missing')
});

export async function takeFiling(event: CafePage, typed: FormData): Promise<never> {
	const { photo: photoId, table, round } = parse(filing, typed, event.locals.say);
	const { of, back } = await asked(event);
	await filePhoto(contextOf(event).database, { ...of, photoId }, { table, round }, event.locals.actor);
	return back('filed');
}

const single = z.object({ photo: z.uuid() });

export async function takeThrowing(event: CafePage, typed: FormData): Promise<never> {
	const { photo: photoId } = parse(single, typed, event.locals.say);
	const { of, back } = await asked(event);
	await throwPhotoAway(contextOf(event).database, { ...of, photoId }, event.locals.actor);
	return back('thrown-away');
}

async function asked(event: CafePage) {
	const { topic, planned } = await cafeOfPage(event, { atDesk: true });
	return {
		of: { topicId: topic.topicId, eventId: planned.eventId },
		back: (done: string): never =>
			redirect(303, localized(event, `/desk/topics/${topic.slug}/events/${planned.number}/photos?done=${done}`))
	};
}
