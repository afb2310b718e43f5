import { isWaiting, partsOf } from '#contributions/parts.server.ts';
import { submissionNumbered } from '#contributions/submissions.server.ts';
import { highlightsOf, markedPart } from '#ideas/drawing/highlights.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { authorLine } from '#web/talk/authors.server.ts';
import { contextOf } from '#web/context.server.ts';
import { refusalSentence } from '#web/refusal-sentences.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const { language, say } = event.locals;
	const topic = await topicOfPage(event);
	const number = /^\d{1,9}$/u.test(event.params.submission) ? Number(event.params.submission) : 0;
	const submission = await submissionNumbered(database, topic.topicId, number);
	const { contributionId } = submission;
	const [parts, highlights, institution] = await Promise.all([
		partsOf(database, topic.topicId, contributionId),
		highlightsOf(database, topic.topicId, contributionId),
		institutionSeen(database)
	]);
	const question = topic.questions.find(({ questionId }) => questionId === submission.questionId);
	return {
		topic: headOf(topic, language),
		submission: {
			number,
			title: submission.title,
			area: submission.area,
			keywords: submission.keywords,
			language: submission.language,
			words: submission.words,
			channel: submission.channel,
			receivedAt: submission.receivedAt,
			author: authorLine(submission, institution, say)
		},
		question: question
			? { number: question.number, text: inLanguage(question.texts['text'], [language], topic.defaultLanguage) }
			: null,
		parts: parts.map((part) => {
			const { paragraphs, shown } = markedPart(part, highlights);
			return {
				part: part.part,
				language: part.language,
				file: part.file && { name: part.file.name, size: part.file.size },
				refused: part.refusal && refusalSentence(part.refusal, say),
				isWaiting: isWaiting(part),
				paragraphs,
				notes: shown.map(({ passageId, stance, number: idea, point, language: lang }) => ({
					passageId,
					stance,
					idea,
					point,
					language: lang
				}))
			};
		}),
		drawn: new Set(highlights.map((highlight) => highlight.number)).size
	};
};
