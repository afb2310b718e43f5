import type { SheetReading } from '#cafes/notes/sheet-reading.server.ts';
import type { PhotoOutcome } from '#cafes/notes/typing.server.ts';
import type { Marker } from '#cafes/notes/note.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { textCanBeSeen } from '#moderation/concealed.server.ts';

/** A photo of a table, as the desk lists it. */
export interface PhotoOfTable {
	readonly photoId: string;
	/** null: nobody knows yet */
	readonly table: number | null;
	readonly round: number | null;
	readonly source: 'phone' | 'sheet' | 'desk';
	/** null: no code was looked for yet */
	readonly reading: SheetReading | null;
	/** null: it waits */
	readonly outcome: PhotoOutcome | null;
	/** typed from it: that wait in the tray, and that became notes (not known under the Chatham House rule) */
	readonly cards: number;
	readonly notes: number;
	/** who types from it now; null where nobody does */
	readonly claim: { readonly accountId: string; readonly name: string } | null;
}

/** All photos of a café that are whole, by table and round; those of no table first. One query. @param at now: claims lapse */
export async function photosOf(queryable: Queryable, { topicId, eventId }: OfEvent, at: Date): Promise<PhotoOfTable[]> {
	const { rows } = await queryable.query<PhotoOfTable>(
		`
			with recursive wordings as (
				select c.photo_id, c.note_id as first, c.note_id, w.text
				from note_photo_cards c
				join note_photos p using (topic_id, photo_id)
				join waiting_notes w using (topic_id, note_id)
				where c.topic_id = $1 and p.event_id = $2
				union all
				select wordings.photo_id, wordings.first, w.note_id, w.text
				from wordings
				join waiting_notes w on w.topic_id = $1 and w.event_id = $2 and w.revises = wordings.note_id
			), standing as (
				select photo_id, count(distinct first)::int as cards
				from wordings
				where text <> '' and not exists (
					select from waiting_notes w where w.topic_id = $1 and w.event_id = $2 and w.revises = wordings.note_id)
				group by photo_id
			)
			select p.photo_id as "photoId", p.table_number as "table", p.round_number as round, p.source, p.reading, o.outcome,
				coalesce(standing.cards, 0) as cards,
				(select count(*)::int from note_sources s where s.topic_id = p.topic_id and s.photo_id = p.photo_id) as notes,
				case when c.account_id is not null
					then json_build_object('accountId', c.account_id, 'name', coalesce(nullif(a.name, ''), a.email, '')) end as claim
			from note_photos p
			left join note_photo_ends o using (topic_id, photo_id)
			left join standing using (photo_id)
			left join note_photo_claims c on c.topic_id = p.topic_id and c.photo_id = p.photo_id and c.lapses_at > $3
			left join accounts a on a.account_id = c.account_id
			where p.topic_id = $1 and p.event_id = $2 and p.file_sha256 is not null
			order by p.table_number nulls first, p.round_number nulls first, p.photo_id`,
		[topicId, eventId, at]
	);
	return rows;
}

/** How many photos are neither typed nor passed over. */
export async function photosToType(queryable: Queryable, topicId: string, eventId: string): Promise<number> {
	const { rows } = await queryable.query<{ photos: number }>(
		`
			select count(*)::int as photos
			from note_photos p
			where topic_id = $1 and event_id = $2 and file_sha256 is not null
				and not exists (select from note_photo_ends o where o.topic_id = p.topic_id and o.photo_id = p.photo_id)`,
		[topicId, eventId]
	);
	return rows[0]!.photos;
}

/** What was typed from a photo and hangs on the wall. */
export async function notesFrom(
	queryable: Queryable,
	{ topicId, photoId }: { readonly topicId: string; readonly photoId: string }
): Promise<{ noteId: string; marker: Marker; text: string; language: string }[]> {
	const { rows } = await queryable.query<{ noteId: string; marker: Marker; text: string; language: string }>(
		`
			select n.contribution_id as "noteId", n.marker, v.text, v.language
			from note_sources s
			join notes n using (topic_id, contribution_id)
			join contributions c using (topic_id, contribution_id)
			join lateral (
				select text, language
				from contribution_versions v
				where v.topic_id = n.topic_id and v.contribution_id = n.contribution_id
				order by version desc
				limit 1
			) v on true
			where s.topic_id = $1 and s.photo_id = $2 and ${textCanBeSeen('c')}
			order by n.place, n.contribution_id`,
		[topicId, photoId]
	);
	return rows;
}
