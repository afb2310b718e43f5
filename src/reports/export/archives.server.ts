import { atOneInstant, inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import type { FileStore } from '#files/store.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { isLanguage } from '#languages/languages.ts';
import { refusal } from '#refusals/refusal.ts';
import { bundle } from '#reports/export/exporting.server.ts';
import { opinionsCsv } from '#reports/export/opinions.server.ts';
import { zip, type WrittenEntry } from '#reports/export/zip.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { topicOf } from '#topics/reading.server.ts';

/** One night's file of a topic. */
export interface Archive {
	readonly archiveId: string;
	/** the instant that it tells of */
	readonly at: Date;
	/** hexadecimal */
	readonly sha256: string;
	readonly size: number;
	readonly showsResults: boolean;
	readonly contents: readonly WrittenEntry[];
}

/** Larger ones are not made: something is wrong then. */
const largestArchive = 4 * 1024 ** 3;
const reader = { kind: 'visitor', visitorId: null } as const;

/**
 * Makes the archive of a topic, all of one instant. Null where something that may be in it was hidden or erased while it was made: nobody
 * gets that one. For the jobs process.
 */
export async function makeArchive(
	database: Database,
	files: FileStore,
	topicId: string,
	origin: string
): Promise<Archive | null> {
	const made = await atOneInstant(database, `export ${topicId}`, async (instant) => {
		const topic = await topicOf(instant, topicId);
		const say = speakerOf(isLanguage(topic.defaultLanguage) ? topic.defaultLanguage : 'en');
		const showsResults = resultsVisibleTo(reader, topic, instant.at);
		const lately = await concealedLately(instant, topicId);
		const contents: WrittenEntry[] = [];
		const opinions = { name: 'opinions.csv', pieces: opinionsCsv(instant, topicId) };
		const entries = bundle(instant, topic, { say, showsResults, origin, at: instant.at }, showsResults ? [opinions] : []);
		const noted = async function* () {
			for await (const entry of entries) {
				const { written } = entry;
				yield { ...entry, written: (one: WrittenEntry) => (written?.(one), void contents.push(one)) };
			}
		};
		const file = await files.put(zip(noted(), instant.at), { mediaType: 'application/zip', limit: largestArchive });
		return { at: instant.at, sha256: file.sha256, size: file.size, showsResults, lately, contents };
	});
	const { lately, ...archive } = made;
	return inTransaction(database, async (transaction) => {
		// later than everything that it can hold
		const archiveId = uuidv7();
		await transaction.query(
			`insert into export_archives (topic_id, archive_id, of_at, file_sha256, size, shows_results, contents, concealed_lately)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			[
				...[topicId, archiveId, archive.at, Buffer.from(archive.sha256, 'hex'), archive.size, archive.showsResults],
				...[JSON.stringify(archive.contents), lately]
			]
		);
		if (await isSound(transaction, topicId, archiveId)) return { archiveId, ...archive };
		await dropArchives(transaction, topicId, [archiveId]);
		return null;
	});
}

/**
 * Those that may be given away now, the newest first: not those with something that was hidden or erased since, nor results while opinions
 * are blind.
 */
export async function archivesOf(
	queryable: Queryable,
	topicId: string,
	{ showsResults }: { showsResults: boolean }
): Promise<Archive[]> {
	const { rows } = await queryable.query<Archive>(
		`select ${columns}
		from export_archives a
		where topic_id = $1 and ($2 or not shows_results) and ${sound}
		order by of_at desc
		limit 30`,
		[topicId, showsResults]
	);
	return rows;
}

/** One of them; refuses `not-found` for one that may not be given away any more. */
export async function archiveOf(
	queryable: Queryable,
	{ topicId, archiveId }: { readonly topicId: string; readonly archiveId: string },
	{ showsResults }: { showsResults: boolean }
): Promise<Archive> {
	const { rows } = await queryable.query<Archive>(
		`select ${columns}
		from export_archives a
		where topic_id = $1 and archive_id = $3 and ($2 or not shows_results) and ${sound}`,
		[topicId, showsResults, archiveId]
	);
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}

const columns = `archive_id as "archiveId", of_at as at, encode(file_sha256, 'hex') as sha256, size, shows_results as "showsResults", contents`;

// a transaction writes the moment of its beginning, and may end so much later
const margin = `interval '10 minutes'`;

/**
 * That nothing is concealed, erased or made unreadable now which was not when the archive was made. What came after the archive cannot be
 * in it: ids that tell their time are compared.
 */
const sound = `
	not exists (
		select from concealments c
		where c.topic_id = a.topic_id and c.since > a.of_at - ${margin} and c.thing_id <> all (a.concealed_lately)
			and (c.thing_id < a.archive_id or substr(c.thing_id::text, 15, 1) <> '7')
	) and not exists (
		select from erasures e
		where e.topic_id = a.topic_id and e.erased_at > a.of_at - ${margin} and e.contribution_id <> all (a.concealed_lately)
			and (e.contribution_id < a.archive_id or substr(e.contribution_id::text, 15, 1) <> '7')
	) and not exists (
		select from redactions r
		where r.topic_id = a.topic_id and r.redacted_at > a.of_at - ${margin} and r.redaction_id <> all (a.concealed_lately)
			and (r.thing_id < a.archive_id or substr(r.thing_id::text, 15, 1) <> '7')
	)`;

async function isSound(queryable: Queryable, topicId: string, archiveId: string): Promise<boolean> {
	const { rowCount } = await queryable.query(
		`select from export_archives a where topic_id = $1 and archive_id = $2 and ${sound}`,
		[topicId, archiveId]
	);
	return rowCount === 1;
}

async function concealedLately(instant: Transaction, topicId: string): Promise<string[]> {
	const { rows } = await instant.query<{ id: string }>(
		`select thing_id as id from concealments where topic_id = $1 and since > $2::timestamptz - ${margin}
		union
		select contribution_id from erasures where topic_id = $1 and erased_at > $2::timestamptz - ${margin}
		union
		select redaction_id from redactions where topic_id = $1 and redacted_at > $2::timestamptz - ${margin}`,
		[topicId, instant.at]
	);
	return rows.map(({ id }) => id);
}

/**
 * Deletes those that may not be given away, and those that are older than some days; the newest sound one stays. Tells whether one is left
 * from this night.
 */
export async function tidyArchives(
	database: Database,
	topicId: string,
	{ keepSince, night }: { keepSince: Date; night: Date }
): Promise<boolean> {
	return inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<{ id: string; at: Date; isSound: boolean }>(
			`select archive_id as id, of_at as at, ${sound} as "isSound" from export_archives a where topic_id = $1 order by of_at desc`,
			[topicId]
		);
		const newest = rows.find(({ isSound }) => isSound);
		const gone = rows.filter((one) => !one.isSound || (one !== newest && one.at < keepSince));
		await dropArchives(
			transaction,
			topicId,
			gone.map(({ id }) => id)
		);
		return newest !== undefined && newest.at >= night;
	});
}

/** Drops all archives of the topics: something in them is to be known no more. New ones are made within minutes. */
export async function dropArchivesOf(transaction: Transaction, topicIds: readonly string[]): Promise<void> {
	const { rows } = await transaction.query<{ topicId: string; id: string }>(
		`select topic_id as "topicId", archive_id as id from export_archives where topic_id = any ($1::uuid[])`,
		[topicIds]
	);
	for (const [topicId, archives] of Map.groupBy(rows, (row) => row.topicId))
		await dropArchives(
			transaction,
			topicId,
			archives.map(({ id }) => id)
		);
}

async function dropArchives(transaction: Transaction, topicId: string, archiveIds: readonly string[]): Promise<void> {
	const { rows } = await transaction.query<{ sha256: string }>(
		`delete from export_archives where topic_id = $1 and archive_id = any ($2::uuid[]) returning encode(file_sha256, 'hex') as sha256`,
		[topicId, archiveIds]
	);
	for (const { sha256 } of rows)
		await addJob(transaction, 'contributions.drop-file', { topicId, sha256 }, { jobKey: `drop file ${sha256}` });
}
