import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Queryable } from '#database/connection.server.ts';
import type { Say } from '#languages/speaking.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { audiences, missingIn, type Audience, type NoticeFor } from '#newsroom/notices/notice.ts';
import { isNarrow } from '#newsroom/notices/sending.server.ts';
import { reachOf } from '#newsroom/notices/receivers.server.ts';
import { saveNotice, type NoticeOfTopic } from '#newsroom/notices/writing.server.ts';
import { regions } from '#people/regions.ts';
import type { Institution } from '#topics/institution/institution.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { fewest } from '#topics/participation/small-numbers.ts';
import { seesSmallNumbers } from '#topics/results.ts';
import type { Topic } from '#topics/topic.ts';
import { parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupName, groupOptions } from '#web/talk/group-names.server.ts';
import { textsFrom } from '#web/texts/texts-of-form.server.ts';

export const noticeFields = ['title', 'text'];

type NoticeEvent = Pick<RequestEvent, 'platform' | 'locals'>;

/** To whom a notice may go, as one choice of a form: "contributors", "group.academia". */
export async function audienceOptions(event: NoticeEvent) {
	const { say } = event.locals;
	const institution = await institutionSeen(contextOf(event).database);
	const wide = audiences.filter((audience) => audience !== 'group' && audience !== 'region');
	return [
		{ label: say('notices.to-those'), options: wide.map((value) => ({ value, label: say(`notices.to-${value}`) })) },
		{
			label: say('desk.group'),
			options: groupOptions(institution, say).map(({ value, label }) => ({ value: `group.${value}`, label }))
		},
		{ label: say('me.region'), options: regions.map((value) => ({ value: `region.${value}`, label: regionName(value, say) })) }
	];
}

export function audienceName({ audience, audienceKey }: NoticeFor, institution: Institution, say: Say): string {
	if (audience === 'group') return groupName(institution, audienceKey, say);
	return audience === 'region' ? regionName(audienceKey, say) : say(`notices.to-${audience}`);
}

/** How many people it reaches at most; null where so few would say who they are. */
export async function reachShown(queryable: Queryable, topicId: string, notice: NoticeFor, event: NoticeEvent) {
	const people = await reachOf(queryable, topicId, notice);
	const isFew = isNarrow(notice) && people < fewest;
	return { isFew, people: isFew && people > 0 && !seesSmallNumbers(event.locals.actor) ? null : people };
}

/** Keeps what the form holds. @returns the notice's number */
export async function saveFrom(event: NoticeEvent, typed: FormData, topic: Topic): Promise<number> {
	const { actor, say } = event.locals;
	const { database } = contextOf(event);
	const form = z.object({ id: z.uuid(), to: z.string().max(80), isPublic: z.literal('yes').optional() });
	const { id: noticeId, to, isPublic } = parse(form, typed, say);
	const texts = textsFrom(typed, noticeFields, topic.languages);
	const missing = missingIn(texts);
	if (missing) throw new WrongInput({ [missing.field]: say(`notices.${missing.field}-${missing.why}`) });
	const whom = audienceFrom(to, await institutionSeen(database));
	if (!whom) throw new WrongInput({ to: say('refusals.field') });
	return saveNotice(database, { topicId: topic.topicId, noticeId, ...whom, isPublic: isPublic === 'yes', texts }, actor);
}

/** A draft, waiting, being sent, sent, or taken back. */
export function stateOf({ way, takenBackAt, isComplete }: NoticeOfTopic): 'draft' | 'sending' | 'sent' | 'taken-back' {
	if (takenBackAt !== null) return 'taken-back';
	if (way === null) return 'draft';
	return isComplete ? 'sent' : 'sending';
}

export function titleOf({ texts }: NoticeOfTopic, topic: Pick<Topic, 'defaultLanguage'>, language: string) {
	return inLanguage(texts['title'], [language], topic.defaultLanguage);
}

export function choiceOf({ audience, audienceKey }: NoticeFor): string {
	return audienceKey === '' ? audience : `${audience}.${audienceKey}`;
}

function audienceFrom(choice: string, { groups }: Pick<Institution, 'groups'>): NoticeFor | null {
	const [word = '', ...rest] = choice.split('.');
	const audience = audiences.find((one: Audience) => one === word);
	const audienceKey = rest.join('.');
	if (audience === 'group') return groups.includes(audienceKey) ? { audience, audienceKey } : null;
	if (audience === 'region') return (regions as readonly string[]).includes(audienceKey) ? { audience, audienceKey } : null;
	return audience && audienceKey === '' ? { audience, audienceKey } : null;
}

function regionName(key: string, say: Say): string {
	const message = `regions.${key}`;
	return say.knows(message) ? say(message) : key;
}
