import { accountOf, type Actor } from '#activity/actor.ts';
import { isModerator } from '#activity/staff.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { limits } from '#ideas/idea.ts';
import type { Act, Chosen } from '#ideas/moderating/act.ts';
import { announceApproved } from '#ideas/moderating/moderating.server.ts';
import { recountAll } from '#ideas/recounting-seen.server.ts';
import { redactAll } from '#ideas/moderating/redacting.server.ts';
import { tellAuthors } from '#ideas/moderating/telling-authors.server.ts';
import { usableText } from '#languages/usable.ts';
import { claimsOn } from '#moderation/claiming.server.ts';
import { concealmentsOf } from '#moderation/concealing.server.ts';
import { alreadyDecided, decideAll, nameOf, type Decided, type ThingSeen, type Verdict } from '#moderation/deciding.server.ts';
import { isCitable } from '#moderation/house-rules.server.ts';
import { lockThings } from '#moderation/locking.server.ts';
import { noticeSoon } from '#moderation/noticing.server.ts';
import { isHidingReason } from '#moderation/rules.ts';
import { setStandings } from '#moderation/standing.server.ts';
import { undoAct } from '#moderation/undoing.server.ts';
import { refusal, type RefusalCode } from '#refusals/refusal.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

export const mostAtOnce = 1000;

export interface Left extends ThingSeen {
	readonly because: RefusalCode;
}

export interface Outcome {
	readonly actId: string;
	readonly done: number;
	/** whether any of them was held, and is published now */
	readonly publishes: boolean;
	/** things that somebody else works on, decided on or changed meanwhile */
	readonly left: readonly Left[];
}

/**
 * A moderator does one thing to many: all in one transaction, in some dozens of statements whatever their number, with a row of activity for
 * each. What somebody else works on or has decided, and what its author changed, is left and told. Of a single thing the refusal says it.
 */
export async function moderate(
	database: Database | Transaction,
	keys: TopicKeys,
	{ topicId, chosen, act, words }: { topicId: string; chosen: readonly Chosen[]; act: Act; words: string },
	actor: Actor
): Promise<Outcome> {
	if (!isModerator(actor, topicId)) throw refusal('not-allowed');
	if (chosen.length === 0) throw refusal('nothing-chosen');
	if (chosen.length > mostAtOnce) throw refusal('too-many-chosen', { most: mostAtOnce });
	const said = usableText(words, { max: limits.reason, what: 'words', mayBeEmpty: true }).trim();
	const once = [...new Map(chosen.map((thing) => [nameOf(thing), thing])).values()];
	return inTransaction(database, async (transaction) => {
		const actId = uuidv7();
		await lockThings(
			transaction,
			topicId,
			once.map(({ thingId }) => thingId)
		);
		const { free, left: taken } = await sorted(transaction, topicId, once, actor);
		const { decided, left, changed } = await carriedOut(transaction, topicId, { free, act, words: said, actId }, actor);
		await recountAll(transaction, topicId, decided);
		const authors = await standingsOf(transaction, topicId, { things: changed, act, words: said, actId }, actor);
		await tellAuthors(transaction, keys, { topicId, act, words: said, things: changed, authors });
		await noticeSoon(transaction, topicId);
		const all = [...taken, ...left];
		if (all[0] && once.length === 1) throw await refusalOf(transaction, topicId, all[0], actor);
		const done = act.does === 'block' ? authors.length : changed.length;
		return { actId, done, publishes: decided.some(({ change }) => change === 'now-shown'), left: all };
	});
}

/** Takes back what was done with one click, as far as nothing has happened to the things since. */
export async function undoModeration(
	database: Database | Transaction,
	topicId: string,
	actId: string,
	actor: Actor
): Promise<{ undone: number; left: number }> {
	return inTransaction(database, async (transaction) => {
		const { undone, left, authors } = await undoAct(transaction, topicId, actId, actor);
		await recountAll(transaction, topicId, undone);
		if (undone.length === 0 && authors === 0) throw refusal('nothing-to-undo');
		return { undone: undone.length + authors, left };
	});
}

/** What can be decided on, and what cannot: of another topic, changed by its author, claimed by a colleague. */
async function sorted(
	transaction: Transaction,
	topicId: string,
	chosen: readonly Chosen[],
	actor: Actor
): Promise<{ free: Chosen[]; left: Left[] }> {
	const [versions, claims] = [
		await versionsOf(transaction, topicId, chosen),
		await claimsOn(transaction, topicId, chosen, transaction.at)
	];
	const own = accountOf(actor);
	const whyLeft = (thing: Chosen): RefusalCode | null => {
		const version = versions.get(nameOf(thing));
		if (version === undefined) return 'not-found';
		if (version !== thing.seen) return 'changed-meanwhile';
		const claim = claims.get(nameOf(thing));
		return claim && claim.accountId !== own ? 'claimed' : null;
	};
	const asked = chosen.map((thing) => ({ thing, because: whyLeft(thing) }));
	return {
		free: asked.filter(({ because }) => because === null).map(({ thing }) => thing),
		left: asked.flatMap(({ thing, because }) => (because === null ? [] : [{ ...thing, because }]))
	};
}

async function carriedOut(
	transaction: Transaction,
	topicId: string,
	{ free, act, words, actId }: { free: readonly Chosen[]; act: Act; words: string; actId: string },
	actor: Actor
): Promise<{ decided: Decided[]; left: Left[]; changed: ThingSeen[] }> {
	if (act.does === 'block') return { decided: [], left: [], changed: [...free] };
	const by = async (verdict: Omit<Verdict, 'words' | 'actId'>, things: readonly Chosen[]) => {
		const { decided, left } = await decideAll(transaction, topicId, things, { ...verdict, words, actId }, actor);
		return { decided, left: left.map((thing) => ({ ...thing, because: 'already-decided' as const })) };
	};
	switch (act.does) {
		case 'keep': {
			const concealments = await concealmentsOf(transaction, topicId, free);
			const isConcealed = (thing: Chosen) => concealments.has(nameOf(thing));
			const approved = await by({ decision: 'approved' }, free.filter(isConcealed));
			await announceApproved(transaction, topicId, approved.decided);
			const kept = await by(
				{ decision: 'flags-dismissed' },
				free.filter((thing) => !isConcealed(thing))
			);
			const decided = [...approved.decided, ...kept.decided];
			return { decided, left: [...approved.left, ...kept.left], changed: decided };
		}
		case 'hide': {
			if (!isHidingReason(act.reason)) throw refusal('reason-missing');
			if (act.rule && !(await isCitable(transaction, topicId, act.rule))) throw refusal('reason-missing');
			const hidden = await by({ decision: 'hidden', reason: act.reason, rule: act.rule ?? null }, free);
			return { ...hidden, changed: hidden.decided };
		}
		case 'restore': {
			const restored = await by({ decision: 'restored' }, free);
			return { ...restored, changed: restored.decided };
		}
		case 'redact': {
			const { changed, withFile } = await redactAll(transaction, topicId, free, act, actor);
			const nothing = free.filter((thing) => !changed.includes(thing) && !withFile.includes(thing));
			const { left } = await by({ decision: 'redacted', reason: 'personal-data' }, changed);
			// its words are unreadable already: all of it or nothing
			if (left.length > 0) throw refusal('already-decided', { decision: 'other', by: 'nobody', name: '' });
			return {
				decided: [],
				left: [
					...withFile.map((thing) => ({ ...thing, because: 'file-not-redactable' as const })),
					...nothing.map((thing) => ({ ...thing, because: 'nothing-to-redact' as const }))
				],
				changed
			};
		}
	}
}

/** Whom the act trusts or blocks. */
async function standingsOf(
	transaction: Transaction,
	topicId: string,
	{ things, act, words, actId }: { things: readonly ThingSeen[]; act: Act; words: string; actId: string },
	actor: Actor
): Promise<number[]> {
	const isTrust = act.does === 'keep' && act.trusts === true;
	if (!isTrust && act.does !== 'block') return [];
	const { rows } = await transaction.query<{ number: number }>(
		`select distinct coalesce(j.into_number, c.participant_number) as number
		from contributions c
		left join participant_joins j using (topic_id, participant_number)
		where c.topic_id = $1 and c.contribution_id = any ($2::uuid[]) and c.participant_number is not null`,
		[topicId, things.map(({ thingId }) => thingId)]
	);
	const numbers = rows.map(({ number }) => number);
	if (act.does !== 'block') return setStandings(transaction, topicId, numbers, { standing: 'trusted', actId }, actor);
	if (!isHidingReason(act.reason)) throw refusal('reason-missing');
	if (numbers.length === 0) throw refusal('no-author');
	return setStandings(transaction, topicId, numbers, { standing: 'blocked', reason: act.reason, words, actId }, actor);
}

async function refusalOf(transaction: Transaction, topicId: string, { because, ...thing }: Left, actor: Actor) {
	if (because === 'already-decided') return alreadyDecided(transaction, { topicId, kind: thing.kind, thingId: thing.thingId });
	if (because !== 'claimed' || actor.kind !== 'account') return refusal(because);
	const claim = (await claimsOn(transaction, topicId, [thing], transaction.at)).get(nameOf(thing));
	return refusal('claimed', { name: claim?.name ?? '' });
}

async function versionsOf(
	transaction: Transaction,
	topicId: string,
	things: readonly ThingSeen[]
): Promise<ReadonlyMap<string, number>> {
	const { rows } = await transaction.query<ThingSeen & { version: number }>(
		`select asked.kind, asked.thing_id as "thingId", coalesce(
				(select max(version) from contribution_versions v where v.topic_id = $1 and v.contribution_id = asked.thing_id),
				(select max(version) from idea_versions v where v.topic_id = $1 and v.idea_number = i.idea_number),
				1
			) as version
		from unnest($2::text[], $3::uuid[]) as asked (kind, thing_id)
		left join contributions c on c.topic_id = $1 and c.contribution_id = asked.thing_id and c.kind = asked.kind
		left join ideas i on i.topic_id = $1 and i.idea_id = asked.thing_id and asked.kind = 'idea'
		where c.contribution_id is not null or i.idea_id is not null`,
		[topicId, things.map(({ kind }) => kind), things.map(({ thingId }) => thingId)]
	);
	return new Map(rows.map((row) => [nameOf(row), row.version]));
}
