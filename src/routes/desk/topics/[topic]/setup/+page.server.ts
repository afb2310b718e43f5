import { z } from 'zod';
import { languageCodes } from '#languages/languages.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { changeTopic } from '#topics/opening.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { answering, parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { goOn, setupHead } from '#web/desk/setup.server.ts';
import { textsForForm, textsFrom } from '#web/texts/texts-of-form.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

const fields = ['title', 'summary', 'remit'];

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	const institution = await institutionSeen(contextOf(event).database);
	return {
		...setupHead(event, topic),
		texts: textsForForm(topic.texts, fields),
		main: topic.defaultLanguage,
		promised: topic.languages,
		offered: [...new Set([...institution.languages, ...topic.languages])]
	};
};

const form = z.object({
	main: z.enum(languageCodes),
	languages: z.array(z.enum(languageCodes)).max(6),
	address: z.string().trim().toLowerCase().max(100)
});

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const { database } = contextOf(event);
		const topic = await topicOfPage(event, { drafts: true });
		const { main, languages, address } = parse(form, typed, say);
		const texts = textsFrom(typed, fields, [...new Set([main, ...languages, ...topic.languages])]);
		if (texts['title']?.[main] === '') throw new WrongInput({ title: say('desk.title-missing') });
		await changeTopic(database, topic.topicId, { texts, defaultLanguage: main, languages, address }, actor);
		const { slug } = await topicOf(database, topic.topicId);
		goOn(event, slug, 'words', typed);
	})
};
