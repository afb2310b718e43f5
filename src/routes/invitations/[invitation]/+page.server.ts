import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { nilTopic } from '#database/connection.server.ts';
import { isLanguage } from '#languages/languages.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { refusal, unlessRefused } from '#refusals/refusal.ts';
import { acceptRole, decline } from '#people/invitations/answering.server.ts';
import { isPersonal, stateOf } from '#people/invitations/invitation.ts';
import { invitationBehind } from '#people/invitations/reading.server.ts';
import { acceptAsParticipant } from '#topics/participants/invited.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { Topic } from '#topics/topic.ts';
import { answering, limit, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { setCookies } from '#web/cookies.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const cookie = 'invitation';

export const load: PageServerLoad = async (event) => {
	limit(event, 'acting');
	const token = event.url.searchParams.get('token');
	if (token !== null) {
		// out of the address at once: addresses are written into logs and histories
		keepToken(event, token);
		redirect(303, localized(event, `/invitations/${event.params.invitation}`));
	}
	const context = contextOf(event);
	const kept = keptToken(event);
	if (!kept) return { invitation: null };
	const behind = () => unlessRefused(invitationBehind(context.database, kept));
	const found = await guessed(event, behind, (invitation) => invitation === null);
	if (found?.invitationId !== event.params.invitation) return { invitation: null };
	const { topicId, role, expiresAt } = found;
	return {
		invitation: {
			role,
			expiresAt,
			isPersonal: isPersonal(found),
			state: stateOf(found, momentOf(context)),
			topic: topicId === nilTopic ? null : shown(await topicOf(context.database, topicId), event.locals.language)
		}
	};
};

export const actions: Actions = {
	code: answering(async (event, typed) => {
		const { code } = parse(
			z.object({ code: z.string().trim().min(1, 'invitations.code-missing').max(60) }),
			typed,
			event.locals.say
		);
		await guessed(event, () => invitationBehind(contextOf(event).database, code));
		keepToken(event, code);
		redirect(303, localized(event, `/invitations/${event.params.invitation}`));
	}),

	accept: answering(async (event) => {
		const context = contextOf(event);
		const { database, keys, signIn } = context;
		const token = tokenOf(event);
		const { role, topicId } = await guessed(event, () => invitationBehind(database, token));
		if (role === 'participant') {
			await acceptAsParticipant(database, keys, token, event.locals.actor);
			const { slug } = await topicOf(database, topicId);
			redirect(303, localized(event, `/topics/${slug}/me?invited`));
		}
		const account = await acceptRole(database, token);
		forgetToken(event);
		setCookies(event, (await signIn.signInAs(account, event.request.headers.get('user-agent'))).cookies);
		redirect(303, localized(event, '/sign-in/second-factor?then=/desk'));
	}),

	decline: answering(async (event) => {
		await guessed(event, () => decline(contextOf(event).database, tokenOf(event)));
		redirect(303, localized(event, `/invitations/${event.params.invitation}`));
	})
};

function keepToken(event: RequestEvent, token: string): void {
	const secure = event.url.protocol === 'https:';
	event.cookies.set(cookie, token.slice(0, 60), { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 3600 });
}

function keptToken(event: RequestEvent): string | undefined {
	return event.cookies.get(cookie);
}

function forgetToken(event: RequestEvent): void {
	event.cookies.delete(cookie, { path: '/' });
}

function tokenOf(event: RequestEvent): string {
	const token = keptToken(event);
	if (!token) throw refusal('not-found');
	return token;
}

/** The topic of an invitation, a draft too: whoever was invited to work on it sees its title. */
function shown({ slug, texts }: Topic, language: string) {
	const wanted = isLanguage(language) ? [language] : ['en'];
	return { slug, title: inLanguage(texts['title'], wanted), summary: inLanguage(texts['summary'], wanted) };
}
