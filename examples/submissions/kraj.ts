import type { ExampleSubmission } from './submission.ts';

export const kraj: ExampleSubmission = {
	key: 'kraj',
	language: 'ru',
	author: 45,
	organisation: 'kraj',
	sector: 'Academia',
	region: 'Армения',
	title: 'Пять замечаний о праве и сетях',
	abstract: 'Сравнение законов одиннадцати стран: цели вместо технологий, ответ за дни, проверка прав человека.',
	passages: [
		{
			quote: 'Государство отвечает за правовую основу, а технические решения должны приниматься теми, кто эксплуатирует сети.',
			stances: [['supports', 'pravovaya-osnova']]
		},
		{
			quote: 'Правительствам следовало бы согласовать хотя бы основные определения',
			stances: [['supports', 'soglasovannye-pravila']]
		},
		{ quote: 'Мы не считаем, что для этого необходим всеобъемлющий договор.', stances: [['opposes', 'treaty']] },
		{
			quote: 'Нужен общий порядок взаимной помощи, при котором ответ даётся за дни, а не за месяцы.',
			stances: [['raises', 'rassledovaniya']]
		},
		{ quote: 'Мы не нашли ни одного дела, которому публикация повредила бы.', stances: [['supports', 'count-requests']] },
		{
			quote:
				'Мы предлагаем проверять каждый акт о сети на соответствие правам человека до его принятия и публиковать результат проверки.',
			stances: [['supports', 'human-rights-test']]
		},
		{ quote: 'Мы возражаем против этой меры.', stances: [['opposes', 'real-names']] },
		{ quote: 'Стенограммы встреч следует публиковать в течение недели.', stances: [['raises', 'otkrytye-vstrechi']] },
		{ quote: 'Открывать обсуждение следует на всех официальных языках в один день', stances: [['supports', 'six-langues']] }
	]
};
