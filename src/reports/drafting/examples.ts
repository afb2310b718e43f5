import type { Tally } from '#agreement/cells.ts';
import { levelOfIdea } from '#agreement/level.ts';
import type { Figures, OfIdea, Voice } from '#agreement/figures.ts';
import type { Material } from '#reports/drafting/material.ts';

const tally = (agree: number, disagree: number, pass = 0): Tally => ({ agree, disagree, pass });

const thresholds = { heard: 5, majority: 0.5, most: 2 / 3, groups: ['governments', 'academia'] };

function idea(question: string, all: Tally, groups: Record<string, Tally>): OfIdea {
	const people = all.agree + all.disagree + all.pass;
	const shown = Object.entries(groups).map(([key, said]) => ({ dimension: 'group' as const, key, ...said }));
	const { level, score, opposedBy, notHeardFrom } = levelOfIdea(shown, thresholds)!;
	return {
		...{ question, language: 'en', ...all, people, agreeShare: Math.round((1000 * all.agree) / people) / 1000 },
		comments: { for: 1, against: 0, neutral: 0 },
		stances: { raises: 0, supports: 1, opposes: 0 },
		stancesByGroup: { academia: { raises: 0, supports: 1, opposes: 0 } },
		cells: { group: groups, region: {}, assurance: {} },
		level: { level, score: Math.round(score / 100) / 10_000, opposedBy, notHeardFrom }
	};
}

/**
 * One idea agreed widely (1), one blocked by governments (2), one rejected (3), one divided and unheard (4), one with too few people, but
 * taken up in three texts (5).
 */
export function someFigures(): Figures {
	const voice: Voice = { people: 12, contributions: 9, words: 400, ideas: 3, opinions: 80, stances: 2 };
	return {
		form: 1,
		overall: {
			...{ people: 41, opinions: 129, agree: 73, disagree: 54, pass: 2, ideas: 5, comments: 5, submissions: 2 },
			...{ words: 1234, passages: 3, stances: 5, countries: 12, languages: 2 }
		},
		questions: { q1: { ideas: 5, opinions: 129, comments: 5 } },
		ideas: {
			1: idea('q1', tally(27, 2, 1), { governments: tally(8, 2), academia: tally(9, 1) }),
			2: idea('q1', tally(20, 9, 1), { governments: tally(2, 8), academia: tally(10, 0) }),
			3: idea('q1', tally(3, 27), { governments: tally(1, 9), academia: tally(1, 9) }),
			4: idea('q1', tally(15, 15), { academia: tally(5, 5) }),
			5: {
				...idea('q1', tally(8, 1), { governments: tally(8, 1) }),
				stances: { raises: 1, supports: 0, opposes: 2 },
				stancesByGroup: {
					academia: { raises: 0, supports: 0, opposes: 2 },
					governments: { raises: 1, supports: 0, opposes: 0 }
				}
			}
		},
		balance: {
			group: { governments: voice, academia: voice, 'civil-society': null },
			region: { african: voice },
			assurance: { browser: voice },
			channel: { web: { ...voice, opinions: null } },
			language: { en: { ...voice, opinions: null } }
		},
		mostActive: {
			author: { contributions: 0.2, words: 0.594, opinions: 0.05 },
			organisation: { contributions: 0.2, words: 0.594, opinions: 0 }
		},
		thresholds
	};
}

export function someMaterial(): Material {
	const shown = (text: string) => ({ text, language: 'en', isWanted: true });
	const passage = {
		passageId: 'p1',
		stance: 'supports',
		quote: 'Whoever consults should answer.',
		language: 'en',
		submission: 3
	} as const;
	return {
		topicId: 't',
		title: shown('Public policy'),
		institution: shown('The Union'),
		convenor: shown('The Secretary-General'),
		contactEmail: 'talks@example.org',
		stages: [
			{
				stageId: 's1',
				name: shown('Ideas'),
				opensAt: new Date('2013-10-08T16:15:00Z'),
				closesAt: new Date('2013-10-20T22:00:00Z'),
				zone: 'Europe/Zurich'
			},
			{
				stageId: 's2',
				name: shown('Comments'),
				opensAt: new Date('2013-10-20T22:00:00Z'),
				closesAt: new Date('2013-11-03T23:00:00Z'),
				zone: 'Europe/Zurich'
			}
		],
		questions: [{ questionId: 'q1', number: 1, text: shown('What should governments do?') }],
		deliverables: [
			{ deliverableId: 'd1', title: shown('Information Document'), addressee: shown('the Council'), deadline: '2013-11-11' }
		],
		snapshot: { snapshotId: 'snapshot', takenAt: new Date('2013-10-22T10:00:00Z'), figures: someFigures() },
		zone: 'Europe/Zurich',
		ideas: new Map([
			[1, { ideaId: 'i1', point: 'Answer those whom you ask', language: 'en', passages: [passage] }],
			[2, { ideaId: 'i2', point: '政府应当公开数据', language: 'zh', passages: [] }],
			[3, { ideaId: 'i3', point: 'Nobody may be anonymous. Nobody!', language: 'en', passages: [] }],
			[4, { ideaId: 'i4', point: 'Draw lots', language: 'en', passages: [] }],
			[
				5,
				{
					ideaId: 'i5',
					point: 'Meet every month',
					language: 'en',
					passages: [{ ...passage, passageId: 'p5', stance: 'opposes' }]
				}
			]
		]),
		nameOf: (_, key) => (key === 'governments' ? 'Governments' : 'Academia')
	};
}
