import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { hostsOf } from '#cafes/hosts.server.ts';
import { placesOf, placeTable, roomColumns } from '#cafes/placing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { cafeHead, cafeOfPage } from '#web/cafes/cafe-page.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, cafe } = await cafeOfPage(event, { atDesk: true });
	const { database } = contextOf(event);
	const places = await placesOf(database, cafe);
	const hosts = await hostsOf(database, topic.topicId, planned.eventId);
	return {
		...cafeHead(event, topic, planned),
		columns: roomColumns,
		rows: Math.max(8, ...places.map(({ row }) => row + 1)),
		chosen: Number(event.url.searchParams.get('table')) || null,
		tables: cafe.tables.map(({ tableNumber, label }) => ({
			...places.find((place) => place.tableNumber === tableNumber)!,
			label,
			hosts: hosts.filter((host) => host.tableNumber === tableNumber).map(({ name }) => name)
		}))
	};
};

const square = z.coerce.number().int();
const placeForm = z.object({ table: square, row: square, column: square });

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { topic, planned, cafe } = await cafeOfPage(event, { atDesk: true });
		const { table, row, column } = parse(placeForm, typed, event.locals.say);
		await placeTable(contextOf(event).database, { cafe, tableNumber: table, row, column }, event.locals.actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/events/${planned.number}/cafe/room?table=${table}#move`));
	})
};
