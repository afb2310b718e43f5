import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#activity/actor.ts';
import type { Database } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import type { CommentDraft } from '#ideas/commenting.server.ts';
import type { IdeaDraft } from '#ideas/submitting.server.ts';
import type { Stage } from '#topics/stage.ts';
import { topicKeys, type TopicKeys } from '#topics/topic-keys.server.ts';

/** A published topic that has been open for an hour and closes in an hour, with one question. */
export async function anOpenTopic(
	database: Database,
	stage: Partial<Stage> = {}
): Promise<{ topicId: string; questionId: string; slug: string }> {
	const topicId = uuidv7();
	const questionId = uuidv7();
	const slug = `talk-${topicId.slice(-12)}`;
	const at = new Date(Date.now() + database.clockShift);
	const { opensAt = new Date(+at - 3_600_000), closesAt = new Date(+at + 3_600_000) } = stage;
	const { takesIdeas = true, takesSubmissions = true, takesComments = true, takesOpinions = 'shown' } = stage;
	await database.query(
		`insert into topics (topic_id, default_language, languages, created_at) values ($1, 'en', '{en,fr,ar}', $2)`,
		[topicId, at]
	);
	await database.query(`insert into topic_publications (topic_id, published_at) values ($1, $2)`, [topicId, at]);
	await database.query(`insert into addresses (slug, topic_id, since) values ($1, $2, $3)`, [slug, topicId, at]);
	await database.query(`insert into questions (topic_id, question_id, position, added_at) values ($1, $2, 1, $3)`, [
		topicId,
		questionId,
		at
	]);
	await database.query(
		`insert into stages (topic_id, stage_id, position, opens_at, closes_at, zone, takes_ideas, takes_submissions, takes_comments,
			takes_opinions, added_at)
		values ($1, $2, 1, $3, $4, 'UTC', $5, $6, $7, $8, $9)`,
		[topicId, uuidv7(), opensAt, closesAt, takesIdeas, takesSubmissions, takesComments, takesOpinions, at]
	);
	return { topicId, questionId, slug };
}

export async function temporaryKeys(): Promise<TopicKeys> {
	return topicKeys({ folder: await mkdtemp(join(tmpdir(), 'open-talks-keys-')), secret: 'a secret of the tests' });
}

export function aVisitor(name: string): Actor {
	return { kind: 'visitor', visitorId: name };
}

/** An account with a second factor and one role in the topic. */
export function aModerator(topicId: string): Actor {
	return {
		kind: 'account',
		accountId: '00000000-0000-7000-8000-0000000000aa',
		visitorId: null,
		roles: [{ role: 'moderator', topicId }],
		secondFactor: true
	};
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
