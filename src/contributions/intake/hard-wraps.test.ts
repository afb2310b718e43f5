import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { joinHardWraps } from './hard-wraps.ts';

const page = (...lines: string[]) => lines.join('\n');

test('lines that a page broke become paragraphs', () => {
	const text = page(
		'The experts met on 29 and 30 September 1998 at Monte-Carlo (Principality of Monaco).  ',
		'They were guided in their debates by the Working Document established by the Secretariat',
		'and referenced in the annex. At the close of the meeting, the experts adopted a set of',
		'principles.',
		'A second paragraph begins here and is long enough to be broken by the page, as the first',
		'one was.'
	);
	assert.equal(
		joinHardWraps(text),
		'The experts met on 29 and 30 September 1998 at Monte-Carlo (Principality of Monaco). They were guided in their debates by the Working Document established by the Secretariat and referenced in the annex. At the close of the meeting, the experts adopted a set of principles.\n' +
			'A second paragraph begins here and is long enough to be broken by the page, as the first one was.'
	);
});

test('lists, headings and blank lines stay', () => {
	const text = page(
		'II. PRINCIPLES AND ACTIONS PROPOSED BY THE EXPERTS',
		'The Experts Meeting proposes to the Director-General that the organisation promote these:',
		'1. Recognising the interest in the promotion of human rights and fundamental freedoms in',
		'cyberspace;',
		'• the right of communication',
		'(b) education',
		'',
		'What should governments do? They should take part on an equal footing with all the others,',
		'everywhere.'
	);
	assert.deepEqual(joinHardWraps(text).split('\n'), [
		'II. PRINCIPLES AND ACTIONS PROPOSED BY THE EXPERTS',
		'The Experts Meeting proposes to the Director-General that the organisation promote these:',
		'1. Recognising the interest in the promotion of human rights and fundamental freedoms in cyberspace;',
		'• the right of communication',
		'(b) education',
		'',
		'What should governments do? They should take part on an equal footing with all the others, everywhere.'
	]);
});

test('a hyphen at the end of a line goes only where the same text writes the word in one piece', () => {
	const text = page(
		'The management of critical resources is a public task, and the multi-stakeholder manage-',
		'ment of critical resources needs a multi-',
		'stakeholder approach, said the Director-',
		'General, who spoke of inter-',
		'operability; and of co\u00ad',
		'operation, with every one of the institutions that were in the room at that time of the day.'
	);
	assert.equal(
		joinHardWraps(text),
		'The management of critical resources is a public task, and the multi-stakeholder management of critical resources needs a multi-stakeholder approach, said the Director-General, who spoke of inter-operability; and of cooperation, with every one of the institutions that were in the room at that time of the day.'
	);
});

test('a text whose paragraphs are whole lines, and a short one, stay as they are', () => {
	const paragraph = 'A paragraph written on one line, as people write them in a browser, however long it gets. '.repeat(3).trim();
	assert.equal(joinHardWraps(`${paragraph}\n${paragraph}\n\n${paragraph}`), `${paragraph}\n${paragraph}\n\n${paragraph}`);
	assert.equal(joinHardWraps('Roses are red,\nviolets are blue'), 'Roses are red,\nviolets are blue');
});

test('nothing but white space and hyphens within broken words is ever left out', () => {
	const line = fc.string({ minLength: 30, maxLength: 100, unit: fc.constantFrom(...'aaabcdeéБ政  .,-•1A') });
	const bare = (text: string) => text.replaceAll(/[\p{Zs}\s-]/gu, '');
	fc.assert(
		fc.property(fc.array(line), (lines) => {
			const text = lines.join('\n');
			assert.equal(bare(joinHardWraps(text)), bare(text));
		})
	);
});
