import { createHash, randomBytes } from 'node:crypto';
import { accountOf, type Actor } from '#activity/actor.ts';
import { differing, maskWords, withFiles, type Masked } from '#contributions/masking.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { redactReports } from '#ideas/erasing.server.ts';
import { wordsOf } from '#ideas/writing.server.ts';
import { searchable } from '#languages/searching.server.ts';
import type { Thing } from '#moderation/deciding.server.ts';
import { forgetLikeness } from '#moderation/noting-likeness.server.ts';
import { redacted, type Redaction } from '#moderation/personal-data.ts';
import { noteRedactions } from '#moderation/redactions.server.ts';

/**
 * Makes words about private persons unreadable in these things, wherever their words are kept, in a few statements. What the words were is
 * known by a hash from now on.
 * @returns the things in which something was found; of those that came with a file, none: `withFile` has them
 */
export async function redactAll<Given extends Thing>(
	transaction: Transaction,
	topicId: string,
	things: readonly Given[],
	redaction: Redaction,
	actor: Actor
): Promise<{ changed: Given[]; withFile: Given[] }> {
	const ids = things.map(({ thingId }) => thingId);
	const files = new Set(await withFiles(transaction, topicId, ids));
	const plain = ids.filter((id) => !files.has(id));
	const mask = (text: string) => redacted(text, redaction);
	const masked = await maskWords(transaction, topicId, plain, mask);
	const ideas = await maskIdeas(transaction, topicId, plain, mask);
	await maskSuggestions(transaction, topicId, plain, mask);
	const own = new Set(masked.map(({ contributionId }) => contributionId));
	const all = [...masked, ...ideas.filter(({ contributionId }) => !own.has(contributionId))];
	const found = new Set(all.map(({ contributionId }) => contributionId));
	const changed = things.filter(({ thingId }) => found.has(thingId));
	const kinds = new Map(changed.map(({ thingId, kind }) => [thingId, kind]));
	await noteRedactions(
		transaction,
		topicId,
		all.map(({ contributionId, ...version }) => ({ ...version, thingId: contributionId, kind: kinds.get(contributionId)! })),
		accountOf(actor)
	);
	const changedIds = changed.map(({ thingId }) => thingId);
	await forgetLikeness(transaction, topicId, changedIds);
	for (const thingId of changedIds) await redactReports(transaction, topicId, thingId);
	return { changed, withFile: things.filter(({ thingId }) => files.has(thingId)) };
}

/** Their wordings, and what the search knows of them. A drawn idea has no contribution: its hash is made here. */
async function maskIdeas(
	transaction: Transaction,
	topicId: string,
	ideaIds: readonly string[],
	mask: (text: string) => string
): Promise<Masked[]> {
	const wordings = await wordingsOf(transaction, topicId, ideaIds);
	const changed = wordings
		.map((wording) => ({ ...wording, masked: wording.words.map(mask) }))
		.filter(({ words, masked }) => words.join('\0') !== masked.join('\0'));
	await writeWordings(transaction, topicId, changed);
	await findAnew(
		transaction,
		topicId,
		changed.filter(({ isNewest }) => isNewest)
	);
	return changed.map(({ id, version, words, masked }) => ({
		contributionId: id,
		version,
		originalHash: createHash('sha256').update(randomBytes(16)).update(words.join('\n\n'), 'utf8').digest('hex'),
		letters: differing(words.join(''), masked.join(''))
	}));
}

interface WordingOfIdea {
	readonly id: string;
	readonly number: number;
	readonly language: string;
	readonly version: number;
	readonly isNewest: boolean;
	/** point, explanation, sources */
	readonly words: readonly string[];
}

interface MaskedWording extends WordingOfIdea {
	readonly masked: readonly string[];
}

async function wordingsOf(transaction: Transaction, topicId: string, ideaIds: readonly string[]): Promise<WordingOfIdea[]> {
	const { rows } = await transaction.query<WordingOfIdea>(
		`select i.idea_id as id, i.idea_number as number, i.language, v.version, array[v.point, v.explanation, v.sources] as words,
			v.version = max(v.version) over (partition by v.idea_number) as "isNewest"
		from ideas i
		join idea_versions v using (topic_id, idea_number)
		where i.topic_id = $1 and i.idea_id = any ($2::uuid[])
		order by i.idea_number, v.version`,
		[topicId, ideaIds]
	);
	return rows;
}

async function writeWordings(transaction: Transaction, topicId: string, changed: readonly MaskedWording[]): Promise<void> {
	await transaction.query(
		`update idea_versions v
		set point = given.point, explanation = given.explanation, sources = given.sources
		from unnest($2::int[], $3::int[], $4::text[], $5::text[], $6::text[]) as given (idea_number, version, point, explanation, sources)
		where v.topic_id = $1 and v.idea_number = given.idea_number and v.version = given.version`,
		[
			topicId,
			changed.map(({ number }) => number),
			changed.map(({ version }) => version),
			...[0, 1, 2].map((place) => changed.map(({ masked }) => masked[place]))
		]
	);
}

/** What the search knows of an idea, as `wordsOf` tells it. */
async function findAnew(transaction: Transaction, topicId: string, newest: readonly MaskedWording[]): Promise<void> {
	const found = newest.map(({ number, language, masked: [point = '', explanation = ''] }) => ({
		number,
		words: searchable(wordsOf({ point, explanation }), language)
	}));
	await transaction.query(
		`update idea_search s
		set words = array_to_tsvector(array(select jsonb_array_elements_text(given.words)))
		from jsonb_to_recordset($2::jsonb) as given (number int, words jsonb)
		where s.topic_id = $1 and s.idea_number = given.number`,
		[topicId, JSON.stringify(found)]
	);
}

async function maskSuggestions(
	transaction: Transaction,
	topicId: string,
	ids: readonly string[],
	mask: (text: string) => string
): Promise<void> {
	const { rows } = await transaction.query<{ id: string; point: string; explanation: string }>(
		`select suggestion_id as id, point, explanation
		from wording_suggestions
		where topic_id = $1 and suggestion_id = any ($2::uuid[])`,
		[topicId, ids]
	);
	await transaction.query(
		`update wording_suggestions s
		set point = given.point, explanation = given.explanation
		from unnest($2::uuid[], $3::text[], $4::text[]) as given (id, point, explanation)
		where s.topic_id = $1 and s.suggestion_id = given.id`,
		[topicId, rows.map(({ id }) => id), rows.map(({ point }) => mask(point)), rows.map(({ explanation }) => mask(explanation))]
	);
}
