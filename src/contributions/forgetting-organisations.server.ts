import type { Transaction } from '#database/connection.server.ts';

/** Forgets what forms of submissions say of an organisation. @returns the topics in which there were any */
export async function forgetOrganisationAsWritten(transaction: Transaction, isIt: (name: string) => boolean): Promise<string[]> {
	const { rows: written } = await transaction.query<{ name: string }>(
		`select distinct organisation_as_written as name from submissions where organisation_as_written <> ''`
	);
	const names = written.map(({ name }) => name).filter(isIt);
	if (names.length === 0) return [];
	const { rows } = await transaction.query<{ topicId: string }>(
		`update submissions set organisation_as_written = ''
		where organisation_as_written = any ($1::text[])
		returning topic_id as "topicId"`,
		[names]
	);
	return rows.map(({ topicId }) => topicId);
}
