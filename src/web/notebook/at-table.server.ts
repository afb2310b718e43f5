import type { RequestEvent } from '@sveltejs/kit';
import { hostOfSecret, type Host } from '#cafes/hosts.server.ts';
import { roundNow } from '#cafes/leading.server.ts';
import { placeOf } from '#cafes/notes/note.ts';
import { isHarvestOver, trayOf, traysOf } from '#cafes/notes/tray.server.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { showsGroups } from '#events/event.ts';
import { eventOf } from '#events/events.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import type { Known } from './known.ts';

/** The name that browsers let only this host set, where there is TLS. */
function cookieName(secure: boolean): string {
	return secure ? '__Host-notebook' : 'notebook';
}

const aWeek = 7 * 24 * 60 * 60;

/** The secret of the link leaves the address for a cookie that no script reads. */
export function openNotebook(event: RequestEvent, secret: string): void {
	const secure = event.url.protocol === 'https:';
	event.cookies.set(cookieName(secure), secret, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: aWeek });
}

export function secretOf(event: RequestEvent): string | null {
	return event.cookies.get(cookieName(event.url.protocol === 'https:')) ?? null;
}

/** The host of the table whose notebook this phone has open; refuses where it has none, or its link was taken back. */
export async function hostAsking(event: RequestEvent): Promise<Host & OfEvent> {
	const secret = secretOf(event);
	const host = secret === null ? null : await hostOfSecret(contextOf(event).database, secret);
	if (!host) throw refusal('no-notebook');
	return host;
}

/** All that the phone is to know, in the reader's language. */
export async function knownAt(event: RequestEvent, host: Host & OfEvent): Promise<Known> {
	const context = contextOf(event);
	const { database } = context;
	const { topicId, eventId, tableNumber } = host;
	const { language, say } = event.locals;
	const [planned, cafe, topic, on, cards, trays, isOver, institution] = await Promise.all([
		eventOf(database, topicId, eventId),
		cafeOf(database, topicId, eventId),
		topicOf(database, topicId),
		roundNow(database, topicId, eventId),
		trayOf(database, host),
		traysOf(database, topicId, eventId),
		isHarvestOver(database, topicId, eventId),
		institutionSeen(database)
	]);
	const { slug, title } = headOf(topic, language);
	return {
		lane: placeOf(host),
		tableNumber,
		label: cafe.tables[tableNumber - 1]?.label ?? '',
		host: host.name,
		language: host.language,
		event: {
			title: inLanguage(planned.texts['title'], [language], topic.defaultLanguage),
			attribution: planned.attribution,
			zone: planned.zone
		},
		topic: { slug, title },
		rounds: cafe.rounds.map(({ roundNumber, minutes, questionId }) => {
			const question = topic.questions.find((one) => one.questionId === questionId);
			return {
				...{ number: roundNumber, minutes },
				question: question ? inLanguage(question.texts['text'], [language], topic.defaultLanguage) : null
			};
		}),
		groups: showsGroups(planned) ? groupOptions(institution, say) : [],
		on: on && {
			...{ round: on.roundNumber, isRehearsal: on.isRehearsal },
			...{ begunAt: on.begunAt.getTime(), endsAt: on.endsAt.getTime() }
		},
		cards,
		taken: trays.find((one) => one.tableNumber === tableNumber)?.taken ?? 0,
		isOver,
		at: momentOf(context).getTime()
	};
}
