import type { ExampleIdea } from './idea.ts';

export const russian: readonly ExampleIdea[] = [
	{
		key: 'pravovaya-osnova',
		question: 'role',
		author: 38,
		point: 'Государство отвечает за правовую основу, а технические решения принимают те, кто эксплуатирует сети.',
		reception: { blockedBy: ['governments'] }
	},
	{
		key: 'soglasovannye-pravila',
		question: 'role',
		author: 16,
		point:
			'Правительствам стоит согласовать между собой основные правила, чтобы небольшой компании не приходилось соблюдать сто разных законов.',
		reception: 'welcome'
	},
	{
		key: 'kriticheskaya-infrastruktura',
		question: 'issues',
		author: 8,
		point: 'Государство должно знать, какие узлы сети жизненно важны для страны, и отвечать за их защиту.',
		reception: 'welcome'
	},
	{
		key: 'rassledovaniya',
		question: 'issues',
		author: 45,
		point: 'Нужен общий порядок взаимной помощи при расследовании киберпреступлений: ответ за дни, а не за месяцы.',
		reception: { unheardFrom: ['civil-society'] }
	},
	{
		key: 'starshee-pokolenie',
		question: 'issues',
		author: 23,
		point: 'Учить пожилых людей пользоваться сетью бесплатно — в библиотеках и на почте, где им привычно.',
		reception: 'consensus'
	},
	{
		key: 'otkrytye-vstrechi',
		question: 'interaction',
		author: 45,
		point: 'Вести открытые стенограммы встреч и публиковать их в течение недели.',
		reception: 'welcome'
	},
	{
		key: 'punkt-svyazi',
		question: 'interaction',
		author: 17,
		point: 'В каждом министерстве должен быть человек, которому можно написать о политике в области Интернета и получить ответ.',
		reception: 'consensus'
	}
];
