import assert from 'node:assert/strict';
import test from 'node:test';
import { comments, type ExampleComment } from './comments.ts';
import { groupKeys } from './institution.ts';
import { ideas } from './ideas/ideas.ts';
import { opinionsOfThePeople } from './opinions.ts';
import { people } from './people.ts';
import { textOf } from './submissions/submission.ts';
import { submissions } from './submissions/submissions.ts';
import { syntheticTalk } from './synthetic.ts';

const keys = new Set(ideas.map((idea) => idea.key));

test('there are fifty people of six groups, and sixty-two ideas in six languages, each with its own name', () => {
	assert.equal(people.length, 50);
	assert.deepEqual(
		groupKeys.map((group) => people.filter((person) => person.groups.includes(group)).length),
		[9, 9, 10, 10, 8, 6]
	);
	assert.equal(keys.size, ideas.length);
	assert.deepEqual(
		['en', 'fr', 'es', 'ru', 'zh', 'ar'].map((language) => ideas.filter((idea) => idea.language === language).length),
		[24, 9, 9, 7, 6, 7]
	);
	assert.deepEqual(
		ideas.filter((idea) => [...idea.point].length > 200 || !people[idea.author - 1]),
		[]
	);
});

test('every quoted passage stands exactly once in its submission, and speaks to ideas that exist', () => {
	for (const submission of submissions) {
		const text = textOf(submission);
		for (const { quote, stances } of submission.passages) {
			assert.equal(text.split(quote).length - 1, 1, `${submission.key}: ${quote}`);
			assert.deepEqual(
				stances.filter(([, idea]) => !keys.has(idea)),
				[]
			);
		}
	}
});

test('comments stand under ideas that exist, at most three answers deep, by people who exist', () => {
	const depth = (comment: ExampleComment): number => 1 + Math.max(0, ...(comment.answers ?? []).map(depth));
	const authors = (comment: ExampleComment): number[] => [comment.author, ...(comment.answers ?? []).flatMap(authors)];
	const all = Object.values(comments).flat();
	assert.deepEqual(
		Object.keys(comments).filter((key) => !keys.has(key)),
		[]
	);
	assert.equal(Math.max(...all.map(depth)), 3);
	assert.ok(all.flatMap(authors).every((author) => people[author - 1]));
});

test('the opinions are the same at each loading, and show consensus, a blocked idea, a divided one and an unheard group', () => {
	const opinions = opinionsOfThePeople();
	assert.deepEqual(opinionsOfThePeople(), opinions);
	const agreement = (idea: string, group: string) => {
		const given = opinions.filter(
			(opinion) => opinion.idea === idea && people[opinion.person - 1]!.groups.some((of) => of === group)
		);
		return [given.filter((opinion) => opinion.value === 1).length, given.length];
	};
	const shareOfAll = (idea: string) => {
		const given = opinions.filter((opinion) => opinion.idea === idea);
		return given.filter((opinion) => opinion.value === 1).length / given.length;
	};
	assert.ok(shareOfAll('answer-back') > 0.85);
	assert.ok(shareOfAll('real-names') < 0.3);
	const [agree, all] = agreement('equal-footing', 'governments');
	assert.ok(agree! / all! < 0.3 && shareOfAll('equal-footing') > 0.6);
	assert.deepEqual(agreement('exercised-plans', 'academia'), [0, 0]);
});

test('the synthetic talk has the size that it promises, and the same content for the same seed', () => {
	const talk = syntheticTalk();
	assert.deepEqual([talk.people.length, talk.ideas.length, new Set(talk.ideas.map((idea) => idea.point)).size], [2000, 120, 120]);
	assert.ok(talk.opinions.length > 55_000 && talk.opinions.length < 70_000, String(talk.opinions.length));
	assert.deepEqual(syntheticTalk(), talk);
	assert.notDeepEqual(syntheticTalk(43).opinions, talk.opinions);
	assert.equal(new Set(talk.opinions.map((opinion) => `${opinion.person} ${opinion.idea}`)).size, talk.opinions.length);
});
