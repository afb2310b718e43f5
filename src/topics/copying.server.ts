import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isSecretariat } from '#activity/staff.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { writeTexts, type TextsOfThing, type WrittenTexts } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { openTopic } from '#topics/opening.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { setStages } from '#topics/stages/staging.server.ts';

const aDay = 86_400_000;

/**
 * Opens a draft that begins as an earlier topic did: its words, questions, stages, library and targets, but nothing that people gave, and
 * no promises, whose dates are past. The stages keep their lengths and times of day; the first opens four weeks from now.
 */
export async function copyTopic(
	database: Database | Transaction,
	topicId: string,
	actor: Actor
): Promise<{ topicId: string; slug: string }> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		const from = await topicOf(transaction, topicId);
		const { defaultLanguage, languages, contactEmail, kind } = from;
		const copy = await openTopic(
			transaction,
			{ texts: asWritten(from.texts), defaultLanguage, languages, contactEmail },
			actor,
			kind
		);
		await transaction.query(`update topics set copied_from = $2 where topic_id = $1`, [copy.topicId, topicId]);
		await setQuestions(
			transaction,
			copy.topicId,
			from.questions.map(({ texts }) => ({ questionId: null, texts: asWritten(texts) })),
			actor
		);
		const first = Math.min(...from.stages.map(({ opensAt }) => +opensAt));
		const shift = Math.ceil((+transaction.at + 28 * aDay - first) / aDay) * aDay;
		await setStages(
			transaction,
			copy.topicId,
			from.stages.map((stage) => ({
				...stage,
				stageId: null,
				opensAt: new Date(+stage.opensAt + shift),
				closesAt: new Date(+stage.closesAt + shift),
				texts: asWritten({ name: stage.texts['name'] ?? [], explanation: stage.texts['explanation'] ?? [] })
			})),
			actor
		);
		await copyLibrary(transaction, topicId, copy.topicId, actor);
		await transaction.query(
			`
				insert into targets (topic_id, dimension, key, version, people, set_at, set_by)
				select distinct on (dimension, key) $2, dimension, key, 1, people, $3, $4
				from targets
				where topic_id = $1
				order by dimension, key, version desc`,
			[topicId, copy.topicId, transaction.at, accountOf(actor)]
		);
		await record(transaction, {
			topicId: copy.topicId,
			actor,
			did: 'copied',
			kind: 'topic',
			thingId: copy.topicId,
			details: { from: topicId }
		});
		return copy;
	});
}

async function copyLibrary(transaction: Transaction, from: string, into: string, actor: Actor): Promise<void> {
	const { documents } = await topicOf(transaction, from);
	for (const document of documents) {
		const documentId = uuidv7();
		await transaction.query(
			`
				insert into documents (topic_id, document_id, position, file_sha256, file_name, address, language, added_at, added_by)
				select $3, $4, position, file_sha256, file_name, address, language, $5, $6
				from documents
				where topic_id = $1 and document_id = $2`,
			[from, document.documentId, into, documentId, transaction.at, accountOf(actor)]
		);
		await writeTexts(
			transaction,
			{ topicId: into, kind: 'document', thingId: documentId },
			asWritten(document.texts),
			accountOf(actor)
		);
	}
}

function asWritten(texts: TextsOfThing): WrittenTexts {
	return Object.fromEntries(
		Object.entries(texts).map(([field, inLanguages]) => [
			field,
			Object.fromEntries(inLanguages.map(({ language, text }) => [language, text]))
		])
	);
}
