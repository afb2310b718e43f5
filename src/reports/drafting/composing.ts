import type { Language } from '#languages/languages.ts';
import type { MessageKey, MessageValues, Say } from '#languages/speaking.ts';
import type { DraftedParagraph, Origin, ParagraphKind, Source } from '#reports/paragraph.ts';

/** A sentence from a message. What stands in <s-agree>…</s-agree> rests on the origins of `agree`; `whole` is under all of it. */
export interface Sentence {
	readonly key: MessageKey;
	readonly values?: MessageValues;
	readonly origins: Readonly<Record<string, Origin | readonly Origin[]>>;
}

/** Puts sentences together to a paragraph, each source anchored to the words that rest on it. */
export function composed(say: Say, section: string, kind: ParagraphKind, sentences: readonly Sentence[]): DraftedParagraph {
	let text = '';
	let length = 0;
	const sources: Source[] = [];
	const add = (words: string, origins: readonly Origin[]) => {
		const ends = length + [...words].length;
		for (const origin of origins) sources.push({ ...origin, starts: length, ends });
		text += words;
		length = ends;
	};
	for (const { key, values = {}, origins } of sentences) {
		if (text !== '') add(betweenSentences(say.language), []);
		const starts = length;
		for (const part of say.parts(key, values)) {
			if (typeof part === 'string') add(part, []);
			else add(part.text, listOf(origins[part.tag.replace('s-', '')]));
		}
		for (const origin of listOf(origins.whole)) sources.push({ ...origin, starts, ends: length });
	}
	return { section, kind, text, language: say.language, sources };
}

function listOf(origins: Origin | readonly Origin[] | undefined): readonly Origin[] {
	if (origins === undefined) return [];
	return Array.isArray(origins) ? (origins as readonly Origin[]) : [origins as Origin];
}

function betweenSentences(language: Language): string {
	return language === 'zh' ? '' : ' ';
}
