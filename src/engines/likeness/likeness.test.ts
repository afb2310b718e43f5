import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { wordsInOrder } from '#languages/searching.server.ts';
import { samePointsProposed } from './likeness.ts';
import { Nearest } from './nearest.ts';
import type { Column } from './opinions.ts';
import { probableSamePoints } from './same-points.ts';
import type { Text } from './text.ts';
import { themesOf } from './themes.ts';

function texts(...given: (string | [text: string, language: string])[]): Text[] {
	return given.map((one, at) => {
		const [text, language] = typeof one === 'string' ? [one, 'en'] : one;
		return { idea: at + 1, language, text, words: wordsInOrder(text, language), isTranslation: false };
	});
}

/** Of the first two texts. */
function proposal(...given: Parameters<typeof texts>) {
	return probableSamePoints(texts(...given), 1).find(({ one, other }) => one === 1 && other === 2);
}

const beside = ['Open the archives of all courts', 'Plant trees along the motorway', 'Pay nurses in hospitals a fair wage'];

const same: [language: string, one: string, other: string][] = [
	['en', 'Governments should publish their budgets', 'The government must publish its budget'],
	['en', 'In rural areas, fund public libraries generously', 'Fund public libraries generously in rural areas'],
	['en', 'Protect the personal data of every citizen', 'Protect the personla data of every citizn'],
	['fr', 'Les gouvernements devraient publier leurs budgets', 'Le gouvernement doit publier son budget'],
	['es', 'Los gobiernos deben publicar los presupuestos', 'El gobierno debe publicar su presupuesto'],
	['ru', 'Правительства должны публиковать бюджеты', 'Правительство должно публиковать бюджет'],
	['zh', '政府应该公布预算的内容', '政府必须公布预算内容'],
	['ar', 'ينبغي للحكومات نشر ميزانياتها السنوية', 'ينبغي للحكومات نشر ميزانياتها السنوية أيضا']
];
for (const [language, one, other] of same) {
	test(`says the same for sure: ${one}`, () => {
		assert.equal(proposal([one, language], [other, language], ...beside)?.isSure, true);
	});
}

const different: [language: string, one: string, other: string][] = [
	['en', 'Governments should publish their budgets', 'Governments should not publish their budgets'],
	['en', 'Governments should publish their budgets', "Governments shouldn't publish their budgets"],
	['en', 'Publish all budgets within 30 days', 'Publish all budgets within 90 days'],
	['en', 'Publish all budgets within three months', 'Publish all budgets within nine months'],
	['en', 'Governments should publish their budgets', 'Companies should publish their budgets'],
	['en', 'Europe should learn farming from Africa', 'Africa should learn farming from Europe'],
	['en', 'The tax on bread is fair for families', 'The tax on bread is unfair for families'],
	['en', 'Publish the minutes before the meeting', 'Publish the minutes after the meeting'],
	['fr', 'L’État doit vendre les chemins de fer', 'L’État ne doit pas vendre les chemins de fer'],
	['fr', 'Il faut taxer le sucre et le sel', 'Il n’est jamais utile de taxer le sucre et le sel'],
	['es', 'Los gobiernos deben publicar los presupuestos', 'Los gobiernos no deben publicar los presupuestos'],
	['ru', 'Правительства должны публиковать бюджеты', 'Правительства не должны публиковать бюджеты'],
	['zh', '政府应该公布预算的内容', '政府不应该公布预算的内容'],
	['zh', '东部学校需要新的图书馆', '西部学校需要新的图书馆'],
	['ar', 'ينبغي للحكومات نشر ميزانياتها السنوية', 'لا ينبغي للحكومات نشر ميزانياتها السنوية']
];
for (const [language, one, other] of different) {
	test(`is not ticked beforehand: ${other}`, () => {
		assert.notEqual(proposal([one, language], [other, language], ...beside)?.isSure, true);
	});
}

test('one of which a third is said in other words is proposed, and not ticked', () => {
	const found = proposal(
		'Municipalities should lend bicycles to students for free in every district',
		'Towns should lend bicycles to pupils at no cost in every district',
		...beside
	);
	assert.deepEqual([found?.isSure, found?.evidence], [false, 'words']);
});

test('a translation is evidence of its own kind', () => {
	const given = texts(
		'Plant more trees along the roads',
		['Il faut planter davantage d’arbres le long des routes', 'fr'],
		...beside
	);
	const translated: Text = { ...given[0]!, idea: 2, isTranslation: true };
	const [first] = probableSamePoints([...given, translated], 1);
	assert.deepEqual([first?.one, first?.other, first?.evidence], [1, 2, 'translation']);
});

test('where languages differ and nothing is translated, the pattern of opinions is a hint, never sure', () => {
	const people = Uint32Array.from({ length: 40 }, (_, at) => at);
	const column = (idea: number, language: string, isAgreed: (person: number) => boolean): Column => ({
		...{ idea, language, people },
		values: Int8Array.from(people, (person) => (isAgreed(person) ? 1 : -1))
	});
	const columns = [
		column(1, 'en', (person) => person % 2 === 0),
		column(2, 'fr', (person) => person % 2 === 0 || person === 7),
		column(3, 'fr', (person) => person % 3 === 0),
		column(4, 'ru', () => true),
		column(5, 'ar', () => true)
	];
	const found = samePointsProposed({ texts: [], columns }, 1);
	assert.deepEqual(
		found.map(({ one, other, evidence, isSure }) => ({ one, other, evidence, isSure })),
		[{ one: 1, other: 2, evidence: 'opinions', isSure: false }]
	);
	const somewhatAlike = texts('Governments publish annual budgets', ['Les budgets publics annuels', 'fr']);
	assert.deepEqual(
		samePointsProposed({ texts: somewhatAlike, columns }, 1).map(({ one, other, evidence }) => ({ one, other, evidence })),
		[{ one: 1, other: 2, evidence: 'opinions' }],
		'a word in common does not hide the better evidence'
	);
});

test('the order in which texts come changes nothing, and no text at all is no error', () => {
	const words = fc.array(fc.constantFrom('water', 'schools', 'roads', 'taxes', 'trees', 'not', '30', 'fund', 'ban', 'rural'), {
		maxLength: 7
	});
	fc.assert(
		fc.property(fc.array(words, { maxLength: 25 }), (sentences) => {
			const given = texts(...sentences.map((some) => some.join(' ')));
			assert.deepEqual(probableSamePoints([...given].reverse(), 3), probableSamePoints(given, 3));
			assert.deepEqual(themesOf([...given].reverse(), 3), themesOf(given, 3));
		}),
		{ numRuns: 40 }
	);
});

test('themes bring together what is about the same matter, and are named by its words', () => {
	const matters = [
		'schools teachers pupils lessons exams books',
		'rivers water wells pumps dams floods',
		'trains stations tickets railways buses trams'
	];
	const given = texts(
		...Array.from({ length: 90 }, (_, at) => {
			const own = matters[at % 3]!.split(' ');
			const word = (step: number) => own[(Math.floor(at / 3) * step + (at % (step + 2))) % 6];
			return `More ${word(1)} and ${word(5)} with ${word(7)} for the ${['north', 'south', 'west', 'east', 'coast'][(at * 7) % 5]}`;
		})
	);
	const themes = themesOf(given, 1);
	assert.deepEqual(
		themes.map(({ ideas }) => [...new Set(ideas.map((idea) => (idea - 1) % 3))]),
		[[0], [1], [2]]
	);
	for (const [at, { label }] of themes.entries())
		assert.ok(
			label.slice(0, 2).every((word) => matters[at]!.includes(word)),
			label.join()
		);
});

test('languages have themes of their own, and too few ideas have none', () => {
	const english = Array.from({ length: 20 }, (_, at) => `${['schools teachers', 'water wells'][at % 2]} number ${at}`);
	const themes = themesOf(texts(...english, ['школы и учителя', 'ru'], ['вода', 'ru']), 1);
	assert.deepEqual([...new Set(themes.map(({ language }) => language))], ['en']);
});

test('the nearest idea has most of what was typed, and says little beside it', () => {
	const nearest = new Nearest();
	nearest.add(1, ['schools', 'school', 'rural', 'water']);
	nearest.add(2, ['schools', 'school', 'rural', 'teachers', 'lessons', 'bread', 'salt', 'trains']);
	nearest.add(3, ['schools', 'school', 'rural']);
	nearest.add(4, ['bread']);
	assert.deepEqual(
		nearest.closest([['schools', 'school'], ['rural'], ['the']], 5).map(({ idea }) => idea),
		[3, 1, 2]
	);
	assert.deepEqual(nearest.closest([['nothing']], 5), []);
});

test('an idea that was worded anew is near by its words of now alone', () => {
	const nearest = new Nearest();
	nearest.add(1, ['schools', 'rural', 'the']);
	nearest.add(2, ['schools', 'bread']);
	assert.equal(nearest.renew(1, ['schools', 'rural']), false, 'words that say nothing are not kept');
	assert.deepEqual([nearest.renew(1, ['salt', 'bread']), nearest.renew(3, ['salt'])], [true, false]);
	const near = (word: string) => nearest.closest([[word]], 5).map(({ idea }) => idea);
	assert.deepEqual([near('schools'), near('rural'), near('salt'), near('bread')], [[2], [], [1], [2, 1]]);
});
