import { atOneInstant, type Database, type Instant } from '#database/connection.server.ts';

/**
 * For whatever publishes cells: one after the other for each topic, so that a later one never shows less than an earlier one, and each
 * counts opinions, comments, stances and texts of one instant. That instant is written as the time of the publication: who spoke after it
 * was not counted, and who was counted spoke before it, so that nobody is new twice.
 */
export function countingAlone<T>(database: Database, topicId: string, work: (instant: Instant) => Promise<T>): Promise<T> {
	return atOneInstant(database, `cells ${topicId}`, work);
}
