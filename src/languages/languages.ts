/** The six languages of the interface, and what a language tag says about a text in any language. */
export const languages = {
	en: { name: 'English', locale: 'en-GB', direction: 'ltr' },
	fr: { name: 'Français', locale: 'fr', direction: 'ltr' },
	es: { name: 'Español', locale: 'es', direction: 'ltr' },
	ru: { name: 'Русский', locale: 'ru', direction: 'ltr' },
	zh: { name: '中文', locale: 'zh-Hans-CN', direction: 'ltr' },
	// documents of the United Nations in Arabic write European digits
	ar: { name: 'العربية', locale: 'ar-u-nu-latn', direction: 'rtl' }
} as const satisfies Record<string, { name: string; locale: string; direction: 'ltr' | 'rtl' }>;

export type Language = keyof typeof languages;

export const languageCodes = Object.keys(languages) as Language[];

/** English stands at addresses without a prefix and answers wherever another language has a gap. */
export const firstLanguage: Language = 'en';

export function isLanguage(text: unknown): text is Language {
	return typeof text === 'string' && Object.hasOwn(languages, text);
}

/** The tag in its canonical form ("zh-hans" → "zh-Hans"), `und` included; null where it is none of BCP 47's. */
export function languageTag(text: string): string | null {
	// a first part of five letters or more is well-formed and yet never a language: people who type "french" mean something else
	if (text.length > 35 || !/^[a-z]{2,3}(-|$)/i.test(text)) return null;
	try {
		return Intl.getCanonicalLocales(text)[0] ?? null;
	} catch {
		return null;
	}
}

export function isLanguageTag(text: unknown): text is string {
	return typeof text === 'string' && languageTag(text) !== null;
}

const rightToLeftScripts = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);
const rightToLeftLanguages = new Set('ar arc ars arz ckb dv fa he iw ji ks lrc mzn nqo pnb prs ps sd syr ug ur yi'.split(' '));

/** What the `dir` attribute of a text in this language must say; `auto` where the language is not known. */
export function directionOf(tag: string): 'ltr' | 'rtl' | 'auto' {
	let direction = directions.get(tag);
	if (!direction) {
		direction = newDirectionOf(tag);
		if (directions.size < 1000) directions.set(tag, direction);
	}
	return direction;
}

// each text of a list asks, and there are few languages; what people make up must not fill the memory
const directions = new Map<string, 'ltr' | 'rtl' | 'auto'>();

function newDirectionOf(tag: string): 'ltr' | 'rtl' | 'auto' {
	if (tag === 'und' || !isLanguageTag(tag)) return 'auto';
	const [first = '', ...others] = tag.split('-');
	const script = others.find((part) => part.length === 4 && /^[a-z]+$/i.test(part));
	if (script) return rightToLeftScripts.has(script[0]!.toUpperCase() + script.slice(1).toLowerCase()) ? 'rtl' : 'ltr';
	return rightToLeftLanguages.has(first.toLowerCase()) ? 'rtl' : 'ltr';
}

/** The tags of an Accept-Language header, most wanted first. */
export function acceptedTags(header: string | null): string[] {
	return (header ?? '')
		.slice(0, 500)
		.split(',')
		.map((part) => {
			const [tag = '', ...parameters] = part.trim().split(/\s*;\s*/);
			const quality = parameters.find((parameter) => parameter.startsWith('q='));
			return { tag: languageTag(tag), quality: quality ? Number(quality.slice(2)) : 1 };
		})
		.filter((wish): wish is { tag: string; quality: number } => wish.tag !== null && wish.quality > 0)
		.sort((one, other) => other.quality - one.quality)
		.map((wish) => wish.tag);
}

/** The interface language that a reader wants most; null where none of the six is among the wishes. */
export function acceptedLanguage(header: string | null): Language | null {
	for (const tag of acceptedTags(header)) {
		const language = tag.split('-')[0];
		if (isLanguage(language)) return language;
	}
	return null;
}

/** "/fr/topics" → fr; an address without a prefix is English. */
export function languageOfPath(pathname: string): Language {
	const first = pathname.split('/', 2)[1];
	return isLanguage(first) && first !== firstLanguage ? first : firstLanguage;
}

/** "/fr/topics" → "/topics": the address that routes know. Query and fragment stay. */
export function pathWithoutLanguage(path: string): string {
	const prefix = /^\/([a-z]{2})(?=[/?#]|$)/.exec(path)?.[1];
	if (!isLanguage(prefix) || prefix === firstLanguage) return path;
	const rest = path.slice(3);
	return rest.startsWith('/') ? rest : `/${rest}`;
}

/** The same address in another language, whichever it had: "/fr/topics?page=2" in ar → "/ar/topics?page=2". */
export function pathInLanguage(path: string, language: Language): string {
	const bare = pathWithoutLanguage(path);
	if (language === firstLanguage) return bare;
	return `/${language}${bare === '/' ? '' : bare.replace(/^\/(?=[?#])/, '')}`;
}
