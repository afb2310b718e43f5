import type { Actor } from '#activity/actor.ts';
import type { Database, Transaction } from '#database/connection.server.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { changeParagraph, changingReport, noteChange, type Seen } from '#reports/changing.server.ts';
import { longestParagraph } from '#reports/editing.server.ts';
import { paragraphsOf, type PlacedParagraph } from '#reports/reading.server.ts';
import type { Words } from '#reports/paragraph.ts';
import { gap, writeParagraphs } from '#reports/writing.server.ts';

type Place = Omit<Seen, 'version'>;

/** A new paragraph of one's own words after another, in its section; it rests on nothing yet. @returns its number */
export async function addParagraph(
	database: Database | Transaction,
	after: Place,
	words: { readonly kind: 'text' | 'heading'; readonly text: string },
	actor: Actor
): Promise<number> {
	const text = usableText(words.text, { max: longestParagraph, what: 'text' }).trim();
	return addAfter(database, after, actor, async (_, { language }) => ({ kind: words.kind, text, language, sources: [] }));
}

/** A passage of a text, word for word, after a paragraph. @returns the number of the quotation */
export async function quotePassage(
	database: Database | Transaction,
	after: Place,
	passageId: string,
	actor: Actor
): Promise<number> {
	return addAfter(database, after, actor, async (transaction) => {
		const { rows } = await transaction.query<{ quote: string; language: string }>(
			`
				select quote, language
				from passages
				join contributions using (topic_id, contribution_id)
				where topic_id = $1 and passage_id = $2`,
			[after.topicId, passageId]
		);
		const passage = rows[0];
		if (!passage) throw refusal('no-such-source', { reference: passageId });
		const { quote, language } = passage;
		const source = { kind: 'passage', thingId: passageId, pointer: null, quote, starts: 0, ends: [...quote].length } as const;
		return { kind: 'quotation', text: quote, language, sources: [source] };
	});
}

/** Takes the paragraph out; its number is not given again. */
export async function removeParagraph(database: Database | Transaction, seen: Seen, actor: Actor): Promise<void> {
	await changeParagraph(database, seen, actor, 'removed', (paragraph) =>
		paragraph.kind === 'removed' ? null : { ...paragraph, kind: 'removed', sources: [] }
	);
}

/** One place up or down; its number, by which its address names it, stays. At the end of the report nothing happens. */
export async function moveParagraph(
	database: Database | Transaction,
	seen: Seen,
	direction: 'up' | 'down',
	actor: Actor
): Promise<void> {
	await changeParagraph(database, seen, actor, 'moved', async (paragraph, report, transaction) => {
		const paragraphs = await paragraphsOf(transaction, seen.topicId, report.reportId);
		const place = paragraphs.findIndex(({ number }) => number === seen.number);
		if (place === -1) throw refusal('changed-meanwhile');
		const passed = place + (direction === 'up' ? -1 : 1);
		if (!paragraphs[passed]) return null;
		const [above, below] = direction === 'up' ? [passed - 1, passed] : [passed, passed + 1];
		return { ...paragraph, position: await between(transaction, paragraphs[above], paragraphs[below]) };
	});
}

async function addAfter(
	database: Database | Transaction,
	{ topicId, report: reportNumber, number: after }: Place,
	actor: Actor,
	wordsOf: (transaction: Transaction, report: { readonly language: string }) => Promise<Words>
): Promise<number> {
	return changingReport(database, topicId, reportNumber, actor, async (transaction, report) => {
		const paragraphs = await paragraphsOf(transaction, topicId, report.reportId);
		const place = paragraphs.findIndex(({ number }) => number === after);
		const before = paragraphs[place];
		if (!before) throw refusal('not-found');
		const position = await between(transaction, before, paragraphs[place + 1]);
		const words = await wordsOf(transaction, report);
		const added = { ...words, section: before.section, position };
		const number = await writeParagraphs(transaction, report, [added], 'edited', actor);
		await noteChange(transaction, report, 'added', number, actor);
		return number;
	});
}

/** Half way between two paragraphs, exactly; beyond the first and the last one there is room without end. */
async function between(
	transaction: Transaction,
	above: Pick<PlacedParagraph, 'position'> | undefined,
	below: Pick<PlacedParagraph, 'position'> | undefined
): Promise<string> {
	const { rows } = await transaction.query<{ position: string }>(
		`
			select trim_scale((coalesce($1::numeric, $2::numeric - 2 * $3::int) + coalesce($2::numeric, $1::numeric + 2 * $3::int)) * 0.5)::text
				as position`,
		[above?.position ?? null, below?.position ?? null, gap]
	);
	return rows[0]!.position;
}
