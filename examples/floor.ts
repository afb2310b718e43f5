import type { AskingKind, Channel } from '#townhalls/floor/floor.ts';
import type { InEachLanguage } from './institution.ts';

/** The agenda of the Town Hall of Bali, 9:00 to 10:30; its division is our assumption. */
export const agenda: readonly { readonly minutes: number; readonly speakers: string; readonly title: InEachLanguage }[] = [
	{
		minutes: 10,
		speakers: 'The Secretary-General',
		title: {
			en: 'Opening',
			fr: 'Ouverture',
			es: 'Apertura',
			ru: 'Открытие',
			zh: '开幕',
			ar: 'الافتتاح'
		}
	},
	{
		minutes: 15,
		speakers: 'A rapporteur of the café',
		title: {
			en: 'What the café and the talk online have said so far',
			fr: 'Ce que le café et l’échange en ligne ont dit jusqu’ici',
			es: 'Lo que han dicho hasta ahora el café y la charla en línea',
			ru: 'Что сказали кафе и беседа в сети',
			zh: '咖啡馆与在线对话迄今所说',
			ar: 'ما قاله المقهى والحوار عبر الإنترنت حتى الآن'
		}
	},
	{
		minutes: 55,
		speakers: '',
		title: {
			en: 'The floor is open: room, remote people and hubs',
			fr: 'La parole est à tous : salle, personnes à distance et pôles',
			es: 'Turno de palabra abierto: sala, personas a distancia y sedes',
			ru: 'Открытые прения: зал, удалённые участники и узлы',
			zh: '开放发言：现场、远程与分会场',
			ar: 'الكلمة للجميع: القاعة والمشاركون عن بُعد والمراكز'
		}
	},
	{
		minutes: 10,
		speakers: 'The chair',
		title: {
			en: 'What happens next',
			fr: 'Et ensuite',
			es: 'Qué sigue',
			ru: 'Что дальше',
			zh: '后续安排',
			ar: 'ما الخطوة التالية'
		}
	}
];

/** Who had asked for the floor before the meeting began; people and hubs are invented. */
export const asked: readonly {
	readonly channel: Channel;
	readonly group: string | null;
	readonly kind: AskingKind;
	readonly name: string;
}[] = [
	{ channel: 'hub', group: 'academia', kind: 'speak', name: 'Hub of Nairobi' },
	{ channel: 'remote', group: 'civil-society', kind: 'speak', name: 'Ana, by chat' },
	{ channel: 'hub', group: 'civil-society', kind: 'speak', name: 'Hub of Montevideo' },
	{ channel: 'remote', group: 'private-sector', kind: 'speak', name: 'Kenji, by telephone' },
	{ channel: 'remote', group: null, kind: 'speak', name: 'Lu, by chat' }
];

/** Who else asked while it went on. */
export const askedInTheRoom: readonly { readonly group: string | null; readonly name: string }[] = [
	{ group: 'governments', name: 'A delegate of an island state' },
	{ group: 'private-sector', name: 'An operator, row 3' },
	{ group: 'civil-society', name: 'A librarian, by the window' },
	{ group: 'technical-community', name: 'An engineer, row 1' }
];

/** How long the speeches were that there was time for (s), as the rule of the floor gave them. */
export const speeches: readonly number[] = [110, 95, 120, 70, 130, 60, 100, 85];

/** What the rapporteur put on record of each who spoke. */
export const summaries: Readonly<Record<string, string>> = {
	'Hub of Nairobi':
		'Traffic between neighbours still travels over another continent; governments should help exchange points to begin.',
	'Ana, by chat': 'Whoever writes from a distance should be answered in the room, not afterwards.',
	'Hub of Montevideo': 'The café asked how governments can listen: publish what became of each proposal, and why.',
	'Kenji, by telephone': 'Protecting vital networks is a task of governments and of those who run them, together.',
	'Lu, by chat': 'People should find the Internet in their own language and letters.',
	'A delegate of an island state': 'A frame for dialogue helps small countries only if they can afford to come to it.',
	'An operator, row 3': 'Rules should be known before money is spent on networks.',
	'A librarian, by the window': 'Teaching people to use the Internet safely begins in libraries and schools.',
	'An engineer, row 1': 'Openness means that standards and decisions can be read by everybody.'
};
