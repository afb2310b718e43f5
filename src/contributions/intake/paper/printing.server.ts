import { accountOf, type Actor } from '#activity/actor.ts';
import { nextNumber, record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import { isLanguage, type Language } from '#languages/languages.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { codesOf, hashOfCode, type FormCodes } from './form-codes.server.ts';
import { mayHandlePaper } from './may.ts';

/** As many pages as a browser prints at once without trouble. */
export const mostForms = 200;

export interface RunWishes {
	readonly topicId: string;
	/** null: all questions stand on each form */
	readonly questionId: string | null;
	readonly language: Language;
	readonly forms: number;
	/** where they will be handed out, for the list of runs; may be empty */
	readonly name: string;
}

/** Gives so many forms a number and codes of their own. They can be printed as often as somebody likes: a copy is the same form. */
export async function makeForms(database: Database, keys: TopicKeys, wishes: RunWishes, actor: Actor): Promise<number> {
	const { topicId, questionId, language, forms } = wishes;
	if (!mayHandlePaper(actor, topicId)) throw refusal('not-allowed');
	if (!Number.isInteger(forms) || forms < 1 || forms > mostForms) throw refusal('invalid-request');
	if (!isLanguage(language)) throw refusal('unknown-language', { tag: language });
	const name = usableText(wishes.name, { max: 120, what: 'name', mayBeEmpty: true }).trim();
	return inTransaction(database, async (transaction) => {
		const topic = await topicOf(transaction, topicId);
		if (topic.archivedAt !== null) throw refusal('topic-archived');
		if (questionId !== null && !topic.questions.some((question) => question.questionId === questionId))
			throw refusal('not-found');
		const first = await nextNumber(transaction, topicId, 'paper-forms', forms);
		const { rows } = await transaction.query<{ run: number }>(
			`
				insert into paper_runs (topic_id, run_number, question_id, language, first_form, forms, name, made_at, made_by)
				select $1, coalesce(max(run_number), 0) + 1, $2, $3, $4, $5, $6, $7, $8
				from paper_runs
				where topic_id = $1
				returning run_number as run`,
			[topicId, questionId, language, first, forms, name, transaction.at, accountOf(actor)]
		);
		const { run } = rows[0]!;
		const codes = await Promise.all(numbersFrom(first, forms).map((number) => codesOf(keys, topicId, number)));
		await transaction.query(
			`
				insert into paper_forms (topic_id, form_number, run_number, code_hash, strip_hash)
				select $1, $2 + place - 1, $3, code, strip
				from unnest($4::bytea[], $5::bytea[]) with ordinality as given (code, strip, place)`,
			[topicId, first, run, codes.map(({ code }) => hashOfCode(code)), codes.map(({ strip }) => hashOfCode(strip))]
		);
		const details = { run, forms, language };
		await record(transaction, { topicId, actor, did: 'printed', kind: 'paper', thingId: null, details });
		return run;
	});
}

export interface PaperRun {
	readonly run: number;
	readonly questionId: string | null;
	readonly language: Language;
	readonly first: number;
	readonly forms: number;
	readonly name: string;
	readonly madeAt: Date;
	/** forms of which a picture came, and those that are done with */
	readonly pictured: number;
	readonly done: number;
}

/** The newest first. */
export async function runsOf(queryable: Queryable, topicId: string): Promise<PaperRun[]> {
	const { rows } = await queryable.query<PaperRun>(`${selectRuns} order by r.run_number desc limit 50`, [topicId]);
	return rows;
}

/** A run with the codes of its forms, to be printed. */
export async function formsOfRun(
	queryable: Queryable,
	keys: TopicKeys,
	topicId: string,
	run: number
): Promise<PaperRun & { readonly sheets: readonly (FormCodes & { readonly number: number })[] }> {
	const { rows } = await queryable.query<PaperRun>(`${selectRuns} and r.run_number = $2`, [topicId, run]);
	const found = rows[0];
	if (!found) throw refusal('not-found');
	const numbers = numbersFrom(found.first, found.forms);
	return {
		...found,
		sheets: await Promise.all(numbers.map(async (number) => ({ number, ...(await codesOf(keys, topicId, number)) })))
	};
}

/** Which form a code names, in any topic; null where it is none of ours. */
export async function formWithCode(
	queryable: Queryable,
	code: string
): Promise<{ topicId: string; number: number; language: Language; questionId: string | null } | null> {
	const { rows } = await queryable.query<{ topicId: string; number: number; language: Language; questionId: string | null }>(
		`
			select f.topic_id as "topicId", f.form_number as number, r.language, r.question_id as "questionId"
			from paper_forms f
			join paper_runs r using (topic_id, run_number)
			where f.code_hash = $1`,
		[hashOfCode(code)]
	);
	return rows[0] ?? null;
}

const selectRuns = `
	select r.run_number as run, r.question_id as "questionId", r.language, r.first_form as first, r.forms, r.name, r.made_at as "madeAt",
		(
			select count(distinct p.form_number)::int
			from paper_filings p
			where p.topic_id = r.topic_id and p.form_number between r.first_form and r.first_form + r.forms - 1
		) as pictured,
		(
			select count(distinct o.form_number)::int
			from paper_outcomes o
			where o.topic_id = r.topic_id and o.form_number between r.first_form and r.first_form + r.forms - 1
		) as done
	from paper_runs r
	where r.topic_id = $1`;

function numbersFrom(first: number, howMany: number): number[] {
	return Array.from({ length: howMany }, (_, index) => first + index);
}
