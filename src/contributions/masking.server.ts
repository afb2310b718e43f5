import type { Transaction } from '#database/connection.server.ts';

/** A version of whose words some were made unreadable. */
export interface Masked {
	readonly contributionId: string;
	readonly version: number;
	/** hex; SHA-256 of the random number and the words as they were */
	readonly originalHash: string;
	readonly letters: number;
}

/**
 * Puts other words of the same length in the place of some, in every version of these contributions, their titles and the passages drawn
 * from them. The commitment to the original stays; its random number goes, since with it a short name could be guessed.
 * @param mask leaves the number of code points as it is, so that every offset holds
 */
export async function maskWords(
	transaction: Transaction,
	topicId: string,
	contributionIds: readonly string[],
	mask: (text: string) => string
): Promise<Masked[]> {
	const { rows } = await transaction.query<Masked & { text: string }>(
		`select contribution_id as "contributionId", version, text, encode(commitment, 'hex') as "originalHash"
		from contribution_versions
		where topic_id = $1 and contribution_id = any ($2::uuid[])
		order by contribution_id, version`,
		[topicId, contributionIds]
	);
	const changed = rows
		.map((row) => ({ ...row, masked: mask(row.text) }))
		.filter(({ text, masked }) => text !== masked)
		.map((row) => ({ ...row, letters: differing(row.text, row.masked) }));
	await transaction.query(
		`update contribution_versions v
		set text = given.text, nonce = null
		from unnest($2::uuid[], $3::int[], $4::text[]) as given (contribution_id, version, text)
		where v.topic_id = $1 and v.contribution_id = given.contribution_id and v.version = given.version`,
		[
			topicId,
			changed.map(({ contributionId }) => contributionId),
			changed.map(({ version }) => version),
			changed.map(({ masked }) => masked)
		]
	);
	const ids = [...new Set(changed.map(({ contributionId }) => contributionId))];
	await quoteAgain(transaction, topicId, ids);
	const titled = await maskTitles(transaction, topicId, contributionIds, mask);
	const firsts = rows.filter(
		({ contributionId, version }) => version === 1 && titled.includes(contributionId) && !ids.includes(contributionId)
	);
	return [
		...changed.map(({ text: _, masked: _masked, ...version }) => version),
		...firsts.map(({ contributionId, version, originalHash }) => ({ contributionId, version, originalHash, letters: 0 }))
	];
}

/** Those that came with a file: its words cannot be made unreadable in part. */
export async function withFiles(
	transaction: Transaction,
	topicId: string,
	contributionIds: readonly string[]
): Promise<string[]> {
	const { rows } = await transaction.query<{ id: string }>(
		`select distinct contribution_id as id
		from submission_files
		where topic_id = $1 and contribution_id = any ($2::uuid[])`,
		[topicId, contributionIds]
	);
	return rows.map(({ id }) => id);
}

/** Passages hold their words a second time, with what stands around them. */
async function quoteAgain(transaction: Transaction, topicId: string, contributionIds: readonly string[]): Promise<void> {
	await transaction.query(
		`update passages p
		set quote = substr(v.text, p.starts + 1, p.ends - p.starts),
			prefix = right(left(v.text, p.starts), length(p.prefix)),
			suffix = substr(v.text, p.ends + 1, length(p.suffix))
		from contribution_versions v
		where p.topic_id = $1 and p.contribution_id = any ($2::uuid[]) and p.part = 0
			and v.topic_id = p.topic_id and v.contribution_id = p.contribution_id and v.version = p.text_version`,
		[topicId, contributionIds]
	);
}

async function maskTitles(
	transaction: Transaction,
	topicId: string,
	contributionIds: readonly string[],
	mask: (text: string) => string
): Promise<string[]> {
	const { rows } = await transaction.query<{ id: string; title: string; abstract: string; keywords: string; entitledBy: string }>(
		`select contribution_id as id, title, abstract, keywords, entitled_by as "entitledBy"
		from submissions
		where topic_id = $1 and contribution_id = any ($2::uuid[])`,
		[topicId, contributionIds]
	);
	const changed = rows
		.map((row) => ({
			...row,
			masked: [row.title, row.abstract, row.keywords, row.entitledBy].map((text) => mask(text))
		}))
		.filter(
			({ title, abstract, keywords, entitledBy, masked }) => masked.join() !== [title, abstract, keywords, entitledBy].join()
		);
	await transaction.query(
		`update submissions s
		set title = given.title, abstract = given.abstract, keywords = given.keywords, entitled_by = given.entitled_by
		from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) as given (id, title, abstract, keywords, entitled_by)
		where s.topic_id = $1 and s.contribution_id = given.id`,
		[topicId, changed.map(({ id }) => id), ...[0, 1, 2, 3].map((place) => changed.map(({ masked }) => masked[place]!))]
	);
	const { rows: former } = await transaction.query<{ id: string; version: number; title: string }>(
		`select contribution_id as id, version, title
		from former_titles
		where topic_id = $1 and contribution_id = any ($2::uuid[])`,
		[topicId, contributionIds]
	);
	await transaction.query(
		`update former_titles f
		set title = given.title
		from unnest($2::uuid[], $3::int[], $4::text[]) as given (id, version, title)
		where f.topic_id = $1 and f.contribution_id = given.id and f.version = given.version and f.title <> given.title`,
		[topicId, former.map(({ id }) => id), former.map(({ version }) => version), former.map(({ title }) => mask(title))]
	);
	return changed.map(({ id }) => id);
}

/** In how many letters they differ; both have as many. */
export function differing(one: string, other: string): number {
	const letters = [...other];
	return [...one].filter((letter, index) => letter !== letters[index]).length;
}
