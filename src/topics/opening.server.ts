import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isSecretariat } from '#activity/staff.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { languageTag } from '#languages/languages.ts';
import { writeTexts, type WrittenTexts } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { changing } from '#topics/changing.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { addressFrom, isAddress, lacks, type Topic } from '#topics/topic.ts';
import { announce } from '#webhooks/announcing.server.ts';

/** The first step of the guided form: everything else may follow later. */
export interface TopicWords {
	/** title, summary, background, remit, convenor, statement, each per language */
	readonly texts: WrittenTexts;
	readonly defaultLanguage: string;
	readonly languages: readonly string[];
	readonly contactEmail?: string;
	/** the last part of its public address; made from the title where none is given */
	readonly address?: string;
}

/** Opens a draft that only staff see. */
export async function openTopic(
	database: Database | Transaction,
	words: TopicWords,
	actor: Actor,
	kind: Topic['kind'] = 'talk'
): Promise<{ topicId: string; slug: string }> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	const { defaultLanguage, languages } = promised(words);
	return inTransaction(database, async (transaction) => {
		const topicId = uuidv7();
		await transaction.query(
			`
				insert into topics (topic_id, kind, default_language, languages, contact_email, created_at, created_by)
				values ($1, $2, $3, $4, $5, $6, $7)`,
			[topicId, kind, defaultLanguage, languages, words.contactEmail ?? '', transaction.at, accountOf(actor)]
		);
		await writeTexts(transaction, { topicId, kind: 'topic', thingId: topicId }, words.texts, accountOf(actor));
		const slug = words.address
			? await takeAddress(transaction, topicId, words.address)
			: await freeAddress(transaction, topicId, words.texts['title']?.[defaultLanguage] ?? '');
		await record(transaction, { topicId, actor, did: 'opened', kind: 'topic', thingId: topicId, details: { slug } });
		return { topicId, slug };
	});
}

/** Changes words, languages, contact or address; an address that was public goes on leading to the topic. */
export async function changeTopic(
	database: Database | Transaction,
	topicId: string,
	words: TopicWords,
	actor: Actor
): Promise<void> {
	const { defaultLanguage, languages } = promised(words);
	await changing(database, topicId, actor, async (transaction) => {
		const { rowCount } = await transaction.query(
			`
				update topics
				set default_language = $2, languages = $3, contact_email = coalesce($4, contact_email)
				where topic_id = $1
					and (default_language, languages, contact_email) is distinct from ($2, $3::text[], coalesce($4, contact_email))`,
			[topicId, defaultLanguage, languages, words.contactEmail ?? null]
		);
		const changed = await writeTexts(transaction, { topicId, kind: 'topic', thingId: topicId }, words.texts, accountOf(actor));
		const { slug } = await topicOf(transaction, topicId);
		const moved = Boolean(words.address) && words.address !== slug;
		if (moved) await takeAddress(transaction, topicId, words.address!);
		if (rowCount + changed.length === 0 && !moved) return;
		await record(transaction, {
			topicId,
			actor,
			did: 'changed',
			kind: 'topic',
			thingId: topicId,
			details: { texts: changed, ...(moved && { from: slug, slug: words.address }) }
		});
	});
}

/** Makes the draft public. Refuses `topic-incomplete` while something lacks without which the public would not understand it. */
export async function publishTopic(database: Database | Transaction, topicId: string, actor: Actor): Promise<void> {
	await changing(database, topicId, actor, async (transaction) => {
		if (lacks(await topicOf(transaction, topicId)).length > 0) throw refusal('topic-incomplete');
		const { rowCount } = await transaction.query(
			`
				insert into topic_publications (topic_id, published_at, published_by)
				values ($1, $2, $3)
				on conflict (topic_id) do nothing`,
			[topicId, transaction.at, accountOf(actor)]
		);
		if (rowCount === 0) return;
		await record(transaction, { topicId, actor, did: 'published', kind: 'topic', thingId: topicId });
		await announce(transaction, { topicId, event: 'topic.published', path: '' });
	});
}

function promised({ defaultLanguage, languages }: TopicWords): { defaultLanguage: string; languages: string[] } {
	const known = [defaultLanguage, ...languages].map((tag) => {
		const language = languageTag(tag);
		if (!language) throw refusal('unknown-language', { tag });
		return language;
	});
	return { defaultLanguage: known[0]!, languages: [...new Set(known)] };
}

/** The address asked for; one that this topic had before is shown again. */
async function takeAddress(transaction: Transaction, topicId: string, slug: string): Promise<string> {
	if (!isAddress(slug)) throw refusal('address-unusable');
	const { rowCount } = await transaction.query(
		`
			insert into addresses (slug, topic_id, since)
			values ($1, $2, $3)
			on conflict (slug) do update set since = excluded.since
			where addresses.topic_id = excluded.topic_id`,
		[slug, topicId, transaction.at]
	);
	if (rowCount === 0) throw refusal('address-taken', { slug });
	return slug;
}

/** The title's own address, or with the first number that is free behind it. */
export async function freeAddress(transaction: Transaction, topicId: string, title: string): Promise<string> {
	const wanted = addressFrom(title) || 'talk';
	for (let number = 1; ; number++) {
		const slug = number === 1 ? wanted : `${wanted}-${number}`;
		if (!isAddress(slug)) continue;
		const { rowCount } = await transaction.query(
			`
				insert into addresses (slug, topic_id, since)
				values ($1, $2, $3)
				on conflict (slug) do nothing`,
			[slug, topicId, transaction.at]
		);
		if (rowCount > 0) return slug;
	}
}
