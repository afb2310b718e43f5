import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aPicture } from '#contributions/intake/paper/examples.server.ts';
import { headOfPicture } from '#contributions/intake/paper/pictures.ts';
import { withoutMetadata } from '#cafes/notes/pictures.ts';

const segment = (marker: number, words: string) => {
	const bytes = Buffer.from(words);
	return Buffer.concat([Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff]), bytes]);
};
const start = Buffer.from([0xff, 0xd8]);
const frame = segment(0xc0, '\x08\x00\x10\x00\x10\x01');
const scan = Buffer.concat([segment(0xda, '\x01'), Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd3, 4])]);
const end = Buffer.from([0xff, 0xd9]);

test('a photo keeps its picture and loses where, when and with what it was taken, and what hangs behind it', () => {
	const told = [segment(0xe1, 'Exif GPS 46.2 N 6.1 E'), segment(0xed, 'by Amina'), segment(0xfe, 'a comment')];
	const kept = [segment(0xe0, 'JFIF'), segment(0xee, 'Adobe'), segment(0xdb, 'a table'), frame];
	const film = Buffer.from('a film of the table');
	const photo = Buffer.concat([start, kept[0]!, ...told, ...kept.slice(1), scan, segment(0xc4, 'between'), scan, end, film]);
	const clean = Buffer.from(withoutMetadata(photo));
	assert.deepEqual(clean, Buffer.concat([start, ...kept, scan, segment(0xc4, 'between'), scan, end]));
	assert.deepEqual(headOfPicture(clean), { mediaType: 'image/jpeg', width: 16, height: 16 });
	assert.deepEqual(Buffer.from(withoutMetadata(clean)), clean);
});

test('a picture without anything to hide stays as it is, and what is broken breaks nothing', () => {
	const png = aPicture(['https://example.org/']);
	assert.deepEqual(headOfPicture(withoutMetadata(png)), headOfPicture(png));
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom([0xff, 0xd8], [0x89, 0x50], []), (rest, head) => {
			assert.ok(withoutMetadata(Uint8Array.from([...head, ...rest])).length <= head.length + rest.length + 8);
		})
	);
});
