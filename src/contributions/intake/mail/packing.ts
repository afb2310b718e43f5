/**
 * "Content-Transfer-Encoding: base64" over a text that nobody packed would be read as noise. Such a header is overwritten, in a copy that
 * is only read: the mail stays as it came.
 */
export function withTruePacking(mail: Uint8Array): Uint8Array {
	const text = Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength);
	let copy: Buffer | undefined;
	for (const { index, length } of claims(text)) {
		const body = bodyAfter(text, index + length);
		if (body === null || !isPlain(body)) continue;
		copy ??= Buffer.from(text);
		copy.fill(' ', index, index + length);
		copy.write('8bit', index, 'latin1');
	}
	return copy ?? mail;
}

/** Where "base64" stands as the value of that header. */
function* claims(text: Buffer): Generator<{ index: number; length: number }> {
	let from = 0;
	for (let found = 0; found < 1000; found++) {
		const at = text.indexOf('base64', from, 'latin1');
		const upper = text.indexOf('BASE64', from, 'latin1');
		const index = at === -1 ? upper : upper === -1 ? at : Math.min(at, upper);
		if (index === -1) return;
		from = index + 6;
		const before = text.toString('latin1', Math.max(0, index - 40), index);
		if (/(?:^|\n)content-transfer-encoding:\s*"?$/iu.test(before)) yield { index, length: 6 };
	}
}

/** The first lines of what stands below the header in which this is. */
function bodyAfter(text: Buffer, from: number): string | null {
	const near = text.toString('latin1', from, from + 20_000);
	const begins = /\r?\n\r?\n/u.exec(near);
	if (!begins) return null;
	const body = near.slice(begins.index + begins[0].length);
	const end = /(?:^|\n)--/u.exec(body);
	return end ? body.slice(0, end.index) : body;
}

/** Spaces between words, or signs that base64 does not have, in any number. */
function isPlain(body: string): boolean {
	const signs = body.replaceAll(/[\r\n]/gu, '');
	const strange = signs.match(/[^A-Za-z0-9+/=]/gu)?.length ?? 0;
	return signs.length > 0 && strange / signs.length > 0.05;
}
