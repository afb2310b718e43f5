import { authorShown, groupsShown, organisationShown } from '#contributions/author-shown.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { inLanguage, textsOf } from '#languages/texts.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { keyOf, type SourceState } from '#reports/checking.ts';
import type { SourceKind } from '#reports/paragraph.ts';

/** A source as a reader of the report meets it. */
export interface Resolved extends SourceState {
	readonly kind: SourceKind;
	readonly thingId: string;
	/** of the idea, submission, comment or question; of the submission for a passage */
	readonly number: number | null;
	readonly title: string | null;
	/** of its words */
	readonly language: string | null;
	readonly organisation: string | null;
	readonly groups: readonly string[];
	/** below the topic's address, with its anchor; null for the report's own figures */
	readonly path: string | null;
}

interface Asked {
	readonly kind: SourceKind;
	readonly thingId: string;
}

/** What the sources of a report are now, by `keyOf`; one query for each kind, whatever their number. What is not there is absent. */
export async function resolvedSources(
	queryable: Queryable,
	topicId: string,
	asked: readonly Asked[],
	language: string
): Promise<Map<string, Resolved>> {
	const ids = (kind: SourceKind) => [...new Set(asked.filter((source) => source.kind === kind).map(({ thingId }) => thingId))];
	const rows: Resolved[] = [];
	for (const [kind, query] of Object.entries(queries) as [SourceKind, string][]) {
		if (ids(kind).length === 0) continue;
		const found = await queryable.query<Omit<Resolved, 'kind'>>(query, [topicId, ids(kind)]);
		rows.push(...found.rows.map((row) => ({ ...row, kind })));
	}
	const texts = await textsOf(
		queryable,
		topicId,
		rows.filter(({ kind }) => kind in fieldOf).map(({ kind, thingId }) => ({ kind, thingId }))
	);
	return new Map(
		rows.map((row) => {
			const field = fieldOf[row.kind];
			if (!field) return [keyOf(row), row];
			const written = texts.get(row.thingId)?.[field];
			const title = inLanguage(written, [language]);
			// organisers change their words too; a question is quoted in the report's language
			const words = row.kind === 'question' ? title.text : null;
			return [keyOf(row), { ...row, title: title.text, language: title.language, words }];
		})
	);
}

/** In which field organisers wrote what the thing is called. */
const fieldOf: Partial<Record<SourceKind, string>> = {
	topic: 'title',
	stage: 'name',
	question: 'text',
	deliverable: 'title',
	document: 'title'
};

const nobody = `null as organisation, '{}'::text[] as groups`;
const wordless = `null as words, null as title, null as language, ${nobody}`;
const speaker = `${organisationShown('text', 'submissions')} as organisation, ${groupsShown} as groups`;

const queries: Partial<Record<SourceKind, string>> = {
	idea: `
		select distinct on (ideas.idea_number) ideas.idea_id as "thingId", ideas.idea_number as number, point as title, point as words,
			ideas.language, ${nobody}, '/ideas/' || ideas.idea_number as path, ${canBeSeen('idea', 'ideas.idea_id', '$1')} as "isSeen"
		from ideas
		join idea_versions using (topic_id, idea_number)
		where ideas.topic_id = $1 and ideas.idea_id = any ($2::uuid[])
		order by ideas.idea_number, version desc`,
	passage: `
		select passages.passage_id as "thingId", submissions.submission_number as number, submissions.title, passages.quote as words,
			text.language, ${speaker},
			'/submissions/' || submissions.submission_number || '#passage-' || passages.passage_id as path,
			${canBeSeen('submission', 'passages.contribution_id', '$1')}
				and not exists (
					select from passage_removals
					where passage_removals.topic_id = $1 and passage_removals.passage_id = passages.passage_id
				) as "isSeen"
		from passages
		join contributions as text using (topic_id, contribution_id)
		join submissions using (topic_id, contribution_id)
		${authorShown('text')}
		where passages.topic_id = $1 and passages.passage_id = any ($2::uuid[])`,
	submission: `
		select submissions.contribution_id as "thingId", submissions.submission_number as number, submissions.title, null as words,
			text.language, ${speaker}, '/submissions/' || submissions.submission_number as path,
			${canBeSeen('submission', 'submissions.contribution_id', '$1')} as "isSeen"
		from submissions
		join contributions as text using (topic_id, contribution_id)
		${authorShown('text')}
		where submissions.topic_id = $1 and submissions.contribution_id = any ($2::uuid[])`,
	comment: `
		select distinct on (comments.comment_id) comments.comment_id as "thingId", comments.comment_number as number, null as title,
			contribution_versions.text as words, contribution_versions.language, ${nobody}, '/comments/' || comments.comment_number as path,
			${canBeSeen('comment', 'comments.comment_id', '$1')} as "isSeen"
		from comments
		join contribution_versions using (topic_id, contribution_id)
		where comments.topic_id = $1 and comments.comment_id = any ($2::uuid[])
		order by comments.comment_id, version desc`,
	snapshot: `
		select snapshot_id as "thingId", null as number, ${wordless}, null as path, true as "isSeen"
		from snapshots
		where topic_id = $1 and snapshot_id = any ($2::uuid[])`,
	topic: `
		select topic_id as "thingId", null as number, ${wordless}, '' as path, true as "isSeen"
		from topics
		where topic_id = $1 and topic_id = any ($2::uuid[])`,
	stage: `
		select stage_id as "thingId", null as number, ${wordless}, '#stages' as path,
			not exists (
				select from stage_removals
				where stage_removals.topic_id = $1 and stage_removals.stage_id = stages.stage_id
			) as "isSeen"
		from stages
		where topic_id = $1 and stage_id = any ($2::uuid[])`,
	question: `
		select question_id as "thingId", null as number, ${wordless}, '#questions' as path,
			not exists (
				select from question_removals
				where question_removals.topic_id = $1 and question_removals.question_id = questions.question_id
			) as "isSeen"
		from questions
		where topic_id = $1 and question_id = any ($2::uuid[])`,
	deliverable: `
		select deliverable_id as "thingId", null as number, ${wordless}, '#promises' as path, true as "isSeen"
		from deliverables
		where topic_id = $1 and deliverable_id = any ($2::uuid[])`,
	document: `
		select document_id as "thingId", null as number, ${wordless}, '#library' as path,
			not exists (
				select from document_removals
				where document_removals.topic_id = $1 and document_removals.document_id = documents.document_id
			) as "isSeen"
		from documents
		where topic_id = $1 and document_id = any ($2::uuid[])`
};
