import { authorShown, groupsShown, organisationShown } from '#contributions/author-shown.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import type { Topic } from '#topics/topic.ts';
import type { TableName } from '#reports/export/tables.ts';

export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/**
 * The rows of a table in a fixed order, read page by page by their key: nothing is held but one page, and no transaction is open while a
 * slow reader takes its time. What was hidden or withdrawn is not there.
 */
export async function* pagesOf(queryable: Queryable, topic: Topic, table: TableName): AsyncGenerator<Row[]> {
	if (table === 'questions') {
		yield [...questionsOf(topic)];
		return;
	}
	const { select, page, key } = queries[table];
	let after: readonly Cell[] = key.map((name) => first[name]!);
	for (;;) {
		const { rows } = await queryable.query<Record<string, Cell>>({
			name: `export-${table}`,
			text: select,
			values: [topic.topicId, page, ...after]
		});
		yield rows.map((row) => finished(row, topic));
		if (rows.length < page) return;
		after = key.map((name) => rows.at(-1)![name]!);
	}
}

function* questionsOf({ questions }: Topic): Generator<Row> {
	for (const { number, texts } of questions) {
		for (const { language, text } of texts['text'] ?? []) {
			const explanation = texts['explanation']?.find((written) => written.language === language)?.text ?? '';
			yield { question: number, language, text, explanation };
		}
	}
}

/** What only this side of the database knows: the number of a question, the address of a thing. */
function finished({ question_id: questionId, path, _key: __, ...row }: Record<string, Cell>, topic: Topic): Row {
	return {
		...row,
		...(questionId !== undefined && {
			question: topic.questions.find((question) => question.questionId === questionId)?.number ?? null
		}),
		...(path !== undefined && { address: `/topics/${topic.slug}${path}` })
	};
}

const moment = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const speaker = (organisation: string) => `
	author_name.name as author, ${organisation} as organisation, array_to_string(${groupsShown}, ' ') as groups, author.region`;

/** Before the first row, for each name of a key. */
const first: Readonly<Record<string, Cell>> = {
	...{ idea: 0, dimension: '', key: '', comment: 0, submission: 0, starts: -1, part: -1 },
	_key: '00000000-0000-0000-0000-000000000000'
};

const queries: Record<Exclude<TableName, 'questions'>, { select: string; page: number; key: readonly string[] }> = {
	ideas: {
		page: 1000,
		key: ['idea'],
		select: `
			select text.idea_number as idea, text.question_id, text.language, wording.point, wording.explanation, wording.sources, text.channel,
				${speaker('author_organisation.name')}, counts.agree, counts.disagree, counts.pass, counts.comments, text.successor_of,
				${moment('text.published_at')} as published, '/ideas/' || text.idea_number as path
			from ideas as text
			join idea_counts as counts using (topic_id, idea_number)
			cross join lateral (
				select point, explanation, sources
				from idea_versions
				where idea_versions.topic_id = text.topic_id and idea_versions.idea_number = text.idea_number
				order by version desc
				limit 1
			) as wording
			${authorShown('text')}
			where text.topic_id = $1 and text.idea_number > $3 and ${canBeSeen('idea', 'text.idea_id', '$1')}
			order by text.idea_number
			limit $2`
	},
	cells: {
		page: 2000,
		key: ['dimension', 'idea', 'key'],
		select: `
			select cells.idea_number as idea, dimension, key, agree, disagree, pass, voices,
				${moment('cells.published_at')} as published
			from opinion_cells as cells
			join ideas using (topic_id, idea_number)
			where topic_id = $1 and (dimension, cells.idea_number, key) > ($3, $4, $5) and ${canBeSeen('idea', 'ideas.idea_id', '$1')}
			order by dimension, cells.idea_number, key
			limit $2`
	},
	levels: {
		page: 2000,
		key: ['idea'],
		select: `
			select levels.idea_number as idea, level, case when score >= 0 then round(score / 1000000.0, 4)::float8 end as score,
				array_to_string(opposed_by, ' ') as opposed_by, array_to_string(not_heard, ' ') as not_heard_from
			from idea_levels as levels
			join ideas using (topic_id, idea_number)
			where topic_id = $1 and levels.idea_number > $3 and ${canBeSeen('idea', 'ideas.idea_id', '$1')}
			order by levels.idea_number
			limit $2`
	},
	comments: {
		page: 1000,
		key: ['comment'],
		select: `
			select comments.comment_number as comment, comments.idea_number as idea, answered.comment_number as answers, comments.side,
				version.language, version.text, ${speaker('author_organisation.name')}, ${moment('comments.written_at')} as published,
				'/comments/' || comments.comment_number as path
			from comments
			join ideas on ideas.topic_id = comments.topic_id and ideas.idea_number = comments.idea_number
			join contributions as text on text.topic_id = comments.topic_id and text.contribution_id = comments.contribution_id
			left join comments as answered on answered.topic_id = comments.topic_id and answered.comment_id = comments.parent_id
			cross join lateral (
				select language, text
				from contribution_versions
				where contribution_versions.topic_id = text.topic_id and contribution_versions.contribution_id = text.contribution_id
				order by version desc
				limit 1
			) as version
			${authorShown('text')}
			where comments.topic_id = $1 and comments.comment_number > $3
				and ${canBeSeen('comment', 'comments.comment_id', '$1')} and ${canBeSeen('idea', 'ideas.idea_id', '$1')}
			order by comments.comment_number
			limit $2`
	},
	submissions: {
		// a text may have half a million characters
		page: 10,
		key: ['submission'],
		select: `
			select submissions.submission_number as submission, text.language, submissions.title, submissions.abstract,
				${speaker(organisationShown('text', 'submissions'))}, author.country, text.channel, submissions.words, ${moment('text.received_at')} as published,
				'/submissions/' || submissions.submission_number as path, coalesce(files.text, own.text) as text
			from submissions
			join contributions as text using (topic_id, contribution_id)
			left join lateral (
				select text
				from contribution_versions
				where contribution_versions.topic_id = text.topic_id and contribution_versions.contribution_id = text.contribution_id
				order by version desc
				limit 1
			) as own on true
			left join lateral (
				select string_agg(newest.text, e'\\n\\n' order by newest.part) as text
				from (
					select distinct on (part) part, text
					from extracted_texts
					where extracted_texts.topic_id = text.topic_id and extracted_texts.contribution_id = text.contribution_id
						and extracted_texts.text <> '' and exists (
							select from submission_files as file
							where file.topic_id = text.topic_id and file.contribution_id = text.contribution_id
								and file.part = extracted_texts.part and file.file_version = extracted_texts.file_version
						)
					order by part, text_version desc
				) as newest
			) as files on true
			${authorShown('text')}
			where submissions.topic_id = $1 and submissions.submission_number > $3
				and ${canBeSeen('submission', 'submissions.contribution_id', '$1')}
			order by submissions.submission_number
			limit $2`
	},
	stances: {
		page: 1000,
		key: ['submission', 'part', 'starts', 'idea', '_key'],
		select: `
			select submissions.submission_number as submission, stances.idea_number as idea, stances.stance, passages.quote, passages.part,
				passages.starts, passages.ends, passages.passage_id as _key
			from stances
			join passages using (topic_id, passage_id)
			join submissions using (topic_id, contribution_id)
			join ideas on ideas.topic_id = stances.topic_id and ideas.idea_number = stances.idea_number
			where stances.topic_id = $1
				and (submissions.submission_number, passages.part, passages.starts, stances.idea_number, passages.passage_id) > ($3, $4, $5, $6, $7)
				and not exists (
					select from stance_removals as removed
					where removed.topic_id = stances.topic_id and removed.passage_id = stances.passage_id
						and removed.idea_number = stances.idea_number
				)
				and ${canBeSeen('submission', 'submissions.contribution_id', '$1')} and ${canBeSeen('idea', 'ideas.idea_id', '$1')}
			order by submissions.submission_number, passages.part, passages.starts, stances.idea_number, passages.passage_id
			limit $2`
	}
};
