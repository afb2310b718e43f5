import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { languageCodes } from '#languages/languages.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { openTopic } from '#topics/opening.server.ts';
import { answering, localized, parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { textsFrom } from '#web/texts/texts-of-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { languages } = await institutionSeen(contextOf(event).database);
	const main = event.locals.language;
	return { main, others: languages.filter((language) => language !== main) };
};

const form = z.object({ languages: z.array(z.enum(languageCodes)).max(6) });

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { actor, language, say } = event.locals;
		const { languages } = parse(form, typed, say);
		const texts = textsFrom(typed, ['title', 'summary', 'remit'], [language]);
		if (!texts['title']?.[language]) throw new WrongInput({ title: say('desk.title-missing') });
		const { slug } = await openTopic(contextOf(event).database, { texts, defaultLanguage: language, languages }, actor);
		redirect(303, localized(event, `/desk/topics/${slug}/setup/questions`));
	})
};
