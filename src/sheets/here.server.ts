import { z } from 'zod';
import { meaningsOf } from '#contributions/intake/meanings.server.ts';
import { nilTopic, type Queryable } from '#database/connection.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { languageCodes, languages, languageTag } from '#languages/languages.ts';
import { plain } from '#languages/plain.ts';
import type { TextsOfThing } from '#languages/texts.server.ts';
import { foldsOf } from '#people/organisation-names.server.ts';
import { membershipKinds } from '#people/organisations/reading.server.ts';
import { organisationKinds } from '#people/organisations/organisation.ts';
import { isCountry, isRegion, regionOfCountry, regions } from '#people/regions.ts';
import type { Here } from '#sheets/drafts.ts';
import { institutionOf } from '#topics/institution/institution.server.ts';
import { topicOf } from '#topics/reading.server.ts';

/** The roles to which a sheet may invite. */
export const rolesInvited = ['participant', 'moderator', 'rapporteur'] as const;

/** What the words of a sheet mean in this topic; of organisations, which belong to no topic, in this institution. */
export async function hereOf(queryable: Queryable, topicId: string): Promise<Here> {
	const institution = await institutionOf(queryable);
	const meanings = await meaningsOf(queryable, topicId);
	const topic = topicId === nilTopic ? null : await topicOf(queryable, topicId);
	const groups = namesOf(institution.groups, 'groups', 'group', institution.texts);
	const memberships = namesOf(await membershipKinds(queryable), 'memberships', 'membership', institution.texts);
	const roles = namesOf(rolesInvited, 'roles');
	const kinds = namesOf(organisationKinds, 'organisations.kind');
	const regionNames = namesOf(regions, 'regions');
	const questions = new Map(
		(topic?.questions ?? []).flatMap(({ questionId, number, texts }) => [
			[String(number), { questionId, number }] as const,
			...(texts['text'] ?? []).map(({ text }) => [plain(text), { questionId, number }] as const)
		])
	);
	return {
		group: remembered((text) => {
			const known = groups.get(plain(text));
			if (known) return known;
			const { groups: read, unknown } = meanings.groupsOf(text);
			return !unknown && institution.groups.includes(read[0] ?? '') ? read[0]! : null;
		}),
		place: remembered((text) => {
			if (isRegion(text)) return { country: null, region: text };
			const code = text.toUpperCase();
			if (isCountry(code)) return { country: code, region: regionOfCountry(code) };
			const region = regionNames.get(plain(text));
			if (region) return { country: null, region };
			const { country, region: read, unknown } = meanings.placeOf(text);
			return unknown ? null : { country, region: read };
		}),
		question: remembered((text) => questions.get(plain(text)) ?? null),
		language: remembered((text) => languageNames().get(plain(text))?.tag ?? languageTag(text)),
		role: remembered((text) => roles.get(plain(text)) ?? null),
		organisationKind: remembered((text) => kinds.get(plain(text)) ?? null),
		membership: remembered((text) => memberships.get(plain(text)) ?? null),
		email(text) {
			const address = (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
			return address.length <= 254 && z.email().safeParse(address).success ? address : null;
		},
		foldedName: (name) => foldsOf(name)[0] ?? ''
	};
}

/** A column says the same few words in every row: each is looked up once. */
function remembered<Meant>(lookUp: (text: string) => Meant): (text: string) => Meant {
	const known = new Map<string, Meant>();
	return (text) => {
		const before = known.get(text);
		if (before !== undefined) return before;
		const meant = lookUp(text);
		// texts in the wrong column must not be held a second time
		if (known.size < 10_000 && text.length < 300) known.set(text, meant);
		return meant;
	};
}

/** Each key by itself, by our names of it in the six languages, and by those that the institution gave it. */
function namesOf<Key extends string>(keys: readonly Key[], area: string, field?: string, texts?: TextsOfThing): Map<string, Key> {
	const found = new Map<string, Key>();
	for (const key of keys) {
		found.set(plain(key), key);
		for (const { text } of texts?.[`${field}-${key}`] ?? []) found.set(plain(text), key);
		for (const language of languageCodes) {
			const say = speakerOf(language);
			const message = area.includes('.') ? `${area}-${key}` : `${area}.${key}`;
			if (say.knows(message)) found.set(plain(say(message)), key);
		}
	}
	return found;
}

/** The names of the languages that people write in, in the six of the interface. */
export function languagesNamed(): string[] {
	return [...languageNames().values()].map(({ name }) => name);
}

let names: Map<string, { tag: string; name: string }> | undefined;

/** "French", "français", "法语" → fr, by their letters without case and accents. */
function languageNames(): Map<string, { tag: string; name: string }> {
	if (names) return names;
	names = new Map(languageCodes.map((tag) => [plain(languages[tag].name), { tag, name: languages[tag].name }]));
	for (const reader of languageCodes) {
		const inWords = new Intl.DisplayNames([languages[reader].locale], { type: 'language' });
		for (const tag of 'en fr es ru zh ar pt de it nl pl tr fa ur hi bn id ms sw ja ko vi th uk cs el he ro hu sv da fi nb am ha'.split(
			' '
		)) {
			const name = inWords.of(tag);
			if (name) names.set(plain(name), { tag, name });
		}
	}
	return names;
}
