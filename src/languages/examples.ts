import type { TextInLanguage } from '#languages/texts.server.ts';

/** A text as textsOf returns it, in its first version. */
export function aText(language: string, text: string): TextInLanguage {
	return { language, text, version: 1, writtenAt: new Date('2013-10-21T08:00:00Z') };
}
