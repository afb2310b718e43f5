import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor, SignedIn } from '#activity/actor.ts';
import { countsOf } from '#activity/counting.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { aCommentDraft, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { flagThing } from '#ideas/moderating/flagging.server.ts';
import { moderate, undoModeration } from '#ideas/moderating/moderating-many.server.ts';
import type { Chosen } from '#ideas/moderating/act.ts';
import { wordsOf } from '#ideas/moderating/moderating.server.ts';
import { statementMail } from '#ideas/moderating/telling-authors.server.ts';
import { whatWasSent } from '#ideas/sent.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { claim, claimsOn, release } from '#moderation/claiming.server.ts';
import { addHouseRule } from '#moderation/house-rules.server.ts';
import { clusterOf, howManyWait, likeThese, moderationQueue, type Waiting } from '#moderation/queue.server.ts';
import { setModerationRule } from '#moderation/ruling.server.ts';
import { anAccountIn } from '#people/examples.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const [anna, boris] = [await anAccountIn(database, 'Anna'), await anAccountIn(database, 'Boris')];

function moderatorOf(topicId: string, account: SignedIn): Actor {
	return { ...account, roles: [{ role: 'moderator', topicId }], secondFactor: true };
}

function chosenFrom(waiting: readonly Waiting[]): Chosen[] {
	return waiting.map(({ kind, thingId, last }) => ({ kind, thingId, last, seen: 1 }));
}

/** A topic in which everything is held, with so many ideas by as many visitors. */
async function aFullQueue(
	ideas: number,
	point = (index: number) => `Idea number ${'abcdefghij'[index % 10]?.repeat(9)} of many`
) {
	const { topicId } = await anOpenTopic(database);
	const [one, other] = [moderatorOf(topicId, anna), moderatorOf(topicId, boris)];
	await setModerationRule(database, topicId, 'all-held', one);
	for (let index = 0; index < ideas; index++)
		await submitIdea(database, keys, anIdeaDraft(topicId, { point: point(index) }), aVisitor(`author ${index}`));
	const queue = async () => (await moderationQueue(database, topicId)).waiting;
	return { topicId, one, other, queue };
}

async function activityOf(topicId: string, did: string): Promise<number> {
	const { rows } = await database.query<{ count: number }>(
		`select count(*)::int as count from activity where topic_id = $1 and did = $2`,
		[topicId, did]
	);
	return rows[0]!.count;
}

const keep = { does: 'keep' } as const;
const hide = { does: 'hide', reason: 'spam' } as const;

test('many are approved at once, each with its activity, and all of it is undone with one click', async () => {
	const { topicId, one, queue } = await aFullQueue(4);
	const chosen = chosenFrom(await queue());
	const { actId, done, left } = await moderate(database, keys, { topicId, chosen, act: keep, words: '' }, one);
	assert.deepEqual({ done, left }, { done: 4, left: [] });
	assert.deepEqual(await countsOf(database, topicId), { ideas: 4 });
	assert.equal(await activityOf(topicId, 'approved'), 4);
	assert.deepEqual(await undoModeration(database, topicId, actId, one), { undone: 4, left: 0 });
	assert.deepEqual(await countsOf(database, topicId), { ideas: 0 });
	assert.deepEqual(await howManyWait(database, topicId), { held: 4, flagged: 0 });
	assert.equal((await queue())[0]?.heldBy, 'all-held');
	assert.equal(await activityOf(topicId, 'undid'), 4);
	await assert.rejects(undoModeration(database, topicId, actId, one), { code: 'nothing-to-undo' });
});

test('of two moderators at one thing the second is told what was decided, and by whom; nothing is overwritten', async () => {
	const { topicId, one, other, queue } = await aFullQueue(2);
	const [first, second] = chosenFrom(await queue());
	const both = await Promise.allSettled([
		moderate(database, keys, { topicId, chosen: [first!], act: keep, words: '' }, one),
		moderate(database, keys, { topicId, chosen: [first!], act: hide, words: '' }, other)
	]);
	const refused = both.filter((outcome) => outcome.status === 'rejected');
	assert.equal(refused.length, 1);
	const { code, values } = refused[0]!.reason as { code: string; values: { decision: string; name: string } };
	const expected = both[0].status === 'fulfilled' ? ['approved', 'Anna'] : ['hidden', 'Boris'];
	assert.deepEqual([code, values.decision, values.name], ['already-decided', ...expected]);
	// also where the second decision would be possible: the flags were dismissed meanwhile
	await moderate(database, keys, { topicId, chosen: [second!], act: keep, words: '' }, one);
	const { left, done } = await moderate(database, keys, { topicId, chosen: [first!, second!], act: hide, words: '' }, other);
	assert.deepEqual([done, left.map(({ because }) => because)], [0, ['already-decided', 'already-decided']]);
});

test('what somebody works on is left to them until it lapses, is given back or is taken over', async () => {
	const { topicId, one, other, queue } = await aFullQueue(1);
	const [thing] = chosenFrom(await queue());
	await claim(database, topicId, [thing!], one);
	await assert.rejects(claim(database, topicId, [thing!], other), { code: 'claimed', values: { name: 'Anna' } });
	await assert.rejects(moderate(database, keys, { topicId, chosen: [thing!], act: keep, words: '' }, other), {
		code: 'claimed',
		values: { name: 'Anna' }
	});
	await release(database, topicId, [thing!], one);
	await claim(database, topicId, [thing!], other);
	await claim(database, topicId, [thing!], one, { takesOver: true });
	const at = new Date(Date.now() + database.clockShift);
	assert.equal((await claimsOn(database, topicId, [thing!], at)).get(`idea ${thing!.thingId}`)?.name, 'Anna');
	assert.equal((await claimsOn(database, topicId, [thing!], new Date(+at + 11 * 60_000))).size, 0);
	await database.query(`update moderation_claims set lapses_at = now() - interval '1 second' where topic_id = $1`, [topicId]);
	await moderate(database, keys, { topicId, chosen: [thing!], act: keep, words: '' }, other);
	assert.deepEqual((await database.query(`select from moderation_claims where topic_id = $1`, [topicId])).rowCount, 0);
});

test('only what is at the desk can be claimed, once however often it is named, and not without end', async () => {
	const { topicId, one, queue } = await aFullQueue(2);
	const [first, second] = chosenFrom(await queue());
	await moderate(database, keys, { topicId, chosen: [first!], act: keep, words: '' }, one);
	const claims = async () =>
		(await database.query<{ id: string }>('select thing_id as id from moderation_claims where topic_id = $1', [topicId])).rows;
	const unknown = { kind: 'idea', thingId: '01980000-0000-7000-8000-000000000000' } as const;
	assert.deepEqual(
		(await claim(database, topicId, [first!, unknown, second!, second!], one)).map(({ thingId }) => thingId),
		[second!.thingId]
	);
	await assert.rejects(claim(database, topicId, [unknown], one), { code: 'not-found' });
	assert.deepEqual(await claims(), [{ id: second!.thingId }]);
	const many = Array.from({ length: 1001 }, () => second!);
	await assert.rejects(claim(database, topicId, many, one), { code: 'too-many-chosen', values: { most: 1000 } });
	await assert.rejects(release(database, topicId, many, one), { code: 'too-many-chosen' });
	// what readers flagged is at the desk again
	const { rows } = await database.query<{ number: number }>('select idea_number as number from ideas where idea_id = $1', [
		first!.thingId
	]);
	await flagThing(
		database,
		keys,
		{ topicId, kind: 'idea', number: rows[0]!.number },
		{ reason: 'spam', words: '' },
		aVisitor('reader')
	);
	assert.equal((await claim(database, topicId, [first!], one)).length, 1);
});

test('of an author who is trusted nothing is held any more, and both are undone together', async () => {
	const { topicId, one, queue } = await aFullQueue(1);
	const chosen = chosenFrom(await queue());
	const act = { ...keep, trusts: true };
	const { actId } = await moderate(database, keys, { topicId, chosen, act, words: '' }, one);
	const send = async () =>
		(await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'Something else entirely' }), aVisitor('author 0'))).held;
	assert.equal(await send(), false);
	await undoModeration(database, topicId, actId, one);
	assert.equal(await send(), true);
});

test('a blocked author sends nothing more, and can again when it is undone', async () => {
	const { topicId, one, queue } = await aFullQueue(1);
	const chosen = chosenFrom(await queue());
	const act = { does: 'block', reason: 'spam' } as const;
	const { actId, done } = await moderate(database, keys, { topicId, chosen, act, words: 'Forty advertisements.' }, one);
	assert.equal(done, 1);
	const send = () => submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author 0'));
	await assert.rejects(send(), { code: 'author-blocked' });
	await undoModeration(database, topicId, actId, one);
	assert.equal((await send()).held, true);
});

test('a reason and a rule of the topic are cited, and its author with an account is told by mail in the same transaction', async () => {
	const { topicId, one } = await aFullQueue(0);
	const author = await anAccountIn(database, 'Chloé');
	await database.query(`update accounts set language = 'fr' where account_id = $1`, [author.accountId]);
	for (const point of ['One advertisement of many', 'Quite another advertisement'])
		await submitIdea(database, keys, anIdeaDraft(topicId, { point }), author);
	const rule = await addHouseRule(
		database,
		topicId,
		{ title: { en: 'Links need a reason', fr: 'Un lien doit être motivé' } },
		one
	);
	assert.equal(rule, 8);
	const chosen = chosenFrom((await moderationQueue(database, topicId)).waiting);
	const act = { does: 'hide', reason: 'other', rule } as const;
	await moderate(database, keys, { topicId, chosen, act, words: 'Voir la règle.' }, one);
	const { rows } = await database.query<{ language: string; body: string }>(
		`select language, body from mails where topic_id = $1 and kind = $2`,
		[topicId, statementMail]
	);
	assert.equal(rows.length, 1);
	assert.equal(rows[0]!.language, 'fr');
	assert.match(rows[0]!.body, /8.*Un lien doit être motivé[\s\S]*Voir la règle\./u);
	assert.doesNotMatch(rows[0]!.body, /advertisement/);
	const cited = await database.query(
		`select distinct rule_number from moderation_decisions where topic_id = $1 and decision = 'hidden'`,
		[topicId]
	);
	assert.deepEqual(cited.rows, [{ rule_number: 8 }]);
	await assert.rejects(moderate(database, keys, { topicId, chosen, act: { ...act, rule: 99 }, words: '' }, one), {
		code: 'reason-missing'
	});
});

test('private data become unreadable wherever the words are kept, and a hash of the original stays', async () => {
	const { topicId, one, queue } = await aFullQueue(1, () => 'Ask Amina Njoroge, amina@example.org, +254 20 1234567');
	const [thing] = chosenFrom(await queue());
	const before = await database.query<{ hash: string }>(
		`select encode(commitment, 'hex') as hash from contribution_versions where topic_id = $1`,
		[topicId]
	);
	const act = { does: 'redact', phrases: ['amina njoroge'], contacts: true } as const;
	await moderate(database, keys, { topicId, chosen: [thing!], act, words: '' }, one);
	const [shown] = await wordsOf(database, topicId, [thing!]);
	assert.equal(shown!.text, 'Ask █████ ███████, █████████████████, ████ ██ ███████');
	for (const table of [
		'contribution_versions',
		'idea_versions',
		'idea_search',
		'passages',
		'text_marks',
		'activity',
		'redactions'
	]) {
		const { rows } = await database.query<{ all: string }>(
			`select coalesce(string_agg(t::text, ' '), '') as all from ${table} t where topic_id = $1`,
			[topicId]
		);
		assert.doesNotMatch(rows[0]!.all, /amina|njoroge|1234567/i, table);
	}
	const { rows } = await database.query(
		`select encode(original_hash, 'hex') as hash, version, letters from redactions where topic_id = $1`,
		[topicId]
	);
	assert.deepEqual(rows, [{ hash: before.rows[0]!.hash, version: 1, letters: 42 }]);
	assert.deepEqual(await howManyWait(database, topicId), { held: 1, flagged: 0 });
	const again = { topicId, chosen: [{ kind: 'idea', thingId: thing!.thingId, seen: 1 }] as Chosen[], act, words: '' };
	await assert.rejects(moderate(database, keys, again, one), { code: 'nothing-to-redact' });
});

test('an author reads both: why a text is not shown, and that words of it were made unreadable', async () => {
	const { topicId, one, queue } = await aFullQueue(1, () => 'Ask Amina Njoroge, amina@example.org');
	const [thing] = chosenFrom(await queue());
	const redact = { does: 'redact', phrases: ['amina njoroge'], contacts: true } as const;
	await moderate(database, keys, { topicId, chosen: [thing!], act: hide, words: 'Not about this.' }, one);
	const hidden = await whatWasSent(database, topicId, thing!.thingId);
	assert.deepEqual([hidden.decision?.reason, hidden.redaction], ['spam', null]);
	const { last: _, ...again } = thing!;
	await moderate(database, keys, { topicId, chosen: [again], act: redact, words: '' }, one);
	const { concealed, decision, redaction } = await whatWasSent(database, topicId, thing!.thingId);
	assert.deepEqual(
		[concealed, decision?.decision, decision?.reason, decision?.words],
		['hidden', 'hidden', 'spam', 'Not about this.']
	);
	assert.deepEqual([redaction?.decision, redaction?.reason], ['redacted', 'personal-data']);
});

test('near-duplicates stand as one in the queue and are shown together, also those that can be seen', async () => {
	const advertisement = (index: number) =>
		`Buy the very best undersea cables in shop number ${index}, only today, for all governments!`;
	const { topicId, one, queue } = await aFullQueue(4, advertisement);
	await submitIdea(
		database,
		keys,
		anIdeaDraft(topicId, { point: 'Train the people who run the networks first' }),
		aVisitor('else')
	);
	const waiting = await queue();
	assert.equal(waiting.length, 2);
	const others = await likeThese(
		database,
		topicId,
		waiting.map(({ thingId }) => thingId)
	);
	assert.deepEqual(
		waiting.map(({ thingId }) => others.get(thingId) ?? 0),
		[3, 0]
	);
	const cluster = await clusterOf(database, topicId, waiting[0]!.thingId);
	await moderate(database, keys, { topicId, chosen: chosenFrom(cluster.slice(0, 1)), act: keep, words: '' }, one);
	assert.deepEqual((await clusterOf(database, topicId, waiting[0]!.thingId)).map(({ why }) => why).sort(), [
		'held',
		'held',
		'held',
		'shown'
	]);
	assert.equal((await howManyWait(database, topicId)).held, 4);
});

test('a burst of different texts by one author is shown together', async () => {
	const { topicId, queue } = await aFullQueue(0);
	const words = [
		'apples and pears',
		'bridges over rivers',
		'clouds in winter',
		'doors of old houses',
		'engines of ships',
		'forests by the sea'
	];
	for (const point of words) await submitIdea(database, keys, anIdeaDraft(topicId, { point }), aVisitor('quick'));
	const [first, ...rest] = await queue();
	assert.equal(rest.length, 0);
	assert.equal((await likeThese(database, topicId, [first!.thingId])).get(first!.thingId), 5);
});

test('the queue is filtered by kind, language, rule and age', async () => {
	const { topicId, one } = await aFullQueue(2);
	await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'Former les gens', language: 'fr-CA' }), aVisitor('f'));
	const { waiting } = await moderationQueue(database, topicId);
	const shown = chosenFrom(waiting).slice(0, 1);
	await moderate(database, keys, { topicId, chosen: shown, act: keep, words: '' }, one);
	const said = await comment(database, keys, aCommentDraft(topicId, 1), aVisitor('g'));
	assert.equal(said.held, true);
	await flagThing(database, keys, { topicId, kind: 'idea', number: 1 }, { reason: 'spam', words: '' }, aVisitor('h'));
	const kinds = async (filter: Parameters<typeof moderationQueue>[3]) =>
		(await moderationQueue(database, topicId, null, filter)).waiting.map(({ kind, why }) => `${kind} ${why}`);
	assert.deepEqual(await kinds({}), ['idea held', 'idea held', 'comment held', 'idea flagged']);
	assert.deepEqual(await kinds({ filter: { kind: 'comment' } }), ['comment held']);
	assert.deepEqual(await kinds({ filter: { language: 'fr' } }), ['idea held']);
	assert.deepEqual(await kinds({ filter: { heldBy: 'links-held' } }), []);
	assert.deepEqual(await kinds({ filter: { heldBy: 'all-held', kind: 'idea' } }), ['idea held', 'idea held']);
	assert.deepEqual(await kinds({ filter: { hours: 24 } }), []);
	const later = new Date(Date.now() + database.clockShift + 25 * 3_600_000);
	assert.equal((await kinds({ filter: { hours: 24 }, at: later })).length, 4);
});

test('the first links of an author are held, those after an approved one are not', async () => {
	const { topicId, one } = await aFullQueue(0);
	await setModerationRule(database, topicId, 'first-links-held', one);
	const send = async (point: string) => submitIdea(database, keys, anIdeaDraft(topicId, { point }), aVisitor('linker'));
	const held = [await send('No link at all'), await send('See https://example.org'), await send('See https://example.net')];
	assert.deepEqual(
		held.map((sent) => sent.held),
		[false, true, true]
	);
	const chosen = [{ kind: 'idea', thingId: held[1]!.receipt.contributionId, seen: 1 }] as const;
	await moderate(database, keys, { topicId, chosen, act: keep, words: '' }, one);
	assert.equal((await send('See https://example.com')).held, false);
});
