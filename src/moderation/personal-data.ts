/** Stands for a letter that was made unreadable: as many as there were letters, so that what is anchored behind them stays in its place. */
export const blot = '█';

export function blotted(words: string): string {
	return [...words].map((letter) => (/\s/u.test(letter) ? letter : blot)).join('');
}

/**
 * Ways to reach a person, as people write them: mail addresses, telephone numbers (with a leading + or 0, so that a year or a sum is none),
 * numbers of bank accounts (IBAN).
 */
const contacts = [
	/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu,
	/(?<![\p{L}\p{N}])(?:\+|00|0|\(0)[\d\u0660-\u0669](?:[ ().\u00a0/-]{0,2}[\d\u0660-\u0669]){6,14}(?![\p{L}\p{N}])/gu,
	/(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/gu
];

/** The ways to reach a person that stand in a text, each once. */
export function contactsIn(text: string): string[] {
	const found = [...new Set(contacts.flatMap((pattern) => [...text.matchAll(pattern)].map(([words]) => words)))];
	return found.filter((words) => !found.some((longer) => longer !== words && longer.includes(words)));
}

/** What is to be made unreadable. */
export interface Redaction {
	/** as the moderator wrote them; capitals do not matter */
	readonly phrases: readonly string[];
	/** every mail address, telephone number and bank account too */
	readonly contacts: boolean;
}

/** The text with as many code points as before. */
export function redacted(text: string, { phrases, contacts: withContacts }: Redaction): string {
	const found = withContacts ? contactsIn(text) : [];
	const wanted = [...phrases.map((phrase) => phrase.trim()).filter((phrase) => phrase !== ''), ...found];
	// the longest first: one may hold another
	return wanted
		.sort((one, other) => other.length - one.length)
		.reduce((clean, phrase) => clean.replaceAll(new RegExp(RegExp.escape(phrase), 'giu'), blotted), text);
}
