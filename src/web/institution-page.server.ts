import type { RequestEvent } from '@sveltejs/kit';
import { inLanguage } from '#languages/texts.server.ts';
import type { MessageKey } from '#languages/speaking.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { contextOf } from '#web/context.server.ts';
import { organisersMarkdown } from '#web/texts/markdown.server.ts';

/** What an institution says to everybody (terms, notice, accessibility): its own words, or ours until it has written some. */
export async function institutionPage(
	event: Pick<RequestEvent, 'platform' | 'locals'>,
	field: 'terms' | 'notice' | 'accessibility',
	ours: MessageKey
) {
	const { texts, noticeVersion, contactEmail } = await institutionSeen(contextOf(event).database);
	const { language, say } = event.locals;
	const own = inLanguage(texts[field], [language]);
	return {
		html: organisersMarkdown(own.text || say(ours), 2),
		language: own.text ? own.language : language,
		changedAt: texts[field]?.find((text) => text.language === own.language)?.writtenAt ?? null,
		noticeVersion,
		contactEmail
	};
}
