import type { Queryable } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import type { FloorState } from '#townhalls/floor/shown.ts';
import { usualRule, type Asked, type Floor, type Rule, type Turn } from '#townhalls/floor/floor.ts';

export interface AskedHere extends Asked {
	/** v4: what a chair's device names it by */
	readonly requestId: string;
	readonly hubId: string | null;
}

export interface TurnHere extends Turn {
	readonly number: number;
	readonly interventionId: string;
	readonly isOverride: boolean;
}

/** The floor of an event as its rows tell it. */
export interface FloorHere extends Floor {
	readonly asked: readonly AskedHere[];
	readonly turns: readonly TurnHere[];
	/** null: nobody opened it yet */
	readonly state: FloorState | null;
	readonly ruleVersion: number;
}

export async function floorOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<FloorHere> {
	const values = [topicId, eventId];
	const { rows: rules } = await queryable.query<RuleRow>({
		name: 'floor-rules',
		text: `
			select version, room, remote, hub, group_weights as groups, speech_seconds as "speechSeconds", changed_at as "since", state
			from (select $1::uuid as topic_id, $2::uuid as event_id) as asked
			left join floor_rules using (topic_id, event_id)
			left join lateral (
				select state from floor_states as s
				where s.topic_id = asked.topic_id and s.event_id = asked.event_id
				order by s.version desc limit 1) as stands on true
			order by version`,
		values
	});
	const { rows: asked } = await queryable.query<AskedRow>({
		name: 'floor-asked',
		text: `
			select request_number as number, request_id as "requestId", channel, hub_id as "hubId", stakeholder_group as "group", kind,
				is_first as "isFirst", asked_at as "askedAt", at as "leftAt"
			from floor_requests
			left join floor_withdrawals using (topic_id, event_id, request_number)
			where topic_id = $1 and event_id = $2
			order by request_number`,
		values
	});
	const { rows: turns } = await queryable.query<TurnRow>({
		name: 'floor-turns',
		text: `
			select intervention_number as number, intervention_id as "interventionId", request_number as asked, began_at as "beganAt",
				ended_at as "endedAt", floor_overrides.reason is not null as "isOverride"
			from interventions
			left join intervention_ends using (topic_id, event_id, intervention_number)
			left join floor_overrides using (topic_id, event_id, intervention_number)
			where topic_id = $1 and event_id = $2
			order by intervention_number`,
		values
	});
	const row = rules.at(-1)!;
	const held = [usualRule, ...rules.map(ruleOf)];
	return {
		state: row.state,
		ruleVersion: row.version ?? 0,
		rule: ruleOf(row),
		earlier: rules.flatMap(({ since }, at) => (since ? [{ rule: held[at]!, until: since.getTime() }] : [])),
		asked: asked.map((one) => ({ ...one, askedAt: one.askedAt.getTime(), leftAt: one.leftAt?.getTime() ?? null })),
		turns: turns.map((turn) => ({ ...turn, beganAt: turn.beganAt.getTime(), endedAt: turn.endedAt?.getTime() ?? null }))
	};
}

/** Those who wait: they neither had the floor nor left. */
export function waitingOn<One extends Asked>({ asked, turns }: { asked: readonly One[]; turns: readonly Turn[] }): One[] {
	const had = new Set(turns.map((turn) => turn.asked));
	return asked.filter(({ number, leftAt }) => leftAt === null && !had.has(number));
}

/** How those who asked are called, by their numbers; for staff. */
export async function namesCalled(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Map<number, string>> {
	const { rows } = await queryable.query<{ number: number; name: string }>(
		`select request_number as number, name from floor_names where topic_id = $1 and event_id = $2`,
		[topicId, eventId]
	);
	return new Map(rows.map(({ number, name }) => [number, name]));
}

function ruleOf(row: RuleRow): Rule {
	if (row.version === null) return usualRule;
	const { room, remote, hub, groups, speechSeconds } = row;
	return { channels: { room, remote, hub }, groups, speechSeconds };
}

type RuleRow = {
	readonly state: FloorState | null;
	readonly version: number | null;
	readonly room: number;
	readonly remote: number;
	readonly hub: number;
	readonly groups: Record<string, number>;
	readonly speechSeconds: number;
	/** null: the usual rule, as nobody set one */
	readonly since: Date | null;
};
type AskedRow = Omit<AskedHere, 'askedAt' | 'leftAt'> & { readonly askedAt: Date; readonly leftAt: Date | null };
type TurnRow = Omit<TurnHere, 'beganAt' | 'endedAt'> & { readonly beganAt: Date; readonly endedAt: Date | null };
