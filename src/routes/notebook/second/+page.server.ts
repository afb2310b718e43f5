import { renderSVG } from 'uqr';
import { hostAsking, secretOf } from '#web/notebook/at-table.server.ts';
import { localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { PageServerLoad } from './$types';

/** The link of this table once more, for a second phone, or for another in the place of one that died. */
export const load: PageServerLoad = async (event) => {
	const host = await hostAsking(event);
	const origin = contextOf(event).settings.origin ?? event.url.origin;
	const address = `${origin}${localized(event, `/table/${secretOf(event) ?? ''}`)}`;
	return {
		tableNumber: host.tableNumber,
		address,
		picture: `data:image/svg+xml,${encodeURIComponent(renderSVG(address, { border: 4 }))}`
	};
};
