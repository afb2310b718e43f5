import { timingSafeEqual } from 'node:crypto';
import { plainCode, signsOf } from '#contributions/intake/paper/codes.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** For which table and round of which event a sheet was printed. */
export interface NamedSheet {
	/** the six letters of the event */
	readonly code: string;
	readonly table: number;
	readonly round: number;
}

/**
 * What the square code of a sheet says: the address by which people join the event, and behind it the table and round with ten signs by which
 * only we can have printed it. It opens nothing that the code on the screen does not, and is short, for it is read from a photo of the whole sheet.
 */
export async function addressOfSheet(keys: TopicKeys, topicId: string, origin: string, sheet: NamedSheet): Promise<string> {
	return `${origin}/join/${sheet.code}?s=${sheet.table}.${sheet.round}.${await signOf(keys, topicId, sheet)}`;
}

/** The sheet that a square code names, on whatever host and in whatever language; null where it is none of this talk. */
export async function sheetInCode(keys: TopicKeys, topicId: string, text: string): Promise<NamedSheet | null> {
	const [, code, table, round, signs] = sheetAddress.exec(text.trim()) ?? [];
	if (!code) return null;
	const sheet = { code, table: Number(table), round: Number(round) };
	const [wanted, found] = [await signOf(keys, topicId, sheet), plainCode(signs!)].map((one) => Buffer.from(one));
	return wanted!.length === found!.length && timingSafeEqual(wanted!, found!) ? sheet : null;
}

const sheetAddress = /^https?:\/\/[^/\s]+\/(?:[a-z]{2}\/)?join\/([A-Z]{6})\?s=(\d{1,4})\.(\d{1,4})\.([0-9A-Z]{10})$/u;

async function signOf(keys: TopicKeys, topicId: string, { code, table, round }: NamedSheet): Promise<string> {
	return signsOf(await keys.hash(topicId, `note sheet ${code} ${table} ${round}`), 10);
}

/** Whether a code looks like that of a sheet of any talk. */
export function looksLikeSheet(text: string): boolean {
	return sheetAddress.test(text.trim());
}
