import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { asFile, fromFile, inPictures, mostSigns, packed, unpacked } from './handing-over.ts';

test('what is handed over arrives as it was, in pictures each of which is whole, and in a file', () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.record(
					{ id: fc.uuid({ version: 4 }), text: fc.string({ unit: 'binary', maxLength: 300 }) },
					{ noNullPrototype: true }
				),
				{ maxLength: 40 }
			),
			(bodies) => {
				const { texts, left } = inPictures('a/1', bodies);
				assert.ok(texts.every((text) => text.length <= mostSigns && /^[\w-]+$/.test(text)));
				const arrived = texts.flatMap((text) => unpacked(text)!.bodies);
				assert.deepEqual(
					[...arrived, ...left].map((body) => JSON.stringify(body)).sort(),
					bodies.map((body) => JSON.stringify(body)).sort()
				);
				assert.deepEqual(
					arrived,
					bodies.filter((body) => !left.includes(body)),
					'in their order'
				);
				assert.deepEqual(fromFile(asFile({ lane: 'a/1', bodies })), { lane: 'a/1', bodies });
			}
		)
	);
});

test('ten cards as people write them need three pictures at most', () => {
	const bodies = Array.from({ length: 10 }, (_, at) => ({
		...{
			id: crypto.randomUUID(),
			table: `${'0'.repeat(36)}/7`,
			round: 2,
			place: at + 1,
			phone: '1'.repeat(36),
			marker: 'concern'
		},
		...{
			language: 'en',
			text: `${at}: the price of a connection is a month's pay where the cable does not come, and nobody says so`,
			revises: null
		}
	}));
	const { texts, left } = inPictures('a/7', bodies);
	assert.ok(texts.length <= 3, String(texts.length));
	assert.deepEqual(left, []);
});

test('a card that no picture holds is said, and takes no other with it', () => {
	const large = { text: Array.from({ length: 3000 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20_000))).join('') };
	const { texts, left } = inPictures('a/1', [{ text: 'one' }, large, { text: 'two' }]);
	assert.deepEqual(left, [large]);
	assert.deepEqual(
		texts.flatMap((text) => unpacked(text)!.bodies),
		[{ text: 'one' }, { text: 'two' }]
	);
});

test('what somebody made up is nothing, and a bomb does not unpack', () => {
	for (const text of ['', 'x', '%%%', packed({ lane: 'a', bodies: [] }).slice(2), btoa('[1]')])
		assert.equal(unpacked(text), null);
	assert.equal(unpacked(packed({ lane: 'a', bodies: ['0'.repeat(9_000_000)] })), null);
	assert.equal(fromFile('{"lane": 1}'), null);
	fc.assert(fc.property(fc.string(), (text) => unpacked(text) === null));
});
