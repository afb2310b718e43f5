import type { Actor } from '#activity/actor.ts';
import type { Queryable } from '#database/connection.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import type { Stage } from '#topics/stages/stage.ts';

/** The opinion groups by which a list can be asked, or why it cannot. */
export type NamedGroups =
	| { readonly letters: readonly string[]; readonly why: null }
	| { readonly letters: readonly []; readonly why: 'no-map' | 'nobody-alike' | 'unstable' | 'too-small' };

/** While results are blind it is as if no map had been made. */
export async function namedGroups(
	queryable: Queryable,
	topic: { readonly topicId: string; readonly stages: readonly Stage[] },
	{ actor, at }: { actor: Actor; at: Date }
): Promise<NamedGroups> {
	if (!resultsVisibleTo(actor, topic, at)) return { letters: [], why: 'no-map' };
	const { rows } = await queryable.query<{ k: number | null; letters: string[] | null; isStable: boolean | null }>({
		name: 'named-opinion-groups',
		text: `
			select (map.published ->> 'k')::int as k,
				case when ${areNamed} then jsonb_path_query_array(map.published, '$.groups[*].letter') end as letters,
				(map.published #>> '{stability,isStable}')::boolean as "isStable"
			from opinion_maps as map
			where topic_id = $1`,
		values: [topic.topicId]
	});
	const [found] = rows;
	if (found?.letters && found.letters.length > 0) return { letters: found.letters, why: null };
	if (found?.k == null) return { letters: [], why: 'no-map' };
	return { letters: [], why: found.k === 0 ? 'nobody-alike' : found.isStable ? 'too-small' : 'unstable' };
}

/** A condition on `opinion_maps as map`: only then is anything shown of its groups. */
export const areNamed = `jsonb_typeof(map.published -> 'groups') is not distinct from 'array'`;
