import { redirect } from '@sveltejs/kit';
import { noticeMail } from '#newsroom/notices/mailing.server.ts';
import { mailOfToken, newsLinks, setMail } from '#newsroom/unsubscribing.server.ts';
import { answering, localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database, settings } = contextOf(event);
	const { kind, comes } = await mailOfToken(database, await newsLinks(settings), event.params.token);
	return { comes, isOfNotices: kind === noticeMail, isDone: event.url.searchParams.has('done') };
};

/** A person's click on the page, and the click in a mail program, which sends `List-Unsubscribe=One-Click` here and reads no answer. */
export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { database, settings } = contextOf(event);
		const { token } = event.params;
		await setMail(database, await newsLinks(settings), token, typed.get('mail') === 'again');
		if (!typed.has('List-Unsubscribe')) redirect(303, localized(event, `/unsubscribe/${token}?done`));
		return {};
	})
};
