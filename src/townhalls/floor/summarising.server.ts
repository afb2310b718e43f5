import type { Actor } from '#activity/actor.ts';
import { isRapporteur } from '#activity/staff.ts';
import { record } from '#activity/recording.server.ts';
import { attributeAnew } from '#contributions/attributing.server.ts';
import { bringInTexts } from '#contributions/bringing-in.server.ts';
import { writeAnew } from '#contributions/writing-anew.server.ts';
import { receiveContribution } from '#contributions/receiving.server.ts';
import type { Database, Queryable, Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { isChatham, showsNames, type EventOfTopic } from '#events/event.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { relyOnRule } from '#events/promising.server.ts';
import { forgetVoices, voiceOf } from '#events/voices.server.ts';
import { languageTag } from '#languages/languages.ts';
import { usableText } from '#languages/usable.ts';
import { textCanBeSeen } from '#moderation/concealed.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionOf } from '#topics/institution/institution.server.ts';
import { floorOf } from '#townhalls/floor/floors.server.ts';
import { inMeeting } from '#townhalls/meeting.server.ts';

/** Words of somebody at an event, and under whom they may stand. */
export interface WordsSaid {
	readonly text: string;
	/** BCP 47 or und */
	readonly language: string;
	readonly group: string | null;
	/** counts only where people speak under their names */
	readonly name: string;
}

/** code points */
const longestWords = 10_000;
const longestName = 200;

/**
 * A rapporteur writes what was said in an intervention. Under the Chatham House rule nothing says in which: the words wait beside all others.
 * @param turn null under the Chatham House rule
 */
export async function summarise(
	database: Database | Transaction,
	of: OfEvent,
	{ turn, ...said }: Pick<WordsSaid, 'text' | 'language'> & { readonly turn: number | null },
	actor: Actor
): Promise<void> {
	if (!isRapporteur(actor, of.topicId)) throw refusal('not-allowed');
	await inMeeting(database, of, async (transaction, event) => {
		if (isChatham(event)) {
			const words = await usableWords(transaction, { ...said, group: null, name: '' });
			if ((await floorOf(transaction, of)).state !== 'over') return layInTray(transaction, of, words);
			return contributeUnknown(transaction, event, [words]);
		}
		const spoken = turn === null ? undefined : await spokenIn(transaction, of, turn);
		if (!spoken) throw refusal('not-found');
		if (spoken.contributionId !== null) throw refusal('already-decided');
		const words = await usableWords(transaction, { ...said, ...spoken });
		const contributionId = await contribute(transaction, event, words);
		await transaction.query(
			`
				insert into intervention_contributions (topic_id, event_id, intervention_number, contribution_id)
				values ($1, $2, $3, $4)`,
			[of.topicId, of.eventId, turn, contributionId]
		);
		// the name stands with the contribution now, under its rule
		await transaction.query(
			`
				delete from floor_names
				using interventions
				where floor_names.topic_id = $1 and floor_names.event_id = $2 and interventions.topic_id = $1 and interventions.event_id = $2
					and floor_names.request_number = interventions.request_number and intervention_number = $3`,
			[of.topicId, of.eventId, turn]
		);
		await record(transaction, { topicId: of.topicId, actor, did: 'summarised', kind: 'floor', thingId: of.eventId });
	});
}

/** What waits in the tray becomes contributions of one instant, in an order that tells nothing; the tray is empty then. */
export async function emptyTray(transaction: Transaction, event: EventOfTopic): Promise<void> {
	const { rows } = await transaction.query<{ text: string; language: string }>(
		`
			with taken as (
				delete from floor_tray where topic_id = $1 and event_id = $2 returning words_id, words, language
			)
			-- ids come from phones: they do not say the order
			select words as text, language from taken order by random()`,
		[event.topicId, event.eventId]
	);
	await contributeUnknown(transaction, event, rows);
}

/** Under the Chatham House rule all words are of one moment, and their ids tell none: neither when they were written nor in which order. */
async function contributeUnknown(
	transaction: Transaction,
	event: EventOfTopic,
	words: readonly Pick<WordsSaid, 'text' | 'language'>[]
): Promise<void> {
	const texts = words.map(({ text, language }) => ({
		...{ participant: null, attribution: 'anonymous' as const, name: null },
		...{ text, language }
	}));
	const brought = await bringInTexts(transaction, event.topicId, 'intervention', texts, {
		...{ channel: 'town hall', asOf: event.startsAt }
	});
	for (const contributionId of brought) await noteStatement(transaction, event, contributionId);
}

/** Where the rule became stricter after something was said, that loses what the rule does not show: a name, a group, the turn in which it was said. */
export async function obeyRule(transaction: Transaction, event: EventOfTopic): Promise<void> {
	const { topicId, eventId } = event;
	if (showsNames(event)) return;
	const { rows } = await transaction.query<{ contributionId: string; number: number | null; profile: number | null }>(
		`
			select contribution_id as "contributionId", participant_number as number, profile_number as profile
			from contributions
			where topic_id = $1 and (attribution = 'named' or $3 and attribution <> 'anonymous') and contribution_id in (
				select contribution_id from intervention_contributions where topic_id = $1 and event_id = $2
				union all
				select contribution_id from floor_statements where topic_id = $1 and event_id = $2
			)`,
		[topicId, eventId, isChatham(event)]
	);
	for (const { contributionId, number, profile } of rows) {
		const participant = isChatham(event) || number === null || profile === null ? null : { number, profile };
		const attribution = participant === null ? 'anonymous' : 'group';
		await attributeAnew(transaction, topicId, contributionId, { participant, attribution, name: null });
	}
	if (!isChatham(event)) return;
	await transaction.query(
		`
			with told as (
				delete from intervention_contributions where topic_id = $1 and event_id = $2 returning contribution_id
			)
			insert into floor_statements (topic_id, event_id, contribution_id)
			select $1, $2, contribution_id from told`,
		[topicId, eventId]
	);
	const { rows: said } = await transaction.query<{ id: string }>(
		'select contribution_id as id from floor_statements where topic_id = $1 and event_id = $2 order by random()',
		[topicId, eventId]
	);
	await writeAnew(
		transaction,
		topicId,
		said.map(({ id }) => id),
		event.startsAt
	);
	await forgetVoices(transaction, { topicId, eventId });
}

/** An intervention or statement as staff see it beside its words. */
export interface Recorded {
	/** null: a statement to the record */
	readonly turn: number | null;
	readonly contributionId: string;
	readonly text: string;
	readonly language: string;
	readonly name: string | null;
	readonly group: string | null;
}

/** What is on record of an event, by the order in which it was written down; words that were erased, or cannot be seen, are left out. */
export async function recordOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Recorded[]> {
	const { rows } = await queryable.query<Recorded>(
		`
			select intervention_number as turn, contribution_id as "contributionId", text, contributions.language, contribution_names.name,
				stakeholder_groups[1] as "group"
			from (
				select topic_id, contribution_id, intervention_number from intervention_contributions where topic_id = $1 and event_id = $2
				union all
				select topic_id, contribution_id, null from floor_statements where topic_id = $1 and event_id = $2
			) as said
			join contributions using (topic_id, contribution_id)
			join contribution_versions using (topic_id, contribution_id)
			left join contribution_names using (topic_id, contribution_id)
			left join participant_profiles using (topic_id, participant_number, profile_number)
			where version = 1 and text is not null and ${textCanBeSeen('contributions')}
			order by received_at, contribution_id`,
		[topicId, eventId]
	);
	return rows;
}

/** Who spoke and of whose words there is no summary yet, in the order in which they spoke; for staff. */
export async function turnsToSummarise(
	queryable: Queryable,
	{ topicId, eventId }: OfEvent
): Promise<{ readonly turn: number; readonly name: string; readonly group: string | null }[]> {
	const { rows } = await queryable.query<{ turn: number; name: string; group: string | null }>(
		`
			select intervention_number as turn, coalesce(name, '') as name, stakeholder_group as "group"
			from interventions
			join intervention_ends using (topic_id, event_id, intervention_number)
			join floor_requests using (topic_id, event_id, request_number)
			left join floor_names using (topic_id, event_id, request_number)
			left join intervention_contributions using (topic_id, event_id, intervention_number)
			where topic_id = $1 and event_id = $2 and contribution_id is null
			order by began_at, intervention_number`,
		[topicId, eventId]
	);
	return rows;
}

export async function contribute(transaction: Transaction, event: EventOfTopic, words: WordsSaid): Promise<string> {
	const { topicId } = event;
	const isNamed = showsNames(event) && words.name !== '';
	const group = isChatham(event) ? null : words.group;
	const { contributionId } = await receiveContribution(transaction, {
		topicId,
		kind: 'intervention',
		channel: 'town hall',
		participant: group === null ? null : await voiceOf(transaction, event, [group]),
		attribution: isNamed ? 'named' : group === null ? 'anonymous' : 'group',
		name: isNamed ? words.name : null,
		text: words.text,
		language: words.language
	});
	return contributionId;
}

async function spokenIn(
	transaction: Transaction,
	of: OfEvent,
	turn: number
): Promise<{ name: string; group: string | null; contributionId: string | null } | undefined> {
	const { rows } = await transaction.query<{ name: string; group: string | null; contributionId: string | null }>(
		`
			select coalesce(name, '') as name, stakeholder_group as "group", contribution_id as "contributionId"
			from interventions
			join floor_requests using (topic_id, event_id, request_number)
			left join floor_names using (topic_id, event_id, request_number)
			left join intervention_contributions using (topic_id, event_id, intervention_number)
			where topic_id = $1 and event_id = $2 and intervention_number = $3`,
		[of.topicId, of.eventId, turn]
	);
	return rows[0];
}

export async function usableWords(transaction: Transaction, said: WordsSaid): Promise<WordsSaid> {
	const text = usableText(said.text, { max: longestWords, what: 'text' });
	const name = usableText(said.name, { max: longestName, what: 'name', mayBeEmpty: true }).trim();
	if (said.group !== null && !(await institutionOf(transaction)).groups.includes(said.group)) throw refusal('invalid-request');
	return { text, name, group: said.group, language: languageTag(said.language) ?? 'und' };
}

/** Under an id that may have come before: then they lie there. */
export async function layInTray(
	transaction: Transaction,
	of: OfEvent,
	{ text, language }: Pick<WordsSaid, 'text' | 'language'>,
	wordsId = uuidv4()
): Promise<void> {
	await relyOnRule(transaction, of);
	await transaction.query(
		`insert into floor_tray (topic_id, event_id, words_id, words, language) values ($1, $2, $3, $4, $5) on conflict do nothing`,
		[of.topicId, of.eventId, wordsId, text, language]
	);
}

export async function noteStatement(transaction: Transaction, of: OfEvent, contributionId: string): Promise<void> {
	await transaction.query(`insert into floor_statements (topic_id, event_id, contribution_id) values ($1, $2, $3)`, [
		...[of.topicId, of.eventId, contributionId]
	]);
}
