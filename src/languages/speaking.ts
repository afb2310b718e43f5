import format from 'icu-minify/format';
import type { CompiledMessage, FormatValues } from 'icu-minify/format';
import { languages, type Language } from '#languages/languages.ts';
import type en from './messages/en.json';

export type MessageKey = keyof typeof en;

/** Messages of one language, or a part of them, as `icu-minify/compile` leaves them. */
export type Catalogue = Readonly<Record<string, CompiledMessage>>;

/**
 * A number is written by the reader's habits only where the message says `{count, number}` or `#`; plain `{number}` stays as it is (idea
 * 1214).
 */
export type MessageValues = Readonly<Record<string, string | number | Date>>;

/** A stretch of a message: plain, or the content of `<tag>…</tag>`, in whose place a page puts its link or its bold part. */
export type Part = string | { readonly tag: string; readonly text: string };

export type DateStyle = 'day' | 'short' | 'full' | 'clock' | 'time' | 'moment' | 'month';

/** Everything that is said to a reader in one language. */
export interface Say {
	(key: MessageKey, values?: MessageValues): string;
	/** For keys that are put together at run time (`refusals.${code}`): whether there is such a message, so that the caller can narrow it. */
	readonly knows: (key: string) => key is MessageKey;
	readonly parts: (key: MessageKey, values?: MessageValues) => Part[];
	readonly number: (value: number, options?: { decimals: number }) => string;
	/** @param share 0 to 1 */
	readonly percent: (share: number, options?: { decimals: number }) => string;
	/** @param zone IANA name; times are shown with the zone's name where the style has a time */
	readonly date: (date: Date, options: { zone: string; style?: DateStyle }) => string;
	readonly list: (items: readonly string[], kind?: 'and' | 'or') => string;
	/** @param code ISO 3166-1 alpha-2 */
	readonly country: (code: string) => string;
	/** The name of any language; the tag itself where it has none. */
	readonly languageName: (tag: string) => string;
	/** The name of a time zone, as people of it call their time. @param zone IANA name */
	readonly zone: (zone: string) => string;
	readonly language: Language;
	readonly direction: 'ltr' | 'rtl';
	/** What goes along where a page takes this into the browser. */
	readonly carried: Catalogue;
}

/** @param carried what of the catalogue a page takes into the browser; nothing on pages without script */
export function speaker(language: Language, catalogue: Catalogue, carried: Catalogue = {}): Say {
	const { locale, direction } = languages[language];

	const parts = (key: MessageKey, values: MessageValues = {}): Part[] => {
		const message = catalogue[key];
		// a page that forgot to take a message with it shows the key and goes on
		if (message === undefined) return [key];
		if (typeof message === 'string') return [message];
		const said = format<Part>(message, locale, tolerant(values), formatOptions);
		return Array.isArray(said) ? said : [said];
	};
	const remembered = memory();
	const say = (key: MessageKey, values?: MessageValues) => {
		const message = catalogue[key];
		if (typeof message === 'string') return message;
		const made = () => parts(key, values).map(textOf).join('');
		const count = onlyNumberOf(values);
		return count === undefined ? made() : remembered(`${key} ${count}`, made);
	};
	const whole = numberFormat(locale, {});
	const percent = numberFormat(locale, { style: 'percent', ...fixed({ decimals: 0 }) });

	return Object.assign(say, {
		knows: (key: string): key is MessageKey => Object.hasOwn(catalogue, key),
		parts,
		number: (value: number, options?: { decimals: number }) =>
			options ? numberFormat(locale, fixed(options)).format(value) : remembered(String(value), () => whole.format(value)),
		percent: (share: number, options?: { decimals: number }) =>
			(options ? numberFormat(locale, { style: 'percent', ...fixed(options) }) : percent).format(share),
		date: (date: Date, { zone, style = 'day' }: { zone: string; style?: DateStyle }) =>
			// no style tells less than a minute
			remembered(`${style} ${zone} ${Math.floor(date.getTime() / 60_000)}`, () =>
				wholeYear(dateInStyle(locale, { style, zone }).format(date))
			),
		list: (items: readonly string[], kind: 'and' | 'or' = 'and') =>
			items.length === 1 ? items[0]! : listFormat(locale, kind === 'and' ? 'conjunction' : 'disjunction').format(items),
		country: (code: string) => nameOf(locale, 'region', code),
		languageName: (tag: string) => nameOf(locale, 'language', tag),
		zone: (zone: string) => remembered(`zone ${zone}`, () => zoneOf(locale, zone)),
		language,
		direction,
		carried
	});
}

export function isSay(thing: unknown): thing is Say {
	return typeof thing === 'function' && 'carried' in thing && 'languageName' in thing;
}

const dateStyles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
	day: { dateStyle: 'long' },
	short: { dateStyle: 'medium' },
	full: { dateStyle: 'full' },
	// beside another moment that names the zone
	clock: { hour: '2-digit', minute: '2-digit' },
	time: { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
	moment: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
	month: { month: 'long', year: 'numeric' }
};

/** Russian writes "2013 г.", whose point would meet the one that ends the sentence. */
function wholeYear(date: string): string {
	return date.replace(/(\d\s)г\./u, '$1года');
}

function fixed({ decimals }: { decimals: number }): Intl.NumberFormatOptions {
	return { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
}

function textOf(part: Part): string {
	return typeof part === 'string' ? part : part.text;
}

/** A tag of a message becomes a part; a value that the caller forgot stays visible as `{name}`. */
function tolerant(values: MessageValues): FormatValues<Part> {
	return new Proxy<FormatValues<Part>>(values, {
		get(given, name) {
			if (typeof name !== 'string') return undefined;
			if (Object.hasOwn(given, name)) return given[name];
			const tag = (chunks: Part[]): Part => ({ tag: name, text: chunks.map(textOf).join('') });
			return Object.assign(tag, { toString: () => `{${name}}` });
		}
	});
}

function nameOf(locale: string, type: 'region' | 'language', code: string): string {
	const names = namesOf(locale, type);
	let name = names.get(code);
	if (name === undefined) {
		name = newNameOf(locale, type, code);
		// codes come from people as well: what they make up must not fill the memory
		if (names.size < 2000) names.set(code, name);
	}
	return name;
}

function zoneOf(locale: string, zone: string): string {
	// it has no name but this, and Intl would call it an offset
	if (zone === 'UTC') return zone;
	const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts();
	return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

function newNameOf(locale: string, type: 'region' | 'language', code: string): string {
	try {
		return displayNames(locale, type).of(code) ?? code;
	} catch {
		return code; // not even formed like a code
	}
}

/** "Idea 12", "3 people", a day: lists say the same to every reader, and making it anew costs more than the rest of a line. */
function memory(): (key: string, make: () => string) => string {
	const said = new Map<string, string>();
	return (key, make) => {
		let text = said.get(key);
		if (text === undefined) {
			text = make();
			if (said.size >= 5000) said.clear();
			said.set(key, text);
		}
		return text;
	};
}

/** The name and the value of the only one, where it is a number. */
function onlyNumberOf(values: MessageValues | undefined): string | undefined {
	let only: string | undefined;
	for (const name in values) {
		const value = values[name];
		if (only !== undefined || typeof value !== 'number') return undefined;
		only = `${name} ${value}`;
	}
	return only;
}

// Making a formatter costs a hundred times its use: each is made once for a locale and its options, of which there are few.
function keptFor<Options, Formatter>(
	make: (locale: string, options: Options) => Formatter,
	keyOf: (options: Options) => string = JSON.stringify
) {
	const kept = new Map<string, Formatter>();
	return (locale: string, options: Options): Formatter => {
		const key = locale + keyOf(options);
		let formatter = kept.get(key);
		if (!formatter) kept.set(key, (formatter = make(locale, options)));
		return formatter;
	};
}

const numberFormat = keptFor((locale: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
const dateFormat = keptFor((locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));
const dateInStyle = keptFor(
	(locale: string, { style, zone }: { style: DateStyle; zone: string }) =>
		new Intl.DateTimeFormat(locale, { ...dateStyles[style], timeZone: zone }),
	({ style, zone }) => `${style} ${zone}`
);
const listFormat = keptFor(
	(locale: string, type: 'conjunction' | 'disjunction') => new Intl.ListFormat(locale, { type }),
	(type) => type
);
const pluralRules = keptFor(
	(locale: string, options: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options),
	({ type }) => type ?? ''
);
const namesOf = keptFor(
	(_locale: string, _type: 'region' | 'language') => new Map<string, string>(),
	(type) => type
);
const displayNames = keptFor(
	(locale: string, type: 'region' | 'language') => new Intl.DisplayNames(locale, { type, fallback: 'code' }),
	(type) => type
);

const formatOptions: Parameters<typeof format>[3] = {
	formatters: {
		getNumberFormat: (locale, options) => numberFormat(String(locale), options ?? {}),
		getDateTimeFormat: (locale, options) => dateFormat(String(locale), options ?? {}),
		getPluralRules: (locale, options) => pluralRules(String(locale), options ?? {})
	}
};
