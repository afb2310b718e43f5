import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';

/** A mail in a file, read piece by piece. */
export interface MailInBox {
	/** the file within the folder, and the number of the mail where it holds several */
	readonly name: string;
	readonly source: AsyncIterable<Uint8Array>;
}

/**
 * The mails of a file or of a folder with all below it: `.eml` files, mbox files, and the folders of Maildir (new, cur). A mail is handed
 * on as it is read, so that a mailbox of any size takes the memory of a few lines; take each to its end before the next.
 */
export async function* mailsAt(path: string): AsyncGenerator<MailInBox> {
	if (!(await stat(path)).isDirectory()) {
		yield* mailsInFile(path, basename(path));
		return;
	}
	const entries = await readdir(path, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	for (const file of files.sort()) {
		const name = relative(path, file).replaceAll(sep, '/');
		const isMaildir = /(?:^|\/)(?:cur|new)\/[^/]+$/u.test(name);
		if (name.split('/').some((part) => part.startsWith('.') && !isMaildir) || /(?:^|\/)tmp\/[^/]+$/u.test(name)) continue;
		if (isMaildir || /\.(?:eml|mbox|mbx|mail|txt)$/iu.test(name) || !/\.[a-z0-9]{1,5}$/iu.test(name))
			yield* mailsInFile(file, name);
	}
}

async function* mailsInFile(file: string, name: string): AsyncGenerator<MailInBox> {
	if ((await stat(file)).size === 0) return;
	if (!(await isBox(file))) {
		yield { name, source: createReadStream(file) };
		return;
	}
	const lines = linesOf(createReadStream(file));
	let { value: line, done } = await lines.next();
	for (let number = 1; !done; number++) {
		const box = { ended: false };
		// the line "From …" is the box's, not the mail's
		async function* mail(): AsyncGenerator<Uint8Array> {
			let blank: Uint8Array | undefined;
			for (;;) {
				({ value: line, done } = await lines.next());
				if (done || !line || (blank && isEnvelope(line))) break;
				if (blank) yield blank;
				blank = isBlank(line) ? line : undefined;
				if (!blank) yield unescaped(line);
			}
			box.ended = true;
		}
		const source = mail();
		yield { name: `${name} ${number}`, source };
		// who refused it in the middle has not read it to its end
		if (!box.ended) for await (const _ of mail());
	}
}

async function isBox(file: string): Promise<boolean> {
	const stream = createReadStream(file, { end: 200 });
	const parts: Uint8Array[] = [];
	for await (const part of stream) parts.push(part as Uint8Array);
	return isEnvelope(Buffer.concat(parts));
}

/** "From ana@example.org Mon Nov  3 10:15:00 2025" */
function isEnvelope(line: Uint8Array): boolean {
	if (line[0] !== 0x46 || line[1] !== 0x72) return false;
	return /^From \S.*\d\d:\d\d/u.test(Buffer.from(line.subarray(0, 200)).toString('latin1'));
}

function isBlank(line: Uint8Array): boolean {
	return line.length <= 2 && (line[0] === 10 || line[0] === 13);
}

/** ">From" stands for a line of the mail that begins with "From". */
function unescaped(line: Uint8Array): Uint8Array {
	return line[0] === 0x3e && /^>+From /u.test(Buffer.from(line.subarray(0, 20)).toString('latin1')) ? line.subarray(1) : line;
}

/** Lines with their ends; one without an end is handed on in pieces. */
async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
	let rest: Buffer = Buffer.alloc(0);
	for await (const chunk of stream) {
		const bytes = Buffer.concat([rest, chunk]);
		let from = 0;
		for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
			yield bytes.subarray(from, end + 1);
			from = end + 1;
		}
		rest = bytes.subarray(from);
		if (rest.length > 1024 * 1024) {
			yield rest;
			rest = Buffer.alloc(0);
		}
	}
	if (rest.length > 0) yield rest;
	return undefined;
}
