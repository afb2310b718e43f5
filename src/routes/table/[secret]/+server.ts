import { redirect } from '@sveltejs/kit';
import { hostOfSecret } from '#cafes/hosts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { openNotebook } from '#web/notebook/at-table.server.ts';
import type { RequestHandler } from './$types';

/** A host's link: its secret stands in no address afterwards, and in no history. */
export const GET: RequestHandler = async (event) => {
	const { secret } = event.params;
	if (!(await hostOfSecret(contextOf(event).database, secret))) throw refusal('no-notebook');
	openNotebook(event, secret);
	redirect(303, localized(event, '/notebook'));
};
