import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { isLanguageTag } from '#languages/languages.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { changeDeliverable, moveDeliverable, promiseDeliverable, setDeliverableState } from '#topics/deliverables.server.ts';
import { addDocument, moveDocument, removeDocument } from '#topics/library.server.ts';
import { changeTopic } from '#topics/opening.server.ts';
import { directions } from '#topics/order.ts';
import { libraryShown } from '#topics/showing.server.ts';
import { deliverableKinds, deliverableStates, type Topic } from '#topics/topic.ts';
import { answering, localized, parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { forgetPages, goOn, setupHead } from '#web/desk/setup.server.ts';
import { textsForForm, textsFrom, typedText } from '#web/texts/texts-of-form.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const fields = ['background', 'convenor', 'statement'];
const deliverableFields = ['title', 'addressee', 'meeting'];
const largestDocument = 20 * 1024 * 1024;

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	return {
		...setupHead(event, topic),
		texts: textsForForm(topic.texts, fields),
		contactEmail: topic.contactEmail,
		library: libraryShown(topic, event.locals.language),
		deliverables: topic.deliverables.map((deliverable) => ({
			...deliverable,
			title: inLanguage(deliverable.texts['title'], [event.locals.language], topic.defaultLanguage),
			texts: textsForForm(deliverable.texts, deliverableFields)
		}))
	};
};

const wordsForm = z.object({ contactEmail: z.union([z.literal(''), z.email('desk.email-wrong').max(254)]) });
const documentForm = z.object({
	address: z.string().trim().max(2000).default(''),
	language: z.string().refine((tag) => tag === '' || isLanguageTag(tag))
});
const day = z.union([z.literal('').transform(() => null), z.iso.date()]);
const deliverableForm = z.object({
	id: z.string().default(''),
	kind: z.enum(deliverableKinds),
	promised: day,
	deadline: day,
	state: z.enum(deliverableStates).default('planned'),
	link: z.string().trim().max(2000).default('')
});

const documentMove = z.object({ document: z.uuid(), direction: z.enum(directions) });
const deliverableMove = z.object({ deliverable: z.uuid(), direction: z.enum(directions) });

export const actions: Actions = {
	words: answering(async (event, typed) => {
		const topic = await topicOfPage(event, { drafts: true });
		const { contactEmail } = parse(wordsForm, typed, event.locals.say);
		const { defaultLanguage, languages } = topic;
		const texts = textsFrom(typed, fields, languages);
		const { database } = contextOf(event);
		await changeTopic(database, topic.topicId, { texts, defaultLanguage, languages, contactEmail }, event.locals.actor);
		goOn(event, topic.slug, 'promises', typed);
	}),

	document: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const { database, files } = contextOf(event);
		const topic = await topicOfPage(event, { drafts: true });
		const { address, language } = parse(documentForm, typed, say);
		const title = textsFrom(typed, ['title'], topic.languages, 'document.')['title']!;
		if (!Object.values(title).some(Boolean)) throw new WrongInput({ 'document.title': say('refusals.title-missing') });
		const file = typed.get('file');
		const isFile = file instanceof File && file.size > 0;
		if (!isFile && address === '') throw new WrongInput({ file: say('desk.file-or-address') });
		const source = isFile
			? {
					fileName: file.name,
					...(await files.put(file.stream(), {
						mediaType: 'application/octet-stream',
						limit: largestDocument
					}))
				}
			: { address };
		await addDocument(database, topic.topicId, { title, language: language || 'und', source }, actor);
		saved(event, topic, 'documents');
	}),

	removeDocument: answering(async (event, typed) => {
		const topic = await topicOfPage(event, { drafts: true });
		await removeDocument(contextOf(event).database, topic.topicId, typedText(typed, 'document'), event.locals.actor);
		saved(event, topic, 'documents');
	}),

	moveDocument: answering(async (event, typed) => {
		const topic = await topicOfPage(event, { drafts: true });
		const { document, direction } = parse(documentMove, typed, event.locals.say);
		await moveDocument(contextOf(event).database, topic.topicId, document, direction, event.locals.actor);
		saved(event, topic, `document-${document}`);
	}),

	moveDeliverable: answering(async (event, typed) => {
		const topic = await topicOfPage(event, { drafts: true });
		const { deliverable, direction } = parse(deliverableMove, typed, event.locals.say);
		await moveDeliverable(contextOf(event).database, topic.topicId, deliverable, direction, event.locals.actor);
		saved(event, topic, `deliverable-${deliverable}`);
	}),

	deliverable: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const { database } = contextOf(event);
		const topic = await topicOfPage(event, { drafts: true });
		const { id, state, link, ...given } = parse(deliverableForm, typed, say);
		const texts = textsFrom(typed, deliverableFields, topic.languages, `${id || 'new'}.`);
		if (!Object.values(texts['title']!).some(Boolean))
			throw new WrongInput({ [`${id || 'new'}.title`]: say('refusals.title-missing') });
		const known = topic.deliverables.find(({ deliverableId }) => deliverableId === id);
		const deliverableId = known ? id : await promiseDeliverable(database, topic.topicId, { ...given, texts }, actor);
		if (known) await changeDeliverable(database, topic.topicId, id, { ...given, texts }, actor);
		if (state !== (known?.state ?? 'planned') || link !== (known?.link ?? ''))
			await setDeliverableState(database, topic.topicId, deliverableId, { state, link: link || null }, actor);
		saved(event, topic, 'promises');
	})
};

function saved(event: RequestEvent, { slug }: Topic, part: string): never {
	forgetPages(event, slug);
	redirect(303, localized(event, `/desk/topics/${slug}/setup/promises?saved#${part}`));
}
