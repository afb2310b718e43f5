import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { EventOfTopic } from '#events/event.ts';
import { hubsOf } from '#events/hubs.server.ts';
import { lastMove } from '#events/moving.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { namesOfAccounts } from '#people/role-holders.server.ts';
import type { Topic } from '#topics/topic.ts';
import { keptAsOf } from '#townhalls/agenda.ts';
import { agendaOf, agendaSteps } from '#townhalls/agenda.server.ts';
import { chairOf, type ChairsAct } from '#townhalls/floor/chairing.server.ts';
import { askingKinds, channels } from '#townhalls/floor/floor.ts';
import { floorOf, namesCalled } from '#townhalls/floor/floors.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { DeskView } from '#web/floor/desk-view.ts';

const cookie = 'chair';

/** Which device asks, for the chair; '' where it never took one. */
export function deviceOf({ cookies }: Pick<RequestEvent, 'cookies'>): string {
	return z.uuid().safeParse(cookies.get(cookie)).data ?? '';
}

/** Remembers the device for as long as a meeting lasts. */
export function markDevice({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, deviceId: string): void {
	const secure = url.protocol === 'https:';
	cookies.set(cookie, deviceId, { path: '/', httpOnly: true, sameSite: 'strict', secure, maxAge: 86_400 });
}

/** What the desk of the chair shows. The number of the last move is read first: what happens while the rest is read is heard once more. */
export async function deskView(event: RequestEvent, topic: Topic, planned: EventOfTopic): Promise<DeskView> {
	const { database } = contextOf(event);
	const last = await lastMove(database, planned.topicId, planned.eventId);
	const [floor, names, items, steps, chair, hubs] = await Promise.all([
		floorOf(database, planned),
		namesCalled(database, planned),
		agendaOf(database, planned),
		agendaSteps(database, planned),
		chairOf(database, planned),
		hubsOf(database, planned)
	]);
	const now = Date.now() + database.clockShift;
	const kept = keptAsOf(planned, steps, new Date(now));
	const holders = await namesOfAccounts(database, chair ? [chair.accountId] : []);
	return {
		state: floor.state,
		rule: floor.rule,
		earlier: floor.earlier ?? [],
		asked: floor.asked.map(({ number, requestId, channel, hubId, group, kind, isFirst, askedAt, leftAt }) => ({
			...{ number, requestId, channel, group, kind, isFirst, askedAt, leftAt },
			name: names.get(number) ?? '',
			hub: hubs.find((hub) => hub.hubId === hubId)?.place ?? null
		})),
		turns: floor.turns.map(({ asked, beganAt, endedAt }) => ({ asked, beganAt, endedAt })),
		items: items.map(({ itemId, minutes, speakers, texts }) => ({
			...{ itemId, minutes, speakers },
			title: inLanguage(texts['title'], [event.locals.language], topic.defaultLanguage)
		})),
		steps: steps.map(({ itemId, step, at }) => ({ itemId, step, at: at.getTime() })),
		startsAt: planned.startsAt.getTime(),
		keptAt: kept.getTime() === now ? null : kept.getTime(),
		chair: chair && {
			number: chair.number,
			isMine: chair.deviceId === deviceOf(event),
			name: holders.get(chair.accountId) ?? ''
		},
		last,
		now
	};
}

const deed = z.discriminatedUnion('does', [
	z.object({
		does: z.literal('give'),
		requestId: z.uuid(),
		proposed: z.uuid(),
		reason: z.string().max(5000).default('')
	}),
	z.object({ does: z.literal('end') }),
	z.object({
		does: z.literal('put-down'),
		requestId: z.uuid(),
		channel: z.enum(channels),
		group: z
			.string()
			.max(60)
			.nullish()
			.transform((group) => group || null),
		kind: z.enum(askingKinds),
		isFirst: z.union([z.boolean(), z.literal('yes').transform(() => true)]).default(false),
		name: z.string().max(1000).default('')
	}),
	z.object({ does: z.literal('take-off'), requestId: z.uuid() }),
	z.object({ does: z.enum(['begin-item', 'end-item']), itemId: z.uuid() })
]);

const parcel = z.object({
	chair: z.number().int().min(0),
	acts: z.array(z.object({ actId: z.uuid(), ago: z.number().min(0).max(1e9), deed: z.unknown() })).max(50)
});

/** Acts as a device sends them; one that is none of ours is named, so that it does not hold up those behind it. Null where all of it is nothing. */
export function actsIn(body: unknown): { chair: number; acts: ChairsAct[]; unusable: string[] } | null {
	const sent = parcel.safeParse(body).data;
	if (!sent) return null;
	const read = sent.acts.map((act) => ({ ...act, deed: deed.safeParse(act.deed).data }));
	return {
		chair: sent.chair,
		acts: read.flatMap(({ deed: known, ...act }) => (known ? [{ ...act, deed: known }] : [])),
		unusable: read.flatMap(({ deed: known, actId }) => (known ? [] : [actId]))
	};
}

/** An act as a form sends it; null where it is none. */
export function actOfForm(typed: FormData): ChairsAct | null {
	const given = Object.fromEntries(typed);
	const actId = z.uuid().safeParse(given['actId']).data;
	const done = deed.safeParse(given).data;
	return actId && done ? { actId, ago: 0, deed: done } : null;
}
