import type { NamedTheme } from '#ideas/themes/listing.server.ts';
import { languageCodes, type Language } from '#languages/languages.ts';
import type { Say } from '#languages/speaking.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { regions } from '#people/regions.ts';
import type { Topic } from '#topics/topic.ts';
import type { Filter } from '#web/asked-in.ts';

// the filters that several lists of ideas have

interface Reader {
	readonly language: Language;
	readonly say: Say;
}

export function byQuestion({ questions, defaultLanguage }: Topic, { language, say }: Reader): Filter<'question'> {
	return {
		name: 'question',
		label: say('ideas.question'),
		options: questions.map(({ number, texts }) => {
			const { text, language: lang } = inLanguage(texts['text'], [language], defaultLanguage);
			return { value: String(number), label: `${number}. ${text}`, lang };
		})
	};
}

export function byTheme(themes: readonly NamedTheme[], { say }: Reader): Filter<'theme'> {
	return {
		name: 'theme',
		label: say('themes.theme'),
		options: themes.map(({ number, name, language }) => ({
			value: String(number),
			label: name,
			lang: language === 'und' ? '' : language
		}))
	};
}

export function byRegion(label: string, { say }: Reader): Filter<'region'> {
	return { name: 'region', label, options: regions.map((value) => ({ value, label: say(`regions.${value}`) })) };
}

export function byLanguage({ say }: Reader): Filter<'language'> {
	return {
		name: 'language',
		label: say('ideas.language'),
		options: languageCodes.map((value) => ({ value, label: say.languageName(value) }))
	};
}
