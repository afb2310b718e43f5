import { dropLater } from '#contributions/erasing.server.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import { bytesOf, type FileStore } from '#files/store.server.ts';
import { codeInPicture } from './codes.ts';
import { forgetScansOfForms } from './forgetting.server.ts';
import { lockForm } from './forms.server.ts';
import { formWithCode } from './printing.server.ts';
import { codesInPicture } from './reading.server.ts';
import { fileTo, isErased, isFiled, type NamedScan, type ReadingOutcome } from './scans.server.ts';

/** Reads the code in a picture, once, and files it to its form. For the jobs process. */
export async function readScan(database: Database, files: FileStore, scan: NamedScan): Promise<void> {
	const { topicId, scanId } = scan;
	const { rows } = await database.query<{ sha256: string }>(
		`
			select encode(s.file_sha256, 'hex') as sha256
			from paper_scans s
			left join paper_readings r using (topic_id, scan_id)
			where s.topic_id = $1 and s.scan_id = $2 and s.file_sha256 is not null and r.read_at is null`,
		[topicId, scanId]
	);
	if (!rows[0]) return;
	const said = await codesInPicture(await bytesOf(files, rows[0].sha256));
	const { outcome, number } = await whatIsShown(database, topicId, said);
	await inTransaction(database, async (transaction) => {
		const { rowCount } = await transaction.query(
			`
				insert into paper_readings (topic_id, scan_id, outcome, read_at)
				select topic_id, scan_id, $3, $4
				from paper_scans
				where topic_id = $1 and scan_id = $2
				on conflict do nothing`,
			[topicId, scanId, outcome, transaction.at]
		);
		// somebody who was quicker has typed its number
		if (rowCount === 0 || number === null || (await isFiled(transaction, scan))) return;
		await fileTo(transaction, scan, number, null);
		const became = await lockForm(transaction, topicId, number);
		if (became === 'taken-back' || (became === 'typed' && (await isErased(transaction, topicId, number))))
			await dropLater(transaction, topicId, await forgetScansOfForms(transaction, topicId, [number]));
	});
}

async function whatIsShown(
	queryable: Queryable,
	topicId: string,
	said: readonly string[] | null
): Promise<{ outcome: ReadingOutcome; number: number | null }> {
	if (said === null) return { outcome: 'broken', number: null };
	if (said.length === 0) return { outcome: 'none', number: null };
	const codes = new Set(said.map(codeInPicture).filter((code) => code !== null));
	if (codes.size === 0) return { outcome: 'foreign', number: null };
	if (codes.size > 1) return { outcome: 'several', number: null };
	const form = await formWithCode(queryable, [...codes][0]!);
	if (!form) return { outcome: 'foreign', number: null };
	return form.topicId === topicId ? { outcome: 'found', number: form.number } : { outcome: 'elsewhere', number: null };
}
