import compile from 'icu-minify/compile';
import assert from 'node:assert/strict';
import test from 'node:test';
import { catalogueOf, speakerInBrowser, speakerOf } from '#languages/catalogue.server.ts';
import type { Language } from '#languages/languages.ts';
import { speaker, type MessageKey } from '#languages/speaking.ts';

const key = 'groups.academia' satisfies MessageKey;
/** A speaker who knows one message. */
const saying = (language: Language, message: string) => speaker(language, { [key]: compile(message) });

test('every refusal is said in every language', () => {
	assert.equal(
		speakerOf('en')('refusals.unusable-text', { reason: 'long', max: 20000 }),
		'This text cannot be used: it is longer than 20,000 characters.'
	);
	assert.equal(
		speakerOf('fr')('refusals.unusable-text', { reason: 'empty' }),
		'Ce texte ne peut pas être utilisé\u00a0: il est vide.'
	);
	assert.equal(speakerOf('zh')('groups.governments'), '政府');
});

test('plurals follow the language: two Russian ideas, eleven Arabic ones', () => {
	const russian = saying('ru', '{n, plural, one {# идея} few {# идеи} many {# идей} other {# идеи}}');
	assert.deepEqual(
		[1, 2, 5, 21, 1000].map((n) => russian(key, { n })),
		['1 идея', '2 идеи', '5 идей', '21 идея', '1\u00a0000 идей']
	);
	const arabic = saying(
		'ar',
		'{n, plural, zero {لا أفكار} one {فكرة واحدة} two {فكرتان} few {# أفكار} many {# فكرة} other {# فكرة}}'
	);
	assert.deepEqual(
		[0, 1, 2, 3, 11, 100].map((n) => arabic(key, { n })),
		['لا أفكار', 'فكرة واحدة', 'فكرتان', '3 أفكار', '11 فكرة', '100 فكرة']
	);
});

test('a message gives the place of a link or a bold part to the page', () => {
	const say = saying('en', 'Read <terms>the terms of {name}</terms> and <b>{n, number}</b> ideas.');
	assert.deepEqual(say.parts(key, { name: 'ITU', n: 1200 }), [
		'Read ',
		{ tag: 'terms', text: 'the terms of ITU' },
		' and ',
		{ tag: 'b', text: '1,200' },
		' ideas.'
	]);
	assert.equal(say(key, { name: 'ITU', n: 1200 }), 'Read the terms of ITU and 1,200 ideas.');
});

test('a forgotten value or message is shown, never thrown', () => {
	assert.equal(saying('en', 'Idea {number} of {name}')(key, { number: 1214 }), 'Idea 1214 of {name}');
	assert.equal(speaker('en', {})(key), key);
	assert.equal(speakerOf('en').knows('refusals.not-found'), true);
	assert.equal(speakerOf('en').knows('toString'), false);
});

test('figures, dates, lists and names are written by the habits of the language', () => {
	const at = new Date('2013-10-21T22:30:00Z');
	const en = speakerOf('en');
	const fr = speakerOf('fr');
	assert.equal(en.date(at, { zone: 'Asia/Makassar' }), '22 October 2013');
	assert.equal(fr.date(at, { zone: 'Europe/Zurich', style: 'moment' }), '22 octobre 2013 à 00:30 UTC+2');
	assert.equal(speakerOf('ru').date(at, { zone: 'UTC' }), '21 октября 2013 года');
	assert.equal(speakerOf('ru').number(18859), '18\u00a0859');
	assert.equal(speakerOf('ar').number(18859.5, { decimals: 1 }), '18,859.5');
	assert.equal(en.percent(0.625, { decimals: 1 }), '62.5%');
	assert.equal(fr.percent(0.625), '63\u00a0%');
	assert.equal(en.list(['Africa', 'Asia', 'Europe']), 'Africa, Asia and Europe');
	assert.equal(en.list(['yes', 'no'], 'or'), 'yes or no');
	assert.equal(speakerOf('zh').country('CH'), '瑞士');
	assert.equal(en.country('not a code'), 'not a code');
	assert.equal(fr.languageName('sw'), 'swahili');
	assert.equal(en.languageName('qq'), 'qq');
});

test('a page with script says only the messages of its areas, and takes them to the browser; any other takes none', () => {
	const say = speakerInBrowser('es', ['capacities', 'groups.academia']);
	assert.deepEqual(Object.keys(say.carried), [
		'capacities.delegation',
		'capacities.expert',
		'capacities.own-name',
		'groups.academia'
	]);
	assert.equal(say.knows('web.skip'), false);
	assert.equal(speakerInBrowser('es', ['capacities', 'groups.academia']), say);
	assert.deepEqual(speakerOf('es').carried, {});
	assert.equal(Object.keys(catalogueOf('ar')).length, Object.keys(catalogueOf('en')).length);
});

test('what is said from memory is what would be said anew, in every language', () => {
	for (const language of ['en', 'fr', 'es', 'ru', 'zh', 'ar'] as const) {
		const say = speakerOf(language);
		for (const count of [0, 1, 2, 3, 5, 11, 21, 100, 1234]) {
			const anew = speakerInBrowser(language, ['web', `nothing-${count}`]);
			assert.equal(say('web.people', { count }), anew('web.people', { count }));
			assert.equal(say('web.people', { count }), say('web.people', { count }));
			assert.equal(say.number(count), anew.number(count));
		}
		const [one, later] = [new Date('2026-11-22T23:59:30Z'), new Date('2026-11-23T00:00:30Z')];
		for (const zone of ['UTC', 'Asia/Kathmandu'])
			for (const style of ['day', 'moment'] as const)
				assert.equal(say.date(one, { zone, style }) === say.date(later, { zone, style }), zone !== 'UTC' && style === 'day');
	}
	// a value that is no number is never taken for one, nor one of two for both
	const said = speaker('en', { [key]: compile('{a} and {b}') });
	assert.equal(said(key, { a: 1, b: 2 }), '1 and 2');
	assert.equal(said(key, { a: 1, b: 3 }), '1 and 3');
	assert.equal(said(key, { a: 1 }), '1 and {b}');
});

test('a time zone is called as the reader calls it', () => {
	const named = (['en', 'fr', 'ar'] as const).map((language) => speakerOf(language).zone('Europe/Zurich'));
	assert.deepEqual(named, ['Central European Time', 'heure d’Europe centrale', 'توقيت وسط أوروبا']);
	assert.equal(speakerOf('ar').zone('UTC'), 'UTC');
});
