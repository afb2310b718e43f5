// The same messages in every language, each once, in the order of the alphabet (so that two people's additions rarely meet).
import { report } from './reporting.ts';
import { languages, messagesOf, textOf } from './messages.ts';

export function problems(folder: string): string[] {
	const english = Object.keys(messagesOf(folder, 'en'));
	return languages.flatMap((language) => {
		const keys = [...textOf(folder, language).matchAll(/^\t"([^"]+)":/gm)].map((found) => found[1]!);
		const file = `src/languages/messages/${language}.json`;
		return [
			...english.filter((key) => !keys.includes(key)).map((key) => `${file} lacks ${key}`),
			...keys.filter((key) => !english.includes(key)).map((key) => `${file} has ${key}, which English has not`),
			...keys.filter((key, place) => keys.indexOf(key) !== place).map((key) => `${file} has ${key} twice`),
			...keys.filter((key, place) => place > 0 && key < keys[place - 1]!).map((key) => `${file} has ${key} out of order`)
		];
	});
}

report(import.meta.url, problems);
