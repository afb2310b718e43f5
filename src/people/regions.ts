/*
 * Countries, regions and stakeholder groups as a new institution begins with them. Regions are the regional groups of the United Nations General Assembly.
 *
 * The 193 members stand in their group; Türkiye, which sits in two, in the one where it is counted for elections; Kiribati, which takes part in none, with
 * its neighbours; the United States, an observer of its group, in it. Who is not a member stands
 *  - as an observer of the Assembly, where it attends (the Holy See, the State of Palestine);
 *  - else where the Statistics Division's M49 places it on the map (territories, associated states, Taiwan, Western Sahara): Africa; Asia and Oceania; Latin
 *    America and the Caribbean; Northern America and Europe. People who live there choose another region where they see it otherwise;
 *  - in no region where nobody lives for good (Antarctica and six groups of islands).
 */
const members = {
	african:
		'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG ZA ZM ZW',
	'asia-pacific':
		'AE AF BD BH BN BT CN CY FJ FM ID IN IQ IR JO JP KG KH KI KP KR KW KZ LA LB LK MH MM MN MV MY NP NR OM PG PH PK PW QA SA SB SG SY TH TJ TL TM TO TV UZ VN VU WS YE',
	'eastern-european': 'AL AM AZ BA BG BY CZ EE GE HR HU LT LV MD ME MK PL RO RS RU SI SK UA',
	'latin-american-caribbean':
		'AG AR BB BO BR BS BZ CL CO CR CU DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PY SR SV TT UY VC VE',
	'western-european-others': 'AD AT AU BE CA CH DE DK ES FI FR GB GR IE IL IS IT LI LU MC MT NL NO NZ PT SE SM TR US'
} as const;

const others = {
	african: 'EH RE SH YT',
	'asia-pacific': 'AS CC CK CX GU HK MO MP NC NF NU PF PN PS TK TW WF',
	'eastern-european': '',
	'latin-american-caribbean': 'AI AW BL BQ CW FK GF GP KY MF MQ MS PR SX TC VG VI',
	'western-european-others': 'AX BM FO GG GI GL IM JE PM SJ VA'
} as const satisfies Record<keyof typeof members, string>;

const withoutPeople = 'AQ BV GS HM IO TF UM';

export type Region = keyof typeof members;

export const regions = Object.keys(members) as Region[];

const regionOf = new Map<string, Region>(
	regions.flatMap((region) =>
		`${members[region]} ${others[region]}`
			.trim()
			.split(' ')
			.map((country): [string, Region] => [country, region])
	)
);

/** Countries that a form offers, as ISO 3166-1 alpha-2 codes; the page orders them by their names in the reader's language. */
export const countries: readonly string[] = [...regionOf.keys()].sort();

const codes = new Set([...countries, ...withoutPeople.split(' ')]);

/** Whether the text is a code of ISO 3166-1 alpha-2 in use. */
export function isCountry(text: unknown): text is string {
	return typeof text === 'string' && codes.has(text);
}

export function isRegion(text: unknown): text is Region {
	return typeof text === 'string' && Object.hasOwn(members, text);
}

/** The region of a country unless its people say otherwise; null where it belongs to none. */
export function regionOfCountry(country: string): Region | null {
	return regionOf.get(country) ?? null;
}

/** The six groups that a new institution begins with; it may change them. Their names are the messages `groups.<key>`. */
export const defaultGroups = [
	'governments',
	'private-sector',
	'civil-society',
	'technical-community',
	'academia',
	'intergovernmental'
] as const;

export type DefaultGroup = (typeof defaultGroups)[number];

/** Whether the key's name is a message; the names of an institution's own groups are texts. */
export function isDefaultGroup(key: unknown): key is DefaultGroup {
	return (defaultGroups as readonly unknown[]).includes(key);
}
