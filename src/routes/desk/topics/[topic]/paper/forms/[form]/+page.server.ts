import { answering } from '#web/answering.server.ts';
import { formPage, takeOver, takePassing, takeTyped } from '#web/desk/paper-form.server.ts';
import { takeThrowing } from '#web/desk/paper.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => formPage(event, await topicOfPage(event, { drafts: true }));

export const actions: Actions = {
	save: answering(async (event, typed) => takeTyped(event, typed, await topicOfPage(event, { drafts: true }))),
	empty: answering(async (event) => takePassing(event, await topicOfPage(event, { drafts: true }), 'empty')),
	illegible: answering(async (event) => takePassing(event, await topicOfPage(event, { drafts: true }), 'illegible')),
	'take-over': answering(async (event) => takeOver(event, await topicOfPage(event, { drafts: true }))),
	'throw-away': answering(async (event, typed) => {
		const topic = await topicOfPage(event, { drafts: true });
		return takeThrowing(event, typed, topic, `/desk/topics/${topic.slug}/paper/forms/${event.params.form}`);
	})
};
