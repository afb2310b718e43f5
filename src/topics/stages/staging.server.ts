import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import type { Database, Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { writeTexts, type WrittenTexts } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { changing } from '#topics/changing.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { Stage } from '#topics/stages/stage.ts';
import { stagesOf, type StageOfTopic } from '#topics/stages/stages.server.ts';
import { isZone } from '#topics/stages/zones.ts';
import { announce } from '#webhooks/announcing.server.ts';

export interface WrittenStage extends Stage {
	/** null for a new one */
	readonly stageId: string | null;
	/** IANA name */
	readonly zone: string;
	/** name, explanation */
	readonly texts: WrittenTexts;
}

/**
 * Sets the stages of a topic. In a draft all may change. In a published topic a stage that has begun keeps what it opens, no stage
 * moves its times without a public note (`moveStage`), and only one that has not begun is taken away.
 */
export async function setStages(
	database: Database | Transaction,
	topicId: string,
	stages: readonly WrittenStage[],
	actor: Actor
): Promise<string[]> {
	for (const stage of stages) check(stage);
	return changing(database, topicId, actor, async (transaction) => {
		const before = await stagesOf(transaction, topicId);
		const { publishedAt } = await topicOf(transaction, topicId);
		const isDraft = publishedAt === null;
		const ids: string[] = [];
		const texts = [];
		for (const [index, stage] of stages.entries()) {
			const known = before.find(({ stageId }) => stageId === stage.stageId);
			if (stage.stageId !== null && !known) throw refusal('changed-meanwhile');
			if (known && !isDraft) refuseSilentChange(known, stage, transaction.at);
			const stageId = known?.stageId ?? uuidv7();
			await write(transaction, topicId, stageId, index + 1, stage);
			texts.push(...(await writeTexts(transaction, { topicId, kind: 'stage', thingId: stageId }, stage.texts, accountOf(actor))));
			ids.push(stageId);
		}
		const removed = before.filter(({ stageId }) => !ids.includes(stageId));
		if (!isDraft && removed.some(({ opensAt }) => opensAt <= transaction.at)) throw refusal('stage-has-begun');
		await remove(transaction, topicId, removed, actor);
		if (!isDraft) await announce(transaction, { topicId, event: 'stage.changed', path: '' });
		await record(transaction, {
			topicId,
			actor,
			did: 'set-stages',
			kind: 'topic',
			thingId: topicId,
			details: { order: ids, removed: removed.map(({ stageId }) => stageId), texts }
		});
		return ids;
	});
}

/** Extends or moves a stage of a published topic; why stands beside it for everyone to read. What is past stays as it was. */
export async function moveStage(
	database: Database | Transaction,
	topicId: string,
	stageId: string,
	{ opensAt, closesAt, note }: { opensAt: Date; closesAt: Date; note: Readonly<Record<string, string>> },
	actor: Actor
): Promise<void> {
	if (!Object.values(note).some((text) => text.trim() !== '')) throw refusal('note-missing');
	await changing(database, topicId, actor, async (transaction) => {
		const stage = (await stagesOf(transaction, topicId)).find((known) => known.stageId === stageId);
		if (!stage) throw refusal('not-found');
		check({ ...stage, opensAt, closesAt });
		const hasBegun = stage.opensAt <= transaction.at;
		if (hasBegun && +opensAt !== +stage.opensAt) throw refusal('stage-has-begun');
		if (closesAt < transaction.at || (!hasBegun && opensAt < transaction.at)) throw refusal('time-past');
		const version = stage.version + 1;
		await transaction.query(
			`
				insert into stage_changes (topic_id, stage_id, version, opens_at, closes_at, changed_at, changed_by)
				values ($1, $2, $3, $4, $5, $6, $7)`,
			[topicId, stageId, version, opensAt, closesAt, transaction.at, accountOf(actor)]
		);
		await writeTexts(transaction, { topicId, kind: 'stage', thingId: stageId }, { [`note-${version}`]: note }, accountOf(actor));
		await announce(transaction, { topicId, event: 'stage.changed', path: '' });
		await record(transaction, {
			topicId,
			actor,
			did: 'moved',
			kind: 'stage',
			thingId: stageId,
			details: { from: [stage.opensAt, stage.closesAt], to: [opensAt, closesAt] },
			reason: Object.values(note).find((text) => text.trim() !== '') ?? null
		});
	});
}

function check({ opensAt, closesAt, zone }: Pick<WrittenStage, 'opensAt' | 'closesAt' | 'zone'>): void {
	if (!(closesAt > opensAt)) throw refusal('stage-ends-before-it-opens');
	if (!isZone(zone)) throw refusal('unknown-zone', { zone: zone.slice(0, 60) });
}

function refuseSilentChange(known: StageOfTopic, stage: WrittenStage, at: Date): void {
	if (+known.opensAt !== +stage.opensAt || +known.closesAt !== +stage.closesAt) throw refusal('stage-needs-note');
	const opensElse =
		known.takesIdeas !== stage.takesIdeas ||
		known.takesSubmissions !== stage.takesSubmissions ||
		known.takesComments !== stage.takesComments ||
		known.takesOpinions !== stage.takesOpinions;
	if (opensElse && known.opensAt <= at) throw refusal('stage-has-begun');
}

async function write(
	transaction: Transaction,
	topicId: string,
	stageId: string,
	position: number,
	stage: WrittenStage
): Promise<void> {
	// times of a moved stage live in stage_changes and win; here they are only ever those of a draft
	await transaction.query(
		`
			insert into stages (topic_id, stage_id, position, opens_at, closes_at, zone, takes_ideas, takes_submissions, takes_comments,
				takes_opinions, added_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
			on conflict (topic_id, stage_id) do update
			set position = excluded.position, zone = excluded.zone, takes_ideas = excluded.takes_ideas,
				takes_submissions = excluded.takes_submissions, takes_comments = excluded.takes_comments,
				takes_opinions = excluded.takes_opinions,
				opens_at = case when ${hasMoved} then stages.opens_at else excluded.opens_at end,
				closes_at = case when ${hasMoved} then stages.closes_at else excluded.closes_at end`,
		[
			topicId,
			stageId,
			position,
			stage.opensAt,
			stage.closesAt,
			stage.zone,
			stage.takesIdeas,
			stage.takesSubmissions,
			stage.takesComments,
			stage.takesOpinions,
			transaction.at
		]
	);
}

const hasMoved =
	'exists (select from stage_changes where stage_changes.topic_id = stages.topic_id and stage_changes.stage_id = stages.stage_id)';

async function remove(transaction: Transaction, topicId: string, stages: readonly StageOfTopic[], actor: Actor): Promise<void> {
	await transaction.query(
		`
			insert into stage_removals (topic_id, stage_id, removed_at, removed_by)
			select $1, stage_id, $3, $4 from unnest($2::uuid[]) as given (stage_id)`,
		[topicId, stages.map(({ stageId }) => stageId), transaction.at, accountOf(actor)]
	);
}
