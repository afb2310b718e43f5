import type { ExampleSubmission } from './submission.ts';

export const northlight: ExampleSubmission = {
	key: 'northlight',
	language: 'en',
	author: 11,
	organisation: 'northlight',
	sector: 'Private sector',
	region: 'Norway',
	title: 'Rules that outlast networks',
	abstract:
		'An operator in nine countries asks for few and stable rules, a contact point that answers at night, and two plain pages before each consultation.',
	passages: [
		{
			quote:
				'What we need most of all is legal certainty: few rules, stable for years, and written only after everybody concerned was asked.',
			stances: [['raises', 'stable-rules']]
		},
		{
			quote: 'Governments should offer the framework in which others can talk and build',
			stances: [['supports', 'enabling-framework']]
		},
		{
			quote: 'Governments should step in where self-regulation was tried and has failed',
			stances: [['raises', 'only-where-failed']]
		},
		{
			quote: 'One contact point in each country that answers at night would help us more than any treaty.',
			stances: [
				['supports', 'mutual-help'],
				['opposes', 'treaty']
			]
		},
		{ quote: 'We have learnt more from two exercises than from ten audits.', stances: [['supports', 'exercised-plans']] },
		{
			quote: 'It would be natural that governments publish their own count, so that the two can be compared.',
			stances: [['supports', 'count-requests']]
		},
		{ quote: 'a detailed law fixes the traffic of today', stances: [['opposes', 'neutralidad']] },
		{
			quote: 'A register of telephone calls, on the other hand, will count calls and miss influence.',
			stances: [['opposes', 'registre-rencontres']]
		},
		{
			quote:
				'Two pages in plain language on what can still be changed would save us, and we believe the authority too, several weeks each time.',
			stances: [['raises', 'two-pages']]
		},
		{ quote: 'We do not recommend that they be made compulsory.', stances: [['supports', 'filters-last']] }
	]
};
