import { answering } from '#web/answering.server.ts';
import { paperPage, takeFiling, takePictures, takeRun, takeThrowing, toNext } from '#web/desk/paper.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => paperPage(event, await topicOfPage(event, { drafts: true }));

export const actions: Actions = {
	print: answering(async (event, typed) => takeRun(event, typed, await topicOfPage(event, { drafts: true }))),
	pictures: answering(async (event, typed) => takePictures(event, typed, await topicOfPage(event, { drafts: true }))),
	file: answering(async (event, typed) => takeFiling(event, typed, await topicOfPage(event, { drafts: true }))),
	next: answering(async (event) => toNext(event, await topicOfPage(event, { drafts: true }), 0)),
	'throw-away': answering(async (event, typed) => {
		const topic = await topicOfPage(event, { drafts: true });
		return takeThrowing(event, typed, topic, `/desk/topics/${topic.slug}/paper`);
	})
};
