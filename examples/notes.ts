import type { Marker } from '#cafes/notes/note.ts';
import type { GroupKey } from './institution.ts';

export interface ExampleNote {
	readonly table: number;
	readonly round: 1 | 2 | 3;
	readonly text: string;
	readonly language: 'en' | 'fr' | 'es';
	readonly marker: Marker;
	/** who said it, where they wished that to stand */
	readonly group: GroupKey | null;
}

/** Notes that rapporteurs laid together, and the idea that they drew from them; without one they hang on the wall as they are. */
export interface ExamplePile {
	readonly point: string | null;
	readonly notes: readonly ExampleNote[];
}

const note = (
	[table, round]: readonly [number, 1 | 2 | 3],
	text: string,
	group: GroupKey | null = null,
	{ language = 'en', marker = 'idea' }: Partial<Pick<ExampleNote, 'language' | 'marker'>> = {}
): ExampleNote => ({ table, round, text, group, language, marker });

/** What the tables wrote, in words of ours: the matters are those that the communiqué of the time names. */
export const piles: readonly ExamplePile[] = [
	{
		point: 'Governments offer a frame in which all who run and use the Internet can talk and work together',
		notes: [
			note([1, 1], 'A frame for dialogue comes first, rules come second', 'governments'),
			note([4, 1], 'Offrir un cadre où tous peuvent se parler et coopérer', 'civil-society', { language: 'fr' }),
			note([7, 1], 'Bring people to one table, and keep the table open', 'technical-community')
		]
	},
	{
		point: 'Whatever governments decide about the Internet, they say how it serves the public and respects human rights',
		notes: [
			note([2, 1], 'Somebody has to speak for the public interest', 'academia'),
			note([5, 1], 'Los derechos de las personas valen igual en la red', 'civil-society', { language: 'es' }),
			note([9, 1], 'Who asks about human rights before a law is passed?', 'civil-society', { marker: 'question' })
		]
	},
	{
		point: null,
		notes: [note([3, 1], 'Laws that end at the border meet a network that does not', 'private-sector', { marker: 'concern' })]
	},
	{
		point: 'Governments protect the networks on which whole countries depend, and publish how',
		notes: [
			note([1, 2], 'Cables and exchange points are as vital as bridges', 'technical-community'),
			note([6, 2], 'Protéger les infrastructures vitales sans les cacher', 'governments', { language: 'fr' })
		]
	},
	{
		point: 'Public services on the Internet are made so that persons with disabilities can use them from the first day',
		notes: [
			note([3, 2], 'Think of persons with disabilities at the beginning, not at the end', 'intergovernmental'),
			note([8, 2], 'A form that a screen reader cannot read shuts people out', 'civil-society', { marker: 'example' })
		]
	},
	{
		point: null,
		notes: [
			note([2, 2], 'Teach people to look after themselves on the Internet', 'academia'),
			note([10, 2], 'Enseñar en la escuela a usar la red con cuidado', 'academia', { language: 'es' })
		]
	},
	{
		point: null,
		notes: [
			note([5, 2], 'More security, but who watches those who watch?', 'civil-society', { marker: 'concern' }),
			note([9, 2], 'Governments answer for what they decide', 'private-sector')
		]
	},
	{
		point: 'Meetings on Internet matters can be joined from a distance, and the distance works both ways',
		notes: [
			note([2, 3], 'Use the technology to listen, not only to announce', 'technical-community'),
			note([6, 3], 'Who cannot travel should be able to speak, too', 'governments'),
			note([8, 3], 'Participer à distance, et pas seulement regarder', 'civil-society', { language: 'fr' })
		]
	},
	{
		point: null,
		notes: [
			note([4, 3], 'Publish drafts while they can still be changed', 'civil-society'),
			note([7, 3], 'Openness means that one finds the paper before the meeting', 'private-sector')
		]
	},
	{
		point: null,
		notes: [note([10, 3], '¿Quién paga el viaje de los que no tienen presupuesto?', null, { language: 'es', marker: 'question' })]
	}
];

/** How it went, as hosts said at the end. */
export const feedback = [
	{ went: 5, words: 'People went on talking when the time was over.' },
	{ went: 4, words: 'The second round could have been longer.' },
	{ went: 4, words: '' }
] as const;
