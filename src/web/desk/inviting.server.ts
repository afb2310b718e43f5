import { z } from 'zod';
import type { Say } from '#languages/speaking.ts';
import { languageCodes } from '#languages/languages.ts';
import { mostAtOnce } from '#people/invitations/inviting.server.ts';
import { contextOf, type Context } from '#web/context.server.ts';
import { WrongInput } from '#web/answering.server.ts';

/** A whole number from 1 on; whatever else was typed is answered by the same sentence. */
export function numberUpTo(most: number, sentence: string) {
	return z.coerce.number(sentence).int(sentence).min(1, sentence).max(most, sentence);
}

/** The fields that both forms of invitations have. */
export const invitationFields = {
	language: z.enum(languageCodes),
	days: numberUpTo(365, 'invitations.days-wrong')
};

/** The addresses of a form, one a line or with commas between, each checked. */
export function addressesIn(text: string, say: Say): string[] {
	const addresses = text
		.split(/[\n,;]+/)
		.map((line) => /<([^<>]+)>\s*$/.exec(line)?.[1] ?? line)
		.map((line) => line.trim())
		.filter(Boolean);
	const wrong = addresses.filter((address) => address.length > 254 || !z.email().safeParse(address).success);
	if (addresses.length === 0) throw new WrongInput({ emails: say('invitations.emails-missing') });
	if (wrong.length > 0) throw new WrongInput({ emails: say('invitations.emails-wrong', { wrong: say.list(wrong.slice(0, 5)) }) });
	if (addresses.length > mostAtOnce) throw new WrongInput({ emails: say('invitations.emails-many', { most: mostAtOnce }) });
	return addresses;
}

/** Where links in mails lead. */
export function originOf(event: { readonly platform: Readonly<App.Platform> | undefined }): string {
	return publicOrigin(contextOf(event).settings);
}

export function publicOrigin({ origin, port }: Context['settings']): string {
	return origin ?? `http://localhost:${port}`;
}
