import type { Queryable } from '#database/connection.server.ts';
import { nilTopic } from '#database/connection.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { languageCodes } from '#languages/languages.ts';
import { plain } from '#languages/plain.ts';
import type { Say } from '#languages/speaking.ts';
import { inLanguage, type TextsOfThing } from '#languages/texts.server.ts';
import { organisationKinds } from '#people/organisations/organisation.ts';
import { membershipKinds } from '#people/organisations/reading.server.ts';
import { countries, regions } from '#people/regions.ts';
import type { Field } from '#sheets/fields.ts';
import { languagesNamed, rolesInvited } from '#sheets/here.server.ts';
import { nearest } from '#sheets/nearest.ts';
import type { ErrorCode, Remark, RemarkCode } from '#sheets/sheet.ts';
import { institutionOf } from '#topics/institution/institution.server.ts';
import { topicOf } from '#topics/reading.server.ts';

/** What a column may hold. */
interface Allowed {
	/** in the reader's language, where they are few enough to be read */
	readonly listed: readonly string[];
	/** whatever would be understood, the reader's language first */
	readonly known: readonly string[];
}

/** What to write instead of a word that nobody knows: the word that was meant, else those that are allowed. Null: the sentence says all. */
export type Advice = (remark: Pick<Remark, 'code' | 'values'>, field: Field | null) => string | null;

const codesOfWords: readonly ErrorCode[] = [
	'group-unknown',
	'place-unknown',
	'question-unknown',
	'language-unknown',
	'word-unknown'
];

/** @param remarks nothing is looked up for those about other things */
export async function adviceFor(
	queryable: Queryable,
	topicId: string,
	remarks: readonly { readonly code: RemarkCode }[],
	say: Say
): Promise<Advice> {
	const isAboutWords = ({ code }: { readonly code: RemarkCode }) => (codesOfWords as readonly string[]).includes(code);
	if (!remarks.some(isAboutWords)) return () => null;
	const allowed = await allowedWords(queryable, topicId, say);
	return (remark, field) => {
		const words = field === null || !isAboutWords(remark) ? undefined : allowed[field];
		const text = remark.values?.['text'];
		if (words === undefined || typeof text !== 'string') return null;
		const meant = meantBy(text, words.known);
		if (meant.length > 0)
			return say('sheets.did-you-mean', {
				words: say.list(
					meant.map((word) => say('sheets.word', { word })),
					'or'
				)
			});
		if (field === 'country') return say('sheets.allowed-country');
		return words.listed.length > 0 ? say('sheets.allowed', { words: words.listed.join(' · ') }) : null;
	};
}

/** Of a cell that holds several words each is looked at that nobody knows. */
function meantBy(text: string, known: readonly string[]): string[] {
	const exact = new Set(known.map(plain));
	const parts = text
		.split(/[;,|\n]/)
		.map((part) => part.trim())
		.filter((part) => part !== '' && !exact.has(plain(part)));
	const whole = nearest(text, known);
	const each = parts.map((part) => nearest(part, known)).filter((word) => word !== null);
	return [...new Set(each.length > 0 ? each : whole === null ? [] : [whole])];
}

async function allowedWords(queryable: Queryable, topicId: string, say: Say): Promise<Partial<Record<Field, Allowed>>> {
	const institution = await institutionOf(queryable);
	const speakers = [say, ...languageCodes.filter((code) => code !== say.language).map(speakerOf)];
	/** Each by its name in every language, that which the institution gave it before ours. */
	const named = (keys: readonly string[], message: (key: string) => string, texts: TextsOfThing = {}, own = ''): Allowed => {
		const nameOf = (key: string, speaker: Say): string => {
			const ours = message(key);
			return inLanguage(texts[`${own}-${key}`], [speaker.language]).text || (speaker.knows(ours) ? speaker(ours) : key);
		};
		return {
			listed: keys.map((key) => nameOf(key, say)),
			known: [...new Set(speakers.flatMap((speaker) => keys.map((key) => nameOf(key, speaker))))]
		};
	};
	const inRegions = named(regions, (key) => `regions.${key}`);
	const inCountries = [...new Set(speakers.flatMap((speaker) => countries.map((code) => speaker.country(code))))];
	const topic = topicId === nilTopic ? null : await topicOf(queryable, topicId);
	const { groups, texts } = institution;
	return {
		groups: named(groups, (key) => `groups.${key}`, texts, 'group'),
		memberships: named(await membershipKinds(queryable), (key) => `memberships.${key}`, texts, 'membership'),
		role: named(rolesInvited, (key) => `roles.${key}`),
		kind: named(organisationKinds, (key) => `organisations.kind-${key}`),
		region: { listed: inRegions.listed, known: [...inRegions.known, ...inCountries] },
		country: { listed: [], known: inCountries },
		question: { listed: (topic?.questions ?? []).map(({ number }) => String(number)), known: [] },
		language: { listed: [], known: [...languagesNamed()] }
	};
}
