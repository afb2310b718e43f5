import { accountOf, type Actor } from '#activity/actor.ts';
import { nextNumber, record } from '#activity/recording.server.ts';
import { isRapporteur } from '#activity/staff.ts';
import { countingAlone } from '#agreement/instant.server.ts';
import { takeSnapshot, type Snapshot, type Told } from '#agreement/snapshots.server.ts';
import type { Database, Instant, Queryable } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { sourcesOfIdea } from '#ideas/sources.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { isLanguage, type Language } from '#languages/languages.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { refuseWhileBlind } from '#reports/blindness.server.ts';
import { namedIdeas } from '#reports/drafting/choosing.ts';
import { drafted } from '#reports/drafting/drafting.ts';
import type { Material, QuotedIdea } from '#reports/drafting/material.ts';
import { gap, writeParagraphs } from '#reports/writing.server.ts';
import { institutionOf } from '#topics/institution/institution.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { nameOfGroup, nameOfRegion } from '#reports/drafting/naming.server.ts';

/**
 * Freezes the figures of the topic and drafts a first report from them, in one of the languages of the interface. Of a large topic:
 * askForDraft.
 */
export async function draftReport(
	database: Database,
	topicId: string,
	wishes: { language: string },
	actor: Actor
): Promise<{ number: number }> {
	const language = languageOfDraft(topicId, wishes, actor);
	return countingAlone(database, topicId, (transaction) =>
		freezeAndDraft(transaction, { topicId, reportId: uuidv7(), language }, actor, async () => {})
	);
}

/** Refuses who may not draft, and a language that the interface does not have. */
export function languageOfDraft(topicId: string, { language }: { language: string }, actor: Actor): Language {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	if (!isLanguage(language)) throw refusal('unknown-language', { tag: language });
	return language;
}

/** In the instant of countingAlone: what is quoted is of the same moment as what is counted. */
export async function freezeAndDraft(
	transaction: Instant,
	{ topicId, reportId, language }: { topicId: string; reportId: string; language: Language },
	actor: Actor,
	told: Told
): Promise<{ number: number }> {
	await refuseWhileBlind(transaction, topicId);
	const snapshot = await takeSnapshot(transaction, topicId, actor, told);
	const material = await materialOf(transaction, topicId, snapshot, language);
	const number = await nextNumber(transaction, topicId, 'reports');
	const { snapshotId } = snapshot;
	await transaction.query(
		`
			insert into reports (topic_id, report_id, report_number, template, language, snapshot_id, begun_at, begun_by)
			values ($1, $2, $3, 'first-report', $4, $5, $6, $7)`,
		[topicId, reportId, number, language, snapshotId, transaction.at, accountOf(actor)]
	);
	const paragraphs = drafted(material, speakerOf(language)).map((paragraph, index) => ({
		...paragraph,
		position: (index + 1) * gap
	}));
	await writeParagraphs(transaction, { topicId, reportId }, paragraphs, 'drafted', actor);
	const details = { number, language, snapshot: snapshotId };
	await record(transaction, { topicId, actor, did: 'drafted', kind: 'report', thingId: reportId, details });
	return { number };
}

async function materialOf(queryable: Queryable, topicId: string, snapshot: Snapshot, language: Language): Promise<Material> {
	const topic = await topicOf(queryable, topicId);
	const institution = await institutionOf(queryable);
	const say = speakerOf(language);
	const shown = (texts: Parameters<typeof inLanguage>[0]) => inLanguage(texts, [language], topic.defaultLanguage);
	return {
		topicId,
		title: shown(topic.texts['title']),
		institution: shown(institution.texts['name']),
		convenor: shown(topic.texts['convenor']),
		contactEmail: topic.contactEmail || institution.contactEmail,
		stages: topic.stages.map(({ stageId, texts, opensAt, closesAt, zone }) => ({
			...{ stageId, opensAt, closesAt, zone },
			name: shown(texts['name'])
		})),
		questions: topic.questions.map(({ questionId, number, texts }) => ({ questionId, number, text: shown(texts['text']) })),
		deliverables: topic.deliverables
			.filter(({ state }) => state !== 'cancelled')
			.map(({ deliverableId, deadline, texts }) => ({
				...{ deliverableId, deadline },
				title: shown(texts['title']),
				addressee: shown(texts['addressee'])
			})),
		snapshot,
		zone: institution.zone,
		ideas: await quotedIdeas(queryable, topicId, namedIdeas(snapshot.figures)),
		nameOf: (dimension, key) => (dimension === 'group' ? nameOfGroup(say, key, institution.texts) : nameOfRegion(say, key))
	};
}

/** A passage longer than this (in code points) is told by its number, not quoted in a draft. */
const longestQuote = 400;

async function quotedIdeas(queryable: Queryable, topicId: string, numbers: readonly number[]): Promise<Map<number, QuotedIdea>> {
	const { rows } = await queryable.query<{ number: number; ideaId: string; point: string; language: string }>(
		`
			select distinct on (idea_number) idea_number as number, idea_id as "ideaId", point, language
			from ideas
			join idea_versions using (topic_id, idea_number)
			where topic_id = $1 and idea_number = any ($2::int[])
			order by idea_number, version desc`,
		[topicId, numbers]
	);
	const ideas = new Map<number, QuotedIdea>();
	// a few dozen at most: those that the draft names
	for (const { number, ...idea } of rows) {
		const passages = (await sourcesOfIdea(queryable, topicId, number))
			.filter(({ quote }) => [...quote].length <= longestQuote)
			.map(({ passageId, stance, quote, language, submission }) => ({ passageId, stance, quote, language, submission }));
		ideas.set(number, { ...idea, passages });
	}
	return ideas;
}
