import assert from 'node:assert/strict';
import test from 'node:test';
import type { Figures, OfIdea } from '#agreement/figures.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { languageCodes } from '#languages/languages.ts';
import { remarksIn, keyOf, type Paragraph, type SourceStates } from '#reports/checking.ts';
import { agreedWidely, blocked, divided, rejected, takenUp, unheard } from '#reports/drafting/choosing.ts';
import { drafted } from '#reports/drafting/drafting.ts';
import { someFigures, someMaterial } from '#reports/drafting/examples.ts';
import { carriedOver, unsourced, wordsAt, type Words } from '#reports/paragraph.ts';

const en = speakerOf('en');
const aParagraph = { paragraphId: 'p', number: 1, version: 2, section: 'contested', origin: 'edited' } as const;
const origin = { kind: 'topic', thingId: 'the topic', pointer: null, quote: null } as const;

test('a sentence that stayed keeps its source, wherever it moved; an added one rests on nothing', () => {
	const before: Words = {
		kind: 'text',
		language: 'en',
		text: 'Fifty people came. They agreed.',
		sources: [
			{ ...origin, starts: 0, ends: 5 },
			{ ...origin, starts: 19, ends: 31 }
		]
	};
	const text = 'It rained. Fifty people came. They agreed.';
	const after = { ...before, text, sources: carriedOver(before, text) };
	assert.deepEqual(
		after.sources.map((source) => wordsAt(text, source)),
		['Fifty', 'They agreed.']
	);
	assert.deepEqual(
		unsourced(after).map((span) => wordsAt(text, span)),
		['It rained.']
	);
});

test('a sentence rewritten in its place keeps what it rested on, so that it can be checked', () => {
	const before: Words = {
		kind: 'text',
		language: 'en',
		text: 'First. 40 of 43 people agree. Last.',
		sources: [
			{ ...origin, starts: 7, ends: 9 },
			{ ...origin, starts: 13, ends: 15 }
		]
	};
	const text = 'First. A great majority, 40 of 44, agrees. Last.';
	assert.deepEqual(
		carriedOver(before, text).map((source) => wordsAt(text, source)),
		['40', 'A great majority, 40 of 44, agrees.']
	);
});

test('quoted words of several sentences stay one quotation when another word of the paragraph is changed', () => {
	const quote = 'Publish the budget. All of it. 2 times a year';
	const text = `Idea 3, “${quote}”: 27 of 30 people agree. It came late.`;
	const starts = text.indexOf(quote);
	const source = { ...origin, kind: 'idea', quote, starts, ends: starts + quote.length } as const;
	const before: Words = { kind: 'text', language: 'en', text, sources: [source] };
	const carried = (words: string) => carriedOver(before, words).map((one) => wordsAt(words, one));
	assert.deepEqual(carried(text.replace('It came late', 'It came last')), [quote]);
	assert.deepEqual(carried(`Much was said. ${text}`), [quote]);
	assert.deepEqual(carried(text.replace('27 of 30 people', 'Nearly all')), [quote]);
	assert.deepEqual(carried(text.replace('It came late.', '')), [quote]);
	// what was changed is held against all of it
	const reworded = text.replace('All of it', 'Most of it');
	assert.deepEqual(carried(reworded), ['Publish the budget. Most of it. 2 times a year”: 27 of 30 people agree.']);
	const states: SourceStates = new Map([[keyOf(source), { isSeen: true, words: quote }]]);
	const remarks = (words: string) => {
		const paragraph = { ...before, text: words, sources: carriedOver(before, words), ...aParagraph };
		return remarksIn([paragraph], states, {}, en).map(({ code }) => code);
	};
	const late = text.replace('It came late.', '').trim();
	// that it came late rests on nothing
	assert.deepEqual([remarks(late), remarks(reworded)], [[], ['unsourced', 'altered']]);
});

test('spans are counted in code points', () => {
	const before: Words = {
		kind: 'text',
		language: 'en',
		text: 'Ann 👩🏽‍💻 came. Bo too.',
		sources: [{ ...origin, starts: 15, ends: 17 }]
	};
	assert.equal(wordsAt(before.text, before.sources[0]!), 'Bo');
	const text = '🌍 grows. Ann 👩🏽‍💻 came. Bo too.';
	assert.deepEqual(
		carriedOver(before, text).map((source) => wordsAt(text, source)),
		['Bo']
	);
});

test('the criteria choose ideas as they say', () => {
	const figures = someFigures();
	assert.deepEqual(
		agreedWidely(figures, 'q1').map(({ number }) => number),
		[1]
	);
	assert.deepEqual(
		rejected(figures, 'q1').map(({ number }) => number),
		[3]
	);
	assert.deepEqual(
		blocked(figures).map(({ idea, by }) => [idea.number, by.map(({ group }) => group)]),
		[[2, ['governments']]]
	);
	assert.deepEqual(
		divided(figures).map(({ number }) => number),
		[4]
	);
	assert.deepEqual(
		unheard(figures).map(({ idea, groups }) => [idea.number, groups]),
		[[4, ['governments']]]
	);
	assert.deepEqual(
		takenUp(figures, 'q1').map(({ number }) => number),
		[5]
	);
	assert.ok(!agreedWidely(figures, 'q1').some(({ number }) => number === 5), 'nine people are too few to speak of');
});

test('every sentence of a draft has a source, every quotation and figure is right, in each language', () => {
	for (const language of languageCodes) {
		const say = speakerOf(language);
		const material = someMaterial();
		const paragraphs = numbered(drafted(material, say));
		const remarks = remarksIn(paragraphs, allSeen(paragraphs), material.snapshot.figures, say);
		assert.deepEqual(
			remarks.map(({ code, words, expected }) => ({ language, code, words, expected })),
			[]
		);
		assert.ok(paragraphs.length > 30);
	}
});

test('the same material gives the same draft', () => {
	assert.deepEqual(drafted(someMaterial(), en), drafted(someMaterial(), en));
});

test('a draft says what it was made from', () => {
	const texts = drafted(someMaterial(), en).map(({ text }) => text);
	assert.ok(
		texts.includes('Idea 1, “Answer those whom you ask”: 27 of 30 people agree (90%). Level of support: Consensus.'),
		texts.join('\n')
	);
	const said = 'Idea 5, “Meet every month”: texts that raise it: 1; that support it: 0; that oppose it: 2.';
	assert.deepEqual(texts.slice(texts.indexOf(said) + 1).slice(0, 2), [
		'What longer texts say to idea 5, by the stakeholder group of their authors.',
		'Whoever consults should answer.'
	]);
	assert.ok(
		texts.includes(
			'Idea 2, “政府应当公开数据”: 20 of 30 people agree (67%). Of the group “Governments”, 2 agree and 8 disagree. Level of support: Divergence. Opposition by: Governments.'
		),
		texts.join('\n')
	);
	assert.ok(
		texts.includes(
			'One idea is agreed to by at least 60% of at least 10 people and yet opposed within a group, where at least 70% disagree.'
		)
	);
});

test('a draft says levels of support in the words of the page, with the thresholds beside them, and the check follows both', () => {
	const material = someMaterial();
	const drafts = drafted(material, en);
	const thresholds =
		'Thresholds of this talk: a group is heard from 5 people on who agree or disagree; it supports an idea when its whole 80% interval lies above 50%; strong support takes at least two thirds of the groups heard. The groups that count in this talk: Governments and Academia.';
	assert.deepEqual(
		drafts.filter(({ text }) => text === thresholds).map(({ section }) => section),
		['question-1', 'contested']
	);
	const idea = drafts.find(({ text }) => text.startsWith('Idea 4, ') && text.includes('Level'))!;
	assert.ok(idea.text.endsWith('Level of support: Divergence. Not enough heard from: Governments.'), idea.text);
	const lied = numbered(drafts).map((paragraph) => {
		const text = paragraph.text
			.replace('Level of support: Divergence', 'Level of support: Consensus')
			.replace('two thirds', 'half');
		return { ...paragraph, text, sources: carriedOver(paragraph, text) };
	});
	const remarks = remarksIn(lied, allSeen(lied), material.snapshot.figures, en).filter(({ code }) => code === 'figure');
	assert.deepEqual(
		remarks.map(({ expected }) => expected),
		['Divergence', 'two thirds', 'Divergence', 'Divergence', 'two thirds']
	);
});

test('the check names an unsourced sentence, a hidden source, an altered quotation and a wrong figure', () => {
	const material = someMaterial();
	const figures = material.snapshot.figures;
	const paragraphs = numbered(drafted(material, en));
	const edited = (of: (paragraph: Paragraph) => boolean, change: (text: string) => string) => {
		const all = paragraphs.map((paragraph) => {
			if (!of(paragraph)) return paragraph;
			const text = change(paragraph.text);
			return { ...paragraph, text, sources: carriedOver(paragraph, text) };
		});
		return remarksIn(all, allSeen(paragraphs), figures, en).map(({ code, words, expected }) => ({ code, words, expected }));
	};
	const agreed = (paragraph: Paragraph) => paragraph.text.startsWith('Idea 1, ');
	assert.deepEqual(
		edited(agreed, (text) => `${text} Everyone was happy.`),
		[{ code: 'unsourced', words: 'Everyone was happy.', expected: null }]
	);
	assert.deepEqual(
		edited(agreed, (text) => text.replace('27 of', '29 of')).map(({ code, expected }) => [code, expected]),
		[['figure', '27']]
	);
	assert.deepEqual(
		edited(agreed, (text) => text.replace('27 of 30', '127 of 30')).map(({ code, expected }) => [code, expected]),
		[['figure', '27']]
	);
	assert.deepEqual(
		edited(agreed, (text) => text.replace('whom you ask', 'who ask')).map(({ code, expected }) => [code, expected]),
		[['altered', 'Answer those whom you ask']]
	);
	assert.deepEqual(
		edited(
			(paragraph) => paragraph.kind === 'quotation' && paragraph.sources.some(({ thingId }) => thingId === 'p1'),
			(text) => text.replace('should', 'must')
		),
		[{ code: 'altered', words: 'Whoever consults must answer.', expected: 'Whoever consults should answer.' }]
	);
	const hidden = new Map(
		[...allSeen(paragraphs)].map(([key, state]) => [key, key === 'idea i1' ? { ...state, isSeen: false } : state])
	);
	assert.deepEqual(
		remarksIn(paragraphs, hidden, figures, en).map(({ code, words }) => [code, words]),
		[['hidden', 'Answer those whom you ask']]
	);
	const reworded = new Map(
		[...allSeen(paragraphs)].map(([key, state]) => [key, key === 'idea i1' ? { ...state, words: 'Answer people' } : state])
	);
	assert.deepEqual(
		remarksIn(paragraphs, reworded, figures, en).map(({ code, expected }) => [code, expected]),
		[['altered', 'Answer people']]
	);
	const other: Figures = {
		...material.snapshot.figures,
		ideas: { ...material.snapshot.figures.ideas, 1: { ...anIdeaOf(material.snapshot.figures), agree: 26 } }
	};
	assert.deepEqual(
		remarksIn(paragraphs, allSeen(paragraphs), other, en).map(({ code, words, expected }) => [code, words, expected]),
		[['figure', '27', '26']]
	);
});

function anIdeaOf(figures: Figures): OfIdea {
	return figures.ideas['1']!;
}

function numbered(drafts: readonly ReturnType<typeof drafted>[number][]): Paragraph[] {
	return drafts.map((draft, index) => ({
		...draft,
		paragraphId: `p${index + 1}`,
		number: index + 1,
		version: 1,
		origin: 'drafted'
	}));
}

function allSeen(paragraphs: readonly Paragraph[]): SourceStates {
	return new Map(
		paragraphs.flatMap(({ sources }) => sources.map((source) => [keyOf(source), { isSeen: true, words: source.quote }] as const))
	);
}
