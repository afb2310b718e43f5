import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { isAdministrator } from '#activity/staff.ts';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { isInstitutional, mayGrant, mayResetSecondFactor } from '#people/may.ts';
import { stateOf } from '#people/invitations/invitation.ts';
import { inviteAgain, inviteByMail, takeBack } from '#people/invitations/inviting.server.ts';
import { invitationsOf } from '#people/invitations/reading.server.ts';
import { endRole, grantRole, staff } from '#people/roles.server.ts';
import { resetSecondFactors } from '#people/sign-in/second-factor.server.ts';
import { topicsListed } from '#topics/reading.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { addressesIn, invitationFields, originOf } from '#web/desk/inviting.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { database } = context;
	const { actor, language } = event.locals;
	const [members, invitations, topics] = await Promise.all([
		staff(database, language),
		invitationsOf(database, nilTopic, actor),
		topicsListed(database, { drafts: true })
	]);
	const at = momentOf(context);
	return {
		staff: members.map((member) => ({
			...member,
			roles: member.roles.map((held) => ({ ...held, mayEnd: mayGrant(actor, held.role) })),
			isSelf: actor.kind === 'account' && actor.accountId === member.accountId
		})),
		invitations: invitations.map(({ invitationId, role, email, usesAllowed, accepted, invitedAt, expiresAt, ...rest }) => ({
			...{ invitationId, role, email, usesAllowed, accepted, invitedAt, expiresAt, belongs: [] },
			state: stateOf({ ...rest, invitationId, role, email, usesAllowed, accepted, invitedAt, expiresAt }, at)
		})),
		topics: topics.map((topic) => ({ topicId: topic.topicId, title: headOf(topic, language).title })),
		isAdministrator: isAdministrator(actor),
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	invite: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const form = z.object({ ...invitationFields, role: z.enum(['administrator', 'secretariat']), emails: z.string().max(5000) });
		const { emails, ...words } = parse(form, typed, say);
		await inviteByMail(
			contextOf(event).database,
			{ ...words, topicId: nilTopic },
			addressesIn(emails, say),
			originOf(event),
			actor
		);
		done(event, 'invited');
	}),

	again: answering(async (event, typed) => {
		const { invitation } = parse(z.object({ invitation: z.uuid() }), typed, event.locals.say);
		const { database } = contextOf(event);
		const again = { topicId: nilTopic, which: { invitationId: invitation }, days: 30, origin: originOf(event) };
		await inviteAgain(database, again, event.locals.actor);
		done(event, 'invited');
	}),

	'take-back': answering(async (event, typed) => {
		const { invitation } = parse(z.object({ invitation: z.uuid() }), typed, event.locals.say);
		await takeBack(contextOf(event).database, nilTopic, invitation, event.locals.actor);
		done(event, 'taken-back');
	}),

	grant: answering(async (event, typed) => {
		const form = z.object({
			account: z.uuid(),
			role: z.enum(['administrator', 'secretariat', 'moderator', 'rapporteur']),
			topic: z.union([z.literal(''), z.uuid()])
		});
		const { account, role, topic } = parse(form, typed, event.locals.say);
		if (!isInstitutional(role) && !topic) throw refusal('role-needs-talk');
		const topicId = isInstitutional(role) ? nilTopic : topic;
		await grantRole(contextOf(event).database, { topicId, accountId: account, role }, event.locals.actor);
		done(event, 'granted');
	}),

	end: answering(async (event, typed) => {
		const form = z.object({ topic: z.uuid(), role: z.uuid(), reason: z.string().trim().max(500) });
		const { topic, role, reason } = parse(form, typed, event.locals.say);
		await endRole(contextOf(event).database, topic, role, event.locals.actor, reason);
		done(event, 'ended');
	}),

	reset: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const form = z.object({ account: z.uuid(), reason: z.string().trim().min(1, 'staff.reason-missing').max(500) });
		const { account, reason } = parse(form, typed, say);
		if (!mayResetSecondFactor(actor)) throw refusal('not-allowed');
		await inTransaction(contextOf(event).database, (transaction) => resetSecondFactors(transaction, account, actor, reason));
		done(event, 'reset');
	})
};

function done(event: RequestEvent, what: string): never {
	redirect(303, localized(event, `/desk/staff?done=${what}`));
}
