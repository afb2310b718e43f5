import type { Queryable } from '#database/connection.server.ts';
import { isAddress } from '#topics/topic.ts';

/** The topic at an address (slug), its newest or an older one; undefined where there is none. */
export async function topicIdAtAddress(queryable: Queryable, slug: string): Promise<string | undefined> {
	// what is no address would not even be a text for the database
	if (!isAddress(slug)) return undefined;
	const { rows } = await queryable.query<{ topicId: string }>({
		name: 'topic-at-address',
		text: `select topic_id as "topicId" from addresses where slug = $1`,
		values: [slug]
	});
	return rows[0]?.topicId;
}
