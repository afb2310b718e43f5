import type { Actor, SignedIn } from '#activity/actor.ts';
import type { Database } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import type { CommentDraft } from '#ideas/comments/commenting.server.ts';
import type { IdeaDraft } from '#ideas/submitting.server.ts';
import { anAccount } from '#people/examples.ts';
import { openTopic, publishTopic } from '#topics/opening.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import type { Stage } from '#topics/stages/stage.ts';
import { setStages } from '#topics/stages/staging.server.ts';

export { temporaryKeys } from '#topics/examples.server.ts';

/** A published topic that has been open for an hour and closes in an hour, with one question. */
export async function anOpenTopic(
	database: Database,
	stage: Partial<Stage> = {}
): Promise<{ topicId: string; questionId: string; slug: string }> {
	const at = new Date(Date.now() + database.clockShift);
	const { opensAt = new Date(+at - 3_600_000), closesAt = new Date(+at + 3_600_000) } = stage;
	const { takesIdeas = true, takesSubmissions = true, takesComments = true, takesOpinions = 'shown' } = stage;
	const organiser: Actor = { kind: 'job', name: 'examples' };
	const { topicId, slug } = await openTopic(
		database,
		{
			texts: { title: { en: 'An open talk' }, summary: { en: 'What should be done?' } },
			defaultLanguage: 'en',
			languages: ['en', 'fr', 'ar'],
			address: `talk-${uuidv7().slice(-12)}`
		},
		organiser
	);
	const [questionId = ''] = await setQuestions(
		database,
		topicId,
		[{ questionId: null, texts: { text: { en: 'What?' } } }],
		organiser
	);
	const times = { opensAt, closesAt, zone: 'UTC' };
	const takes = { takesIdeas, takesSubmissions, takesComments, takesOpinions };
	await setStages(database, topicId, [{ stageId: null, texts: { name: { en: 'Open' } }, ...times, ...takes }], organiser);
	await publishTopic(database, topicId, organiser);
	return { topicId, questionId, slug };
}

export function aVisitor(name: string): Actor {
	return { kind: 'visitor', visitorId: name };
}

/** An account with a second factor and one role in the topic. */
export function aModerator(topicId: string): SignedIn {
	return anAccount({ accountId: '00000000-0000-7000-8000-0000000000aa', roles: [{ role: 'moderator', topicId }] });
}

export function anIdeaDraft(topicId: string, changes: Partial<IdeaDraft> = {}): IdeaDraft {
	return {
		topicId,
		questionId: null,
		point: 'Build regional exchange points before more cables',
		explanation: '',
		sources: '',
		language: 'en',
		attribution: 'group',
		name: null,
		channel: 'web',
		requestKey: null,
		...changes
	};
}

export function aCommentDraft(topicId: string, ideaNumber: number, changes: Partial<CommentDraft> = {}): CommentDraft {
	return {
		topicId,
		ideaNumber,
		answers: null,
		side: 'for',
		text: 'It halved our costs.',
		language: 'en',
		attribution: 'group',
		name: null,
		requestKey: null,
		...changes
	};
}
