import type { Queryable } from '#database/connection.server.ts';

/** One text of a submission as it is read: what was typed (part 0) or what was read from one of its files. */
export interface TextPart {
	readonly part: number;
	/** the version of the words (part 0) or of the reading of the file; 0 where nothing was read yet */
	readonly textVersion: number;
	readonly text: string;
	readonly language: string;
	readonly extractor: string | null;
	readonly encoding: string | null;
	/** why the file could not be read */
	readonly refusal: string | null;
	readonly file: { readonly sha256: string; readonly name: string; readonly size: number } | null;
}

/** Its file was sent, and is not read yet. */
export function isWaiting({ textVersion, file }: TextPart): boolean {
	return textVersion === 0 && file !== null;
}

/** A PDF does not say in which order words from right to left are read. */
export function isOrderDoubtful({ extractor, text }: TextPart): boolean {
	return extractor?.startsWith('pdf') === true && /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text);
}

/**
 * The parts of a submission in their newest version, in order. What was brought in from a file is not shown twice: its own words (the
 * file as it came, with its header) give way to the reading of that file.
 */
export async function partsOf(queryable: Queryable, topicId: string, contributionId: string): Promise<TextPart[]> {
	const { rows } = await queryable.query<TextPart & { isImported: boolean }>(
		`
			select 0 as part, v.version as "textVersion", v.text, v.language, null as extractor, null as encoding, null as refusal,
				null::json as file, c.channel = 'import' as "isImported"
			from contributions c
			join contribution_versions v using (topic_id, contribution_id)
			where c.topic_id = $1 and c.contribution_id = $2
				and v.version = (
					select max(version) from contribution_versions where topic_id = $1 and contribution_id = $2)
			union all
			select s.part, coalesce(t.text_version, 0), coalesce(t.text, ''), c.language, t.extractor, t.encoding, t.refusal,
				json_build_object('sha256', encode(s.file_sha256, 'hex'), 'name', s.file_name, 'size', f.size), false
			from submission_files s
			join contributions c using (topic_id, contribution_id)
			join files f on f.sha256 = s.file_sha256
			left join lateral (
				select text_version, text, extractor, encoding, refusal
				from extracted_texts t
				where t.topic_id = s.topic_id and t.contribution_id = s.contribution_id and t.part = s.part
					and t.file_version = s.file_version
				order by text_version desc
				limit 1) t on true
			where s.topic_id = $1 and s.contribution_id = $2
			order by part`,
		[topicId, contributionId]
	);
	const isRead = rows.some((row) => row.part > 0 && row.text !== '');
	return rows
		.filter((row) => row.part > 0 || (row.text.trim() !== '' && !(row.isImported && isRead)))
		.map(({ isImported: _, ...part }) => part);
}

/** The text of one version of a part, as passages point into it. */
export async function textOfPart(
	queryable: Queryable,
	{ topicId, contributionId, part, textVersion }: { topicId: string; contributionId: string; part: number; textVersion: number }
): Promise<string | null> {
	const { rows } = await queryable.query<{ text: string }>(
		part === 0
			? `
				select text
				from contribution_versions
				where topic_id = $1 and contribution_id = $2 and version = $3`
			: `
				select text
				from extracted_texts
				where topic_id = $1 and contribution_id = $2 and text_version = $3 and part = $4`,
		[topicId, contributionId, textVersion, ...(part === 0 ? [] : [part])]
	);
	return rows[0]?.text ?? null;
}

export interface ExtractedText {
	readonly topicId: string;
	readonly contributionId: string;
	readonly part: number;
	/** which of the files that stood there; 1 unless it was replaced */
	readonly fileVersion?: number;
	readonly extractor: string;
	readonly encoding: string | null;
	readonly text: string;
	readonly refusal: string | null;
}

/** Keeps what an extractor read as the next version of its part; the same extractor's reading of the same part is kept once. */
export async function keepExtractedText(queryable: Queryable, read: ExtractedText, at: Date): Promise<void> {
	await queryable.query({
		name: 'extracted-text-keep',
		text: `
			insert into extracted_texts (topic_id, contribution_id, part, text_version, extractor, encoding, text, refusal, extracted_at,
				file_version)
			select $1, $2, $3, coalesce(max(text_version), 0) + 1, $4, $5, $6, $7, $8, $9
			from extracted_texts
			where topic_id = $1 and contribution_id = $2 and part = $3
			having coalesce(bool_and(extractor <> $4 or refusal is not null or file_version <> $9), true)
				-- erased while it was being read
				and not exists (select from erasures e where e.topic_id = $1 and e.contribution_id = $2)
			on conflict do nothing`,
		values: [
			read.topicId,
			read.contributionId,
			read.part,
			read.extractor,
			read.encoding,
			read.text,
			read.refusal,
			at,
			read.fileVersion ?? 1
		]
	});
}
