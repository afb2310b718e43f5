import type { Concealed, ModeratedKind } from '#moderation/rules.ts';

/**
 * For the queries of all who show or count: that a thing is seen by everybody, not held, hidden, withdrawn or erased. It is named by the
 * column of its id, `canBeSeen('idea', 'ideas.idea_id')`, and its topic is that of the same row unless it is given: where `$1` is the
 * topic, saying so keeps the query to that topic's concealments.
 */
export function canBeSeen(kind: ModeratedKind, thing: string, topic = topicBeside(thing)): string {
	return `not ${isConcealed(kind, thing, { topic })}`;
}

/** The opposite; `why` asks for some of the reasons only. */
export function isConcealed(
	kind: ModeratedKind,
	thing: string,
	{ topic = topicBeside(thing), why = [] }: { topic?: string; why?: readonly Concealed[] } = {}
): string {
	return concealment(topic, `'${kind}'`, thing, why);
}

/** A contribution of whatever kind: what came of it has its id. */
export function textCanBeSeen(text: string): string {
	return `not ${concealment(`${text}.topic_id`, `${text}.kind`, `${text}.contribution_id`, [])}`;
}

function concealment(topic: string, kind: string, thing: string, why: readonly Concealed[]): string {
	const reasons = why.map((reason) => `'${reason}'`).join(', ');
	return `exists (
		select from concealments
		where concealments.topic_id = ${topic} and concealments.kind = ${kind} and concealments.thing_id = ${thing}
			${reasons && `and concealments.why in (${reasons})`}
	)`;
}

function topicBeside(thing: string): string {
	return `${thing.split('.')[0]}.topic_id`;
}
