import { accountOf, type Actor } from '#activity/actor.ts';
import type { Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { refusal } from '#refusals/refusal.ts';
import type { DraftedParagraph, Words } from '#reports/paragraph.ts';

/** From one drafted paragraph to the next. Positions are exact decimals: between any two there is always another. */
export const gap = 1024;

/** Writes new paragraphs after those that have numbers already, from a position on. @returns the number of the first */
export async function writeParagraphs(
	transaction: Transaction,
	{ topicId, reportId }: { topicId: string; reportId: string },
	paragraphs: readonly (DraftedParagraph & Pick<NewVersion, 'position'>)[],
	origin: 'drafted' | 'edited',
	actor: Actor
): Promise<number> {
	const ids = paragraphs.map(() => uuidv7());
	const { rows } = await transaction.query<{ first: number }>(
		`
			with last as (
				select coalesce(max(paragraph_number), 0) as number
				from paragraphs
				where topic_id = $1 and report_id = $2
			), added as (
				insert into paragraphs (topic_id, paragraph_id, report_id, paragraph_number, section, added_at)
				select $1, given.paragraph_id, $2, last.number + given.place, given.section, $5
				from last
				cross join unnest($3::uuid[], $4::text[]) with ordinality as given (paragraph_id, section, place)
			)
			select number + 1 as first from last`,
		[topicId, reportId, ids, paragraphs.map(({ section }) => section), transaction.at]
	);
	await writeVersions(
		transaction,
		topicId,
		paragraphs.map((paragraph, index) => ({ ...paragraph, paragraphId: ids[index]!, version: 1, origin })),
		actor
	);
	return rows[0]!.first;
}

export interface NewVersion extends Words {
	readonly paragraphId: string;
	readonly version: number;
	/** a decimal of any length */
	readonly position: number | string;
	readonly origin: 'drafted' | 'edited';
}

/** Writes versions with their sources. A version that somebody else wrote first is refused: `changed-meanwhile`. */
export async function writeVersions(
	transaction: Transaction,
	topicId: string,
	versions: readonly NewVersion[],
	actor: Actor
): Promise<void> {
	const { rowCount } = await transaction.query(
		`
			insert into paragraph_versions (topic_id, paragraph_id, version, position, kind, text, language, origin, written_at, written_by)
			select $1, paragraph_id, version, position, kind, text, language, origin, $9, $10
			from unnest($2::uuid[], $3::int[], $4::numeric[], $5::text[], $6::text[], $7::text[], $8::text[])
				as given (paragraph_id, version, position, kind, text, language, origin)
			on conflict do nothing`,
		[
			topicId,
			versions.map(({ paragraphId }) => paragraphId),
			versions.map(({ version }) => version),
			versions.map(({ position }) => position),
			versions.map(({ kind }) => kind),
			versions.map(({ text }) => text),
			versions.map(({ language }) => language),
			versions.map(({ origin }) => origin),
			transaction.at,
			accountOf(actor)
		]
	);
	if (rowCount !== versions.length) throw refusal('changed-meanwhile');
	const sources = versions.flatMap(({ paragraphId, version, sources: own }) =>
		own.map((source, index) => ({ ...source, paragraphId, version, number: index + 1 }))
	);
	await transaction.query(
		`
			insert into sources (topic_id, paragraph_id, version, source_number, starts, ends, kind, thing_id, pointer, quote)
			select $1, paragraph_id, version, source_number, starts, ends, kind, thing_id, pointer, quote
			from unnest($2::uuid[], $3::int[], $4::int[], $5::int[], $6::int[], $7::text[], $8::uuid[], $9::text[], $10::text[])
				as given (paragraph_id, version, source_number, starts, ends, kind, thing_id, pointer, quote)`,
		[
			topicId,
			sources.map(({ paragraphId }) => paragraphId),
			sources.map(({ version }) => version),
			sources.map(({ number }) => number),
			sources.map(({ starts }) => starts),
			sources.map(({ ends }) => ends),
			sources.map(({ kind }) => kind),
			sources.map(({ thingId }) => thingId),
			sources.map(({ pointer }) => pointer),
			sources.map(({ quote }) => quote)
		]
	);
}
