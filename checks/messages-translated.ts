// No message says the same as in English, unless it is listed here with a reason.
import { report } from './reporting.ts';
import { languages, messagesOf } from './messages.ts';

/** "language text" → why it is the same. */
const sameInBoth: Readonly<Record<string, string>> = {
	'es Ideas': 'the Spanish word',
	'es Neutral': 'the Spanish word',
	'es Plan': 'the Spanish word',
	'es ideas': 'the Spanish word',
	'es {kilobytes, number} kB': 'an international unit',
	'fr Signature': 'the French word',
	'fr Contact': 'the French word',
	'es Idea': 'the Spanish word',
	'fr Consensus': 'the French word',
	'fr Contributions': 'the French word',
	'fr Divergence': 'the French word',
	'fr Document': 'the French word',
	'fr Invitation': 'the French word',
	'fr Question': 'the French word',
	'fr Documents': 'the French word',
	'fr Institution': 'the French word',
	'fr Invitations': 'the French word',
	'fr Logo': 'the French word',
	'fr Organisation': 'the French word',
	'fr Organisations': 'the French word',
	'fr Participant': 'the French word',
	'fr Points': 'the French word',
	'fr Passages': 'the French word',
	'fr Sources': 'the French word',
	'fr Table': 'the French word',
	'fr Table {table, number}': 'the French word',
	'fr Versions': 'the French word',
	'fr World Café': 'the name of the method',
	'fr Question {number}': 'the French word',
	'fr Rapporteur': 'the French word',
	'fr Rapporteurs': 'the French word',
	'zh {kilobytes, number} kB': 'an international unit'
};

export function problems(folder: string, listed: Readonly<Record<string, string>> = sameInBoth): string[] {
	const english = messagesOf(folder, 'en');
	const same = languages
		.filter((language) => language !== 'en')
		.flatMap((language) =>
			Object.entries(messagesOf(folder, language))
				.filter(([key, text]) => text === english[key] && hasWords(text))
				.map(([key, text]) => ({ key, language, name: `${language} ${text}` }))
		);
	const names = new Set(same.map(({ name }) => name));
	return [
		...same.filter(({ name }) => !(name in listed)).map(({ key, language }) => `${language}: ${key} says the same as English`),
		...Object.keys(listed)
			.filter((name) => !names.has(name))
			.map((name) => `"${name}" is listed in checks/messages-translated.ts and no longer needed`)
	];
}

/** A message of values and signs only ("{shown} / {all}") needs no translation. */
function hasWords(message: string): boolean {
	return /\p{L}/u.test(message.replace(/\{[^{}]*\}|<[^>]*>/g, ''));
}

report(import.meta.url, problems);
