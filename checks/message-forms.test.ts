import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from './message-forms.ts';
import { planted } from './planting.ts';
import { project } from './reporting.ts';

const six = (said: Record<string, string>) =>
	Object.fromEntries(
		['en', 'fr', 'es', 'ru', 'zh', 'ar'].map((language) => [
			`src/languages/messages/${language}.json`,
			JSON.stringify(said[language] === undefined ? {} : { 'a.b': said[language] })
		])
	);

test('every message is well formed and complete', () => {
	assert.deepEqual(problems(project), []);
});

test('a missing plural form is found', () => {
	const en = '{n, plural, one {# idea} other {# ideas}}';
	assert.deepEqual(planted([], six({ en, ru: '{n, plural, one {# идея} few {# идеи} other {# идей}}' }), problems), [
		'ru: a.b lacks the plural form many'
	]);
});

test('a lost value, a lost tag, another choice and a broken message are found', () => {
	const en = '{who, select, me {I} other {They}} read <b>{name}</b>.';
	assert.deepEqual(planted([], six({ en, fr: '{who, select, moi {Je} other {On}} lis {nom}.', es: 'Leen {name' }), problems), [
		'fr: a.b lacks {<b>}',
		'fr: a.b lacks {name}',
		'fr: a.b has {nom}, which English has not',
		'fr: a.b lacks {who: me}',
		'fr: a.b has {who: moi}, which English has not',
		'es: a.b is not ICU MessageFormat: SyntaxError: EXPECT_ARGUMENT_CLOSING_BRACE'
	]);
});

test('a French mark at which a line may break is found', () => {
	const fr = 'Son « nom » : le voici ; bien ?';
	assert.deepEqual(planted([], six({ en: 'Its “name”', fr }), problems), [
		'fr: a.b may break a line before a mark: it wants a hard space'
	]);
	assert.deepEqual(planted([], six({ en: 'Its “name”', fr: fr.replace(/ (?=[:;?»])|(?<=«) /g, '\u00A0') }), problems), []);
});

test('a doubled hard space is found', () => {
	assert.deepEqual(planted([], six({ en: 'Its “name”', fr: 'Son «\u00A0\u00A0nom\u00A0»' }), problems), [
		'fr: a.b has two hard spaces in a row'
	]);
});
