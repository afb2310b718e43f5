import type { ExampleIdea } from './idea.ts';

export const english: readonly ExampleIdea[] = [
	{
		key: 'enabling-framework',
		question: 'role',
		author: 1,
		point: 'Governments should offer an enabling framework for dialogue and cooperation, and not decide its outcome beforehand.',
		explanation:
			'A framework says who may speak, by when, and what happens with what was said. Everything else is for those who take part.',
		reception: 'consensus'
	},
	{
		key: 'public-interest',
		question: 'role',
		author: 22,
		point: 'It is for governments to make sure that the public interest is heard where private agreements shape the Internet.',
		reception: 'welcome'
	},
	{
		key: 'human-rights-test',
		question: 'role',
		author: 21,
		point: 'Test every Internet policy against human rights before it is adopted, and publish the test.',
		explanation: 'Two pages are enough: which rights are touched, who was asked, which milder means were considered.',
		reception: 'consensus'
	},
	{
		key: 'equal-footing',
		question: 'role',
		author: 31,
		point: 'Governments should take part on an equal footing with all other stakeholders, without a veto.',
		reception: { blockedBy: ['governments'] }
	},
	{
		key: 'final-say',
		question: 'role',
		author: 2,
		point: 'In matters of international public policy governments should have the final say, after hearing everyone.',
		explanation: 'They answer to parliaments and to citizens for the outcome. Whoever answers must also be able to decide.',
		reception: { wantedBy: ['governments', 'intergovernmental'] }
	},
	{
		key: 'treaty',
		question: 'role',
		author: 3,
		point: 'States should negotiate a binding treaty on the Internet within five years.',
		reception: 'rejected'
	},
	{
		key: 'stable-rules',
		question: 'role',
		author: 11,
		point: 'Give legal certainty: few rules, stable for years, written only after consultation.',
		reception: 'consensus'
	},
	{
		key: 'only-where-failed',
		question: 'role',
		author: 12,
		point: 'Governments should step in only where self-regulation has demonstrably failed.',
		reception: { wantedBy: ['private-sector', 'technical-community'] }
	},
	{
		key: 'mutual-help',
		question: 'issues',
		author: 4,
		point: 'Lead cooperation against cyber-attacks: one contact point in each country, shared warnings, help across borders.',
		reception: 'consensus'
	},
	{
		key: 'response-teams',
		question: 'issues',
		author: 47,
		point: 'Set up a fund so that every developing country has a working incident response team.',
		explanation: 'A team needs five trained people, a room and a telephone that is answered at night. Few budgets would notice.',
		reception: 'welcome'
	},
	{
		key: 'exercised-plans',
		question: 'issues',
		author: 32,
		point: 'Exchange points, national domains and sea cables need plans for failure that are exercised every year.',
		reception: { unheardFrom: ['academia', 'intergovernmental'] }
	},
	{
		key: 'accessible-by-law',
		question: 'issues',
		author: 23,
		point: 'Public websites and services must be accessible to persons with disabilities, by law and by a date.',
		reception: 'consensus'
	},
	{
		key: 'count-requests',
		question: 'issues',
		author: 24,
		point: 'Each government should publish every year how often it asked for data to be handed over or content to be removed.',
		reception: { blockedBy: ['governments'] }
	},
	{
		key: 'filters-last',
		question: 'issues',
		author: 25,
		point: 'To protect children online, begin with schools and parents; filters come last.',
		reception: 'divided'
	},
	{
		key: 'real-names',
		question: 'issues',
		author: 5,
		point: 'People should show their real name on public platforms.',
		reception: 'rejected'
	},
	{
		key: 'affordable',
		question: 'issues',
		author: 26,
		point:
			'An entry-level connection should cost no more than five per cent of an average monthly income, and governments should report on it.',
		reception: 'welcome'
	},
	{
		key: 'no-mass-surveillance',
		question: 'issues',
		author: 27,
		point: 'Rule out the surveillance of whole populations by international agreement.',
		reception: { blockedBy: ['governments'] }
	},
	{
		key: 'remote-floor',
		question: 'interaction',
		author: 33,
		point: 'Whoever joins a meeting from afar should be able to take the floor, not only to listen.',
		reception: 'consensus'
	},
	{
		key: 'open-documents',
		question: 'interaction',
		author: 28,
		point: 'Publish all working documents, drafts and comments without a password.',
		reception: { blockedBy: ['governments', 'intergovernmental'] }
	},
	{
		key: 'answer-back',
		question: 'interaction',
		author: 29,
		point: 'Whoever consults should answer: what was taken up, what was not, and why.',
		reception: 'consensus'
	},
	{
		key: 'travel-fund',
		question: 'interaction',
		author: 48,
		point: 'Pay the travel of participants from least developed countries and from organisations with fewer than ten staff.',
		reception: 'welcome'
	},
	{
		key: 'two-pages',
		question: 'interaction',
		author: 13,
		point: 'Open each consultation with two pages in plain language on what can still be changed.',
		reception: 'consensus'
	},
	{
		key: 'sixty-days',
		question: 'interaction',
		author: 14,
		point: 'Leave at least sixty days to answer a consultation; associations must ask their members first.',
		reception: 'divided'
	},
	{
		key: 'co-chairs',
		question: 'interaction',
		author: 34,
		point: 'Give every working group two chairs from two different stakeholder groups, changing each year.',
		reception: { blockedBy: ['governments'] }
	}
];
