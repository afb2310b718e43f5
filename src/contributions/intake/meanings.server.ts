import { nextNumber, record } from '#activity/recording.server.ts';
import { accountOf, type Actor } from '#activity/actor.ts';
import { isRapporteur } from '#activity/staff.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { isCountry, isRegion, regionOfCountry } from '#people/regions.ts';
import { placeOfText } from '#people/region-texts.ts';
import { groupOfText } from '#people/sector-texts.ts';
import { refusal } from '#refusals/refusal.ts';
import { profileOf, stateProfileOf } from '#topics/participants/stating.server.ts';

/** What a sector or region as written means: what a person decided for this topic, else what the tables of people/ say. */
export interface Meanings {
	groupsOf(sector: string): { readonly groups: readonly string[]; readonly unknown: boolean };
	placeOf(region: string): { readonly country: string | null; readonly region: string | null; readonly unknown: boolean };
}

export type CorrectedField = 'sector' | 'region';

export async function meaningsOf(queryable: Queryable, topicId: string | null): Promise<Meanings> {
	const { rows } = await queryable.query<{ field: CorrectedField; asWritten: string; means: string }>(
		`
			select distinct on (field, as_written) field, as_written as "asWritten", means
			from corrections
			where topic_id = $1
			order by field, as_written, version desc`,
		[topicId]
	);
	const corrected = new Map(rows.map(({ field, asWritten, means }) => [`${field} ${asWritten}`, means]));
	return {
		groupsOf(sector) {
			const means = corrected.get(`sector ${sector}`);
			if (means !== undefined) return { groups: means === '' ? [] : [means], unknown: false };
			const { group, unknown = false } = groupOfText(sector);
			return { groups: group ? [group] : [], unknown };
		},
		placeOf(region) {
			const means = corrected.get(`region ${region}`);
			if (means !== undefined) return { ...placeMeant(means), unknown: false };
			// an empty field says nothing, which is no riddle
			if (region.trim() === '') return { country: null, region: null, unknown: false };
			const { country = null, region: read = null, unknown = false } = placeOfText(region);
			return { country, region: read, unknown };
		}
	};
}

/** A sector or region as it stands in the forms of a topic, how often, and what it is taken for. */
export interface WrittenAndMeant {
	readonly field: CorrectedField;
	readonly asWritten: string;
	readonly submissions: number;
	/** a group, a country or a region; empty: states none */
	readonly means: string;
	readonly unknown: boolean;
}

/** Everything that was written in these two fields, what nobody knows first. */
export async function writtenAndMeant(queryable: Queryable, topicId: string): Promise<WrittenAndMeant[]> {
	const meanings = await meaningsOf(queryable, topicId);
	const { rows } = await queryable.query<{ field: CorrectedField; asWritten: string; submissions: number }>(
		`
			select field, as_written as "asWritten", count(*)::int as submissions
			from submissions s
			join contributions c using (topic_id, contribution_id)
			cross join lateral (values ('sector', s.sector_as_written), ('region', s.region_as_written)) as written (field, as_written)
			where topic_id = $1 and c.channel = 'import' and as_written <> ''
			group by field, as_written
			order by field desc, as_written`,
		[topicId]
	);
	const meant = rows.map((row): WrittenAndMeant => {
		if (row.field === 'sector') {
			const { groups, unknown } = meanings.groupsOf(row.asWritten);
			return { ...row, means: groups[0] ?? '', unknown };
		}
		const { country, region, unknown } = meanings.placeOf(row.asWritten);
		return { ...row, means: country ?? region ?? '', unknown };
	});
	return [...meant.filter(({ unknown }) => unknown), ...meant.filter(({ unknown }) => !unknown)];
}

export interface Correction {
	readonly topicId: string;
	readonly field: CorrectedField;
	readonly asWritten: string;
	/** a group, a country or a region; empty: it states none */
	readonly means: string;
}

/**
 * A person says what a sector or region as written means. It holds for what was brought in already and for what comes. Returns the texts that
 * changed; ideas/ lets the ideas drawn from them follow, in the same transaction.
 */
export async function correctTexts(
	database: Database | Transaction,
	{ topicId, field, asWritten, means }: Correction,
	actor: Actor
): Promise<string[]> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await assertMeans(transaction, field, means);
		// an import that is under way waits here, or this waits for it: no text keeps the reading of before
		await nextNumber(transaction, topicId, 'participants', 0);
		await transaction.query(
			`
				insert into corrections (topic_id, field, as_written, version, means, corrected_at, corrected_by)
				select $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6
				from corrections
				where topic_id = $1 and field = $2 and as_written = $3`,
			[topicId, field, asWritten, means, transaction.at, accountOf(actor)]
		);
		const changed = await restate(transaction, topicId, field, asWritten, means);
		await record(transaction, {
			topicId,
			actor,
			did: 'corrected',
			kind: 'topic',
			thingId: topicId,
			// never what was written: it is somebody's own, and stands with the correction
			details: { field, means, submissions: changed.length }
		});
		return changed;
	});
}

/** New profiles for the authors of the submissions in which it stands so. It was our reading that was wrong: their texts follow. */
async function restate(
	transaction: Transaction,
	topicId: string,
	field: CorrectedField,
	asWritten: string,
	means: string
): Promise<string[]> {
	const { rows } = await transaction.query<{ contributionId: string; number: number }>(
		`
			select c.contribution_id as "contributionId", c.participant_number as number
			from submissions s
			join contributions c using (topic_id, contribution_id)
			where s.topic_id = $1 and c.channel = 'import' and c.participant_number is not null
				and case $2 when 'sector' then s.sector_as_written else s.region_as_written end = $3
			order by c.participant_number`,
		[topicId, field, asWritten]
	);
	for (const { contributionId, number } of rows) {
		const { groups, country, region, organisationId, capacity, reads } = await profileOf(transaction, topicId, number);
		const change = field === 'sector' ? { groups: means === '' ? [] : [means] } : placeMeant(means);
		const stated = { groups, country, region, organisationId, capacity, reads, ...change };
		const { profile } = await stateProfileOf(transaction, topicId, number, stated);
		await transaction.query(`update contributions set profile_number = $3 where topic_id = $1 and contribution_id = $2`, [
			topicId,
			contributionId,
			profile
		]);
	}
	return rows.map(({ contributionId }) => contributionId);
}

function placeMeant(means: string): { country: string | null; region: string | null } {
	if (isCountry(means)) return { country: means, region: regionOfCountry(means) };
	return { country: null, region: means === '' ? null : means };
}

async function assertMeans(queryable: Queryable, field: CorrectedField, means: string): Promise<void> {
	if (means === '' || (field === 'region' && (isCountry(means) || isRegion(means)))) return;
	const known =
		field === 'sector' && (await queryable.query(`select from stakeholder_groups where group_key = $1`, [means])).rowCount > 0;
	if (!known) throw refusal('not-found');
}
