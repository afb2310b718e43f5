import type { Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { canonicalJson } from '#agreement/canonical.ts';
import { forgetOrganisationAsWritten } from '#contributions/forgetting-organisations.server.ts';
import { inTransaction, nilTopic, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { mayLookAfterOrganisations } from '#people/may.ts';
import { foldedName } from '#people/organisation-names.server.ts';
import { forgetOrganisation, wholeOrganisation } from '#people/organisations/erasing.server.ts';
import type { WhyErased } from '#people/organisations/erasing.ts';
import { refusal } from '#refusals/refusal.ts';
import type { Edition } from '#reports/edition.ts';
import { dropArchivesOf } from '#reports/export/archives.server.ts';
import { seesSmallNumbers } from '#topics/results.ts';
import { fewest } from '#topics/participation/small-numbers.ts';
import { forgetOrganisationOfProfiles } from '#topics/participants/unlinking.server.ts';

/** What would go with an organisation. */
export interface OrganisationToErase {
	readonly names: readonly string[];
	/** who named it; null: fewer than five, who would be known by that */
	readonly people: number | null;
	readonly talks: number;
}

export async function organisationToErase(
	queryable: Queryable,
	organisationId: string,
	actor: Actor
): Promise<OrganisationToErase> {
	if (!mayLookAfterOrganisations(actor)) throw refusal('not-allowed');
	const whole = await wholeOrganisation(queryable, organisationId);
	const { rows } = await queryable.query<{ people: number; talks: number }>(
		`select count(distinct (topic_id, participant_number))::int as people, count(distinct topic_id)::int as talks
		from participant_profiles
		where organisation_id = any ($1::uuid[])`,
		[whole.ids]
	);
	const { people, talks } = rows[0]!;
	return { names: whole.names, people: people > 0 && people < fewest && !seesSmallNumbers(actor) ? null : people, talks };
}

/**
 * Erases an organisation that is there by mistake, or asked for it: its names go from wherever we hold them, also from the
 * lines of authors, from what forms of submissions say, from published reports and from archives. What people sent stays
 * theirs, with their groups and region; what they say of it in their own texts is theirs too.
 */
export async function eraseOrganisation(database: Database, organisationId: string, why: WhyErased, actor: Actor): Promise<void> {
	if (!mayLookAfterOrganisations(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const whole = await wholeOrganisation(transaction, organisationId);
		const isIt = (name: string) => whole.folded.includes(foldedName(name));
		const topics = new Set([
			...(await forgetOrganisationOfProfiles(transaction, whole.ids)),
			...(await forgetOrganisationAsWritten(transaction, isIt)),
			...(await forgetInEditions(transaction, organisationId, isIt))
		]);
		await dropArchivesOf(transaction, [...topics]);
		await forgetOrganisation(transaction, whole, actor);
		const act = { topicId: nilTopic, actor, did: 'erased', kind: 'organisation', thingId: organisationId };
		await record(transaction, { ...act, details: { why, names: whole.names.length } });
	});
}

/**
 * In the notes of published editions, which then say that words were made unreadable. @returns the topics in which there were
 * any
 */
async function forgetInEditions(
	transaction: Transaction,
	organisationId: string,
	isIt: (name: string) => boolean
): Promise<string[]> {
	const { rows: named } = await transaction.query<{ topicId: string; reportId: string; edition: number; organisation: string }>(
		`select distinct topic_id as "topicId", report_id as "reportId", edition, note ->> 'organisation' as organisation
		from report_publications
		cross join jsonb_array_elements(content -> 'notes') as note
		where note ->> 'organisation' is not null`
	);
	const topics: string[] = [];
	for (const { topicId, reportId, edition } of named.filter(({ organisation }) => isIt(organisation))) {
		const key = [topicId, reportId, edition];
		const { rows } = await transaction.query<{ content: Edition }>(
			`select content from report_publications where topic_id = $1 and report_id = $2 and edition = $3 for update`,
			key
		);
		const { content } = rows[0]!;
		const notes = content.notes.map((note) =>
			note.organisation !== null && isIt(note.organisation) ? { ...note, organisation: null } : note
		);
		await transaction.query(
			`update report_publications set content = $4 where topic_id = $1 and report_id = $2 and edition = $3`,
			[...key, canonicalJson({ ...content, notes })]
		);
		await transaction.query(
			`insert into edition_redactions (topic_id, report_id, edition, thing_id, redacted_at)
			values ($1, $2, $3, $4, $5)
			on conflict do nothing`,
			[...key, organisationId, transaction.at]
		);
		topics.push(topicId);
	}
	return topics;
}
