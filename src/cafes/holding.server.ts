import type { Transaction } from '#database/connection.server.ts';

/** Nobody plans this café anew or begins a round of it until the transaction ends. */
export async function holdPlanStill(transaction: Transaction, topicId: string, eventId: string): Promise<void> {
	await transaction.query(`select pg_advisory_xact_lock(hashtextextended('cafe ' || $1 || ' ' || $2, 0))`, [topicId, eventId]);
}
