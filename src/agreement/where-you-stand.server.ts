import { notStated } from '#agreement/cells.ts';
import { opinionMapOf, shownGroupCells, type OpinionMapNow } from '#agreement/opinion-map.server.ts';
import { nearest, placeOf, type Centre, type Model } from '#agreement/placing.ts';
import { publishedCells } from '#agreement/published.server.ts';
import { likenessTo, type Likeness } from '#agreement/where-you-stand.ts';
import type { Queryable } from '#database/connection.server.ts';
import { fewestToBeGrouped } from '#engines/agreement/groups.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

export interface WhereYouStand extends OpinionMapNow {
	/** opinions given to ideas that can be seen */
	readonly given: number;
	/** opinions from which on there is a place */
	readonly needed: number;
	/** null: too little said, or no map */
	readonly place: Centre | null;
	/** the letter of the nearest group; null: no place, or no groups that are named */
	readonly group: string | null;
	readonly declared: readonly Likeness[];
	readonly opinionGroups: readonly Likeness[];
}

/**
 * Where a participant stands among the others, worked out from what they said and from what is published, when they ask. Nothing of it is
 * kept. For whoever may see results (resultsVisibleTo).
 */
export async function whereSomebodyStands(queryable: Queryable, topicId: string, participant: number): Promise<WhereYouStand> {
	const now = await opinionMapOf(queryable, topicId);
	const { rows: own } = await queryable.query<{ number: number; value: -1 | 0 | 1; along: number; across: number }>({
		name: 'own-place',
		text: `
			select opinions.idea_number as number, value, coalesce((value - mean) * first, 0)::float8 as along,
				coalesce((value - mean) * second, 0)::float8 as across
			from opinions
			join ideas using (topic_id, idea_number)
			left join opinion_axes using (topic_id, idea_number)
			where opinions.topic_id = $1 and opinions.participant_number = $2 and ${canBeSeen('idea', 'ideas.idea_id')}`,
		values: [topicId, participant]
	});
	const { ideas, centres } = await mapBehind(queryable, topicId);
	const needed = fewestToBeGrouped(ideas);
	const sum = (of: 'along' | 'across') => own.reduce((total, one) => total + one[of], 0);
	const place =
		now.map && own.length >= needed ? placeOf({ along: sum('along'), across: sum('across'), spoken: own.length }, ideas) : null;
	const groups = now.map?.groups ?? null;
	const nearestGroup = place && groups ? nearest(place, centres) : null;
	const numbers = own.map(({ number }) => number);
	const [declared, discovered] = [
		await publishedCells(queryable, topicId, numbers),
		await shownGroupCells(queryable, topicId, numbers)
	];
	const declaredOf = (number: number) =>
		new Map((declared.get(number) ?? []).filter(({ dimension }) => dimension === 'group').map((cell) => [cell.key, cell]));
	const ofDeclared = own.map(({ number, value }) => ({ value, cells: declaredOf(number) }));
	const keys = new Set(ofDeclared.flatMap(({ cells }) => [...cells.keys()]).filter((key) => key !== notStated));
	return {
		...now,
		given: own.length,
		needed,
		place,
		group: nearestGroup === null ? null : groups![nearestGroup]!.letter,
		declared: likenessTo([...keys], ofDeclared),
		opinionGroups: likenessTo(
			(groups ?? []).map(({ letter }) => letter),
			own.map(({ number, value }) => ({ value, cells: discovered.get(number)! }))
		)
	};
}

/** Over how many ideas the map was made, and the middles of groups as they are. */
async function mapBehind(queryable: Queryable, topicId: string): Promise<Pick<Model, 'ideas' | 'centres'>> {
	const { rows } = await queryable.query<Pick<Model, 'ideas' | 'centres'>>({
		name: 'map-behind',
		text: `
			select (withheld ->> 'ideas')::int as ideas, withheld -> 'centres' as centres
			from opinion_maps
			where topic_id = $1 and withheld is not null`,
		values: [topicId]
	});
	return rows[0] ?? { ideas: 7, centres: [] };
}
