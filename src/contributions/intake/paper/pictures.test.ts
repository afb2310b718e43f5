import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeInPicture, inFours, numberTyped, plainCode } from './codes.ts';
import { aPicture, aPictureOf } from './examples.server.ts';
import { headOfPicture, isTooLarge } from './pictures.ts';
import { codesInPicture } from './reading.server.ts';

const jpeg = (...segments: number[][]) => Uint8Array.from([0xff, 0xd8, ...segments.flat()]);

test('a picture says how large it is before anything of it is decoded', () => {
	assert.deepEqual(headOfPicture(aPictureOf(640, 480)), { mediaType: 'image/png', width: 640, height: 480 });
	const tables = [0xff, 0xdb, 0x00, 0x04, 0x01, 0x02];
	const frame = [0xff, 0xc2, 0x00, 0x11, 0x08, 0x01, 0xe0, 0x02, 0x80, 0x03, 0, 0, 0];
	assert.deepEqual(headOfPicture(jpeg(tables, frame)), { mediaType: 'image/jpeg', width: 640, height: 480 });
	// padding between segments is allowed
	assert.deepEqual(headOfPicture(jpeg(tables, [0xff], frame))?.width, 640);
	assert.ok(!isTooLarge({ mediaType: 'image/jpeg', width: 8160, height: 6120 }));
	assert.ok(isTooLarge(headOfPicture(aPictureOf(30_000, 30_000))!));
	assert.ok(isTooLarge(headOfPicture(aPictureOf(1, 1_000_000))!));
});

test('what is no picture is none, whatever its name', () => {
	for (const bytes of [
		Buffer.from('Dear Sir or Madam'),
		Buffer.from('%PDF-1.7'),
		Buffer.alloc(0),
		jpeg(),
		jpeg([0xff, 0xda, 0, 2]),
		jpeg([0xff, 0xc0, 0xff, 0xff]),
		aPictureOf(640, 480).subarray(0, 20),
		aPictureOf(0, 10)
	])
		assert.equal(headOfPicture(bytes), null);
});

test('codes are read in a thread, in pictures that stand on their side too', async () => {
	const address = 'https://talks.example.org/paper/7K2M9PQRX4TD';
	assert.deepEqual(await codesInPicture(aPicture([address])), [address]);
	assert.deepEqual(await codesInPicture(aPicture([address], { turned: true })), [address]);
	assert.deepEqual(await codesInPicture(aPicture([])), []);
	assert.deepEqual((await codesInPicture(aPicture([address, 'https://example.org/'])))?.sort(), [
		'https://example.org/',
		address
	]);
});

test('what cannot be decoded, is too large or takes too long ends, and nothing else does', async () => {
	assert.equal(await codesInPicture(aPictureOf(30_000, 30_000)), null);
	assert.equal(await codesInPicture(Buffer.from('Dear Sir or Madam')), null);
	assert.equal(await codesInPicture(aPicture(['a']), 0), null);
	// a head without its points: nothing is found
	assert.deepEqual((await codesInPicture(aPictureOf(4000, 4000))) ?? [], []);
	assert.deepEqual(await codesInPicture(aPicture(['a'])), ['a']);
});

test('a code is known in an address of any host and language, and as people type it', () => {
	assert.equal(codeInPicture('https://talks.example.org/paper/7K2M9PQRX4TD'), '7K2M9PQRX4TD');
	assert.equal(codeInPicture('HTTP://LOCALHOST:3000/ar/paper/7k2m-9pqr-x4td'), '7K2M9PQRX4TD');
	for (const other of [
		...['https://example.org/', 'https://example.org/paper/7K2M', 'https://example.org/paper/7K2M9PQRX4TD/more'],
		...['javascript:alert(1)//paper/7K2M9PQRX4TD', 'WIFI:S:paper;;', '']
	])
		assert.equal(codeInPicture(other), null, other);
	assert.equal(inFours('7K2M9PQRX4TD'), '7K2M-9PQR-X4TD');
	assert.equal(plainCode(' 7k2m – 9pqr.x4to'), '7K2M9PQRX4T0');
	assert.deepEqual(['12', ' No. 12', '№ 0012', '١٢', '0', '', '12a', '1.5', '123456789'].map(numberTyped), [
		...[12, 12, 12, null, null, null, null, null, null]
	]);
});
