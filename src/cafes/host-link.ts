import { pathInLanguage, type Language } from '#languages/languages.ts';

/** Where a host's link leads: the notebook of the table takes the secret out of the address at once. */
export function hostLink(origin: string, language: Language, secret: string): string {
	return `${origin}${pathInLanguage(`/table/${secret}`, language)}`;
}
