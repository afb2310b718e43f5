import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { anchorAt, foundAgain, joinedSpans, sentencesOf, standsAt } from './passage.ts';

const text = 'Governments 🌍 take part. Civil society takes part. Governments 🌍 decide.';

test('a passage is counted in code points and leaves white space at its ends', () => {
	assert.deepEqual(anchorAt(text, { starts: 11, ends: 25 }), {
		starts: 12,
		ends: 24,
		quote: '🌍 take part.',
		prefix: 'Governments ',
		suffix: ' Civil society takes part. Gover'
	});
	assert.equal(anchorAt(text, { starts: 11, ends: 12 }), undefined);
	assert.equal(anchorAt(text, { starts: 5, ends: 5 }), undefined);
	assert.equal(anchorAt(text, { starts: -1, ends: 5 }), undefined);
	assert.equal(anchorAt(text, { starts: 0, ends: 500 }), undefined);
});

test('a passage is found again after its text was extracted anew, by its surroundings where its words stand twice', () => {
	const anchor = anchorAt(text, { starts: 51, ends: 64 });
	assert.ok(anchor);
	assert.equal(anchor.quote, 'Governments 🌍');
	const later = `A heading\n\n${text}`;
	assert.deepEqual(foundAgain(later, anchor), { starts: 62, ends: 75 });
	assert.equal(standsAt(later, anchor), false);
});

test('a passage whose words were altered is lost, not moved to something alike', () => {
	const anchor = anchorAt(text, { starts: 25, ends: 50 });
	assert.ok(anchor);
	assert.equal(foundAgain(text.replace('Civil', 'civil'), anchor), undefined);
	const short = anchorAt('The vote was taken by the council', { starts: 4, ends: 8 });
	assert.ok(short);
	assert.equal(foundAgain('No vote', short), undefined);
});

test('every span of any text is found at its place, and behind anything put before it', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: 'grapheme', minLength: 1 }),
			fc.nat(),
			fc.nat(),
			fc.string({ unit: 'grapheme' }),
			(words, from, length, before) => {
				const size = [...words].length;
				const starts = from % size;
				const anchor = anchorAt(words, { starts, ends: Math.min(size, starts + 1 + (length % size)) });
				if (!anchor) return;
				assert.equal(standsAt(words, anchor), true);
				assert.deepEqual(foundAgain(words, anchor), { starts: anchor.starts, ends: anchor.ends });
				const again = foundAgain(before + words, anchor);
				if (again) assert.equal([...(before + words)].slice(again.starts, again.ends).join(''), anchor.quote);
			}
		)
	);
});

test('spans that touch, overlap or are parted by white space only become one', () => {
	assert.deepEqual(
		joinedSpans(text, [
			{ starts: 51, ends: 72 },
			{ starts: 0, ends: 24 },
			{ starts: 25, ends: 50 }
		]),
		[{ starts: 0, ends: 72 }]
	);
	assert.deepEqual(
		joinedSpans(text, [
			{ starts: 0, ends: 3 },
			{ starts: 5, ends: 8 }
		]),
		[
			{ starts: 0, ends: 3 },
			{ starts: 5, ends: 8 }
		]
	);
});

test('sentences end with their line and in every language', () => {
	const lines = 'One. Two!\n\nA heading\n政府应参与。其他人也应参与。 ما هو دور الحكومات؟ نعم.';
	const letters = [...lines];
	assert.deepEqual(
		sentencesOf(lines, 'und').map(({ starts, ends }) => letters.slice(starts, ends).join('')),
		['One.', 'Two!', 'A heading', '政府应参与。', '其他人也应参与。', 'ما هو دور الحكومات؟', 'نعم.']
	);
});
