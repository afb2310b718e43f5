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
	{ channel: 'hub', group: 'civil-society', kind: 'speak', name: 'Hub of Port of Spain' },
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
