import { countsOf } from '#activity/counting.server.ts';
import { submissionsOf, submissionsOnAPage } from '#contributions/submissions.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import { authorLine } from '#web/talk/authors.server.ts';
import { contextOf } from '#web/context.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { language, say } = event.locals;
	const topic = await topicOfPage(event);
	const after = Math.max(0, Number.parseInt(event.url.searchParams.get('after') ?? '0', 10) || 0);
	const [submissions, totals, institution] = await Promise.all([
		submissionsOf(context.database, topic.topicId, { after }),
		countsOf(context.database, topic.topicId),
		institutionSeen(context.database)
	]);
	return {
		topic: headOf(topic, language),
		open: opennessOf(topic, momentOf(context)).submissions,
		submissions: submissions.map((submission) => ({
			number: submission.number,
			title: submission.title,
			abstract: submission.abstract,
			language: submission.language,
			words: submission.words,
			channel: submission.channel,
			author: authorLine(submission, institution, say)
		})),
		total: totals['submissions'] ?? 0,
		isContinued: after > 0,
		hasMore: submissions.length === submissionsOnAPage
	};
};
