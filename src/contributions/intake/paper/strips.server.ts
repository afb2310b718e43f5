import { dropLater } from '#contributions/erasing.server.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { hashOfCode } from './form-codes.server.ts';
import { decide } from './deciding.server.ts';
import { forgetScansOfForms } from './forgetting.server.ts';
import { lockForm, type FormOutcome } from './forms.server.ts';

/** What the holder of a strip is told of their form. */
export interface Kept {
	readonly topicId: string;
	readonly number: number;
	readonly outcome: FormOutcome | null;
	readonly isPictured: boolean;
	/** what was typed from it and is not erased */
	readonly contributionIds: readonly string[];
}

/** The form of a strip in one of the topics; null where no strip has this code. */
export async function formOfStrip(queryable: Queryable, topicIds: readonly string[], code: string): Promise<Kept | null> {
	const { rows } = await queryable.query<Kept>(
		`
			select f.topic_id as "topicId", f.form_number as number,
				(
					select outcome from paper_outcomes o
					where o.topic_id = f.topic_id and o.form_number = f.form_number
					order by version desc
					limit 1) as outcome,
				exists (
					select from paper_filings p
					join paper_scans s using (topic_id, scan_id)
					where p.topic_id = f.topic_id and p.form_number = f.form_number and s.file_sha256 is not null) as "isPictured",
				array(
					select contribution_id from paper_texts t
					where t.topic_id = f.topic_id and t.form_number = f.form_number and not exists (
						select from erasures e where e.topic_id = t.topic_id and e.contribution_id = t.contribution_id)
					order by contribution_id) as "contributionIds"
			from paper_forms f
			where f.topic_id = any ($1::uuid[]) and f.strip_hash = $2`,
		[topicIds, hashOfCode(code)]
	);
	return rows[0] ?? null;
}

/** Its writer does not want it to be typed: nobody will, and its pictures are forgotten. What was typed is withdrawn on its receipt. */
export async function takeFormBack(database: Database, { topicId, number }: Pick<Kept, 'topicId' | 'number'>): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const outcome = await lockForm(transaction, topicId, number);
		if (outcome === 'taken-back') return;
		if (outcome === 'typed') throw refusal('form-typed', { number });
		await decide(transaction, topicId, number, 'taken-back', null);
		await dropLater(transaction, topicId, await forgetScansOfForms(transaction, topicId, [number]));
	});
}
