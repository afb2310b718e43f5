import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { eraseHolder, holderOf } from '#ideas/requests/erasing-persons.server.ts';
import { waysOfAsking } from '#ideas/requests/erasing-persons.ts';
import { erasePerson, personKnown } from '#newsroom/leaving.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicOf } from '#topics/reading.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { surroundingsOf } from '#web/events/secrets.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) => ({ isDone: event.url.searchParams.has('done') });

const whoForm = z.object({ who: z.string().trim().min(1, 'erasing.who-missing').max(254) });
const eraseForm = whoForm.extend({
	asked: z.enum(waysOfAsking, 'erasing.asked-missing'),
	scope: z.enum(['text', 'all']).default('all'),
	sure: z.literal('yes', 'erasing.sure-missing')
});

// the address never stands in an address: it would lie in logs and histories
export const actions: Actions = {
	find: answering(async (event, typed) => {
		const { who } = parse(whoForm, typed, event.locals.say);
		return { found: await foundOf(event, who) };
	}, 'writing'),

	erase: answering(async (event, typed) => {
		const { say, actor } = event.locals;
		const { database, keys, cache } = contextOf(event);
		const { who } = parse(whoForm, typed, say);
		let wishes: z.output<typeof eraseForm>;
		try {
			wishes = parse(eraseForm, typed, say);
		} catch (error) {
			if (!(error instanceof WrongInput)) throw error;
			// what was found stands there again, with what is missing
			return fail(422, { found: await foundOf(event, who), errors: error.errors });
		}
		const { asked, scope } = wishes;
		if (isAddress(who)) await erasePerson(database, surroundingsOf(event), { email: who, asked }, actor);
		else await eraseHolder(database, keys, { code: who, scope, asked }, actor);
		cache.purge(['/topics', '/organisations', '/countries']);
		redirect(303, localized(event, '/desk/people?done'));
	}, 'writing')
};

async function foundOf(event: RequestEvent, who: string) {
	const { database, keys } = contextOf(event);
	const { actor, language } = event.locals;
	if (isAddress(who)) {
		const person = await personKnown(database, { keys }, who, actor);
		if (!person) throw refusal('no-such-person');
		return { by: 'address' as const, who, person };
	}
	const holder = await holderOf(database, who, actor);
	if (!holder || holder.isErased) throw refusal('no-such-person');
	const { title } = headOf(await topicOf(database, holder.receipt.topicId), language);
	return { by: 'code' as const, who, title, texts: holder.texts };
}

function isAddress(who: string): boolean {
	return who.includes('@');
}
