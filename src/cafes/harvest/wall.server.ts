import type { Marker } from '#cafes/notes/note.ts';
import { groupsShown, authorShown } from '#contributions/author-shown.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { canBeSeen, textCanBeSeen } from '#moderation/concealed.server.ts';

/** A note as it hangs on the wall. */
export interface NoteOnWall {
	readonly noteId: string;
	readonly table: number;
	readonly round: number;
	readonly questionId: string | null;
	readonly marker: Marker;
	readonly text: string;
	/** BCP 47 or `und` */
	readonly language: string;
	/** of its words; more than one where they were said anew */
	readonly version: number;
	/** null where the rule of the event does not let it stand */
	readonly name: string | null;
	readonly groups: readonly string[];
	/** laid together with others; null: by itself */
	readonly groupId: string | null;
	/** another wording of the same card hangs there too: two phones said it anew, and neither knew */
	readonly hasTwin: boolean;
	/** the ideas that rest on it */
	readonly ideas: readonly number[];
}

/** All notes of a café that can be seen, by question, table, round and place. One query. */
export async function wallOf(queryable: Queryable, topicId: string, eventId: string): Promise<NoteOnWall[]> {
	const { rows } = await queryable.query<NoteOnWall>(
		`
			select n.contribution_id as "noteId", n.table_number as "table", n.round_number as round, n.question_id as "questionId", n.marker,
				v.text, v.language, v.version, author_name.name, ${groupsShown} as groups, g.group_id as "groupId",
				count(*) over (partition by n.card_id) > 1 as "hasTwin",
				array(
					select distinct s.idea_number
					from passages p
					join stances s using (topic_id, passage_id)
					join ideas i using (topic_id, idea_number)
					where p.topic_id = n.topic_id and p.contribution_id = n.contribution_id and ${canBeSeen('idea', 'i.idea_id')}
						and not exists (
							select from stance_removals r
							where r.topic_id = s.topic_id and r.passage_id = s.passage_id and r.idea_number = s.idea_number)
					order by s.idea_number
				) as ideas
			from notes n
			join contributions c using (topic_id, contribution_id)
			join lateral (
				select version, text, language
				from contribution_versions v
				where v.topic_id = n.topic_id and v.contribution_id = n.contribution_id
				order by version desc
				limit 1
			) v on true
			left join harvest_groups g using (topic_id, contribution_id)
			left join withdrawals w using (topic_id, contribution_id)
			${authorShown('c')}
			where n.topic_id = $1 and n.event_id = $2 and w.withdrawn_at is null and v.text <> '' and ${textCanBeSeen('c')}
			order by n.round_number, n.table_number, n.place, n.contribution_id`,
		[topicId, eventId]
	);
	return rows;
}

/** How many notes came from a group; told from five on, as every figure of a group. */
export interface NotesOfGroup {
	readonly group: string;
	readonly notes: number | null;
}

const fewest = 5;

/** What share each stakeholder group has in the notes, where the rule lets it be known; null where no note says a group. */
export function balanceOf(notes: readonly NoteOnWall[], groups: readonly string[]): NotesOfGroup[] | null {
	if (notes.every((note) => note.groups.length === 0)) return null;
	const counts = groups.map((group) => ({ group, notes: notes.filter((note) => note.groups.includes(group)).length }));
	const hidden = counts.filter((one) => one.notes > 0 && one.notes < fewest);
	// one alone could be had from the sum: the smallest of the others goes with it
	const smallest =
		hidden.length === 1
			? counts.filter((one) => one.notes >= fewest).sort((one, other) => one.notes - other.notes)[0]
			: undefined;
	return counts.map((one) => (hidden.includes(one) || one === smallest ? { ...one, notes: null } : one));
}
