import assert from 'node:assert/strict';
import { setTimeout as pauseFor } from 'node:timers/promises';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { countingAlone } from '#agreement/instant.server.ts';
import { publishedCells } from '#agreement/published.server.ts';
import { publishCells } from '#agreement/publishing.server.ts';
import { takeSnapshot, type Told } from '#agreement/snapshots.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { aCommentDraft, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const opinions = new OpinionBatcher(database, keys);
const job: Actor = { kind: 'job', name: 'test' };

/** An idea of a talk in which all people state one group, and what they do. */
async function aTalk() {
	const { topicId } = await anOpenTopic(database);
	await database.query(
		`insert into stakeholder_groups (group_key, position, added_at) values ('governments', 1, now()) on conflict do nothing`
	);
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('the author'));
	const agree = async (first: number, last: number) => {
		for (let person = first; person <= last; person++) {
			const actor = aVisitor(`g${person}`);
			await stateProfile(database, keys, topicId, actor, { ...nothingStated, groups: ['governments'] });
			await opinions.give(topicId, actor, { ideaNumber: number, opinion: 'agree', seen: null });
		}
	};
	const shown = async () =>
		(await publishedCells(database, topicId, [number]))
			.get(number)!
			.filter(({ dimension }) => dimension === 'group')
			.map((cell) => cell.agree);
	const frozen = (told: Told) => countingAlone(database, topicId, (instant) => takeSnapshot(instant, topicId, job, told));
	return { topicId, number, agree, shown, frozen };
}

/** What waits in it until it is let go. */
function gate() {
	const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
	const { promise: open, resolve: letGo } = Promise.withResolvers<void>();
	return {
		reached,
		letGo,
		pass: async () => {
			reach();
			await open;
		}
	};
}

const isOver = async (work: Promise<unknown>) => Promise.race([work.then(() => true), pauseFor(300).then(() => false)]);

test('a look waits for a freeze from its beginning, so that cells never go backwards', async () => {
	const { topicId, agree, shown, frozen } = await aTalk();
	await agree(1, 5);
	const { reached, letGo, pass } = gate();
	const freeze = frozen(async (done) => (done === 0 ? pass() : undefined));
	await reached;
	await agree(6, 11);
	const look = publishCells(database, topicId);
	assert.equal(await isOver(look), false);
	letGo();
	const { figures } = await freeze;
	await look;
	assert.deepEqual([Object.values(figures.ideas)[0]!.agree, await shown()], [5, [11]]);
});

test('a look that waited for its turn takes nobody for new who spoke while it waited', async () => {
	const { topicId, agree, shown, frozen } = await aTalk();
	await agree(1, 5);
	const { reached, letGo, pass } = gate();
	const freeze = frozen(async (done) => (done === 1 ? pass() : undefined));
	await reached;
	const look = publishCells(database, topicId);
	assert.equal(await isOver(look), false);
	await agree(6, 10);
	letGo();
	await freeze;
	await look;
	assert.deepEqual(await shown(), [10]);
	await agree(11, 14);
	await publishCells(database, topicId);
	assert.deepEqual(await shown(), [10], 'four are new');
	await agree(15, 15);
	await publishCells(database, topicId);
	assert.deepEqual(await shown(), [15]);
});

test('opinions, comments and texts of a snapshot are of one instant, whatever is written meanwhile', async () => {
	const { topicId, number, agree, frozen } = await aTalk();
	await agree(1, 5);
	const { reached, letGo, pass } = gate();
	const freeze = frozen(async (done) => (done === 1 ? pass() : undefined));
	await reached;
	await comment(database, keys, aCommentDraft(topicId, number), aVisitor('g1'));
	await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'One that came too late' }), aVisitor('the author'));
	await database.query(`update topics set contact_email = 'talk@example.org' where topic_id = $1`, [topicId]);
	await database.query(`update ideas set language = 'fr' where topic_id = $1 and idea_number = $2`, [topicId, number]);
	letGo();
	const { overall, ideas } = (await freeze).figures;
	assert.deepEqual([overall.ideas, overall.opinions, overall.comments, overall.words], [1, 5, 0, 7]);
	assert.deepEqual(
		Object.values(ideas).map(({ language }) => language),
		['en']
	);
});
