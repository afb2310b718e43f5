import type { Queryable } from '#database/connection.server.ts';
import { csvLine } from '#files/csv.ts';
import { inLanguage } from '#languages/texts.server.ts';
import type { Topic } from '#topics/topic.ts';

/** A file of the folder, in pieces. */
export interface PolisFile {
	readonly name: string;
	readonly pieces: AsyncIterable<string>;
}

const portion = 20_000;

/**
 * A topic in the shape in which Polis exports a conversation: ideas are statements, opinions are votes, participants have their numbers. What is
 * hidden goes along as rejected, with its opinions; what was withdrawn or erased does not.
 * For who runs the instance: hidden words are not for everybody.
 * @param showsTimes only for an audit, to which two agree: times lead to people
 */
export function conversationOf(
	queryable: Queryable,
	topic: Topic,
	address: string,
	{ showsTimes = false }: { showsTimes?: boolean } = {}
): PolisFile[] {
	const { topicId } = topic;
	return [
		{ name: 'summary.csv', pieces: summary(queryable, topic, address) },
		{ name: 'comments.csv', pieces: comments(queryable, topicId, showsTimes) },
		{ name: 'votes.csv', pieces: votes(queryable, topicId, showsTimes) },
		{ name: 'participants-votes.csv', pieces: participantsVotes(queryable, topicId) }
	];
}

// statements are read by programs that know no guard, so that they stand as they are
const line = (...cells: (string | number | null)[]) => csvLine(cells.map((value) => ({ value, isText: false })));

/** The two first columns: Polis writes milliseconds and a date. */
const time = (at: Date | null): [number | string, string] => (at ? [at.getTime(), at.toISOString()] : ['', '']);

/** What goes along of the topic `$1`. */
const concealed = `left join concealments c on c.topic_id = i.topic_id and c.kind = 'idea' and c.thing_id = i.idea_id`;
const goesAlong = `i.topic_id = $1 and (c.why is null or c.why in ('held', 'hidden'))`;

async function* summary(
	queryable: Queryable,
	{ topicId, texts, defaultLanguage }: Topic,
	address: string
): AsyncGenerator<string> {
	const { rows } = await queryable.query<{ voters: number; commenters: number; comments: number }>(
		`select (select count(distinct participant_number)::int from opinions where topic_id = $1) as voters,
			count(distinct i.participant_number)::int as commenters, count(*)::int as comments
		from ideas i
		${concealed}
		where ${goesAlong}`,
		[topicId]
	);
	const { voters, commenters, comments: statements } = rows[0]!;
	const text = (field: string) => inLanguage(texts[field], [defaultLanguage], defaultLanguage).text;
	yield line('topic', text('title')) + line('url', address) + line('voters', voters) + line('voters-in-conv', voters);
	yield line('commenters', commenters) + line('comments', statements) + line('conversation-description', text('summary'));
}

async function* comments(queryable: Queryable, topicId: string, showsTimes: boolean): AsyncGenerator<string> {
	yield line('timestamp', 'datetime', 'comment-id', 'author-id', 'agrees', 'disagrees', 'moderated', 'comment-body');
	for (let after = 0; ;) {
		const { rows } = await queryable.query<{
			id: number;
			author: number | null;
			agree: number;
			disagree: number;
			why: string | null;
			at: Date | null;
			point: string;
		}>(
			`select i.idea_number as id, i.participant_number as author, n.agree, n.disagree, c.why, case when $3 then i.published_at end as at, (
					select point from idea_versions v
					where v.topic_id = i.topic_id and v.idea_number = i.idea_number
					order by version desc
					limit 1
				) as point
			from ideas i
			join idea_counts n using (topic_id, idea_number)
			${concealed}
			where ${goesAlong} and i.idea_number > $2
			order by i.idea_number
			limit ${portion}`,
			[topicId, after, showsTimes]
		);
		for (const { id, author, agree, disagree, why, at, point } of rows) {
			const moderated = why === 'hidden' ? -1 : why === 'held' ? 0 : 1;
			// nobody has this number; where an author stood anonymous the number tells no more than it does of an opinion
			yield line(...time(at), id, author ?? 0, agree, disagree, moderated, point);
		}
		if (rows.length < portion) return;
		after = rows.at(-1)!.id;
	}
}

async function* votes(queryable: Queryable, topicId: string, showsTimes: boolean): AsyncGenerator<string> {
	// looked up once: what the planner makes of a condition here depends on when it last looked at the tables, by minutes
	const ids = (await statementsOf(queryable, topicId)).map(({ id }) => id);
	yield line('timestamp', 'datetime', 'comment-id', 'voter-id', 'vote');
	for (let after = [0, 0]; ;) {
		const { rows } = await queryable.query<{ voter: number; comment: number; value: number; at: Date | null }>(
			`select o.participant_number as voter, o.idea_number as comment, o.value,
				case when $4 then o.given_at end as at
			from opinions o
			where o.topic_id = $1 and (o.participant_number, o.idea_number) > ($2, $3)
				and o.idea_number = any ($5::int[])
			order by o.participant_number, o.idea_number
			limit ${portion}`,
			[topicId, ...after, showsTimes, ids]
		);
		yield rows.map(({ voter, comment, value, at }) => line(...time(at), comment, voter, value)).join('');
		if (rows.length < portion) return;
		const last = rows.at(-1)!;
		after = [last.voter, last.comment];
	}
}

async function* participantsVotes(queryable: Queryable, topicId: string): AsyncGenerator<string> {
	const statements = await statementsOf(queryable, topicId);
	const written = new Map<number, number>();
	for (const { author } of statements) if (author !== null) written.set(author, (written.get(author) ?? 0) + 1);
	yield line(...['participant', 'group-id', 'n-comments', 'n-votes', 'n-agree', 'n-disagree'], ...statements.map(({ id }) => id));
	for (let after = 0; ;) {
		const { rows } = await queryable.query<{ voter: number; ideas: number[]; values: number[] }>(
			`select participant_number as voter, array_agg(idea_number) as ideas, array_agg(value) as values
			from opinions
			where topic_id = $1 and participant_number > $2 and idea_number = any ($3::int[])
			group by participant_number
			order by participant_number
			limit 1000`,
			[topicId, after, statements.map(({ id }) => id)]
		);
		for (const { voter, ideas, values } of rows) {
			const given = new Map(ideas.map((idea, index) => [idea, values[index]!]));
			const howMany = (wanted: number) => values.filter((value) => value === wanted).length;
			yield line(
				...[voter, null, written.get(voter) ?? 0, values.length, howMany(1), howMany(-1)],
				...statements.map(({ id }) => given.get(id) ?? null)
			);
		}
		if (rows.length < 1000) return;
		after = rows.at(-1)!.voter;
	}
}

async function statementsOf(queryable: Queryable, topicId: string): Promise<{ id: number; author: number | null }[]> {
	const { rows } = await queryable.query<{ id: number; author: number | null }>(
		`select i.idea_number as id, i.participant_number as author
		from ideas i
		${concealed}
		where ${goesAlong}
		order by i.idea_number`,
		[topicId]
	);
	return rows;
}
