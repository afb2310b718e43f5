import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from './messages-translated.ts';
import { planted } from './planting.ts';
import { project } from './reporting.ts';

test('no message was left in English', () => {
	assert.deepEqual(problems(project), []);
});

test('a message left in English, and a reason that is needed no more, are found', () => {
	const files = Object.fromEntries(
		['en', 'fr', 'es', 'ru', 'zh', 'ar'].map((language) => [
			`src/languages/messages/${language}.json`,
			JSON.stringify({
				'a.actions': 'Actions',
				'a.of': '{shown} / {all}',
				'a.open': language === 'es' || language === 'en' ? 'Open' : `Open in ${language}`
			})
		])
	);
	const listed = { 'fr Actions': 'the same word', 'fr Open': 'no longer true' };
	assert.deepEqual(
		planted([], files, (folder) => problems(folder, listed)),
		[
			'es: a.actions says the same as English',
			'es: a.open says the same as English',
			'ru: a.actions says the same as English',
			'zh: a.actions says the same as English',
			'ar: a.actions says the same as English',
			'"fr Open" is listed in checks/messages-translated.ts and no longer needed'
		]
	);
});
