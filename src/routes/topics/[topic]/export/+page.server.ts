import { licenceOfContributions } from '#contributions/receiving.server.ts';
import { archivesOf } from '#reports/export/archives.server.ts';
import { dictionary, exportFiles } from '#reports/export/exporting.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { headOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event);
	const { actor, language, say } = event.locals;
	const { database } = contextOf(event);
	const showsResults = resultsVisibleTo(actor, topic, momentOf(contextOf(event)));
	return {
		topic: headOf(topic, language),
		files: exportFiles,
		archives: await archivesOf(database, topic.topicId, { showsResults }),
		dictionary: dictionary(say, true),
		licence: licenceOfContributions,
		isBlind: !showsResults
	};
};
