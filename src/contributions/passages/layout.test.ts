import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { laidOut, notedAfter } from './layout.ts';

test('sentences are cut where highlights begin and end, also where they overlap', () => {
	const text = 'One 🌍 two. Three.\n\nFour';
	const pieces = laidOut(text, 'en', [
		{ starts: 4, ends: 9 },
		{ starts: 6, ends: 16 }
	]).map(({ sentences }) => sentences.map((sentence) => sentence.pieces.map((piece) => [piece.text, piece.highlights])));
	assert.deepEqual(pieces, [
		[
			[
				['One ', []],
				['🌍 ', [0]],
				['two', [0, 1]],
				['.', [1]]
			],
			[
				['Three', [1]],
				['.', []]
			]
		],
		[[['Four', []]]]
	]);
});

test('a highlight over several paragraphs is noted after the last of them, others in their order', () => {
	const paragraphs = laidOut('One two.\nThree four.\nFive.', 'en', [
		{ starts: 4, ends: 14 },
		{ starts: 0, ends: 3 },
		{ starts: 9, ends: 20 }
	]);
	assert.deepEqual(
		[...notedAfter(paragraphs)],
		[
			[9, [0, 2]],
			[0, [1]]
		]
	);
});

test('whatever the highlights, all words are there, once and at their places', () => {
	const spans = fc.array(fc.tuple(fc.nat(60), fc.nat(60)).map(([starts, length]) => ({ starts, ends: starts + length + 1 })));
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom(...'ab. \n🌍政。!'), maxLength: 60 }), spans, (text, highlights) => {
			const letters = [...text];
			const pieces = laidOut(text, 'en', highlights).flatMap(({ sentences }) => sentences.flatMap((sentence) => sentence.pieces));
			for (const piece of pieces) assert.equal(letters.slice(piece.starts, piece.ends).join(''), piece.text);
			const bare = (words: string) => words.replaceAll(/\s/gu, '');
			assert.equal(bare(pieces.map((piece) => piece.text).join('')), bare(text));
		})
	);
});
