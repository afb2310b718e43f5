import type { Transaction } from '#database/connection.server.ts';

/** Which of these rows came in before; keys in hexadecimal. */
export async function keysKnown(
	transaction: Transaction,
	topicId: string,
	keys: readonly (Buffer | null)[]
): Promise<Set<string>> {
	const { rows } = await transaction.query<{ key: string }>(
		`select encode(row_key, 'hex') as key from sheet_rows where topic_id = $1 and row_key = any ($2::bytea[])`,
		[topicId, keys]
	);
	return new Set(rows.map(({ key }) => key));
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
