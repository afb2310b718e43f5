import { nilTopic, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { nextNumber } from '#activity/recording.server.ts';
import { fold } from '#languages/searching.server.ts';

/**
 * The organisation of each name, made where none has it, in the order given; null for a name that names none ("personal submission").
 * Names are the same whatever their case, accents, punctuation and article; "Internet Society (ISOC)" is also found as "Internet Society".
 * What was joined into another organisation leads to that one.
 */
export async function organisationsNamed(
	transaction: Transaction,
	named: readonly { readonly name: string; readonly country: string | null }[]
): Promise<(string | null)[]> {
	const wanted = named.map(({ name, country }) => ({ name: name.trim(), country, folds: foldsOf(name) }));
	const all = wanted.flatMap(({ folds }) => folds);
	let known = await knownFolds(transaction, all);
	if (wanted.some(({ folds }) => folds.length > 0 && !folds.some((folded) => known.has(folded)))) {
		// the lock first, then the second look: two people who type the same new name at once make it once
		await nextNumber(transaction, nilTopic, 'organisations', 0);
		known = await knownFolds(transaction, all);
	}
	const ids: (string | null)[] = [];
	for (const { name, country, folds } of wanted) {
		if (folds.length === 0) {
			ids.push(null);
			continue;
		}
		const found = folds.map((folded) => known.get(folded)).find((id) => id !== undefined);
		const id = found ?? (await make(transaction, name, country, folds));
		for (const folded of folds) if (!known.has(folded)) known.set(folded, id);
		ids.push(id);
	}
	return ids;
}

/** The organisation of each name that is there already, in the order given; makes none. */
export async function organisationsWith(queryable: Queryable, names: readonly string[]): Promise<(string | null)[]> {
	const folds = names.map((name) => foldsOf(name.trim()));
	const known = await knownFolds(queryable, folds.flat());
	return folds.map((some) => some.map((folded) => known.get(folded)).find((id) => id !== undefined) ?? null);
}

/** Under which an organisation is found: its name, and its name without the brackets at its end. */
export function foldsOf(name: string): string[] {
	const folds = [name, name.replace(/\s*\([^()]*\)\s*$/u, '')].map(foldedName);
	return [...new Set(folds)].filter((folded) => folded !== '' && !namesNone(folded));
}

export function foldedName(name: string): string {
	return fold(name.normalize('NFKC'))
		.replaceAll('&', ' and ')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()
		.replace(/^(?:the|la|le|les|el|los|las) (?=.)/u, '');
}

/** What people write in the field when they speak for themselves. */
function namesNone(folded: string): boolean {
	return /^(?:n a|na|none|no|nil|private|myself|individual|independent|personal|citizen)(?: (?:person|researcher|expert|consultant|capacity|submission|contribution|individual|citizen))*$/u.test(
		folded
	);
}

async function knownFolds(queryable: Queryable, folds: readonly string[]): Promise<Map<string, string>> {
	const { rows } = await queryable.query<{ folded: string; id: string }>(
		`
			select distinct on (n.folded) n.folded, coalesce(j.into_id, n.organisation_id) as id
			from organisation_names n
			left join organisation_joins j on j.organisation_id = n.organisation_id
			where n.folded = any ($1::text[])
			order by n.folded, n.is_main desc, n.organisation_id`,
		[[...new Set(folds)]]
	);
	return new Map(rows.map(({ folded, id }) => [folded, id]));
}

async function make(transaction: Transaction, name: string, country: string | null, folds: readonly string[]): Promise<string> {
	const organisationId = uuidv7();
	await transaction.query(`insert into organisations (organisation_id, country, created_at) values ($1, $2, $3)`, [
		organisationId,
		country,
		transaction.at
	]);
	await transaction.query(
		`
			insert into organisation_names (organisation_id, name, folded, is_main, added_at)
			select $1, case when position = 1 then $2 else regexp_replace($2, '\\s*\\([^()]*\\)\\s*$', '') end, folded, position = 1, $4
			from unnest($3::text[]) with ordinality as given (folded, position)`,
		[organisationId, name, folds, transaction.at]
	);
	return organisationId;
}
