import { createHash } from 'node:crypto';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { plainCode, signsOf, signsOfForm, signsOfStrip } from './codes.ts';

export interface FormCodes {
	/** in the square picture, and beside it */
	readonly code: string;
	/** on the strip that its writer keeps */
	readonly strip: string;
}

/** Both follow from the topic's key, so that a run can be printed again and the database tells neither. */
export async function codesOf(keys: TopicKeys, topicId: string, formNumber: number): Promise<FormCodes> {
	const [form, strip] = await Promise.all([
		keys.hash(topicId, `paper form ${formNumber}`),
		keys.hash(topicId, `paper strip ${formNumber}`)
	]);
	return { code: signsOf(form, signsOfForm), strip: signsOf(strip, signsOfStrip) };
}

export function hashOfCode(typed: string): Buffer {
	return createHash('sha256')
		.update(`paper ${plainCode(typed)}`)
		.digest();
}
