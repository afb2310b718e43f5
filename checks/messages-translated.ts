// No message says the same as in English, unless it is listed here with a reason.
import { report } from './reporting.ts';
import { languages, messagesOf } from './messages.ts';

/** "language key" → why it is the same word. */
const sameInBoth: Readonly<Record<string, string>> = {
	'es home.how-ideas': 'the Spanish word',
	'es topics.kilobytes': 'an international unit',
	'es topics.takes-ideas': 'the Spanish word',
	'fr topics.contact': 'the French word',
	'fr topics.library': 'the French word',
	'fr topics.question': 'the French word',
	'zh topics.kilobytes': 'an international unit'
};

export function problems(folder: string, listed: Readonly<Record<string, string>> = sameInBoth): string[] {
	const english = messagesOf(folder, 'en');
	const same = languages
		.filter((language) => language !== 'en')
		.flatMap((language) => {
			const messages = messagesOf(folder, language);
			return Object.keys(messages)
				.filter((key) => messages[key] === english[key] && hasWords(english[key] ?? ''))
				.map((key) => `${language} ${key}`);
		});
	return [
		...same.filter((name) => !(name in listed)).map((name) => `${name} says the same as English`),
		...Object.keys(listed)
			.filter((name) => !same.includes(name))
			.map((name) => `${name} is listed in checks/messages-translated.ts and differs from English`)
	];
}

/** A message of values and signs only ("{shown} / {all}") needs no translation. */
function hasWords(message: string): boolean {
	return /\p{L}/u.test(message.replace(/\{[^{}]*\}|<[^>]*>/g, ''));
}

report(import.meta.url, problems);
