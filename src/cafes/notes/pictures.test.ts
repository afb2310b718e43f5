import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aPicture } from '#contributions/intake/paper/examples.server.ts';
import { headOfPicture } from '#contributions/intake/paper/pictures.ts';
import { withoutMetadata } from '#cafes/notes/pictures.ts';

const segment = (marker: number, words: string) => {
	const bytes = Buffer.from(words, 'latin1');
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

test('which side is up is all that is left of what a camera says of itself', () => {
	const inOrder = (little: boolean) => {
		const tiff = Buffer.alloc(8 + 2 + 2 * 12 + 4);
		const write = (value: number, at: number, bytes: 2 | 4) =>
			bytes === 2
				? little
					? tiff.writeUInt16LE(value, at)
					: tiff.writeUInt16BE(value, at)
				: little
					? tiff.writeUInt32LE(value, at)
					: tiff.writeUInt32BE(value, at);
		tiff.write(little ? 'II' : 'MM', 0, 'latin1');
		write(42, 2, 2);
		write(8, 4, 4);
		write(2, 8, 2);
		// the place where it was taken, then the turn
		for (const [at, [tag, kind, value]] of [
			[0x8825, 4, 4],
			[0x0112, 3, 6]
		].entries()) {
			write(tag!, 10 + 12 * at, 2);
			write(kind!, 12 + 12 * at, 2);
			write(1, 14 + 12 * at, 4);
			write(value!, 18 + 12 * at, 2);
		}
		return segment(0xe1, `Exif\0\0${tiff.toString('latin1')}`);
	};
	for (const little of [true, false]) {
		const photo = Buffer.concat([start, inOrder(little), frame, scan, end]);
		const clean = Buffer.from(withoutMetadata(photo));
		assert.ok(!clean.includes(Buffer.from([0x88, 0x25])) && !clean.includes(Buffer.from([0x25, 0x88])));
		assert.equal(clean.readUInt16BE(clean.indexOf(Buffer.from([0x01, 0x12])) + 8), 6);
		assert.deepEqual(Buffer.from(withoutMetadata(clean)), clean);
	}
});
