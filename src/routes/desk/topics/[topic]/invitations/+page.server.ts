import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { stateOf, type Invitation } from '#people/invitations/invitation.ts';
import { inviteAgain, inviteByLink, inviteByMail, takeBack } from '#people/invitations/inviting.server.ts';
import { invitationsOf, waitingSince } from '#people/invitations/reading.server.ts';
import { regions } from '#people/regions.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { participationOf } from '#topics/participation/participation.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { targetsOf } from '#topics/participation/targets.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupName, groupOptions } from '#web/talk/group-names.server.ts';
import { addressesIn, invitationFields, numberUpTo, originOf } from '#web/desk/inviting.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** days after which one may ask everybody again who has not answered */
const longWait = 7;

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { database } = context;
	const { actor, language, say } = event.locals;
	const topic = await topicOfPage(event, { drafts: true });
	const { topicId } = topic;
	const at = momentOf(context);
	const { searchParams } = event.url;
	const [invitations, waiting, participation, targets, institution] = await Promise.all([
		invitationsOf(database, topicId, actor, z.uuid().safeParse(searchParams.get('before')).data),
		waitingSince(database, topicId, at, longWait),
		participationOf(database, topicId, actor),
		targetsOf(database, topicId),
		institutionSeen(database)
	]);
	const regionName = (key: string) => (say.knows(`regions.${key}`) ? say(`regions.${key}` as 'regions.african') : key);
	const nameOf = (dimension: 'group' | 'region', key: string) =>
		dimension === 'group' ? groupName(institution, key, say) : regionName(key);
	return {
		topic: headOf(topic, language),
		group: searchParams.get('group') ?? '',
		region: searchParams.get('region') ?? '',
		done: searchParams.get('done'),
		count: Number(searchParams.get('count') ?? 0),
		groups: groupOptions(institution, say),
		regions: regions.map((value) => ({ value: value, label: regionName(value) })),
		missing: targets
			.map(({ dimension, key, people: target }) => {
				const cells = dimension === 'group' ? participation.groups : participation.regions;
				const people = cells.find((cell) => cell.key === key);
				return { dimension, key, label: nameOf(dimension, key), target, people: people ? people.people : 0 };
			})
			.filter(({ people, target }) => (people ?? 0) < target),
		waiting,
		invitations: invitations.map((invitation) => shown(invitation, at, nameOf))
	};
};

function shown(invitation: Invitation, at: Date, nameOf: (dimension: 'group' | 'region', key: string) => string) {
	const { invitationId, role, email, usesAllowed, accepted, group, region, language, invitedAt, expiresAt } = invitation;
	const belongs = [group ? nameOf('group', group) : '', region ? nameOf('region', region) : ''].filter(Boolean);
	return {
		invitationId,
		role,
		email,
		usesAllowed,
		accepted,
		belongs,
		language,
		invitedAt,
		expiresAt,
		state: stateOf(invitation, at)
	};
}

const belonging = { group: z.string().max(60), region: z.string().max(60) };

export const actions: Actions = {
	mail: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const form = z.object({
			...invitationFields,
			...belonging,
			role: z.enum(['participant', 'moderator', 'rapporteur']),
			emails: z.string().max(50_000),
			note: z.string().max(2000)
		});
		const { emails, group, region, ...words } = parse(form, typed, say);
		const { topicId } = await topicOfPage(event, { drafts: true });
		const { invited } = await inviteByMail(
			contextOf(event).database,
			{ ...words, topicId, group: group || null, region: region || null },
			addressesIn(emails, say),
			originOf(event),
			actor
		);
		done(event, 'invited', invited);
	}),

	link: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const form = z.object({ ...invitationFields, ...belonging, uses: numberUpTo(100_000, 'invitations.uses-wrong') });
		const { uses, group, region, ...words } = parse(form, typed, say);
		const { topicId } = await topicOfPage(event, { drafts: true });
		const { link } = await inviteByLink(
			contextOf(event).database,
			{ ...words, topicId, role: 'participant', group: group || null, region: region || null },
			uses,
			originOf(event),
			actor
		);
		// shown in this answer and never again
		return { link, uses };
	}),

	again: answering(async (event, typed) => {
		const { invitation } = parse(z.object({ invitation: z.uuid().optional() }), typed, event.locals.say);
		const { topicId } = await topicOfPage(event, { drafts: true });
		const which = invitation ? { invitationId: invitation } : { olderThanDays: longWait };
		const again = { topicId, which, days: 30, origin: originOf(event) };
		done(event, 'again', await inviteAgain(contextOf(event).database, again, event.locals.actor));
	}),

	'take-back': answering(async (event, typed) => {
		const { invitation } = parse(z.object({ invitation: z.uuid() }), typed, event.locals.say);
		const { topicId } = await topicOfPage(event, { drafts: true });
		await takeBack(contextOf(event).database, topicId, invitation, event.locals.actor);
		done(event, 'taken-back', 1);
	})
};

function done(event: RequestEvent, what: string, count: number): never {
	redirect(303, localized(event, `/desk/topics/${event.params.topic}/invitations?done=${what}&count=${count}`));
}
