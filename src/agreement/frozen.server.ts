import { canonicalJson, type Json } from '#agreement/canonical.ts';
import type { Snapshot } from '#agreement/snapshots.server.ts';
import type { Queryable } from '#database/connection.server.ts';

/**
 * A snapshot with the figures of those ideas at which the pointers point, and all other figures. All ideas of a large topic would fill a
 * web process; the database finds the few that a report speaks of.
 */
export async function snapshotAt(
	queryable: Queryable,
	topicId: string,
	snapshotId: string,
	pointers: readonly (string | null)[]
): Promise<Snapshot | null> {
	const ideas = pointers.flatMap((pointer) => /^\/ideas\/([0-9]+)(?:\/|$)/.exec(pointer ?? '')?.[1] ?? []);
	const { rows } = await queryable.query<Snapshot>(
		`
			select topic_id as "topicId", snapshot_id as "snapshotId", taken_at as "takenAt", sha256,
				(figures - 'ideas') || jsonb_build_object(
					'ideas',
					(
						select coalesce(jsonb_object_agg(idea.key, idea.value), '{}')
						from jsonb_each(figures -> 'ideas') as idea
						where idea.key = any ($3::text[])
					)
				) as figures
			from snapshots
			where topic_id = $1 and snapshot_id = $2`,
		[topicId, snapshotId, ideas]
	);
	return rows[0] ?? null;
}

const ideasAPiece = 5000;

/**
 * All figures as canonical JSON, piece by piece: together the very bytes of which the snapshot's fingerprint was taken. A slow reader holds
 * one piece, and no transaction.
 */
export async function* frozenFigures(queryable: Queryable, topicId: string, snapshotId: string): AsyncGenerator<string> {
	const snapshot = await snapshotAt(queryable, topicId, snapshotId, []);
	if (!snapshot) throw new Error(`there is no snapshot ${snapshotId}`);
	const members = Object.entries<Json>(snapshot.figures).sort(([one], [other]) => (one < other ? -1 : 1));
	for (const [place, [name, value]] of members.entries()) {
		yield `${place === 0 ? '{' : ','}${JSON.stringify(name)}:`;
		if (name === 'ideas') yield* ideas(queryable, topicId, snapshotId);
		else yield canonicalJson(value);
	}
	yield '}';
}

async function* ideas(queryable: Queryable, topicId: string, snapshotId: string): AsyncGenerator<string> {
	let last = '';
	for (;;) {
		const { rows } = await queryable.query<{ key: string; value: Json }>(
			`
				select idea.key, idea.value
				from snapshots
				cross join lateral jsonb_each(figures -> 'ideas') as idea
				where topic_id = $1 and snapshot_id = $2 and idea.key collate "C" > $3
				order by idea.key collate "C"
				limit $4`,
			[topicId, snapshotId, last, ideasAPiece]
		);
		const told = rows.map(({ key, value }) => `${JSON.stringify(key)}:${canonicalJson(value)}`).join(',');
		yield (last === '' ? '{' : rows.length > 0 ? ',' : '') + told;
		if (rows.length < ideasAPiece) break;
		last = rows.at(-1)!.key;
	}
	yield '}';
}
