/**
 * The regional groups of the United Nations General Assembly, by ISO 3166-1 alpha-2 code. Territories stand with the state that
 * administers them only where the state counts them as its own; observers stand where they attend. Others have no region until a
 * person says one.
 */
const countriesOfRegions = {
	african:
		'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG ZA ZM ZW',
	'asia-pacific':
		'AE AF BD BH BN BT CN CY FJ FM HK ID IN IQ IR JO JP KG KH KI KP KR KW KZ LA LB LK MH MM MN MO MV MY NP NR OM PG PH PK PS PW QA SA SB SG SY TH TJ TL TM TO TV UZ VN VU WS YE',
	'eastern-european': 'AL AM AZ BA BG BY CZ EE GE HR HU LT LV MD ME MK PL RO RS RU SI SK UA',
	'latin-american-caribbean':
		'AG AR BB BO BR BS BZ CL CO CR CU DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PR PY SR SV TT UY VC VE',
	'western-european-others': 'AD AT AU BE CA CH DE DK ES FI FR GB GL GR IE IL IS IT LI LU MC MT NL NO NZ PT SE SM TR US VA'
} as const;

export type Region = keyof typeof countriesOfRegions;

export const regions = Object.keys(countriesOfRegions) as Region[];

const regionOf = new Map<string, Region>(
	regions.flatMap((region) => countriesOfRegions[region].split(' ').map((country): [string, Region] => [country, region]))
);

/** Countries that a form offers, as ISO codes; the page orders them by their names in the reader's language. */
export const countries: readonly string[] = [...regionOf.keys()];

export function isRegion(text: unknown): text is Region {
	return typeof text === 'string' && Object.hasOwn(countriesOfRegions, text);
}

/** The region of a country; null where it belongs to none. */
export function regionOfCountry(country: string): Region | null {
	return regionOf.get(country) ?? null;
}

/** The six groups that a new institution begins with; it may change them. */
export const defaultGroups = [
	'governments',
	'private-sector',
	'civil-society',
	'technical-community',
	'academia',
	'intergovernmental'
] as const;
