import { countries, regionOfCountry, type Region } from '#people/regions.ts';
import { aliasesOfCountries, cities, namesOfRegions, severalRegions } from '#people/place-names.ts';

/**
 * What a free text says of where somebody is from. Nothing of the three: known, but not of one country or region ("Global", "Brazil and
 * Germany").
 */
export interface PlaceRead {
	country?: string;
	region?: Region;
	/** a person must look at it */
	unknown?: true;
}

/**
 * Reads "USA", "Sudan, Africa", "So Paulo, Brazil" (a letter was lost), "Germany/Europe", "Global". A country decides the region; several
 * countries leave the region that they share; what nobody knows beside a known country ("Wad Medani, Sudan") is passed over.
 */
export function placeOfText(text: string): PlaceRead {
	const whole = lookUp(text);
	if (whole) return placeOf([whole]);
	// at signs first, so that "Trinidad and Tobago, Caribbean" keeps its name in one piece
	const found = text
		.split(signs)
		.flatMap((part) => lookUp(part) ?? part.split(joiningWords).map(lookUp))
		.filter((part) => part !== undefined);
	return found.length > 0 ? placeOf(found) : { unknown: true };
}

type Found = { country: string } | { region: Region | null };

const signs = /[/,;|()\n]|\s[-–—]\s/;
const joiningWords = /\s(?:and|und|et|y|e|и|و|with|in|from|based)\s|&/i;

function placeOf(found: readonly Found[]): PlaceRead {
	const named = new Set(found.flatMap((part) => ('country' in part ? [part.country] : [])));
	const [country] = named;
	if (country !== undefined && named.size === 1) return withRegion(country);
	const regions = new Set([...named].map(regionOfCountry));
	if (named.size === 0) for (const part of found) if ('region' in part) regions.add(part.region);
	const [region] = regions;
	return region && regions.size === 1 ? { region } : {};
}

function withRegion(country: string): PlaceRead {
	const region = regionOfCountry(country);
	return region ? { country, region } : { country };
}

function lookUp(text: string): Found | undefined {
	const name = plain(text);
	return name === '' ? undefined : places().get(name);
}

/** Letters and digits only, without accents, articles and the word "region" before them. */
function plain(text: string): string {
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/\p{M}/gu, '')
		.replaceAll('&', ' and ')
		.replace(/[^\p{L}\p{N}\s]/gu, '')
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/^(region of|region|the|la|le|les|el|die|der) (?=.)/, '');
}

/** The name as it is left when a file loses its letters beyond ASCII: "Sénégal" → "Sngal". */
function withLostLetters(name: string): string {
	return plain(name.normalize('NFC').replace(/[^\p{ASCII}]/gu, ''));
}

let known: Map<string, Found> | undefined;

/**
 * Every name, made at the first use: countries in eight languages, what else they are called, regions, cities. Exact names win over damaged
 * ones.
 */
function places(): Map<string, Found> {
	if (known) return known;
	const exact = new Map<string, Found>();
	const damaged = new Map<string, Found>();
	const add = (name: string, found: Found) => {
		if (!exact.has(plain(name))) exact.set(plain(name), found);
		const remains = withLostLetters(name);
		if (/\p{Script=Latin}/u.test(name) && remains.length >= 4) damaged.set(remains, found);
	};
	for (const [region, names] of Object.entries(namesOfRegions)) for (const name of names) add(name, { region: region as Region });
	for (const name of severalRegions) add(name, { region: null });
	for (const [country, names] of Object.entries(aliasesOfCountries)) for (const name of names) add(name, { country });
	for (const { country, name } of namesOfCountries()) add(name, { country });
	for (const [country, names] of Object.entries(cities)) for (const name of names) add(name, { country });
	return (known = new Map([...damaged, ...exact]));
}

function namesOfCountries(): { country: string; name: string }[] {
	return ['en', 'fr', 'es', 'pt', 'de', 'ru', 'zh', 'ar'].flatMap((locale) => {
		const long = new Intl.DisplayNames(locale, { type: 'region' });
		const short = new Intl.DisplayNames(locale, { type: 'region', style: 'short' });
		return countries.flatMap((country) => [long, short].map((names) => ({ country, name: names.of(country) ?? country })));
	});
}
