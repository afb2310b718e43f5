import type { Attribution, Channel } from '#contributions/contribution.ts';
import { createHash, randomBytes } from 'node:crypto';
import { count } from '#activity/counting.server.ts';
import { nextNumber } from '#activity/recording.server.ts';
import { licenceOfContributions, type ContributionKind } from '#contributions/receiving.server.ts';
import { wordsIn } from '#contributions/words.ts';
import { nilTopic, type Transaction } from '#database/connection.server.ts';
import { uuidv4, uuidv7 } from '#database/ids.ts';
import { codePoints } from '#languages/usable.ts';

/** A text that staff bring in from a file: the caller has refused what cannot be kept. */
export interface BroughtInText {
	/** null where nothing is known of its author */
	readonly participant: { readonly number: number; readonly profile: number } | null;
	readonly attribution: Attribution;
	readonly name: string | null;
	readonly text: string;
	/** BCP 47 or `und` */
	readonly language: string;
}

export interface BringingIn {
	/** under which they were published where they come from */
	readonly licence?: string;
	readonly channel?: Channel;
	/** where the moment of their arrival is not to be known: another, the same for all, and ids that tell no time */
	readonly asOf?: Date | null;
}

/** The contributions of many texts with a few statements, in the order given; returns their ids. Nobody holds a receipt for them. */
export async function bringInTexts(
	transaction: Transaction,
	topicId: string,
	kind: ContributionKind,
	texts: readonly BroughtInText[],
	{ licence = licenceOfContributions, channel = 'import', asOf = null }: BringingIn = {}
): Promise<string[]> {
	const idOf = asOf === null ? uuidv7 : uuidv4;
	const rows = texts.map((text) => ({ ...text, ...committed(text.text), id: idOf() }));
	const notice = await noticeVersion(transaction);
	for (const some of inPortions(rows, ({ text }) => text.length)) {
		const given = JSON.stringify(
			some.map(({ id, participant, attribution, language, text, nonce, commitment, name }) => {
				return {
					id,
					number: participant?.number,
					profile: participant?.profile,
					attribution,
					language,
					text,
					nonce,
					commitment,
					name
				};
			})
		);
		// one statement: what was given is read once, and foreign keys are checked when all of it is there
		await transaction.query(
			`
				with given as materialized (
					select *
					from json_to_recordset($2::json) as given (id uuid, number int, profile smallint, attribution text, language text, text text,
						nonce text, commitment text, name text)
				), contribution as (
					insert into contributions (topic_id, contribution_id, kind, channel, participant_number, profile_number, attribution,
						language, received_at, licence, notice_version)
					select $1, id, $3, $7, number, profile, attribution, language, $4, $5, $6
					from given
				), name as (
					insert into contribution_names (topic_id, contribution_id, name)
					select $1, id, name
					from given
					where attribution = 'named' and name is not null
				)
				insert into contribution_versions (topic_id, contribution_id, version, text, language, written_at, nonce, commitment)
				select $1, id, 1, text, language, $4, decode(nonce, 'hex'), decode(commitment, 'hex')
				from given`,
			[topicId, given, kind, asOf ?? transaction.at, licence, notice, channel]
		);
	}
	return rows.map(({ id }) => id);
}

/** For each contribution the passage that is its whole text, on which an idea rests; returns their ids. */
export async function quoteWholeTexts(
	transaction: Transaction,
	topicId: string,
	quoted: readonly { readonly contributionId: string; readonly text: string }[]
): Promise<string[]> {
	const rows = quoted.map((each) => ({ ...each, id: uuidv7(), ends: codePoints(each.text) }));
	for (const some of inPortions(rows, ({ text }) => text.length)) {
		await transaction.query(
			`
				insert into passages (topic_id, passage_id, contribution_id, part, text_version, starts, ends, quote, prefix, suffix, drawn_at)
				select $1, id, "contributionId", 0, 1, 0, ends, text, '', '', $3
				from json_to_recordset($2::json) as given (id uuid, "contributionId" uuid, ends int, text text)`,
			[topicId, JSON.stringify(some), transaction.at]
		);
	}
	return rows.map(({ id }) => id);
}

export interface BroughtInSubmission extends BroughtInText {
	readonly title: string;
	readonly abstract: string;
	readonly keywords: string;
	readonly organisationAsWritten: string;
	readonly questionId: string | null;
}

/** Submissions without files, numbered in the order given; returns their ids. Locks the counter of submissions. */
export async function bringInSubmissions(
	transaction: Transaction,
	topicId: string,
	submissions: readonly BroughtInSubmission[]
): Promise<string[]> {
	if (submissions.length === 0) return [];
	const ids = await bringInTexts(transaction, topicId, 'submission', submissions);
	const first = await nextNumber(transaction, topicId, 'submissions', submissions.length);
	const rows = submissions.map(({ title, abstract, keywords, organisationAsWritten, questionId, text }, index) => {
		const words = wordsIn(text);
		return { id: ids[index], number: first + index, title, abstract, keywords, organisationAsWritten, questionId, words };
	});
	for (const some of inPortions(rows, ({ abstract }) => abstract.length)) {
		await transaction.query(
			`
				insert into submissions (topic_id, contribution_id, submission_number, title, abstract, keywords, organisation_as_written,
					question_id, words)
				select $1, id, number, title, abstract, keywords, "organisationAsWritten", "questionId", words
				from json_to_recordset($2::json) as given (id uuid, number int, title text, abstract text, keywords text,
					"organisationAsWritten" text, "questionId" uuid, words int)`,
			[topicId, JSON.stringify(some)]
		);
	}
	await count(transaction, topicId, 'submissions', submissions.length);
	return ids;
}

/** So many at once that a statement is worth its way, and so few that it does not fill the memory. */
export function* inPortions<Row>(rows: readonly Row[], size: (row: Row) => number): Generator<Row[]> {
	let some: Row[] = [];
	let total = 0;
	for (const row of rows) {
		some.push(row);
		total += size(row);
		if (some.length < 2000 && total < 4_000_000) continue;
		yield some;
		some = [];
		total = 0;
	}
	if (some.length > 0) yield some;
}

function committed(text: string): { nonce: string; commitment: string } {
	const nonce = randomBytes(16);
	return { nonce: nonce.toString('hex'), commitment: createHash('sha256').update(nonce).update(text, 'utf8').digest('hex') };
}

async function noticeVersion(transaction: Transaction): Promise<string> {
	const { rows } = await transaction.query<{ notice: string }>(
		`
			select coalesce((
				select language || '-' || version
				from texts
				where topic_id = '${nilTopic}' and kind = 'institution' and field = 'terms' and language = 'en'
				order by version desc
				limit 1), 'none') as notice`
	);
	return rows[0]!.notice;
}
