import type { Queryable, Transaction } from '#database/connection.server.ts';
import type { Language } from '#languages/languages.ts';
import { refusal } from '#refusals/refusal.ts';

export const formOutcomes = ['typed', 'empty', 'illegible', 'taken-back'] as const;
export type FormOutcome = (typeof formOutcomes)[number];

/** A paper form, with what came of it. */
export interface PaperForm {
	readonly topicId: string;
	readonly number: number;
	readonly language: Language;
	/** null: all questions stand on it */
	readonly questionId: string | null;
	/** null: it waits, or was never given back */
	readonly outcome: FormOutcome | null;
	readonly decidedAt: Date | null;
	/** the name of who typed it; null where it was its writer, or that account is gone */
	readonly decidedBy: string | null;
	/** pictures of it, in the order in which they came */
	readonly scanIds: readonly string[];
	/** who types it now; null where nobody does */
	readonly claim: { readonly accountId: string; readonly name: string } | null;
	readonly texts: readonly FormText[];
}

/** What was typed from a form, where it stands now. */
export interface FormText {
	readonly contributionId: string;
	readonly kind: 'idea' | 'submission';
	readonly number: number;
}

/** @param at now: claims lapse */
export async function formNumbered(queryable: Queryable, topicId: string, number: number, at: Date): Promise<PaperForm> {
	const { rows } = await queryable.query<PaperForm>(
		`
			select f.topic_id as "topicId", f.form_number as number, r.language, r.question_id as "questionId", o.outcome,
				o.decided_at as "decidedAt", nullif(coalesce(nullif(by.name, ''), by.email, ''), '') as "decidedBy",
				coalesce((
					select json_agg(s.scan_id order by s.scan_id)
					from paper_scans s
					where s.topic_id = f.topic_id and s.file_sha256 is not null and ${filedTo('s')} = f.form_number), '[]') as "scanIds",
				(
					select json_build_object('accountId', c.account_id, 'name', coalesce(nullif(a.name, ''), a.email, ''))
					from paper_claims c
					left join accounts a on a.account_id = c.account_id
					where c.topic_id = f.topic_id and c.form_number = f.form_number and c.lapses_at > $3) as claim,
				coalesce((
					select json_agg(json_build_object('contributionId', t.contribution_id, 'kind', c.kind,
						'number', coalesce(i.idea_number, s.submission_number)) order by t.contribution_id)
					from paper_texts t
					join contributions c using (topic_id, contribution_id)
					left join ideas i on i.topic_id = t.topic_id and i.idea_id = t.contribution_id
					left join submissions s on s.topic_id = t.topic_id and s.contribution_id = t.contribution_id
					where t.topic_id = f.topic_id and t.form_number = f.form_number), '[]') as texts
			from paper_forms f
			join paper_runs r using (topic_id, run_number)
			${lastOutcome}
			left join accounts by on by.account_id = o.decided_by
			where f.topic_id = $1 and f.form_number = $2`,
		[topicId, number, at]
	);
	if (!rows[0]) throw refusal('no-such-form', { number });
	return rows[0];
}

/** The form of which somebody else's picture waits longest, and which nobody else types now; null where none waits. */
export async function nextForm(
	queryable: Queryable,
	topicId: string,
	{ after, accountId, at }: { after: number; accountId: string | null; at: Date }
): Promise<number | null> {
	const { rows } = await queryable.query<{ number: number }>(
		`
			select f.form_number as number
			from paper_forms f
			${lastOutcome}
			where ${waits} and not exists (
				select from paper_claims c
				where c.topic_id = f.topic_id and c.form_number = f.form_number and c.lapses_at > $3
					and c.account_id is distinct from $4)
			-- on from the last, then those that were left out
			order by f.form_number <= $2, f.form_number
			limit 1`,
		[topicId, after, at, accountId]
	);
	return rows[0]?.number ?? null;
}

export interface ListedForm {
	readonly number: number;
	readonly outcome: FormOutcome | null;
	readonly pictures: number;
	readonly texts: number;
}

/** The forms that came back, the highest number first; `before` is the number of the last one seen. */
export async function formsThatCame(
	queryable: Queryable,
	topicId: string,
	{ before, most }: { before: number | null; most: number }
): Promise<ListedForm[]> {
	const { rows } = await queryable.query<ListedForm>(
		`
			select f.form_number as number, o.outcome,
				(
					select count(*)::int from paper_scans s
					where s.topic_id = f.topic_id and s.file_sha256 is not null and ${filedTo('s')} = f.form_number) as pictures,
				(
					select count(*)::int from paper_texts t
					where t.topic_id = f.topic_id and t.form_number = f.form_number) as texts
			from paper_forms f
			${lastOutcome}
			where f.topic_id = $1 and ($2::int is null or f.form_number < $2) and (o.outcome is not null or exists (
				select from paper_filings p where p.topic_id = f.topic_id and p.form_number = f.form_number))
			order by f.form_number desc
			limit $3`,
		[topicId, before, most]
	);
	return rows;
}

/** Forms with a picture that nobody has typed, and pictures that nobody has filed. */
export async function paperCounts(queryable: Queryable, topicId: string): Promise<{ toType: number; unfiled: number }> {
	const { rows } = await queryable.query<{ toType: number; unfiled: number }>(
		`
			select (select count(*)::int from paper_forms f ${lastOutcome} where ${waits}) as "toType",
				(
					select count(*)::int from paper_scans s
					where s.topic_id = $1 and s.file_sha256 is not null and not exists (
						select from paper_filings p where p.topic_id = s.topic_id and p.scan_id = s.scan_id)) as unfiled`,
		[topicId]
	);
	return rows[0]!;
}

/** Locks the form against others who type it, and tells what became of it so far. */
export async function lockForm(transaction: Transaction, topicId: string, number: number): Promise<FormOutcome | null> {
	const { rowCount } = await transaction.query(`select from paper_forms where topic_id = $1 and form_number = $2 for update`, [
		topicId,
		number
	]);
	if (rowCount === 0) throw refusal('no-such-form', { number });
	const { rows } = await transaction.query<{ outcome: FormOutcome }>(
		`select outcome from paper_outcomes where topic_id = $1 and form_number = $2 order by version desc limit 1`,
		[topicId, number]
	);
	return rows[0]?.outcome ?? null;
}

/** To which form the picture `scan` was filed last. */
export const filedTo = (scan: string) => `(
	select p.form_number
	from paper_filings p
	where p.topic_id = ${scan}.topic_id and p.scan_id = ${scan}.scan_id
	order by p.version desc
	limit 1)`;

const lastOutcome = `
	left join lateral (
		select outcome, decided_at, decided_by
		from paper_outcomes
		where topic_id = f.topic_id and form_number = f.form_number
		order by version desc
		limit 1
	) o on true`;

/** Its picture is there, and nothing became of it. */
const waits = `
	f.topic_id = $1 and o.outcome is null and exists (
		select from paper_scans s
		join paper_filings p on p.topic_id = s.topic_id and p.scan_id = s.scan_id and p.form_number = f.form_number
		where s.topic_id = f.topic_id and s.file_sha256 is not null and ${filedTo('s')} = f.form_number)`;
