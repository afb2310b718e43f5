import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { answering, localized, parse, WrongInput } from '#web/answering.server.ts';
import { roomOfCode } from '#web/events/joining.server.ts';
import type { Actions } from './$types';

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { code } = parse(z.object({ code: z.string().max(60).default('') }), typed, event.locals.say);
		const room = await roomOfCode(event, code);
		if (!room) throw new WrongInput({ code: event.locals.say('join.unknown') });
		redirect(303, localized(event, room));
	})
};
