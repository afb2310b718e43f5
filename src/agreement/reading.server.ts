import type { AgreementInput, OpinionRows, Profiles, StanceCounts } from '#engines/agreement/input.ts';
import type { Instant } from '#database/connection.server.ts';
import { groupsShown, profileShown } from '#contributions/author-shown.server.ts';
import { heldStances } from '#agreement/listening.server.ts';
import { isConcealed } from '#moderation/concealed.server.ts';
import { assurances } from '#topics/participants/profile.ts';

/** What the engine is told of a topic, and the numbers of the ideas at their places. */
export interface TopicRead {
	readonly input: AgreementInput;
	/** of each group of the input: its key */
	readonly groups: readonly string[];
}

/**
 * All opinions of a topic with what their people state, as of one instant, in the columns that the engine takes. Twenty million opinions come by
 * binary COPY, those of a person together in one array (eight bytes an opinion, and a message a person): a row an opinion took the reader fifteen
 * times as long. Hidden ideas keep their place and are marked. Who joined another participant is that one; their opinions have moved
 * along already (joinOpinions), so nobody speaks twice and no times are needed.
 */
export async function readTopic(instant: Instant, topicId: string): Promise<TopicRead> {
	const ideas = await readIdeas(instant, topicId);
	const kinds = await readKinds(instant, topicId);
	const { profiles, ...numbered } = await readProfiles(instant, topicId, kinds);
	const opinions = await readOpinions(instant, topicId, ideas.id, numbered);
	const stances = await readStances(instant, topicId, ideas.id, kinds.groups);
	return { input: { opinions, profiles, ideas, ...kinds, assurances, stances }, groups: kinds.groups };
}

type Kinds = Pick<AgreementInput, 'groups' | 'regions'>;

async function readIdeas(instant: Instant, topicId: string): Promise<AgreementInput['ideas']> {
	const { rows } = await instant.query<{ numbers: number[] | null; hidden: number[] | null }>(
		`
			select array_agg(idea_number order by idea_number) as numbers,
				array_agg(${isConcealed('idea', 'ideas.idea_id')}::int order by idea_number) as hidden
			from ideas
			where topic_id = $1`,
		[topicId]
	);
	return { id: Uint32Array.from(rows[0]!.numbers ?? []), hidden: Uint8Array.from(rows[0]!.hidden ?? []) };
}

/** Thirty groups at most, as many as the engine takes: those that most people state. */
async function readKinds(instant: Instant, topicId: string): Promise<Kinds> {
	const { rows } = await instant.query<{ groups: string[]; regions: string[] }>(
		`
			select
				array(
					select key
					from (
						select unnest(stakeholder_groups) as key
						from participant_profiles
						where topic_id = $1
					) as stated
					group by key
					order by count(*) desc, key
					limit 30
				) as groups,
				array(
					select distinct region
					from participant_profiles
					where topic_id = $1 and region is not null
				) as regions`,
		[topicId]
	);
	return { groups: rows[0]!.groups.sort(), regions: rows[0]!.regions.sort() };
}

interface ProfileRow {
	readonly whose: number;
	readonly own: number;
	readonly ownNumber: number;
	readonly number: number;
	readonly groups: number;
	readonly region: number;
	readonly organisation: number;
	readonly assurance: number;
}

/** The profiles as opinions name them. */
interface Numbered {
	/** where those of a participant begin */
	readonly firstOf: ReadonlyMap<number, number>;
	/** the number of each among those of its participant */
	readonly ownNumber: Uint16Array;
}

async function readProfiles(
	instant: Instant,
	topicId: string,
	{ groups, regions }: Kinds
): Promise<Numbered & { readonly profiles: Profiles }> {
	const { rows: counted } = await instant.query<{ count: number }>(
		'select count(*)::int as count from participant_profiles where topic_id = $1',
		[topicId]
	);
	const length = counted[0]!.count;
	const profiles = {
		participant: new Uint32Array(length),
		number: new Uint16Array(length),
		groups: new Uint32Array(length),
		region: new Int32Array(length),
		organisation: new Int32Array(length),
		assurance: new Uint8Array(length)
	};
	const ownNumber = new Uint16Array(length);
	const firstOf = new Map<number, number>();
	await instant.query(`declare stated_profiles no scroll cursor for ${statedProfiles}`, [topicId, groups, regions, assurances]);
	for (let place = 0; ;) {
		const { rows } = await instant.query<ProfileRow>('fetch 10000 from stated_profiles');
		for (const row of rows) {
			if (!firstOf.has(row.own)) firstOf.set(row.own, place);
			ownNumber[place] = row.ownNumber;
			profiles.participant[place] = row.whose;
			profiles.number[place] = row.number;
			profiles.groups[place] = row.groups;
			profiles.region[place] = row.region;
			profiles.organisation[place] = row.organisation;
			profiles.assurance[place] = row.assurance;
			place++;
		}
		if (rows.length === 0) break;
	}
	await instant.query('close stated_profiles');
	return { profiles, firstOf, ownNumber };
}

// what a joined participant had stated was never the last word of who it became: its statements count before all others
const statedProfiles = `
	select coalesce(joined.into_number, participant_number) as whose, participant_number as own, profile_number as "ownNumber",
		row_number() over (
			partition by coalesce(joined.into_number, participant_number)
			order by joined.into_number is null, participant_number, profile_number
		)::int as number,
		coalesce((
			select bit_or(1 << (place - 1)::int)
			from unnest($2::text[]) with ordinality as known (key, place)
			where key = any (stakeholder_groups)
		), 0) as groups,
		coalesce(array_position($3::text[], region), 0) - 1 as region,
		case when organisation_id is null then -1
			else dense_rank() over (order by coalesce(same.into_id, organisation_id))::int end as organisation,
		array_position($4::text[], assurance) - 1 as assurance
	from participant_profiles
	left join participant_joins as joined using (topic_id, participant_number)
	left join organisation_joins as same using (organisation_id)
	where topic_id = $1
	order by participant_number, profile_number`;

const uuid = /^[0-9a-f-]{36}$/;

async function readOpinions(
	instant: Instant,
	topicId: string,
	ideas: Uint32Array,
	{ firstOf, ownNumber }: Numbered
): Promise<OpinionRows> {
	if (!uuid.test(topicId)) throw new Error('the topic of a COPY is written into its text');
	// counted already with each opinion: a count here would be a scan of its own
	const { rows } = await instant.query<{ count: number }>(
		'select coalesce(sum(agree + disagree + pass), 0)::bigint as count from idea_counts where topic_id = $1',
		[topicId]
	);
	const columns = new GrowingColumns(rows[0]!.count);
	const placeOf = placesOf(ideas);
	await instant.query(`set local work_mem = '256MB'`);
	await instant.copyOut(
		`select participant_number, profile_number, array_agg(idea_number * 4 + value + 1)
		from opinions
		where topic_id = '${topicId}'
		group by participant_number, profile_number`,
		(row) => {
			const [participant, number] = [row.readInt32BE(6), row.readInt16BE(14)];
			const profile = profilePlace(ownNumber, firstOf.get(participant), number);
			// an array in binary: dimensions, whether null stands in it, type, length, first index; then each entry after its length
			const count = row.readInt32BE(32);
			columns.makeRoom(count);
			for (let entry = 0, at = 44; entry < count; entry++, at += 8) {
				const said = row.readInt32BE(at);
				columns.add(profile, placeOf[said >> 2]!, (said & 3) - 1);
			}
		}
	);
	return columns.rows();
}

/** The profiles of a participant stand in order, and mostly count 1, 2, 3. */
function profilePlace(ownNumber: Uint16Array, first: number | undefined, wanted: number): number {
	if (first === undefined) throw new Error('an opinion is of nobody who states anything');
	const place = first + wanted - 1;
	return ownNumber[place] === wanted ? place : ownNumber.indexOf(wanted, first);
}

/** Of each number of an idea its place. */
function placesOf(ids: Uint32Array): Uint32Array {
	const places = new Uint32Array((ids.at(-1) ?? 0) + 1);
	ids.forEach((id, place) => (places[id] = place));
	return places;
}

/** Three columns of as many opinions as were expected; more are taken, too. */
class GrowingColumns {
	#profile: Uint32Array;
	#idea: Uint32Array;
	#value: Int8Array;
	#length = 0;

	constructor(expected: number) {
		this.#profile = new Uint32Array(expected);
		this.#idea = new Uint32Array(expected);
		this.#value = new Int8Array(expected);
	}

	makeRoom(more: number): void {
		const needed = this.#length + more;
		if (needed <= this.#value.length) return;
		const room = Math.ceil(needed * 1.25);
		const [profile, idea, value] = [new Uint32Array(room), new Uint32Array(room), new Int8Array(room)];
		profile.set(this.#profile);
		idea.set(this.#idea);
		value.set(this.#value);
		[this.#profile, this.#idea, this.#value] = [profile, idea, value];
	}

	add(profile: number, idea: number, value: number): void {
		this.#profile[this.#length] = profile;
		this.#idea[this.#length] = idea;
		this.#value[this.#length++] = value;
	}

	rows(): OpinionRows {
		const all = this.#length;
		return {
			profile: this.#profile.subarray(0, all),
			idea: this.#idea.subarray(0, all),
			value: this.#value.subarray(0, all),
			time: null
		};
	}
}

async function readStances(
	instant: Instant,
	topicId: string,
	ids: Uint32Array,
	groups: readonly string[]
): Promise<StanceCounts | null> {
	const { rows } = await instant.query<{ number: number; stance: keyof StanceCounts; group: number; count: number }>(
		`
			with held as (${heldStances})
			select held.idea_number as number, held.stance, $3::int as group, count(distinct held.contribution_id)::int as count
			from held
			group by 1, 2
			union all
			select held.idea_number, held.stance, array_position($2::text[], stated.key) - 1, count(distinct held.contribution_id)::int
			from held
			join contributions as text using (topic_id, contribution_id)
			${profileShown('text')}
			cross join lateral unnest(${groupsShown}) as stated (key)
			where stated.key = any ($2::text[])
			group by 1, 2, 3`,
		[topicId, groups, groups.length]
	);
	if (rows.length === 0) return null;
	const places = placesOf(ids);
	const row = groups.length + 1;
	const empty = () => new Uint32Array(ids.length * row);
	const stances = { raises: empty(), supports: empty(), opposes: empty() };
	for (const { number, stance, group, count } of rows) stances[stance][places[number]! * row + group] = count;
	return stances;
}
