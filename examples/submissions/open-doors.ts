import type { ExampleSubmission } from './submission.ts';

export const openDoors: ExampleSubmission = {
	key: 'open-doors',
	language: 'en',
	author: 23,
	organisation: 'open-doors',
	sector: 'Civil society',
	region: 'India',
	title: 'Access is not a feature',
	abstract:
		'Sixty-one organisations of persons with disabilities ask for a duty, a date, a public test and captions at every meeting.',
	passages: [
		{
			quote: 'Public websites and public services must be accessible by law, and the law must name a date.',
			stances: [['raises', 'accessible-by-law']]
		},
		{
			quote: 'An entry-level connection that costs a tenth of the monthly income is no connection at all',
			stances: [['supports', 'affordable']]
		},
		{
			quote: 'Involving people at the beginning costs less than repairing at the end',
			stances: [
				['supports', 'dhawi-al-iaqa'],
				['supports', 'misma-mesa']
			]
		},
		{
			quote: 'Whoever takes part from afar has the right to speak and not only to listen',
			stances: [['supports', 'remote-floor']]
		},
		{
			quote: 'Whoever consults should answer in writing what was taken up, what was not, and for what reason.',
			stances: [['raises', 'answer-back']]
		},
		{
			quote: 'an association that must ask its members, some of whom read with their fingers, needs more than a month',
			stances: [['supports', 'sixty-days']]
		},
		{ quote: 'For many of our members the pseudonym is the ramp.', stances: [['opposes', 'real-names']] }
	]
};
