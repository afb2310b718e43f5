// Every message is ICU MessageFormat without doubled hard spaces, in French with one at each mark that wants it, has the values, tags and choices of the English one, and every plural
// form that its language knows.
import { report } from './reporting.ts';
import { languages, makingsOf, messagesOf, type Makings } from './messages.ts';

export function problems(folder: string): string[] {
	const english = messagesOf(folder, 'en');
	return languages.flatMap((language) => {
		const messages = messagesOf(folder, language);
		return Object.keys(messages).flatMap((key) => {
			const wrong = (what: string) => `${language}: ${key} ${what}`;
			let makings: Makings;
			try {
				makings = makingsOf(messages[key]!);
			} catch (error) {
				return [wrong(`is not ICU MessageFormat: ${String(error)}`)];
			}
			const model = makingsIn(english, key) ?? makings;
			return [
				...(/[\u00A0\u202F]{2}/.test(messages[key]!) ? [wrong('has two hard spaces in a row')] : []),
				...(language === 'fr' && /\S [:;?!»]|« /.test(messages[key]!)
					? [wrong('may break a line before a mark: it wants a hard space')]
					: []),
				...different(makings.values, model.values).map(wrong),
				...different(makings.choices, model.choices).map(wrong),
				...makings.plurals
					.flatMap(({ ordinal, forms }) => missingForms(language, ordinal, forms))
					.map((form) => wrong(`lacks the plural form ${form}`))
			];
		});
	});
}

function makingsIn(english: Record<string, string>, key: string): Makings | undefined {
	try {
		return key in english ? makingsOf(english[key]!) : undefined;
	} catch {
		return undefined; // named where English is looked at
	}
}

function different(has: ReadonlySet<string>, should: ReadonlySet<string>): string[] {
	return [
		...[...should].filter((name) => !has.has(name)).map((name) => `lacks {${name}}`),
		...[...has].filter((name) => !should.has(name)).map((name) => `has {${name}}, which English has not`)
	];
}

function missingForms(language: string, ordinal: boolean, forms: readonly string[]): string[] {
	const { pluralCategories } = new Intl.PluralRules(language, { type: ordinal ? 'ordinal' : 'cardinal' }).resolvedOptions();
	return pluralCategories.filter((category) => !forms.includes(category));
}

report(import.meta.url, problems);
