import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { plainCode, signsOfForm } from '#contributions/intake/paper/codes.ts';
import { formOfStrip, takeFormBack } from '#contributions/intake/paper/strips.server.ts';
import { joinReceipt } from '#contributions/receipts/joining.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicIdsUnderWay } from '#topics/reading.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import type { Actions } from './$types';

const codeField = z.object({ code: z.string().max(60).default('') });

export const actions: Actions = {
	/** With what was typed it goes on to the page of one's own; else it tells where the form is. */
	open: answering(async (event, typed) => {
		const { code } = parse(codeField, typed, event.locals.say);
		const plain = plainCode(code);
		// the code of the form itself leads to the questions online
		if (plain.length === signsOfForm) redirect(303, localized(event, `/paper/${plain}`));
		const { number, outcome, isPictured, contributionIds } = await formWith(event, code);
		if (contributionIds.length > 0) {
			const { database, keys } = contextOf(event);
			await joinReceipt(database, keys, code, event.locals.actor);
			redirect(303, localized(event, '/mine?done=joined'));
		}
		const open = isPictured ? ('waits' as const) : ('not-here' as const);
		const state = outcome === 'typed' ? ('gone' as const) : (outcome ?? open);
		return { kept: { number, state, code: state === 'gone' || state === 'taken-back' ? null : code } };
	}, 'writing'),

	'take-back': answering(async (event, typed) => {
		const { code } = parse(codeField, typed, event.locals.say);
		const kept = await formWith(event, code);
		await takeFormBack(contextOf(event).database, kept);
		return { kept: { number: kept.number, state: 'taken-back' as const, code: null } };
	}, 'writing')
};

async function formWith(event: RequestEvent, code: string) {
	const { database } = contextOf(event);
	return guessed(event, async () => {
		const found = await formOfStrip(database, await topicIdsUnderWay(database), code);
		if (!found) throw refusal('wrong-receipt-code');
		return found;
	});
}
