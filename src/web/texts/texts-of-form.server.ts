import type { TextsOfThing, WrittenTexts } from '#languages/texts.server.ts';

const oneLine = new Set(['title', 'name', 'convenor', 'addressee', 'meeting', 'group']);

/**
 * Fields that stand in a form once per language, named `title.fr`; behind a prefix where several things stand in one form
 * (`question-2.text.fr`).
 */
export function textsFrom(typed: FormData, fields: readonly string[], languages: readonly string[], prefix = ''): WrittenTexts {
	return Object.fromEntries(
		fields.map((field) => [
			field,
			Object.fromEntries(
				languages.flatMap((language) => {
					const text = typed.get(`${prefix}${field}.${language}`);
					// browsers send the line ends of forms as CR LF
					return typeof text === 'string'
						? [[language, (oneLine.has(field) ? text.replace(/\s+/g, ' ') : text.replaceAll('\r\n', '\n')).trim()]]
						: [];
				})
			)
		])
	);
}

export function isWritten(texts: WrittenTexts): boolean {
	return Object.values(texts).some((inLanguages) => Object.values(inLanguages).some((text) => text !== ''));
}

/** field → language → text: what the form shows. */
export type TextsInForm = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function textsForForm(texts: TextsOfThing, fields: readonly string[]): TextsInForm {
	return Object.fromEntries(
		fields.map((field) => [field, Object.fromEntries((texts[field] ?? []).map(({ language, text }) => [language, text]))])
	);
}

/** One field of a form as text; empty where it is missing or a file. */
export function typedText(typed: FormData, name: string): string {
	const value = typed.get(name);
	return typeof value === 'string' ? value : '';
}
