import { z } from 'zod';
import { outcomesOf } from '#newsroom/notices/outcomes.server.ts';
import { noticesOf, noticesOnPage } from '#newsroom/notices/writing.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { audienceName, stateOf, titleOf } from '#web/desk/notices.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const { actor, language, say } = event.locals;
	const topic = await topicOfPage(event, { drafts: true });
	const before = z.coerce
		.number()
		.int()
		.min(1)
		.max(1_000_000_000)
		.safeParse(event.url.searchParams.get('before') ?? undefined);
	const [notices, institution] = await Promise.all([
		noticesOf(database, topic.topicId, { before: before.data ?? null }),
		institutionSeen(database)
	]);
	const ids = notices.map(({ noticeId }) => noticeId);
	const outcomes = await outcomesOf(database, topic.topicId, ids, actor);
	return {
		topic: headOf(topic, language),
		isDraft: topic.publishedAt === null,
		notices: notices.map((notice) => ({
			number: notice.number,
			title: titleOf(notice, topic, language),
			to: audienceName(notice, institution, say),
			state: stateOf(notice),
			at: notice.takenBackAt ?? notice.sentAt ?? notice.changedAt,
			sent: outcomes.get(notice.noticeId)?.sent ?? null
		})),
		before: notices.length === noticesOnPage ? notices.at(-1)!.number : null
	};
};
