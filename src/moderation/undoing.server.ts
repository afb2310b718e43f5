import { accountOf, type Actor } from '#activity/actor.ts';
import { recordEach } from '#activity/recording.server.ts';
import { isModerator } from '#activity/staff.ts';
import type { Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { conceal, reveal } from '#moderation/concealing.server.ts';
import { nameOf, type Decided, type Thing } from '#moderation/deciding.server.ts';
import { lockThings } from '#moderation/locking.server.ts';
import { takeBackStandings } from '#moderation/standing.server.ts';
import { refusal } from '#refusals/refusal.ts';

/**
 * Takes back what was decided with one click, as far as nothing has happened to the things since: each stands again as it stood before.
 * Words that were made unreadable stay so.
 * @returns what changed, and how many things were left because somebody decided on them or took them away meanwhile
 */
export async function undoAct(
	transaction: Transaction,
	topicId: string,
	actId: string,
	actor: Actor
): Promise<{ undone: Decided[]; left: number; authors: number }> {
	if (!isModerator(actor, topicId)) throw refusal('not-allowed');
	const { rows: asked } = await transaction.query<{ thingId: string }>(
		`select thing_id as "thingId" from moderation_decisions where topic_id = $1 and act_id = $2`,
		[topicId, actId]
	);
	await lockThings(
		transaction,
		topicId,
		asked.map(({ thingId }) => thingId)
	);
	const steps = await stepsBack(transaction, topicId, actId);
	await transaction.query(
		`insert into moderation_decisions (topic_id, decision_id, kind, thing_id, decision, undoes, act_id, decided_at, decided_by)
		select $1, decision_id, kind, thing_id, 'undone', undoes, $2, $3, $4
		from unnest($5::uuid[], $6::text[], $7::uuid[], $8::uuid[]) as given (decision_id, kind, thing_id, undoes)`,
		[
			topicId,
			uuidv7(),
			transaction.at,
			accountOf(actor),
			steps.map(() => uuidv7()),
			steps.map(({ kind }) => kind),
			steps.map(({ thingId }) => thingId),
			steps.map(({ decisionId }) => decisionId)
		]
	);
	await reveal(
		transaction,
		topicId,
		steps.filter(({ was }) => was === null)
	);
	await conceal(
		transaction,
		topicId,
		steps.filter(({ was }) => was === 'hidden'),
		'hidden'
	);
	for (const [heldBy, held] of Map.groupBy(
		steps.filter(({ was }) => was === 'held'),
		(step) => step.heldBy
	))
		await conceal(transaction, topicId, held, 'held', heldBy);
	await recordEach(transaction, { topicId, actor, did: 'undid', details: { actId } }, steps);
	const authors = await takeBackStandings(transaction, topicId, actId, actor);
	return { undone: steps.map(outcomeOf), left: asked.length - steps.length, authors };
}

interface Step extends Thing {
	readonly decisionId: string;
	readonly decision: 'approved' | 'hidden' | 'restored' | 'flags-dismissed';
	readonly was: 'held' | 'hidden' | null;
	readonly heldBy: string | null;
}

/** The decisions of the act that still stand: each is the latest on its thing, and the thing is as it left it. */
async function stepsBack(transaction: Transaction, topicId: string, actId: string): Promise<Step[]> {
	const { rows } = await transaction.query<Step>(
		`select d.decision_id as "decisionId", d.kind, d.thing_id as "thingId", d.decision, d.was, (
				select h.reason
				from moderation_decisions h
				where h.topic_id = d.topic_id and h.kind = d.kind and h.thing_id = d.thing_id and h.decision = 'held'
				order by h.decision_id desc
				limit 1
			) as "heldBy"
		from moderation_decisions d
		left join concealments c on c.topic_id = d.topic_id and c.kind = d.kind and c.thing_id = d.thing_id
		where d.topic_id = $1 and d.act_id = $2 and d.decision in ('approved', 'hidden', 'restored', 'flags-dismissed')
			and c.why is not distinct from case d.decision when 'hidden' then 'hidden' end
			and not exists (
				select from moderation_decisions later
				where later.topic_id = d.topic_id and later.kind = d.kind and later.thing_id = d.thing_id
					and later.decision_id > d.decision_id
			)
		order by d.kind, d.thing_id`,
		[topicId, actId]
	);
	const once = new Map(rows.map((step) => [nameOf(step), step]));
	return [...once.values()];
}

function outcomeOf({ kind, thingId, decision, was }: Step): Decided {
	const isShown = was === null;
	const wasShown = decision !== 'hidden';
	return { kind, thingId, change: isShown === wasShown ? 'unchanged' : isShown ? 'now-shown' : 'now-concealed' };
}
