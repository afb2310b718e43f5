import assert from 'node:assert/strict';
import test from 'node:test';
import { detectLanguage, languageOf } from '#languages/detection.server.ts';

test('a sentence is known in the six languages and in others', async () => {
	const sentences = {
		en: 'Open standards everywhere, decided by all stakeholders together',
		fr: 'Nous demandons que les pays en développement participent',
		es: 'Proteger la privacidad de los niños en la red',
		ru: 'Свобода слова в сети должна быть защищена',
		zh: '互联网治理需要多利益攸关方参与',
		ar: 'حماية البيانات الشخصية حق للجميع',
		de: 'Freier Zugang für alle Menschen zum Internet',
		pt: 'Acesso universal à Internet para todas as pessoas',
		hi: 'सभी के लिए इंटरनेट',
		ja: '誰もが使えるインターネット'
	};
	for (const [language, sentence] of Object.entries(sentences)) assert.equal(await detectLanguage(sentence, 'en'), language);
});

test('a short text leans to the language of the page, unless its script says otherwise', async () => {
	assert.equal(await detectLanguage('ok', 'fr'), 'fr');
	assert.equal(await detectLanguage('Oui', 'fr'), 'fr');
	assert.equal(await detectLanguage('Internet', 'es'), 'es');
	assert.equal(await detectLanguage('Keep the root zone neutral', 'en'), 'en');
	assert.equal(await detectLanguage('互联网治理', 'en'), 'zh');
	assert.equal(await detectLanguage('Доступ для всех', 'en'), 'ru');
});

test('the choice of the author beats what the text looks like', async () => {
	const french = 'Nous demandons que les pays en développement participent';
	assert.equal(await languageOf(french, { chosen: 'pt-br', page: 'en' }), 'pt-BR');
	assert.equal(await languageOf(french, { chosen: 'und', page: 'en' }), 'fr');
	assert.equal(await languageOf(french, { chosen: 'not a tag', page: 'en' }), 'fr');
});

test('where nothing speaks for a language, it is und', async () => {
	assert.equal(await detectLanguage('12345 !?', 'en'), 'und');
	assert.equal(await detectLanguage('Asdf qwer zxcv hjkl asdf qwer zxcv hjkl', 'ru'), 'und');
});
