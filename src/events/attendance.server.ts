import type { Queryable } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { fewest, withSmallWithheld, type Cell } from '#topics/participation/small-numbers.ts';

/** How many had a place and how many came, by group and region; cells of one to four are withheld, and a second one where one alone would be told. */
export interface Attendance {
	/** null: fewer than five */
	readonly placed: number | null;
	readonly came: number | null;
	readonly cameInRoom: number | null;
	readonly walkIns: number | null;
	readonly absent: number | null;
	/** of those who came; empty key: not stated */
	readonly groups: readonly Cell[];
	readonly regions: readonly Cell[];
	/** heads counted at remote hubs, who are nobody's registrations */
	readonly hubs: number;
	readonly heads: number;
}

export async function attendanceOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Attendance> {
	const { rows } = await queryable.query<{
		group: string;
		region: string;
		placed: number;
		came: number;
		absent: number;
		walkIns: number;
		inRoom: number;
	}>(
		`
			select coalesce(r.stakeholder_group, '') as "group", coalesce(r.region, '') as region,
				count(p.place_number)::int as placed, count(a.registration_id)::int as came,
				(count(p.place_number) filter (where a.registration_id is null))::int as absent,
				(count(*) filter (where a.how = 'walk-in'))::int as "walkIns",
				(count(a.registration_id) filter (where r.way = 'room'))::int as "inRoom"
			from registrations r
			left join places p using (topic_id, event_id, registration_id)
			left join arrivals a using (topic_id, event_id, registration_id)
			where r.topic_id = $1 and r.event_id = $2
			group by 1, 2`,
		[topicId, eventId]
	);
	const hubs = await queryable.query<{ hubs: number; heads: number }>(
		`
			select count(*)::int as hubs, coalesce(sum(heads_counted), 0)::int as heads
			from hubs
			where topic_id = $1 and event_id = $2 and removed_at is null`,
		[topicId, eventId]
	);
	const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
	const by = (key: 'group' | 'region') => {
		const cells = Map.groupBy(rows, (row) => row[key]);
		const people = [...cells].map(([name, of]) => ({ key: name, people: of.reduce((total, { came }) => total + came, 0) }));
		return withSmallWithheld(people.filter((cell) => cell.people > 0).sort((one, other) => (one.key < other.key ? -1 : 1)));
	};
	const [placed, came] = [sum((row) => row.placed), sum((row) => row.came)];
	const [absent, walkIns, inRoom] = [sum((row) => row.absent), sum((row) => row.walkIns), sum((row) => row.inRoom)];
	const isSmall = (people: number) => people > 0 && people < fewest;
	return {
		// what one total has more than the others is the little that is withheld
		placed: isSmall(absent) || isSmall(walkIns) ? null : shown(placed),
		came: shown(came),
		cameInRoom: isSmall(came - inRoom) ? null : shown(inRoom),
		walkIns: shown(walkIns),
		absent: shown(absent),
		groups: by('group'),
		regions: by('region'),
		...hubs.rows[0]!
	};
}

function shown(people: number): number | null {
	return people > 0 && people < fewest ? null : people;
}
