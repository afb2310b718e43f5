import type { Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import type { Thing } from '#moderation/deciding.server.ts';

export interface NotedRedaction extends Thing {
	readonly version: number;
	/** hex */
	readonly originalHash: string;
	readonly letters: number;
}

/** Notes which versions were made unreadable in part, with the hash of what they said. */
export async function noteRedactions(
	transaction: Transaction,
	topicId: string,
	redactions: readonly NotedRedaction[],
	accountId: string | null
): Promise<void> {
	if (redactions.length === 0) return;
	await transaction.query(
		`insert into redactions (topic_id, redaction_id, kind, thing_id, version, original_hash, letters, redacted_at, redacted_by)
		select $1, redaction_id, kind, thing_id, version, decode(hash, 'hex'), letters, $2, $3
		from unnest($4::uuid[], $5::text[], $6::uuid[], $7::int[], $8::text[], $9::int[])
			as given (redaction_id, kind, thing_id, version, hash, letters)`,
		[
			topicId,
			transaction.at,
			accountId,
			redactions.map(() => uuidv7()),
			redactions.map(({ kind }) => kind),
			redactions.map(({ thingId }) => thingId),
			redactions.map(({ version }) => version),
			redactions.map(({ originalHash }) => originalHash),
			redactions.map(({ letters }) => letters)
		]
	);
}
