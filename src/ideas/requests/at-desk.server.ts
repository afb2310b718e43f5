import { openRequests, type OpenRequest } from '#contributions/receipts/requests.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { wordsOf, type Shown } from '#ideas/moderating/moderating.server.ts';
import { latestDecisionsOfBeingSeen, type StatementOfReasons } from '#moderation/deciding.server.ts';
import { isModeratedKind } from '#moderation/rules.ts';

export interface RequestAtDesk extends Pick<OpenRequest, 'requestId' | 'kind' | 'scope' | 'words' | 'requestedAt'> {
	/** the text that is meant */
	readonly shown: Shown;
	readonly decision: StatementOfReasons | null;
}

/** What waits for an answer of staff, the oldest first, with the texts that are meant. Who asks is not told. */
export async function requestsAtDesk(
	queryable: Queryable,
	topicId: string,
	{ maySeeErasures }: { maySeeErasures: boolean }
): Promise<RequestAtDesk[]> {
	const requests = await openRequests(queryable, topicId, maySeeErasures ? ['appeal', 'erasure'] : ['appeal']);
	const things = requests.flatMap(({ contributionKind: kind, contributionId: thingId }) =>
		isModeratedKind(kind) ? [{ kind, thingId }] : []
	);
	const texts = new Map((await wordsOf(queryable, topicId, things)).map((shown) => [shown.thingId, shown]));
	const ids = things.map(({ thingId }) => thingId);
	const decisions = await latestDecisionsOfBeingSeen(queryable, topicId, ids);
	return requests.flatMap(({ requestId, kind, scope, words, requestedAt, contributionId }) => {
		const shown = texts.get(contributionId);
		const decision = decisions.get(contributionId) ?? null;
		return shown ? [{ requestId, kind, scope, words, requestedAt, shown, decision }] : [];
	});
}
