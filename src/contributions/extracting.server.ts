import { countWords, lockText } from '#contributions/counting-words.server.ts';
import { extract } from '#contributions/intake/extraction.server.ts';
import { keepExtractedText } from '#contributions/parts.server.ts';
import { inTransaction, type Database } from '#database/connection.server.ts';
import { bytesOf, type FileStore } from '#files/store.server.ts';
import { isRefusal } from '#refusals/refusal.ts';

/**
 * Reads the files of a submission that were not read yet, each in a thread with an end, and keeps their texts, or why there is none. For
 * the jobs process; run again it reads only what is missing.
 */
export async function extractTexts(database: Database, files: FileStore, topicId: string, contributionId: string): Promise<void> {
	const { rows } = await database.query<{ part: number; fileVersion: number; sha256: string }>(
		`
			select part, file_version as "fileVersion", encode(file_sha256, 'hex') as sha256
			from submission_files s
			where topic_id = $1 and contribution_id = $2
				and not exists (
					select from extracted_texts t
					where t.topic_id = s.topic_id and t.contribution_id = s.contribution_id and t.part = s.part
						and t.file_version = s.file_version)
			order by part`,
		[topicId, contributionId]
	);
	for (const { part, fileVersion, sha256 } of rows) {
		const read = await readOrRefused(files, sha256);
		await inTransaction(database, async (transaction) => {
			await lockText(transaction, topicId, contributionId);
			await keepExtractedText(transaction, { topicId, contributionId, part, fileVersion, ...read }, transaction.at);
			await countWords(transaction, topicId, contributionId);
		});
	}
}

async function readOrRefused(files: FileStore, sha256: string) {
	try {
		const { text, extractor, encoding } = await extract(await bytesOf(files, sha256));
		return { text, extractor, encoding, refusal: null };
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return { text: '', extractor: 'none', encoding: null, refusal: error.code };
	}
}
