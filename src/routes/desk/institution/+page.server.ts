import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { languageCodes } from '#languages/languages.ts';
import { isAdministrator } from '#activity/staff.ts';
import { addGroup, groupsStated, moveGroup, nameGroup } from '#topics/institution/groups.server.ts';
import { changeInstitution, institutionFields, institutionOf } from '#topics/institution/institution.server.ts';
import { directions } from '#topics/order.ts';
import { addressFrom } from '#topics/topic.ts';
import { zones } from '#topics/stages/zones.ts';
import { accentColour, accentNames } from '#web/frame/accent.ts';
import { answering, localized, parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import { textsForForm, textsFrom, typedText } from '#web/texts/texts-of-form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const [institution, stated] = await Promise.all([institutionOf(database), groupsStated(database)]);
	const { accent, contactEmail, zone, languages, logoVersion } = institution;
	return {
		texts: textsForForm(institution.texts, institutionFields),
		accent,
		isOwnColour: accent.startsWith('#'),
		accents: accentNames,
		contactEmail,
		zone,
		zones,
		promised: languages,
		languages: languageCodes.filter((language) => languages.includes(language)),
		logo: logoVersion && `/logo/${logoVersion}`,
		groups: groupOptions(institution, event.locals.say).map((group) => {
			const names = textsForForm(institution.texts, [`group-${group.value}`])[`group-${group.value}`]!;
			const isStated = stated.includes(group.value);
			const lacking = Object.keys(names).length > 0 ? languageCodes.filter((language) => !names[language]) : [];
			return {
				...group,
				names,
				isStated,
				open: isStated ? lacking : languageCodes.filter((language) => languages.includes(language))
			};
		}),
		mayChangeGroups: isAdministrator(event.locals.actor),
		saved: event.url.searchParams.has('saved')
	};
};

const form = z.object({
	accent: z.string().max(20),
	colour: z.string().trim().toLowerCase().max(20).default(''),
	contactEmail: z.union([z.literal(''), z.email('desk.email-wrong').max(254)]),
	zone: z.string().max(60),
	languages: z.array(z.enum(languageCodes)).min(1, 'desk.one-language').max(6)
});

export const actions: Actions = {
	save: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const { accent, colour, ...given } = parse(form, typed, say);
		const chosen = accent === 'own' ? colour : accent;
		if (chosen !== 'blue' && accentColour(chosen) === null) throw new WrongInput({ colour: say('refusals.not-a-colour') });
		const logo = await logoFrom(typed);
		await changeInstitution(
			contextOf(event).database,
			{
				...given,
				accent: chosen,
				texts: textsFrom(typed, institutionFields, languageCodes),
				...(logo !== undefined && { logo })
			},
			actor
		);
		saved(event);
	}),

	group: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const names = textsFrom(typed, ['group'], languageCodes)['group']!;
		const name = names['en'] || Object.values(names).find(Boolean);
		if (!name) throw new WrongInput({ group: say('desk.group-missing') });
		await addGroup(contextOf(event).database, addressFrom(name) || `group-${Date.now()}`, names, actor);
		saved(event);
	}),

	nameGroup: answering(async (event, typed) => {
		const key = typedText(typed, 'form');
		const names = textsFrom(typed, ['name'], languageCodes, `${key}.`)['name']!;
		await nameGroup(contextOf(event).database, key, names, event.locals.actor);
		saved(event, `#group-${key}`);
	}),

	moveGroup: answering(async (event, typed) => {
		const { group, direction } = parse(move, typed, event.locals.say);
		await moveGroup(contextOf(event).database, group, direction, event.locals.actor);
		saved(event, `#group-${group}`);
	})
};

const move = z.object({ group: z.string().max(80), direction: z.enum(directions) });

async function logoFrom(typed: FormData): Promise<Uint8Array | null | undefined> {
	if (typed.has('removeLogo')) return null;
	const file = typed.get('logo');
	return file instanceof File && file.size > 0 ? new Uint8Array(await file.arrayBuffer()) : undefined;
}

function saved(event: RequestEvent, place = ''): never {
	contextOf(event).cache.purge(['/', '/terms', '/data', '/accessibility', '/contact', '/topics']);
	redirect(303, localized(event, `/desk/institution?saved${place}`));
}
