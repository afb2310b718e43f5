// A café with a photo of one of its tables, and pictures of a sheet as phones make them.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Actor } from '#activity/actor.ts';
import { aCafe } from '#cafes/examples.server.ts';
import { filePhoto, takePhotoAtDesk } from '#cafes/notes/filing.server.ts';
import { photosOf } from '#cafes/notes/photo-lists.server.ts';
import { aPicture } from '#contributions/intake/paper/examples.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { fileStore } from '#files/store.server.ts';
import { topicAt } from '#topics/reading.server.ts';
import type { Product } from './product.ts';
import { openTalk } from '../examples/open-talk.ts';

const staff: Actor = { kind: 'job', name: 'test' };

export async function aCafeWithPhotos(
	{ database, settings }: Product,
	{ attribution = 'group', photos = 1 }: { attribution?: Attribution; photos?: number } = {}
) {
	const { topicId, questions } = await topicAt(database, openTalk.slug);
	const event = await anEvent(database, { topicId, attribution });
	const of = { topicId, eventId: event.eventId };
	await aCafe(database, { event: of, tables: 4, rounds: [{ questionId: questions[0]!.questionId }, {}] });
	const files = fileStore(database, join(settings.data, 'files'));
	const base = `/desk/topics/${openTalk.slug}/events/${event.number}`;
	for (let round = 1; round <= photos; round++)
		await takePhotoAtDesk(database, files, of, aPicture([`https://example.org/${event.number}/${round}`]), staff);
	const all = await photosOf(database, of, new Date());
	for (const [at, { photoId }] of all.entries())
		await filePhoto(database, { ...of, photoId }, { table: 2, round: at + 1 }, staff);
	return { of, base, photos: `${base}/photos`, ids: all.map(({ photoId }) => photoId) };
}

/** How a sheet lies before a phone. Degrees, and shares of what is seen well. */
export interface Lying {
	/** on the table, in degrees */
	readonly turned: number;
	/** away from the camera, in degrees across and along */
	readonly tilted: readonly [number, number];
	/** radius in points of the picture */
	readonly blurred: number;
	/** 1: by day */
	readonly light: number;
	/** of 255 */
	readonly noise: number;
	/** a shadow of the hand across the sheet */
	readonly shadow: boolean;
}

/** Of the picture that a phone sends: 1,600 points at its longer side, as src/web/notebook/pictures.ts makes them. */
const side = [1600, 1200] as const;

/** A photo of the sheet on a wooden table, as a JPEG. Another page than that of the product: nothing of it is loaded from anywhere. */
export async function photoOf(page: Page, sheet: Buffer, lying: Lying): Promise<Buffer> {
	const { turned, tilted, blurred, light, noise, shadow } = lying;
	await page.setViewportSize({ width: side[0], height: side[1] });
	await page.setContent(`<!doctype html><style>
		body { margin: 0; overflow: hidden }
		#seen { background: repeating-linear-gradient(93deg, #7a5230 0 31px, #6b4526 31px 47px, #855b38 47px 60px) }
		#seen { position: fixed; inset: 0; display: grid; place-items: center; perspective: 2400px; filter: blur(${blurred}px) brightness(${light}) contrast(${0.6 + 0.4 * light}) }
		img { height: 1120px; transform: rotateX(${tilted[0]}deg) rotateY(${tilted[1]}deg) rotateZ(${turned}deg) scale(${
			Math.abs(Math.sin((turned * Math.PI) / 180)) > 0.3 ? 0.95 : 1
		}) }
		#shadow { position: fixed; inset: 0; background: linear-gradient(115deg, transparent 38%, #000a 44% 58%, transparent 66%) }
		canvas { position: fixed; inset: 0 }
	</style><div id=seen><img src="data:image/png;base64,${sheet.toString('base64')}"></div>${shadow ? '<div id=shadow></div>' : ''}<canvas width=${side[0]} height=${side[1]}></canvas>`);
	await page.evaluate(
		async ({ noise, seed }) => {
			await document.querySelector('img')!.decode();
			const canvas = document.querySelector('canvas')!;
			const paint = canvas.getContext('2d')!;
			const grain = paint.createImageData(canvas.width, canvas.height);
			let state = seed;
			for (let at = 0; at < grain.data.length; at += 4) {
				state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
				const dark = state >>> 31;
				grain.data.fill(dark ? 0 : 255, at, at + 3);
				grain.data[at + 3] = ((state >>> 16) & 255) * (noise / 255);
			}
			paint.putImageData(grain, 0, 0);
		},
		{ noise, seed: Math.round(turned * 100 + blurred * 10) >>> 0 }
	);
	return page.screenshot({ type: 'jpeg', quality: 70 });
}
