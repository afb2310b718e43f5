import type { Language } from '#languages/languages.ts';

export interface ExampleComment {
	author: number;
	language: Language;
	side: 'for' | 'against' | 'neutral';
	text: string;
	answers?: readonly ExampleComment[];
}

/** Threads, by the key of the idea under which they stand. */
export const comments: Readonly<Record<string, readonly ExampleComment[]>> = {
	'enabling-framework': [
		{
			author: 6,
			language: 'fr',
			side: 'for',
			text: 'C’est ainsi que nous avons procédé pour notre stratégie nationale : le calendrier et les règles d’abord, les positions ensuite. Personne n’a quitté la table.',
			answers: [
				{
					author: 21,
					language: 'es',
					side: 'neutral',
					text: '¿Y quién decidió al final? Un marco que no dice quién decide deja la decisión al que redacta.',
					answers: [
						{
							author: 6,
							language: 'fr',
							side: 'neutral',
							text: 'Le ministre, par écrit et avec ses raisons. C’était annoncé dès le premier jour.'
						}
					]
				}
			]
		},
		{
			author: 12,
			language: 'en',
			side: 'for',
			text: 'Predictable procedure matters more to a small company than any single rule.'
		}
	],
	'equal-footing': [
		{
			author: 2,
			language: 'en',
			side: 'against',
			text: 'My ministry answers to a parliament for what it signs. An association answers to its members. Both are fine, but they are not the same.',
			answers: [
				{
					author: 31,
					language: 'en',
					side: 'for',
					text: 'Equal footing in the discussion is not equal responsibility for the law. The idea speaks of taking part, not of signing.',
					answers: [
						{
							author: 2,
							language: 'en',
							side: 'neutral',
							text: 'Then the words “without a veto” should go. I would agree with the rest.'
						}
					]
				},
				{
					author: 29,
					language: 'en',
					side: 'for',
					text: 'Those who cannot sign can still be harmed. That is why they need the same right to speak.'
				}
			]
		},
		{ author: 38, language: 'ru', side: 'for', text: 'Сети строили те, у кого не было права вето. Получилось неплохо.' },
		{
			author: 10,
			language: 'ar',
			side: 'against',
			text: 'لا يمكن لدولة أن تتنازل عن مسؤوليتها في مسائل السياسات العامة، لكن يمكنها أن تلتزم بالاستماع قبل أن تقرر.'
		}
	],
	'final-say': [
		{ author: 24, language: 'es', side: 'against', text: 'Escuchar a todos y decidir solos es lo que ya tenemos.' },
		{
			author: 48,
			language: 'en',
			side: 'for',
			text: 'In the regional commissions it works when the decision comes with reasons. The final say is not the only say.',
			answers: [
				{
					author: 27,
					language: 'en',
					side: 'against',
					text: 'Reasons that nobody can appeal against are a courtesy, not a safeguard.'
				}
			]
		}
	],
	'count-requests': [
		{
			author: 13,
			language: 'en',
			side: 'for',
			text: 'Companies publish such counts already. When the state publishes its own, the two can be compared.'
		},
		{
			author: 4,
			language: 'en',
			side: 'against',
			text: 'A yearly figure tells those under investigation where we look. Ranges, with a delay of two years, would be possible.'
		},
		{
			author: 45,
			language: 'ru',
			side: 'neutral',
			text: 'В нескольких странах такие отчёты уже есть. Ни одно расследование от этого, насколько известно, не пострадало.'
		}
	],
	'filters-last': [
		{ author: 18, language: 'zh', side: 'against', text: '学校和家长并不总能及时发现问题,技术手段仍然需要。' },
		{
			author: 25,
			language: 'en',
			side: 'for',
			text: 'Every filter that we tried in our schools blocked the pages on health and let the bad ones through within a week.'
		},
		{
			author: 42,
			language: 'fr',
			side: 'neutral',
			text: 'Les études dont nous disposons comparent rarement les deux. Il faudrait commencer par là.'
		}
	],
	neutralidad: [
		{
			author: 11,
			language: 'en',
			side: 'against',
			text: 'A law written today fixes the network of today. Let the regulator act against abuse, and keep the freedom to manage traffic.',
			answers: [
				{
					author: 37,
					language: 'es',
					side: 'for',
					text: 'Nuestras redes comunitarias dependen de que nadie arriba decida qué tráfico pasa primero. Sin ley no hay a quién reclamar.'
				},
				{
					author: 24,
					language: 'es',
					side: 'for',
					text: 'La gestión razonable del tráfico cabe en la ley. Lo que no cabe es vender la prioridad.'
				}
			]
		}
	],
	'accessible-by-law': [
		{
			author: 14,
			language: 'en',
			side: 'for',
			text: 'With a date that is far enough away to plan for, and near enough to begin.'
		},
		{ author: 22, language: 'ar', side: 'for', text: 'القانون وحده لا يكفي ما لم تُنشر نتائج الفحص لكل موقع حكومي.' }
	],
	'remote-floor': [
		{
			author: 47,
			language: 'en',
			side: 'for',
			text: 'And at an hour when the remote person is awake, at least every second time.'
		},
		{ author: 33, language: 'en', side: 'for', text: 'A telephone line is enough. Video is not needed to be heard.' }
	],
	'radio-y-telefono': [
		{
			author: 32,
			language: 'en',
			side: 'for',
			text: 'In our district the evening programme reaches three people in four. The web reaches one in ten.'
		},
		{
			author: 30,
			language: 'es',
			side: 'for',
			text: 'Y en la lengua de la zona: las preguntas se entienden de otra manera cuando las hace un vecino.'
		}
	],
	'response-teams': [
		{
			author: 32,
			language: 'en',
			side: 'for',
			text: 'Training is cheap. Keeping the trained people in the public service is not; the fund should pay for that too.'
		},
		{
			author: 5,
			language: 'en',
			side: 'neutral',
			text: 'Who would run it? There are already several programmes that do not know of each other.'
		}
	],
	'fazhanzhong-guojia': [
		{
			author: 49,
			language: 'fr',
			side: 'for',
			text: 'Trois pays de notre région partagent désormais un seul expert entre Genève et la capitale. Le siège existe, la personne manque.'
		},
		{ author: 9, language: 'zh', side: 'for', text: '同意。会议文件提前六周发出,比增加一个席位更有帮助。' }
	],
	'six-langues': [
		{
			author: 16,
			language: 'ru',
			side: 'for',
			text: 'Перевод через месяц после открытия означает, что половина срока уже прошла.'
		},
		{ author: 44, language: 'es', side: 'for', text: 'Y que las respuestas también se traduzcan, no solo las preguntas.' }
	],
	'kriticheskaya-infrastruktura': [
		{ author: 35, language: 'fr', side: 'neutral', text: 'Connaître les points vitaux, oui ; en publier la liste, non.' }
	],
	'registre-rencontres': [
		{
			author: 14,
			language: 'en',
			side: 'against',
			text: 'We have nothing to hide, but a register of every telephone call will move the calls elsewhere.'
		},
		{
			author: 28,
			language: 'fr',
			side: 'for',
			text: 'Un registre ne dit pas ce qui s’est dit, seulement que l’on s’est vu. C’est peu, et c’est utile.'
		}
	]
};
