import { z } from 'zod';
import { mailInOf } from '#contributions/intake/mail/mails-in.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { contextOf } from '#web/context.server.ts';
import { keptFile } from '#web/streaming.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** A mail byte for byte as it came: to keep, never shown within our pages, whatever it contains. */
export const GET: RequestHandler = async (event) => {
	const { database, files } = contextOf(event);
	const { topicId } = await topicOfPage(event, { drafts: true });
	const mailInId = z.uuid().safeParse(event.params.mail).data;
	if (mailInId === undefined) throw refusal('not-found');
	const { sha256, size } = await mailInOf(database, { topicId, mailInId });
	if (sha256 === null) throw refusal('not-found');
	return keptFile(files, { sha256, size, name: `${mailInId}.eml` });
};
