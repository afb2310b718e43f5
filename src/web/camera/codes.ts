import decodeQR from 'qr/decode.js';

/** The text of the square code in a picture; null where none can be read. */
export function codeIn(picture: ImageData): string | null {
	try {
		return decodeQR(picture);
	} catch {
		// that nothing was found, or only half of it, is an error to the library and none to us: the next picture comes at once
		return null;
	}
}
