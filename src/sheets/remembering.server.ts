import type { Queryable, Transaction } from '#database/connection.server.ts';

/** So many keys are looked up at once. */
const portion = 10_000;

/** Which of these rows came in before; keys in hexadecimal. */
export async function keysKnown(queryable: Queryable, topicId: string, keys: readonly Buffer[]): Promise<Set<string>> {
	const known = new Set<string>();
	for (let from = 0; from < keys.length; from += portion) {
		const { rows } = await queryable.query<{ key: string }>(
			`select encode(row_key, 'hex') as key from sheet_rows where topic_id = $1 and row_key = any ($2::bytea[])`,
			[topicId, keys.slice(from, from + portion)]
		);
		for (const { key } of rows) known.add(key);
	}
	return known;
}

/** What came of which row. */
export async function remember(
	transaction: Transaction,
	topicId: string,
	keys: readonly Buffer[],
	ids: readonly string[]
): Promise<void> {
	await transaction.query(
		`
			insert into sheet_rows (topic_id, row_key, thing_id)
			select $1, key, id
			from unnest($2::bytea[], $3::uuid[]) as given (key, id)`,
		[topicId, keys, ids]
	);
}
