import type { Language } from '#languages/languages.ts';
import type { GroupKey } from './institution.ts';

/** Organisations of the example: all invented. */
export const organisations = [
	{ key: 'lakeside', name: 'Lakeside Internet Exchange', kind: 'association', country: 'UG', aliases: ['LIX'] },
	{
		key: 'open-doors',
		name: 'Open Doors: Coalition for Accessible Networks',
		kind: 'association',
		country: 'IN',
		aliases: ['Open Doors']
	},
	{ key: 'northlight', name: 'Northlight Telecom', kind: 'company', country: 'NO', aliases: ['Northlight ASA'] },
	{ key: 'ministere', name: 'Direction de l’économie numérique', kind: 'ministry', country: 'SN', aliases: [] },
	{ key: 'red-sur', name: 'Red Sur de Operadores Comunitarios', kind: 'association', country: 'UY', aliases: ['Red Sur'] },
	{ key: 'kraj', name: 'Институт сетевого права', kind: 'university', country: 'AM', aliases: ['Institute of Network Law'] },
	{
		key: 'binhai',
		name: '滨海大学互联网研究所',
		kind: 'university',
		country: 'CN',
		aliases: ['Binhai University, Institute of Internet Studies']
	},
	{
		key: 'wasl',
		name: 'مركز وصل للسياسات الرقمية',
		kind: 'association',
		country: 'JO',
		aliases: ['Wasl Centre for Digital Policy']
	},
	{ key: 'islands', name: 'Ministry of Communications and Outer Islands', kind: 'ministry', country: 'FJ', aliases: [] },
	{
		key: 'pacific-union',
		name: 'Union of Regional Communication Commissions',
		kind: 'intergovernmental',
		country: 'CH',
		aliases: ['URCC']
	},
	{ key: 'cloudberry', name: 'Cloudberry Services', kind: 'company', country: 'EE', aliases: [] },
	{ key: 'kite', name: 'Kite School Network', kind: 'association', country: 'KE', aliases: [] }
] as const;

export type OrganisationKey = (typeof organisations)[number]['key'];

export interface ExamplePerson {
	/** 1 to 50; ideas, comments and submissions name their authors by it */
	number: number;
	groups: readonly GroupKey[];
	country: string;
	organisation?: OrganisationKey;
	capacity: 'own-name' | 'expert' | 'delegation';
	reads: readonly Language[];
	assurance: 'browser' | 'e-mail' | 'invited' | 'organisation-verified';
	/** given by those who let their name stand beside what they write; the others are shown by group, or not at all */
	name?: string;
	anonymous?: true;
}

type Row = readonly [
	groups: GroupKey | readonly GroupKey[],
	country: string,
	capacity: ExamplePerson['capacity'],
	reads: string,
	assurance: ExamplePerson['assurance'],
	more?: Pick<ExamplePerson, 'organisation' | 'name' | 'anonymous'>
];

// one a line, in the order of their numbers
const rows: readonly Row[] = [
	['governments', 'CH', 'delegation', 'en fr', 'invited', { name: 'Claudia Brunner' }],
	['governments', 'FJ', 'delegation', 'en', 'organisation-verified', { organisation: 'islands' }],
	['governments', 'PL', 'own-name', 'en ru', 'browser'],
	['governments', 'KR', 'expert', 'en zh', 'invited'],
	['governments', 'EG', 'delegation', 'ar en', 'invited'],
	['governments', 'SN', 'delegation', 'fr en', 'organisation-verified', { organisation: 'ministere', name: 'Awa Ndiaye' }],
	['governments', 'BB', 'delegation', 'en fr', 'invited'],
	['governments', 'AM', 'delegation', 'ru en', 'e-mail'],
	['governments', 'CN', 'own-name', 'zh en', 'browser'],
	['intergovernmental', 'EG', 'expert', 'ar en fr', 'invited'],
	['private-sector', 'NO', 'expert', 'en', 'organisation-verified', { organisation: 'northlight', name: 'Ingrid Solheim' }],
	['private-sector', 'US', 'own-name', 'en es', 'browser'],
	['private-sector', 'EE', 'expert', 'en ru', 'e-mail', { organisation: 'cloudberry' }],
	['private-sector', 'DE', 'delegation', 'en fr', 'invited'],
	['private-sector', 'MX', 'own-name', 'es en', 'browser'],
	['private-sector', 'GE', 'own-name', 'ru en', 'browser'],
	['private-sector', 'RS', 'expert', 'ru en', 'e-mail'],
	['private-sector', 'JP', 'own-name', 'zh en', 'browser'],
	['private-sector', 'US', 'own-name', 'en', 'browser', { anonymous: true }],
	['intergovernmental', 'TN', 'expert', 'ar fr', 'invited'],
	['civil-society', 'UY', 'expert', 'es en', 'e-mail', { name: 'Lucía Etcheverry' }],
	['civil-society', 'JO', 'expert', 'ar en', 'organisation-verified', { organisation: 'wasl', name: 'رنا الخطيب' }],
	['civil-society', 'IN', 'expert', 'en', 'organisation-verified', { organisation: 'open-doors', name: 'Meera Nair' }],
	['civil-society', 'BR', 'own-name', 'es en', 'browser'],
	['civil-society', 'KE', 'expert', 'en fr', 'e-mail', { organisation: 'kite' }],
	[['civil-society', 'academia'], 'CO', 'own-name', 'es en', 'browser'],
	['civil-society', 'GB', 'own-name', 'en', 'browser', { anonymous: true }],
	['civil-society', 'FR', 'own-name', 'fr en', 'browser'],
	['civil-society', 'ZA', 'own-name', 'en', 'e-mail'],
	['civil-society', 'PE', 'own-name', 'es fr', 'browser', { name: 'Rosa Quispe' }],
	['technical-community', 'CZ', 'own-name', 'en ru', 'browser', { name: 'Jan Havelka' }],
	['technical-community', 'UG', 'expert', 'en', 'organisation-verified', { organisation: 'lakeside' }],
	['technical-community', 'AU', 'own-name', 'en', 'browser'],
	[['technical-community', 'academia'], 'CA', 'own-name', 'en fr', 'e-mail'],
	['technical-community', 'RW', 'expert', 'fr en', 'invited', { name: 'Jean-Bosco Habimana' }],
	['technical-community', 'AR', 'expert', 'es en', 'e-mail'],
	['technical-community', 'UY', 'expert', 'es', 'organisation-verified', { organisation: 'red-sur', name: 'Martín Olivera' }],
	['technical-community', 'UA', 'own-name', 'ru en', 'browser'],
	['technical-community', 'CN', 'expert', 'zh en', 'e-mail'],
	['technical-community', 'LB', 'own-name', 'ar fr', 'browser'],
	['academia', 'FR', 'own-name', 'fr en', 'browser', { name: 'Hélène Marchand' }],
	['academia', 'CA', 'expert', 'fr en', 'e-mail'],
	['academia', 'CR', 'own-name', 'es en', 'browser'],
	['academia', 'CL', 'own-name', 'es en', 'browser'],
	['academia', 'AM', 'expert', 'ru en', 'organisation-verified', { organisation: 'kraj', name: 'Арам Петросян' }],
	['academia', 'CN', 'expert', 'zh en', 'organisation-verified', { organisation: 'binhai', name: '林晓岚' }],
	['intergovernmental', 'GH', 'expert', 'en fr', 'invited'],
	['intergovernmental', 'CH', 'delegation', 'en fr es', 'organisation-verified', { organisation: 'pacific-union' }],
	['intergovernmental', 'SN', 'expert', 'fr', 'invited'],
	['intergovernmental', 'MA', 'expert', 'ar fr', 'invited']
];

export const people: readonly ExamplePerson[] = rows.map(([groups, country, capacity, reads, assurance, more], index) => ({
	number: index + 1,
	groups: typeof groups === 'string' ? [groups] : groups,
	country,
	capacity,
	reads: reads.split(' ') as Language[],
	assurance,
	...more
}));
