import type { Database, Queryable } from '#database/connection.server.ts';
import { textsOfThings, type TextsOfThing } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { selectStages, type StageOfTopic } from '#topics/stages/stages.server.ts';
import { isAddress, type Deliverable, type Document, type Question, type Topic } from '#topics/topic.ts';

/**
 * A topic by its newest or an older address, kept for a second. Two queries whatever the topic holds. Refuses `not-found`, also for a
 * draft unless asked for one. Where the given address is an old one, `slug` differs from it.
 */
export async function topicAt(database: Database, slug: string, { drafts = false } = {}): Promise<Topic> {
	// what is no address would not even be a text for the database
	if (!isAddress(slug)) throw refusal('not-found');
	const topic = await kept(database, slug, () => read(database, { slug }));
	if (!topic || (topic.publishedAt === null && !drafts)) throw refusal('not-found');
	return topic;
}

/** The same within a transaction, or by id: never kept. */
export async function topicOf(queryable: Queryable, topicId: string): Promise<Topic> {
	const topic = await read(queryable, { topicId });
	if (!topic) throw refusal('not-found');
	return topic;
}

/** A write of this process is seen by its next read; other processes see it within a second. */
export function forgetTopics(database: object): void {
	keptOf.delete(database);
}

/** Topics for a list, the newest first, each with its stages and its title and summary. */
export async function topicsListed(
	queryable: Queryable,
	{ drafts = false } = {}
): Promise<
	(Pick<Topic, 'topicId' | 'slug' | 'defaultLanguage' | 'createdAt' | 'publishedAt' | 'archivedAt' | 'texts'> & {
		stages: StageOfTopic[];
	})[]
> {
	const { rows } = await queryable.query<Row>({
		name: `topics-listed${drafts ? '-with-drafts' : ''}`,
		text: `
			select ${columns}
			from ${tables}
			where topics.kind = 'talk' ${drafts ? '' : 'and topic_publications.published_at is not null'}
			order by coalesce(topic_publications.published_at, topics.created_at) desc, topics.topic_id
			limit 500`
	});
	const texts = await textsOfThings(
		queryable,
		rows.map(({ topicId }) => ({ topicId, kind: 'topic', thingId: topicId }))
	);
	return rows.map(({ topicId, slug, defaultLanguage, createdAt, publishedAt, archivedAt, stages }) => ({
		topicId,
		slug,
		defaultLanguage,
		createdAt,
		publishedAt,
		archivedAt,
		texts: texts.get(topicId)!,
		stages: stages.map(revived)
	}));
}

/** The topics that are public and not archived. */
export async function topicIdsUnderWay(queryable: Queryable): Promise<string[]> {
	const { rows } = await queryable.query<{ topicId: string }>(`
		select topic_id as "topicId"
		from topic_publications
		where not exists (select from topic_archivals where topic_archivals.topic_id = topic_publications.topic_id)
		order by topic_id`);
	return rows.map(({ topicId }) => topicId);
}

type InJson<T> = { [Key in keyof T]: T[Key] extends Date ? string : T[Key] extends Date | null ? string | null : T[Key] };

interface Row extends Omit<Topic, 'texts' | 'questions' | 'stages' | 'documents' | 'deliverables'> {
	stages: InJson<StageOfTopic>[];
	questions: Omit<Question, 'texts'>[];
	documents: Omit<Document, 'texts'>[];
	deliverables: Omit<Deliverable, 'texts'>[];
}

// JSON of what belongs to a topic, so that one query brings it whatever its length
const columns = `
	topics.topic_id as "topicId", address.slug, topics.kind, topics.default_language as "defaultLanguage", topics.languages,
		topics.contact_email as "contactEmail", topics.copied_from as "copiedFrom", topics.created_at as "createdAt",
		topic_publications.published_at as "publishedAt", topic_archivals.archived_at as "archivedAt",
		(
			select coalesce(json_agg(stage order by stage."opensAt", stage.position), '[]')
			from (${selectStages('topics.topic_id')}) as stage
		) as stages`;

const parts = `
		(
			select coalesce(json_agg(question order by question.number), '[]')
			from (
				select question_id as "questionId", (row_number() over (order by position, question_id))::int as number
				from questions
				where questions.topic_id = topics.topic_id
					and not exists (
						select from question_removals
						where question_removals.topic_id = questions.topic_id and question_removals.question_id = questions.question_id
					)
			) as question
		) as questions,
		(
			select coalesce(json_agg(document order by document.position, document."documentId"), '[]')
			from (
				select document_id as "documentId", position, encode(file_sha256, 'hex') as sha256, file_name as "fileName", files.size,
					address, language
				from documents
				left join files on files.sha256 = documents.file_sha256
				where documents.topic_id = topics.topic_id
					and not exists (
						select from document_removals
						where document_removals.topic_id = documents.topic_id and document_removals.document_id = documents.document_id
					)
			) as document
		) as documents,
		(
			select coalesce(json_agg(deliverable order by deliverable.position, deliverable."deliverableId"), '[]')
			from (
				select deliverable_id as "deliverableId", position, kind, deadline, promised, coalesce(latest.state, 'planned') as state, latest.link
				from deliverables
				left join lateral (
					select state, link
					from deliverable_states
					where deliverable_states.topic_id = deliverables.topic_id
						and deliverable_states.deliverable_id = deliverables.deliverable_id
					order by version desc
					limit 1
				) as latest on true
				where deliverables.topic_id = topics.topic_id
			) as deliverable
		) as deliverables`;

const tables = `
	topics
	join lateral (
		select slug
		from addresses
		where addresses.topic_id = topics.topic_id
		order by since desc
		limit 1
	) as address on true
	left join topic_publications on topic_publications.topic_id = topics.topic_id
	left join topic_archivals on topic_archivals.topic_id = topics.topic_id`;

async function read(queryable: Queryable, by: { slug: string } | { topicId: string }): Promise<Topic | null> {
	const { rows } = await queryable.query<Row>(
		'slug' in by
			? {
					name: 'topic-at-slug',
					text: `select ${columns}, ${parts} from ${tables} where topics.topic_id = (select topic_id from addresses where slug = $1)`,
					values: [by.slug]
				}
			: {
					name: 'topic-by-id',
					text: `select ${columns}, ${parts} from ${tables} where topics.topic_id = $1`,
					values: [by.topicId]
				}
	);
	const row = rows[0];
	if (!row) return null;
	const { topicId } = row;
	const texts = await textsOfThings(queryable, [
		{ topicId, kind: 'topic', thingId: topicId },
		...row.questions.map(({ questionId }) => ({ topicId, kind: 'question', thingId: questionId })),
		...row.stages.map(({ stageId }) => ({ topicId, kind: 'stage', thingId: stageId })),
		...row.documents.map(({ documentId }) => ({ topicId, kind: 'document', thingId: documentId })),
		...row.deliverables.map(({ deliverableId }) => ({ topicId, kind: 'deliverable', thingId: deliverableId }))
	]);
	const textsOf = (thingId: string): TextsOfThing => texts.get(thingId)!;
	return {
		...row,
		texts: textsOf(topicId),
		questions: row.questions.map((question) => ({ ...question, texts: textsOf(question.questionId) })),
		stages: row.stages.map((stage) => ({ ...revived(stage), texts: textsOf(stage.stageId) })),
		documents: row.documents.map((document) => ({ ...document, texts: textsOf(document.documentId) })),
		deliverables: row.deliverables.map((deliverable) => ({ ...deliverable, texts: textsOf(deliverable.deliverableId) }))
	};
}

function revived(stage: InJson<StageOfTopic>): StageOfTopic {
	return {
		...stage,
		opensAt: new Date(stage.opensAt),
		closesAt: new Date(stage.closesAt),
		closedAtBefore: stage.closedAtBefore === null ? null : new Date(stage.closedAtBefore)
	};
}

const keptFor = 1000;
const most = 1000;
// hung on the connection, so that two copies of this module or two databases of a test never mix
const keptOf = new WeakMap<object, Map<string, { topic: Promise<Topic | null>; until: number }>>();

function kept(database: Database, slug: string, reading: () => Promise<Topic | null>): Promise<Topic | null> {
	const now = performance.now();
	const topics = keptOf.get(database) ?? new Map<string, { topic: Promise<Topic | null>; until: number }>();
	keptOf.set(database, topics);
	const found = topics.get(slug);
	if (found && found.until > now) return found.topic;
	if (topics.size >= most) topics.clear();
	const topic = reading();
	topics.set(slug, { topic, until: now + keptFor });
	topic.catch(() => topics.delete(slug));
	return topic;
}
