import type { Transaction } from '#database/connection.server.ts';
import { fewestPeople, type Column } from '#engines/likeness/opinions.ts';
import type { ComparableIdea } from '#ideas/comparable.server.ts';

/** More are not read: of a larger topic every second, third … person speaks for all. A sample of so many shows a pattern as well. */
const mostOpinions = 2_000_000;

const uuid = /^[0-9a-f-]{36}$/;

/**
 * Who takes which side on the ideas, those together on which enough people do. Where all ideas are in one language nothing is read: their words
 * tell more. Two million opinions come as a message an idea, in about a second.
 * @param most opinions read, about
 */
export async function readColumns(
	transaction: Transaction,
	topicId: string,
	ideas: readonly Pick<ComparableIdea, 'idea' | 'language'>[],
	most = mostOpinions
): Promise<Column[]> {
	const languages = new Map(ideas.map(({ idea, language }) => [idea, language.split('-')[0]!]));
	for (const [idea, language] of languages) if (language === 'und') languages.delete(idea);
	if (new Set(languages.values()).size < 2) return [];
	if (!uuid.test(topicId)) throw new Error('the topic of a COPY is written into its text');
	// counted already with each opinion
	const { rows } = await transaction.query<{ count: number }>(
		'select coalesce(sum(agree + disagree), 0)::bigint as count from idea_counts where topic_id = $1',
		[topicId]
	);
	const every = Math.max(1, Math.ceil(rows[0]!.count / most));
	const columns: Column[] = [];
	await transaction.query(`set local work_mem = '256MB'`);
	await transaction.copyOut(
		`select idea_number, array_agg(participant_number * 2 + (value = 1)::int)
		from opinions
		where topic_id = '${topicId}' and value <> 0 and participant_number % ${every} = 0
		group by idea_number
		having count(*) >= ${fewestPeople}`,
		(row) => {
			const idea = row.readInt32BE(6);
			const language = languages.get(idea);
			if (language === undefined) return;
			// an array in binary: dimensions, whether null stands in it, type, length, first index; then each entry after its length
			const said = new Uint32Array(row.readInt32BE(26));
			for (let entry = 0; entry < said.length; entry++) said[entry] = row.readInt32BE(38 + 8 * entry);
			said.sort();
			const values = Int8Array.from(said, (one) => (one % 2 === 1 ? 1 : -1));
			columns.push({ idea, language, people: said.map((one) => one >> 1), values });
		}
	);
	return columns;
}
