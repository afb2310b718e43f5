import type { Queryable, Transaction } from '#database/connection.server.ts';
import { languageTag } from '#languages/languages.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';

/** Something whose words organisers write: a topic, a question, a stage, a form field … */
export interface Thing {
	readonly topicId: string;
	readonly kind: string;
	readonly thingId: string;
}

/** field → language → text, as a form sends it. */
export type WrittenTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface TextInLanguage {
	readonly language: string;
	readonly text: string;
	readonly version: number;
	readonly writtenAt: Date;
}

/** The words of one thing: field → its text in each language that has one. */
export type TextsOfThing = Readonly<Record<string, readonly TextInLanguage[]>>;

export interface ShownText {
	readonly text: string;
	/** what `lang` and `dir` of the element must say */
	readonly language: string;
	/** false: the reader wanted another language, and the page says so */
	readonly isWanted: boolean;
}

const longestText = 200_000;

/**
 * Writes what organisers said of a thing. A text that has not changed gets no new version; an empty one takes the text back (as an empty
 * version).
 * @returns which fields changed in which languages, for the record of the act
 */
export async function writeTexts(
	transaction: Transaction,
	thing: Thing,
	written: WrittenTexts,
	writtenBy: string | null
): Promise<{ field: string; language: string; version: number }[]> {
	const rows = Object.entries(written).flatMap(([field, inLanguages]) =>
		Object.entries(inLanguages).map(([language, text]) => ({
			field,
			language: knownLanguage(language),
			text: usableText(text, { max: longestText, what: field, mayBeEmpty: true })
		}))
	);
	if (rows.length === 0) return [];
	try {
		const changed = await transaction.query<{ field: string; language: string; version: number }>(
			`insert into texts (topic_id, kind, thing_id, field, language, version, text, written_at, written_by)
			select $1, $2, $3, given.field, given.language, coalesce(latest.version, 0) + 1, given.text, $7, $8
			from unnest($4::text[], $5::text[], $6::text[]) as given (field, language, text)
			left join lateral (
				select texts.version, texts.text
				from texts
				where texts.topic_id = $1 and texts.kind = $2 and texts.thing_id = $3
					and texts.field = given.field and texts.language = given.language
				order by texts.version desc
				limit 1
			) as latest on true
			where given.text <> coalesce(latest.text, '')
			returning field, language, version`,
			[
				thing.topicId,
				thing.kind,
				thing.thingId,
				rows.map((row) => row.field),
				rows.map((row) => row.language),
				rows.map((row) => row.text),
				transaction.at,
				writtenBy
			]
		);
		return changed.rows;
	} catch (error) {
		// another transaction wrote the same version first
		if (error instanceof Error && 'code' in error && error.code === '23505') throw refusal('changed-meanwhile');
		throw error;
	}
}

/** The newest texts of things of one topic, by the thing's id, in one query whatever their number. */
export function textsOf(
	queryable: Queryable,
	topicId: string,
	things: readonly Omit<Thing, 'topicId'>[]
): Promise<Map<string, TextsOfThing>> {
	return textsOfThings(
		queryable,
		things.map((thing) => ({ ...thing, topicId }))
	);
}

/** The same for things of several topics: the titles on the home page. */
export async function textsOfThings(queryable: Queryable, things: readonly Thing[]): Promise<Map<string, TextsOfThing>> {
	const texts = new Map<string, Record<string, TextInLanguage[]>>(things.map((thing) => [thing.thingId, {}]));
	if (things.length === 0) return texts;
	const { rows } = await queryable.query<TextInLanguage & { thingId: string; field: string }>({
		name: 'texts of things',
		text: `select distinct on (topic_id, kind, thing_id, field, language)
				thing_id as "thingId", field, language, text, version, written_at as "writtenAt"
			from texts
			join unnest($1::uuid[], $2::text[], $3::uuid[]) as asked (topic_id, kind, thing_id) using (topic_id, kind, thing_id)
			order by topic_id, kind, thing_id, field, language, version desc`,
		values: [things.map((thing) => thing.topicId), things.map((thing) => thing.kind), things.map((thing) => thing.thingId)]
	});
	for (const { thingId, field, ...text } of rows) {
		if (text.text !== '') (texts.get(thingId)![field] ??= []).push(text);
	}
	return texts;
}

/** Every version of one text, newest first. */
export async function versionsOf(queryable: Queryable, thing: Thing, field: string, language: string) {
	const { rows } = await queryable.query<TextInLanguage & { writtenBy: string | null }>(
		`select language, text, version, written_at as "writtenAt", written_by as "writtenBy"
		from texts
		where topic_id = $1 and kind = $2 and thing_id = $3 and field = $4 and language = $5
		order by version desc`,
		[thing.topicId, thing.kind, thing.thingId, field, language]
	);
	return rows;
}

/**
 * What to show of a text: in the first of the wanted languages that it has, else in the fallback, else in any. An empty text where there is
 * none.
 * @param wanted the reader's languages, most wanted first; the page's own language is the first of them
 * @param fallback the topic's own language
 */
export function inLanguage(texts: readonly TextInLanguage[] | undefined, wanted: readonly string[], fallback = 'en'): ShownText {
	for (const [place, tag] of [...wanted, fallback].entries()) {
		const found = texts?.find((text) => text.language === tag) ?? texts?.find((text) => first(text.language) === first(tag));
		if (found) return { text: found.text, language: found.language, isWanted: place < wanted.length };
	}
	const any = texts?.[0];
	return any
		? { text: any.text, language: any.language, isWanted: false }
		: { text: '', language: wanted[0] ?? fallback, isWanted: true };
}

/** All fields of a thing as a reader sees them; a field that nobody wrote is an empty text. */
export function wordsOf<Field extends string>(
	texts: TextsOfThing | undefined,
	fields: readonly Field[],
	wanted: readonly string[],
	fallback?: string
): Record<Field, ShownText> {
	return Object.fromEntries(fields.map((field) => [field, inLanguage(texts?.[field], wanted, fallback)])) as Record<
		Field,
		ShownText
	>;
}

/** Where a text that exists in some language lacks another one that the topic promises. */
export function gapsIn(texts: TextsOfThing, languages: readonly string[]): { field: string; language: string }[] {
	return Object.entries(texts).flatMap(([field, inLanguages]) =>
		languages
			.filter((language) => !inLanguages.some((text) => text.language === language))
			.map((language) => ({ field, language }))
	);
}

function first(tag: string): string {
	return tag.split('-', 1)[0]!;
}

function knownLanguage(tag: string): string {
	const language = languageTag(tag);
	if (!language) throw refusal('unknown-language', { tag: tag.slice(0, 40) });
	return language;
}
