import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { Actor } from '#activity/actor.ts';
import { aPicture } from '#contributions/intake/paper/examples.server.ts';
import { formsOfRun, makeForms } from '#contributions/intake/paper/printing.server.ts';
import { readScan } from '#contributions/intake/paper/reading-scans.server.ts';
import { takeScan } from '#contributions/intake/paper/scans.server.ts';
import { fileStore } from '#files/store.server.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import type { Product } from './product.ts';

const staff: Actor = { kind: 'job', name: 'test' };

/** A form that was printed and of which a picture came and was read; foreign: the picture shows another code. @returns its number */
export async function aPictureThatCame(
	{ database, settings, address }: Product,
	slug: string,
	{ isForeign = false, name = 'sheet.png' } = {}
): Promise<number> {
	const topicId = (await topicIdAtAddress(database, slug))!;
	const keys = topicKeys({ folder: settings.data, secret: settings.secret ?? undefined });
	const run = await makeForms(database, keys, { topicId, questionId: null, language: 'en', forms: 2, name: 'Hall' }, staff);
	const { number, code } = (await formsOfRun(database, keys, topicId, run)).sheets[0]!;
	const files = fileStore(database, join(settings.data, 'files'));
	const said = isForeign ? `https://example.org/${randomInt(2 ** 40)}` : `${address}/paper/${code}`;
	await takeScan(database, files, topicId, { bytes: aPicture([said]), name }, staff);
	const { rows } = await database.query<{ scanId: string }>(
		`select scan_id as "scanId" from paper_scans where topic_id = $1 order by scan_id desc limit 1`,
		[topicId]
	);
	await readScan(database, files, { topicId, scanId: rows[0]!.scanId });
	return number;
}
