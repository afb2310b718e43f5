import { record } from '#activity/recording.server.ts';
import { accountOf, type Actor } from '#activity/actor.ts';
import { groupsShown, profileShown } from '#contributions/author-shown.server.ts';
import type { Instant, Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { canonicalJson, sha256, share } from '#agreement/canonical.ts';
import { notStated, peopleIn, type Tally } from '#agreement/cells.ts';
import { askForGroups } from '#agreement/asking-for-groups.server.ts';
import type { Figures, FrozenLevel, OfIdea, OfQuestion, Overall, Stances } from '#agreement/figures.ts';
import { levelOfIdea } from '#agreement/level.ts';
import { heldStances, listenTo } from '#agreement/listening.server.ts';
import { freezeCells } from '#agreement/publishing.server.ts';
import { basisNow, type LevelBasis } from '#agreement/thresholds.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

export interface Snapshot {
	readonly topicId: string;
	readonly snapshotId: string;
	readonly takenAt: Date;
	readonly figures: Figures;
	/** of the figures as canonical JSON; the same data give the same digest */
	readonly sha256: Buffer;
}

/** How far it is; cheap enough to be called for each thing. */
export type Told = (done: number, total: number | null) => Promise<void>;

/** Freezes all figures of the topic as of one instant (countingAlone), and publishes its cells with them. */
export async function takeSnapshot(
	transaction: Instant,
	topicId: string,
	actor: Actor,
	told: Told = async () => {}
): Promise<Snapshot> {
	const figures = await figuresNow(transaction, topicId, told);
	const text = canonicalJson(figures);
	const snapshot = { topicId, snapshotId: uuidv7(), takenAt: transaction.at, figures, sha256: sha256(text) };
	await transaction.query(
		`
			insert into snapshots (topic_id, snapshot_id, taken_at, taken_by, figures, sha256)
			values ($1, $2, $3, $4, $5, $6)`,
		[topicId, snapshot.snapshotId, snapshot.takenAt, accountOf(actor), text, snapshot.sha256]
	);
	await askForGroups(transaction, topicId);
	const details = { sha256: snapshot.sha256.toString('hex') };
	await record(transaction, { topicId, actor, did: 'took', kind: 'snapshot', thingId: snapshot.snapshotId, details });
	return snapshot;
}

async function figuresNow(transaction: Instant, topicId: string, told: Told): Promise<Figures> {
	const total = await countOf(
		transaction,
		`select ((select count(*) from ideas where topic_id = $1) + (select count(*) from contributions where topic_id = $1))::int as count`,
		topicId
	);
	let done = 0;
	const oneMore = () => told(++done, total);
	await told(0, total);
	const thresholds = await basisNow(transaction, topicId);
	const counted = new Map<number, Pick<OfIdea, 'cells' | 'level'> & Tally>();
	await freezeCells(transaction, topicId, async (idea, cells) => {
		const { agree, disagree, pass } = idea.all;
		counted.set(idea.number, { agree, disagree, pass, cells, level: frozenLevel(cells, thresholds) });
		await oneMore();
	});
	const { voices, submissions, countries } = await listenTo(transaction, topicId, oneMore);
	const stances = await stancesByIdea(transaction, topicId);
	const ideas: Record<string, OfIdea> = {};
	for (const row of await seenIdeas(transaction, topicId)) {
		const { agree, disagree, pass, cells, level } = counted.get(row.number) ?? unheard;
		const people = agree + disagree + pass;
		ideas[row.number] = {
			question: row.question,
			language: row.language,
			agree,
			disagree,
			pass,
			people,
			agreeShare: share(agree, people),
			comments: { for: row.for, against: row.against, neutral: row.neutral },
			...(stances.get(row.number) ?? { stances: noStances, stancesByGroup: {} }),
			cells,
			level
		};
	}
	return {
		form: 1,
		overall: {
			...overallOf(Object.values(ideas)),
			people: voices.people.size,
			submissions,
			words: voices.words,
			passages: await countOf(
				transaction,
				`select count(distinct passage_id)::int as count from (${heldStances}) as held`,
				topicId
			),
			countries,
			languages: voices.languages
		},
		questions: byQuestion(Object.values(ideas)),
		ideas,
		balance: voices.balance(),
		mostActive: voices.mostActive(),
		thresholds
	};
}

const unheard: Pick<OfIdea, 'cells' | 'level'> & Tally = {
	level: null,
	agree: 0,
	disagree: 0,
	pass: 0,
	cells: { group: {}, region: {}, assurance: {} }
};
const noStances: Stances = { raises: 0, supports: 0, opposes: 0 };

/** The level by the cells of this freeze, which are all that stands beside it. */
function frozenLevel(cells: OfIdea['cells'], basis: LevelBasis): FrozenLevel | null {
	const shown = (['group', 'region'] as const).flatMap((dimension) =>
		Object.entries(cells[dimension]).map(([key, tally]) => ({ dimension, key, ...tally }))
	);
	const found = levelOfIdea(shown, basis);
	if (!found) return null;
	const { level, score, opposedBy, notHeardFrom } = found;
	return { level, score: score < 0 ? null : Math.round(score / 100) / 10_000, opposedBy, notHeardFrom };
}

type SummedOverIdeas = Omit<Overall, 'people' | 'submissions' | 'words' | 'passages' | 'countries' | 'languages'>;

function overallOf(ideas: readonly OfIdea[]): SummedOverIdeas {
	const sum = (of: (idea: OfIdea) => number) => ideas.reduce((total, idea) => total + of(idea), 0);
	return {
		ideas: ideas.length,
		agree: sum((idea) => idea.agree),
		disagree: sum((idea) => idea.disagree),
		pass: sum((idea) => idea.pass),
		opinions: sum((idea) => idea.people),
		comments: sum(commentsOn),
		stances: sum(({ stances }) => stances.raises + stances.supports + stances.opposes)
	};
}

function byQuestion(ideas: readonly OfIdea[]): Record<string, OfQuestion> {
	const questions: Record<string, OfQuestion> = {};
	for (const idea of ideas) {
		if (idea.question === null) continue;
		const { ideas: before, opinions, comments } = questions[idea.question] ?? { ideas: 0, opinions: 0, comments: 0 };
		questions[idea.question] = { ideas: before + 1, opinions: opinions + peopleIn(idea), comments: comments + commentsOn(idea) };
	}
	return questions;
}

function commentsOn({ comments }: OfIdea): number {
	return comments.for + comments.against + comments.neutral;
}

interface SeenIdea {
	readonly number: number;
	readonly question: string | null;
	readonly language: string;
	readonly for: number;
	readonly against: number;
	readonly neutral: number;
}

async function seenIdeas(transaction: Transaction, topicId: string): Promise<SeenIdea[]> {
	const { rows } = await transaction.query<SeenIdea>(
		`
			with said as (
				select idea_number, side
				from comments
				where topic_id = $1
					and ${canBeSeen('comment', 'comments.comment_id')}
			)
			select ideas.idea_number as number, ideas.question_id as question, ideas.language,
				count(*) filter (where side = 'for')::int as for,
				count(*) filter (where side = 'against')::int as against,
				count(*) filter (where side = 'neutral')::int as neutral
			from ideas
			left join said on said.idea_number = ideas.idea_number
			where ideas.topic_id = $1
				and ${canBeSeen('idea', 'ideas.idea_id')}
			group by ideas.idea_number, ideas.question_id, ideas.language
			order by ideas.idea_number`,
		[topicId]
	);
	return rows;
}

async function stancesByIdea(
	transaction: Transaction,
	topicId: string
): Promise<Map<number, Pick<OfIdea, 'stances' | 'stancesByGroup'>>> {
	const { rows } = await transaction.query<{ number: number; groups: string[]; stance: keyof Stances; count: number }>(
		`
			select held.idea_number as number, held.stance, count(distinct held.contribution_id)::int as count,
				case when ${groupsShown} = '{}' then array[$2::text] else ${groupsShown} end as groups
			from (${heldStances}) as held
			join contributions as text using (topic_id, contribution_id)
			${profileShown('text')}
			group by 1, 2, 4`,
		[topicId, notStated]
	);
	const byIdea = new Map<number, { stances: Stances; stancesByGroup: Record<string, Stances> }>();
	for (const { number, groups, stance, count } of rows) {
		const of = byIdea.get(number) ?? { stances: noStances, stancesByGroup: {} };
		byIdea.set(number, of);
		of.stances = { ...of.stances, [stance]: of.stances[stance] + count };
		for (const group of groups) {
			const before = of.stancesByGroup[group] ?? noStances;
			of.stancesByGroup[group] = { ...before, [stance]: before[stance] + count };
		}
	}
	return byIdea;
}

async function countOf(transaction: Transaction, query: string, topicId: string): Promise<number> {
	const { rows } = await transaction.query<{ count: number }>(query, [topicId]);
	return rows[0]!.count;
}
