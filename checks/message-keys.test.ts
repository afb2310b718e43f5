import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from './message-keys.ts';
import { planted } from './planting.ts';
import { project } from './reporting.ts';

const messages = 'src/languages/messages';

test('every language has the same messages', () => {
	assert.deepEqual(problems(project), []);
});

test('a message that a language lacks, has alone, has twice or out of order is found', () => {
	const six = Object.fromEntries(
		['en', 'fr', 'es', 'ru', 'zh', 'ar'].map((language) => [`${messages}/${language}.json`, '{\n\t"a.b": "",\n\t"a.c": ""\n}\n'])
	);
	assert.deepEqual(planted([], six, problems), []);
	const fr = '{\n\t"a.c": "",\n\t"a.c": "",\n\t"a.a": ""\n}\n';
	assert.deepEqual(planted([], { ...six, [`${messages}/fr.json`]: fr }, problems), [
		`${messages}/fr.json lacks a.b`,
		`${messages}/fr.json has a.a, which English has not`,
		`${messages}/fr.json has a.c twice`,
		`${messages}/fr.json has a.a out of order`
	]);
});
