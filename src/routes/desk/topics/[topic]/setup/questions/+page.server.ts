import { setQuestions } from '#topics/questions.server.ts';
import { answering } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { goOn, setupHead } from '#web/desk/setup.server.ts';
import { isWritten, textsForForm, textsFrom, typedText } from '#web/texts/texts-of-form.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

const fields = ['text', 'explanation'];
const most = 30;

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	return {
		...setupHead(event, topic),
		questions: topic.questions.map(({ questionId, texts }) => ({ questionId, texts: textsForForm(texts, fields) })),
		// a new talk begins with three, as the first one did; later one more can be added at a time
		blank: topic.questions.length === 0 ? 3 : 1
	};
};

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { actor } = event.locals;
		const topic = await topicOfPage(event, { drafts: true });
		const written = Array.from({ length: most }, (_, place) => `question-${place}.`)
			.filter((prefix) => typed.has(`${prefix}id`))
			.map((prefix) => ({
				questionId: typedText(typed, `${prefix}id`) || null,
				texts: textsFrom(typed, fields, topic.languages, prefix),
				position: Number(typed.get(`${prefix}position`)) || 0,
				isRemoved: typed.has(`${prefix}remove`)
			}))
			.filter(({ questionId, texts, isRemoved }) => !isRemoved && (questionId !== null || isWritten(texts)))
			.sort((one, other) => one.position - other.position);
		await setQuestions(contextOf(event).database, topic.topicId, written, actor);
		goOn(event, topic.slug, 'questions', typed);
	})
};
