import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { EventOfTopic } from '#events/event.ts';
import { limits, ways, waysOf, type RegistrationDraft } from '#events/registration.ts';
import type { Say } from '#languages/speaking.ts';
import { languageCodes } from '#languages/languages.ts';
import { regions } from '#people/regions.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';

/** What the form of a registration offers. */
export async function registrationForm(event: Pick<RequestEvent, 'platform' | 'locals'>, planned: EventOfTopic) {
	const { say } = event.locals;
	const institution = await institutionSeen(contextOf(event).database);
	return {
		ways: waysOf(planned),
		groups: groupOptions(institution, say),
		regions: regions.map((value) => ({ value, label: regionName(value, say) })),
		spoken: [...new Set([...languageCodes, ...planned.languages])]
	};
}

export type RegistrationFormData = Awaited<ReturnType<typeof registrationForm>>;

const fields = {
	way: z.enum(ways, 'events.way-missing'),
	name: z.string().trim().min(1, 'events.person-missing').max(limits.name),
	group: z.string().max(80).default(''),
	region: z.string().max(80).default(''),
	organisation: z
		.string()
		.max(limits.organisation * 2)
		.default(''),
	languages: z.array(z.string().max(35)).max(40),
	accessNeeds: z
		.string()
		.max(limits.accessNeeds * 2)
		.default(''),
	isListed: z.literal('yes').optional()
};
const address = z.email('about-me.email-unusable').max(254);

/** What somebody typed; at the desk the address may be missing. */
export async function registrationFrom(
	event: Pick<RequestEvent, 'platform' | 'locals'>,
	typed: FormData,
	{ atDesk = false } = {}
): Promise<RegistrationDraft> {
	const { say, language } = event.locals;
	const email = atDesk ? z.union([z.literal(''), address]).default('') : address;
	const { isListed, group, region, email: to, ...rest } = parse(z.object({ ...fields, email }), typed, say);
	const { groups } = await institutionSeen(contextOf(event).database);
	return {
		...rest,
		email: to === '' ? null : to,
		group: groups.includes(group) ? group : null,
		region: (regions as readonly string[]).includes(region) ? region : null,
		isListed: isListed === 'yes',
		language
	};
}

export function regionName(key: string, say: Say): string {
	const message = `regions.${key}`;
	return say.knows(message) ? say(message) : key;
}
