/** Of one picture; phones make 3 to 8. */
export const largestPicture = 15 * 1024 * 1024;
/** Decoded, a point takes four bytes and more: what a phone makes at its finest is 50 million of them. */
export const mostPoints = 50_000_000;
const longestSide = 20_000;

export interface PictureHead {
	readonly mediaType: 'image/jpeg' | 'image/png';
	readonly width: number;
	readonly height: number;
}

/** What a picture says of itself in its first bytes, none of it decoded; null where it is no JPEG or PNG, or too damaged to say. */
export function headOfPicture(bytes: Uint8Array): PictureHead | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const head = begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
		? headOfPng(view)
		: begins(bytes, [0xff, 0xd8, 0xff])
			? headOfJpeg(view)
			: null;
	return head && head.width > 0 && head.height > 0 ? head : null;
}

/** Whether it would take more memory than it may; a header of a few bytes can promise any number of points. */
export function isTooLarge({ width, height }: PictureHead): boolean {
	return width > longestSide || height > longestSide || width * height > mostPoints;
}

function headOfPng(view: DataView): PictureHead | null {
	if (view.byteLength < 24 || view.getUint32(12) !== 0x49484452) return null;
	return { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** From segment to segment until the one that begins the picture: SOF0 to SOF15 but for the three that are tables. */
function headOfJpeg(view: DataView): PictureHead | null {
	let at = 2;
	while (at + 9 <= view.byteLength) {
		if (view.getUint8(at) !== 0xff) return null;
		const marker = view.getUint8(at + 1);
		if (marker === 0xff) {
			at += 1;
			continue;
		}
		if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
			return { mediaType: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
		// the picture itself begins, and nothing said how large it is
		if (marker === 0xda || marker === 0xd9) return null;
		at += 2 + view.getUint16(at + 2);
	}
	return null;
}

function begins(bytes: Uint8Array, signs: readonly number[]): boolean {
	return signs.every((sign, at) => bytes[at] === sign);
}
