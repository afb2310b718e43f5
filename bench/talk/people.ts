import { inTransaction } from '#database/connection.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor } from '#ideas/examples.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { participantsOf } from '#topics/participants/participants.server.ts';
import type { Ground } from './shipped.ts';

/** A talk with ideas, and people who took part in it already, by the tokens of their programs. */
export async function aTopicWithPeople(
	{ database, keys, visitors }: Ground,
	{ people, ideas }: { readonly people: number; readonly ideas: number }
) {
	const { topicId, slug } = await anOpenTopic(database);
	await inTransaction(database, async (transaction) => {
		for (let number = 0; number < ideas; number++)
			await submitIdea(transaction, keys, anIdeaDraft(topicId, { point: `Idea ${number}` }), aVisitor('author'));
	});
	const tokens = Array.from({ length: people }, () => visitors.newToken());
	await inTransaction(database, (transaction) => {
		const ids = tokens.map((token) => visitors.idIn(token)!);
		return participantsOf(transaction, keys, topicId, ids);
	});
	await database.query('vacuum analyze');
	return { topicId, slug, tokens };
}
