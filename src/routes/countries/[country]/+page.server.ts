import { organisationsHeard } from '#ideas/in-the-name-of.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { contextOf } from '#web/context.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { country } = event.params;
	if (!/^[A-Z]{2}$/.test(country)) throw refusal('not-found');
	const organisations = await organisationsHeard(contextOf(event).database, country);
	if (organisations.length === 0) throw refusal('not-found');
	return { country, organisations };
};
