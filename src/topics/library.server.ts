import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import type { Database, Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { languageTag } from '#languages/languages.ts';
import { writeTexts } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { changing } from '#topics/changing.server.ts';
import { moved, type Direction } from '#topics/order.ts';
import { topicOf } from '#topics/reading.server.ts';

export interface WrittenDocument {
	/** per language */
	readonly title: Readonly<Record<string, string>>;
	/** BCP 47 or und: the language of the document itself */
	readonly language: string;
	/** a file that the store holds already, or an address elsewhere */
	readonly source: { readonly sha256: string; readonly fileName: string } | { readonly address: string };
}

/** Adds a document at the end of the topic's library. */
export async function addDocument(
	database: Database | Transaction,
	topicId: string,
	{ title, language, source }: WrittenDocument,
	actor: Actor
): Promise<string> {
	if ('address' in source && !isWebAddress(source.address)) throw refusal('web-address-unusable');
	if (!Object.values(title).some((text) => text.trim() !== '')) throw refusal('title-missing');
	return changing(database, topicId, actor, async (transaction) => {
		const documentId = uuidv7();
		const file = 'sha256' in source ? source : null;
		await transaction.query(
			`
				insert into documents (topic_id, document_id, position, file_sha256, file_name, address, language, added_at, added_by)
				select $1, $2, coalesce(max(position), 0) + 1, $3, $4, $5, $6, $7, $8
				from documents
				where topic_id = $1`,
			[
				topicId,
				documentId,
				file ? Buffer.from(file.sha256, 'hex') : null,
				file ? shortName(file.fileName) : null,
				'address' in source ? source.address : null,
				languageTag(language) ?? 'und',
				transaction.at,
				accountOf(actor)
			]
		);
		await writeTexts(transaction, { topicId, kind: 'document', thingId: documentId }, { title }, accountOf(actor));
		await record(transaction, { topicId, actor, did: 'added', kind: 'document', thingId: documentId });
		return documentId;
	});
}

/** Takes a document out of the library; its file stays for whoever cited it. */
export async function removeDocument(
	database: Database | Transaction,
	topicId: string,
	documentId: string,
	actor: Actor
): Promise<void> {
	await changing(database, topicId, actor, async (transaction) => {
		const { rowCount } = await transaction.query(
			`
				insert into document_removals (topic_id, document_id, removed_at, removed_by)
				select topic_id, document_id, $3, $4
				from documents
				where topic_id = $1 and document_id = $2
				on conflict do nothing`,
			[topicId, documentId, transaction.at, accountOf(actor)]
		);
		if (rowCount > 0) await record(transaction, { topicId, actor, did: 'removed', kind: 'document', thingId: documentId });
	});
}

/** Puts a document of the library a place further up or down. */
export async function moveDocument(
	database: Database | Transaction,
	topicId: string,
	documentId: string,
	direction: Direction,
	actor: Actor
): Promise<void> {
	await changing(database, topicId, actor, async (transaction) => {
		const { documents } = await topicOf(transaction, topicId);
		const ids = documents.map((document) => document.documentId);
		const order = moved(ids, documentId, direction);
		if (!order) return;
		await transaction.query(
			`
				update documents
				set position = given.position
				from unnest($2::uuid[]) with ordinality as given (document_id, position)
				where documents.topic_id = $1 and documents.document_id = given.document_id`,
			[topicId, order]
		);
		await record(transaction, { topicId, actor, did: 'moved', kind: 'document', thingId: documentId, details: { order } });
	});
}

export function isWebAddress(text: string): boolean {
	return /^https?:\/\//i.test(text) && text.length <= 2000 && URL.canParse(text);
}

/** A name without folders, at most 200 characters, its ending kept. */
function shortName(name: string): string {
	const last = name.split(/[/\\]/).pop()!.trim() || 'document';
	const ending = /\.[A-Za-z0-9]{1,8}$/.exec(last)?.[0] ?? '';
	return last.length <= 200 ? last : last.slice(0, 200 - ending.length) + ending;
}
