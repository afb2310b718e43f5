import { json } from '@sveltejs/kit';
import { takePhotoPart } from '#cafes/notes/photos.server.ts';
import { partSize } from '#cafes/notes/pictures.ts';
import { limit } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { requestWithin } from '#web/front/form-body.server.ts';
import { hostAsking } from '#web/notebook/at-table.server.ts';
import { answered } from '#web/notebook/words.server.ts';
import type { RequestHandler } from './$types';

/** A part of a photo: `?starts=0&size=…&sha256=…&round=…`. Where the net broke, the phone goes on at `next`. */
export const PUT: RequestHandler = (event) =>
	answered(event, async () => {
		limit(event, 'acting');
		const host = await hostAsking(event);
		const asked = event.url.searchParams;
		const number = (name: string) => (/^\d{1,9}$/.test(asked.get(name) ?? '') ? Number(asked.get(name)) : -1);
		const bytes = new Uint8Array(await (await requestWithin(event.request, partSize)).arrayBuffer());
		const { database, files } = contextOf(event);
		const part = {
			photoId: event.params.photo,
			size: number('size'),
			sha256: asked.get('sha256') ?? '',
			starts: number('starts')
		};
		return json(
			await takePhotoPart(database, files, host, { ...part, bytes, round: asked.has('round') ? number('round') : null })
		);
	});
