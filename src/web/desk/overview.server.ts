import type { Actor } from '#activity/actor.ts';
import { isModerator, isRapporteur, isSecretariat } from '#activity/staff.ts';
import type { Database } from '#database/connection.server.ts';
import { channelsOverTime } from '#contributions/channels.server.ts';
import { mailInCounts } from '#contributions/intake/mail/mails-in.server.ts';
import { paperCounts } from '#contributions/intake/paper/forms.server.ts';
import { deskProgress } from '#contributions/reading.server.ts';
import { askingIn } from '#contributions/receipts/requests.server.ts';
import { channels } from '#contributions/contribution.ts';
import type { Language } from '#languages/languages.ts';
import type { Say } from '#languages/speaking.ts';
import { howManyWait } from '#moderation/queue.server.ts';
import { thirdPersonsIn } from '#moderation/third-persons.server.ts';
import { regions } from '#people/regions.ts';
import { dueOf, type Due } from '#topics/due.ts';
import { endsOf, spanOf, type Grown } from '#topics/participation/growth.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { firstTookPart, participationOverTime, peopleBy } from '#topics/participation/over-time.server.ts';
import { deliverablesShown, topicShown } from '#topics/showing.server.ts';
import { standing } from '#topics/stages/stage.ts';
import { targetsOf } from '#topics/participation/targets.server.ts';
import type { Topic } from '#topics/topic.ts';
import { channelKey } from '#web/talk/channels.ts';
import { groupName } from '#web/talk/group-names.server.ts';

export const overTime = [...peopleBy, 'channel'] as const;
export type OverTime = (typeof overTime)[number];

/** What waits in a topic for this member of staff, each with the page where it is done. */
export async function workOf(database: Database, topic: Pick<Topic, 'topicId' | 'slug'>, actor: Actor) {
	const { topicId, slug } = topic;
	const desk = `/desk/topics/${slug}`;
	const [moderates, draws] = [isModerator(actor, topicId), isRapporteur(actor, topicId)];
	const [queue, asking, thirdPersons, texts, mails, paper] = await Promise.all([
		moderates ? howManyWait(database, topicId) : null,
		moderates ? askingIn(database, [topicId]) : null,
		moderates ? thirdPersonsIn(database, [topicId]) : null,
		draws ? deskProgress(database, topicId) : null,
		draws ? mailInCounts(database, topicId) : null,
		moderates || draws ? paperCounts(database, topicId) : null
	]);
	const asked = asking?.get(topicId) ?? { appeals: 0, erasures: 0 };
	return [
		...(queue
			? [
					{ what: 'held', count: queue.held, href: `${desk}/moderation` } as const,
					{ what: 'flagged', count: queue.flagged, href: `${desk}/moderation` } as const,
					{ what: 'appeals', count: asked.appeals, href: `${desk}/moderation?view=asked` } as const,
					{ what: 'third-persons', count: thirdPersons?.get(topicId) ?? 0, href: `${desk}/moderation?view=asked` } as const
				]
			: []),
		...(isSecretariat(actor)
			? [{ what: 'erasures', count: asked.erasures, href: `${desk}/moderation?view=asked` } as const]
			: []),
		...(texts && mails
			? [
					{ what: 'unread', count: texts.texts - texts.read, href: `${desk}/texts?list=to-read` } as const,
					{ what: 'mails', count: mails.held, href: `${desk}/mail-in` } as const
				]
			: []),
		...(paper ? [{ what: 'paper', count: paper.toType + paper.unfiled, href: `${desk}/paper` } as const] : [])
	];
}

/** What is due, in words of the topic. */
export function dueShown(topic: Topic, { at, today, language }: { at: Date; today: string; language: Language }) {
	const promises = new Map(deliverablesShown(topic, language).map((one) => [one.deliverableId, one.title]));
	const stages = new Map(topicShown(topic, language, at).stages.map((one) => [one.stageId, one.name]));
	const nameOf = (due: Due) => ('stageId' in due ? stages.get(due.stageId) : promises.get(due.deliverableId))!;
	return dueOf(topic, { at, today }).map((due) => ({
		what: due.what,
		on: due.on,
		isLate: due.isLate,
		isDraft: 'isDraft' in due && due.isDraft,
		isDay: !('stageId' in due),
		name: nameOf(due)
	}));
}

/** How a count grew until now, or until the talk ended, against its targets. */
export async function growthOf(
	database: Database,
	topic: Topic,
	{ by, at, actor, say }: { by: OverTime; at: Date; actor: Actor; say: Say }
) {
	const { topicId } = topic;
	const [first, targets, institution] = await Promise.all([
		firstTookPart(database, topicId),
		targetsOf(database, topicId),
		institutionSeen(database)
	]);
	const span = spanOf(new Date(Math.min(+(topic.publishedAt ?? topic.createdAt), +(first ?? at))), endOf(topic, at));
	const grown =
		by === 'channel'
			? await channelsOverTime(database, topicId, span)
			: await participationOverTime(database, topicId, { by, span }, actor);
	const nothing = Array.from({ length: span.steps }, () => 0);
	const line = (key: string, found: Grown | undefined) => ({
		key,
		label: labelOf(key),
		totals: found?.totals ?? nothing,
		target: targets.find((target) => target.dimension === by && target.key === key)?.people ?? 0
	});
	const labelOf = (key: string): string => {
		if (key === '') return say('groups.not-stated');
		if (by === 'group') return groupName(institution, key, say);
		if (by === 'language') return say.languageName(key);
		const channel = channels.find((one) => one === key);
		if (by === 'channel') return channel ? say(channelKey(channel)) : key;
		const message = by === 'region' ? `regions.${key}` : `assurances.${key}`;
		return say.knows(message) ? say(message) : key;
	};
	// those whom one wants to hear are named though nobody has come
	const keys = by === 'group' ? institution.groups : by === 'region' ? regions : [];
	const missing = keys.filter((key) => !grown.some((found) => found.key === key));
	return {
		ends: endsOf(span),
		lines: [...grown.map((found) => line(found.key, found)), ...missing.map((key) => line(key, undefined))]
	};
}

/** After the last stage not much grows, and years of nothing would press the rest together. */
function endOf({ stages, archivedAt }: Topic, at: Date): Date {
	const last = new Date(Math.max(...stages.map(({ closesAt }) => +closesAt)));
	const end = standing(stages, at) === 'finished' ? last : at;
	return archivedAt && archivedAt < end ? archivedAt : end;
}
