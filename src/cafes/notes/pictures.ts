/** Of one photo as a phone of ours sends it: 1,600 points at the longer side take a tenth of it. */
export const longestSide = 1600;
/** Bytes that travel at once: what a hall's net brings through before it breaks. */
export const partSize = 128 * 1024;
/** Of a photo that comes as a camera made it. */
export const largestPhoto = 24 * 1024 * 1024;

/**
 * A JPEG without what a camera writes beside the picture: place, time, make, a thumbnail of what was cut away (segments APP1 to APP13, APP15 and
 * comments). What the decoder needs (APP0, APP14) stays, and which side is up. A PNG loses its texts and its Exif likewise. Anything else comes
 * back as it is.
 */
export function withoutMetadata(bytes: Uint8Array): Uint8Array {
	if (bytes[0] === 0xff && bytes[1] === 0xd8) return joined(jpegParts(bytes));
	if (bytes[0] === 0x89 && bytes[1] === 0x50) return joined(pngParts(bytes));
	return bytes;
}

function* jpegParts(bytes: Uint8Array): Generator<Uint8Array> {
	yield bytes.subarray(0, 2);
	let at = 2;
	while (at + 4 <= bytes.length && bytes[at] === 0xff) {
		const marker = bytes[at + 1]!;
		if (marker === 0xff) {
			at += 1;
			continue;
		}
		if (marker === 0xda) break;
		const end = at + 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!);
		const tells = (marker >= 0xe1 && marker <= 0xef && marker !== 0xee) || marker === 0xfe;
		if (!tells) yield bytes.subarray(at, Math.min(end, bytes.length));
		else if (marker === 0xe1) yield* uprightAlone(bytes.subarray(at + 4, Math.min(end, bytes.length)));
		at = end;
	}
	if (at >= bytes.length) return;
	// behind the end of the picture some phones hang a film, or another picture
	yield bytes.subarray(at, endOfPicture(bytes, at));
}

const upright = 0x0112;

/** An Exif segment that says nothing but how the camera was held; none where it was held upright, or nobody can tell. */
function* uprightAlone(exif: Uint8Array): Generator<Uint8Array> {
	const turn = turnIn(exif);
	if (turn < 2 || turn > 8) return;
	const head = [0xff, 0xe1, 0, 34, ...[0x45, 0x78, 0x69, 0x66, 0, 0], ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8]];
	yield Uint8Array.from([...head, 0, 1, upright >> 8, upright & 0xff, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0]);
}

/** The entry of the first directory that names the turn (TIFF 6.0, section 2); 0 where there is none. */
function turnIn(exif: Uint8Array): number {
	if (exif.length < 20 || String.fromCharCode(...exif.subarray(0, 6)) !== 'Exif\0\0') return 0;
	const tiff = new DataView(exif.buffer, exif.byteOffset + 6, exif.byteLength - 6);
	const isLittle = tiff.getUint16(0) === 0x4949;
	const directory = tiff.getUint32(4, isLittle);
	if (directory + 2 > tiff.byteLength) return 0;
	const entries = tiff.getUint16(directory, isLittle);
	for (let at = directory + 2, left = entries; left > 0 && at + 12 <= tiff.byteLength; at += 12, left -= 1)
		if (tiff.getUint16(at, isLittle) === upright) return tiff.getUint16(at + 8, isLittle);
	return 0;
}

/** From scan to scan (a picture may come in several, with tables between) to the mark that ends it. */
function endOfPicture(bytes: Uint8Array, from: number): number {
	let at = from;
	while (at + 4 <= bytes.length) {
		at += 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!);
		// what is packed never holds FF before anything but 00 and the marks at which a decoder may begin again
		while (
			at + 1 < bytes.length &&
			!(bytes[at] === 0xff && bytes[at + 1] !== 0 && !(bytes[at + 1]! >= 0xd0 && bytes[at + 1]! <= 0xd7))
		)
			at += 1;
		if (bytes[at + 1] === 0xd9) return at + 2;
	}
	return bytes.length;
}

const pngKept = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD']);

function* pngParts(bytes: Uint8Array): Generator<Uint8Array> {
	yield bytes.subarray(0, 8);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = 8; at + 12 <= bytes.length;) {
		const end = at + 12 + view.getUint32(at);
		const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
		if (pngKept.has(kind)) yield bytes.subarray(at, Math.min(end, bytes.length));
		if (kind === 'IEND') return;
		at = end;
	}
}

function joined(parts: Iterable<Uint8Array>): Uint8Array {
	const all = [...parts];
	const whole = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of all) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
