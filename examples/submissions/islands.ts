import type { ExampleSubmission } from './submission.ts';

export const islands: ExampleSubmission = {
	key: 'islands',
	language: 'en',
	author: 2,
	organisation: 'islands',
	sector: 'Government',
	region: 'Fiji',
	title: 'The view from a small delegation',
	abstract:
		'Two people who cover five subjects for three hundred and thirty islands on responsibility, resilience, and one list of speakers.',
	passages: [
		{
			quote:
				'A government remains responsible when something breaks, and whoever carries the responsibility must be able to decide.',
			stances: [['raises', 'final-say']]
		},
		{
			quote:
				'we cannot agree that governments should sit at the table in exactly the same capacity as everybody else and without the possibility to say no',
			stances: [['opposes', 'equal-footing']]
		},
		{ quote: 'The roles ought to be agreed subject by subject.', stances: [['supports', 'tema-por-tema']] },
		{ quote: 'We do not support the negotiation of a general treaty.', stances: [['opposes', 'treaty']] },
		{
			quote: 'Small states should be able to speak with one voice through their regional organisation, and still keep their own',
			stances: [['supports', 'petits-etats']]
		},
		{
			quote: 'those plans have to be tried out every year with the people who would be on duty',
			stances: [['supports', 'exercised-plans']]
		},
		{
			quote: 'A fund for response teams in developing countries should allow several small countries to share one team',
			stances: [['supports', 'response-teams']]
		},
		{ quote: 'We could agree to figures for a region, or to ranges.', stances: [['opposes', 'count-requests']] },
		{ quote: 'The target of five per cent is right', stances: [['supports', 'affordable']] },
		{ quote: 'Please let the remote list and the list in the room be one list.', stances: [['supports', 'remote-floor']] },
		{ quote: 'working notes should be allowed to ripen for a few weeks', stances: [['opposes', 'open-documents']] },
		{
			quote: 'the evening programme brought us two hundred answers by telephone in three days, and our web form brought six',
			stances: [['supports', 'radio-y-telefono']]
		}
	]
};
