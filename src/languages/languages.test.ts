import assert from 'node:assert/strict';
import test from 'node:test';
import {
	acceptedLanguage,
	acceptedTags,
	directionOf,
	isLanguageTag,
	languageCodes,
	languageOfPath,
	languageTag,
	pathInLanguage,
	pathWithoutLanguage
} from '#languages/languages.ts';

test('the interface speaks six languages, English first', () => {
	assert.deepEqual(languageCodes, ['en', 'fr', 'es', 'ru', 'zh', 'ar']);
});

test('an address without a prefix is English, and only the five others are prefixes', () => {
	assert.deepEqual(['/', '/topics', '/fr', '/ar/topics/x', '/en/topics', '/france', '/xx/topics', ''].map(languageOfPath), [
		'en',
		'en',
		'fr',
		'ar',
		'en',
		'en',
		'en',
		'en'
	]);
	assert.deepEqual(['/', '/fr', '/fr/', '/fr?a=1', '/ar/topics/x?y#z', '/france', '/en/topics'].map(pathWithoutLanguage), [
		'/',
		'/',
		'/',
		'/?a=1',
		'/topics/x?y#z',
		'/france',
		'/en/topics'
	]);
});

test('an address is turned into another language and back without loss', () => {
	assert.equal(pathInLanguage('/fr/topics?page=2#idea', 'ar'), '/ar/topics?page=2#idea');
	assert.equal(pathInLanguage('/ar', 'en'), '/');
	assert.equal(pathInLanguage('/', 'zh'), '/zh');
	assert.equal(pathInLanguage('/?after=3', 'zh'), '/zh?after=3');
	assert.equal(pathInLanguage('/zh?after=3', 'en'), '/?after=3');
});

test('a wish of the browser leads to the language wanted most among the six', () => {
	assert.equal(acceptedLanguage('de-CH,de;q=0.9,fr;q=0.8,en;q=0.7'), 'fr');
	assert.equal(acceptedLanguage('en;q=0.5, zh-TW'), 'zh');
	assert.equal(acceptedLanguage('de, ar;q=0'), null);
	assert.equal(acceptedLanguage(null), null);
	assert.equal(acceptedLanguage(',;q=,*;q=x'), null);
	assert.deepEqual(acceptedTags('pt-br;q=0.4, sw'), ['sw', 'pt-BR']);
});

test('a language tag is one of BCP 47, und included', () => {
	assert.deepEqual(['en', 'und', 'zh-hans', 'PT-br', 'sr-Latn-RS'].map(languageTag), [
		'en',
		'und',
		'zh-Hans',
		'pt-BR',
		'sr-Latn-RS'
	]);
	assert.deepEqual(['', 'french', 'e', 'en_US', 'en-', 'x'.repeat(40), 7].map(isLanguageTag), Array(7).fill(false));
});

test('the direction of a text follows its script, and is left to the browser where the language is not known', () => {
	assert.deepEqual(['ar', 'fa-IR', 'ur', 'he', 'ar-Latn', 'az-Arab', 'en', 'zh', 'und', 'nonsense'].map(directionOf), [
		'rtl',
		'rtl',
		'rtl',
		'rtl',
		'ltr',
		'rtl',
		'ltr',
		'ltr',
		'auto',
		'auto'
	]);
});
