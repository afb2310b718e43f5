import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { publishedCells } from '#agreement/published.server.ts';
import { publishCells } from '#agreement/publishing.server.ts';
import { miscountedCells } from '#agreement/recounting.server.ts';
import { topicForImport } from '#contributions/intake/importing.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { temporaryKeys } from '#ideas/examples.server.ts';
import { miscounted } from '#ideas/recounting.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { bringInConversation } from './bringing-in.server.ts';
import { conversationIn, polisFiles, type Conversation } from './conversation.ts';
import { conversationOf } from './exporting.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const actor: Actor = { kind: 'job', name: 'test' };

const comments = [
	'timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body',
	'1500282615559,Mon,7,3,1,0,1,"=1+1 is ""two"",',
	'or not?"',
	`1500282615560,Mon,2,0,0,1,0,${'A long statement. '.repeat(40).trim()}`,
	'1500282615561,Mon,11,3,0,0,-1,Buy pills'
].join('\n');
const votes = [
	'timestamp,datetime,comment-id,voter-id,vote',
	'1500000003000,Mon,7,0,1',
	'1500000001000,Mon,7,0,-1',
	'1500000001000,Mon,2,4,0',
	'1500000001000,Mon,2,4,-1',
	'1500000001000,Mon,11,4,1',
	'1500000001000,Mon,99,4,1',
	'1500000001000,Mon,2,4,5'
].join('\r\n');

async function broughtInto(slug: string, conversation: Conversation) {
	const { topicId } = await topicForImport(database, slug, actor);
	return { topicId, report: await bringInConversation(database, keys, { topicId, conversation }, actor) };
}

async function exportedFrom(topicId: string): Promise<Conversation> {
	const files: Record<string, string> = {};
	for (const { name, pieces } of conversationOf(
		database,
		await topicOf(database, topicId),
		'https://talks.example.org/topics/x'
	)) {
		files[name] = '';
		for await (const piece of pieces) files[name] += piece;
	}
	assert.deepEqual(Object.keys(files).sort(), [...polisFiles].sort());
	for (const name of ['comments.csv', 'votes.csv']) assert.doesNotMatch(files[name]!, /^[^,\n]*\d{10}/m, 'no times');
	return conversationIn(files)!;
}

/** The same with numbers by rank, as a topic that was empty gives them: ideas and participants from 1 on. */
function ranked({ comments: statements, votes: given }: Conversation) {
	const people = [...new Set([...given.map(({ voter }) => voter), ...statements.map(({ author }) => author)])].sort(
		(a, b) => a - b
	);
	const person = new Map(people.map((id, index) => [id, index + 1]));
	const idea = new Map(statements.map(({ id }, index) => [id, index + 1]));
	return {
		comments: statements.map(({ id, author, moderated, body }) => ({
			...{ id: idea.get(id), author: person.get(author), body, isRejected: moderated === -1 }
		})),
		votes: given.map(({ voter, comment, vote }) => `${person.get(voter)} ${idea.get(comment)} ${vote}`).sort()
	};
}

test('the last vote of a person counts, whatever the order of the lines, and what cannot be understood is counted', () => {
	const conversation = conversationIn({ 'comments.csv': comments, 'votes.csv': votes })!;
	assert.deepEqual(
		conversation.votes.map(({ voter, comment, vote }) => [voter, comment, vote]),
		[
			[0, 7, 1],
			[4, 2, -1],
			[4, 11, 1]
		]
	);
	assert.deepEqual([conversation.earlier, conversation.unusable], [2, 2]);
	assert.equal(conversation.comments[1]!.body, '=1+1 is "two",\nor not?');
	assert.equal(conversationIn({ 'comments.csv': comments }), null);
});

test('statements come in at their length, votes as opinions, rejected ones hidden; a second time nothing, and later only what is new', async () => {
	const conversation = conversationIn({ 'comments.csv': comments, 'votes.csv': votes })!;
	const { topicId, report } = await broughtInto('small', conversation);
	assert.deepEqual(report.added, { ideas: 3, participants: 3, opinions: 3, hidden: 1 });
	const again = await broughtInto('small', conversation);
	assert.deepEqual(again.report.added, { ideas: 0, participants: 0, opinions: 0, hidden: 0 });
	assert.deepEqual(ranked(await exportedFrom(topicId)), ranked(conversation));
	const { rows } = await database.query(
		`select idea_number as number, length(point) as length, agree, disagree, given_at
		from idea_versions
		join idea_counts using (topic_id, idea_number)
		join opinions using (topic_id, idea_number)
		where topic_id = $1 and idea_number = 2`,
		[topicId]
	);
	assert.deepEqual(rows, [{ number: 2, length: 22, agree: 1, disagree: 0, given_at: new Date(1500000003000) }]);

	const more = { 'comments.csv': `${comments}\n1,Mon,12,5,0,0,1,Another`, 'votes.csv': `${votes}\r\n1500000009000,Mon,12,0,0` };
	const later = await broughtInto('small', conversationIn(more)!);
	assert.deepEqual(later.report.added, { ideas: 1, participants: 1, opinions: 1, hidden: 0 });
	assert.deepEqual(await miscounted(database), []);
	await assert.rejects(
		bringInConversation(database, keys, { topicId, conversation }, { kind: 'visitor', visitorId: 'somebody' }),
		{
			code: 'not-allowed'
		}
	);
});

/** Two statements, and people from a number on who agree to the first. */
function agreedBy(from: number, to: number): Conversation {
	const lines = Array.from({ length: to - from + 1 }, (_, place) => `1500000001000,Mon,1,${from + place},1`);
	return conversationIn({
		'comments.csv': 'timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n1,1,1,0,0,1,One\n1,2,1,0,0,1,Two',
		'votes.csv': ['timestamp,datetime,comment-id,voter-id,vote', ...lines].join('\n')
	})!;
}

test('an import asks for cells with their levels, opinion groups and standings, as an opinion does; one that adds nothing asks for nothing', async () => {
	const jobs = async (topicId: string) => {
		const { rows } = await database.query<{ key: string }>(
			`select key from graphile_worker.jobs where key like '%' || $1 order by key`,
			[topicId]
		);
		return rows.map(({ key }) => key.split(' ')[0]);
	};
	const { topicId } = await broughtInto('asking', agreedBy(1, 6));
	const asked = ['agreement.find-groups', 'agreement.publish-cells', 'ideas.refresh-standings'];
	assert.deepEqual(await jobs(topicId), asked);
	await database.query('delete from graphile_worker._private_jobs where key = any ($1)', [
		asked.map((job) => `${job} ${topicId}`)
	]);
	await broughtInto('asking', agreedBy(1, 6));
	assert.deepEqual(await jobs(topicId), []);
	await broughtInto('asking', agreedBy(1, 7));
	assert.deepEqual(await jobs(topicId), asked);
});

test('what people said elsewhere long ago is published at the next look, and a cell grows with five of them, no sooner', async () => {
	const shown = async (topicId: string) =>
		(await publishedCells(database, topicId, [1]))
			.get(1)!
			.filter(({ dimension }) => dimension === 'group')
			.map(({ key, agree }) => `${key} ${agree}`);
	const looked = async (people: number) => {
		const { topicId } = await broughtInto('long-ago', agreedBy(1, people));
		await publishCells(database, topicId);
		assert.deepEqual(await miscounted(database), []);
		assert.deepEqual(await miscountedCells(database), []);
		return shown(topicId);
	};
	assert.deepEqual(await looked(4), []);
	assert.deepEqual(await looked(6), ['not-stated 6']);
	assert.deepEqual(await looked(10), ['not-stated 6']);
	assert.deepEqual(await looked(11), ['not-stated 11']);
});

const real = resolve(process.env.REAL_INPUTS ?? resolve(import.meta.dirname, '../../../../shared/data'), 'polis');
const skip = existsSync(real) ? false : 'needs the real input polis (REAL_INPUTS names its folder)';

for (const name of ['brexit-consensus', 'scoop-hivemind.biodiversity', 'vtaiwan.uberx', 'austria-climate.5twd2jsnkf.2022-08-08'])
	test(`${name} goes in and comes out with every statement and every last opinion`, { skip }, async () => {
		const files = Object.fromEntries(polisFiles.map((file) => [file, readFileSync(join(real, name, file), 'utf8')]));
		const conversation = conversationIn(files)!;
		assert.ok(conversation.votes.length > 3000 && conversation.url !== '');
		const { topicId, report } = await broughtInto(name.split('.')[0]!, conversation);
		assert.equal(report.added.opinions, conversation.votes.length);
		const out = await exportedFrom(topicId);
		assert.deepEqual(ranked(out), ranked(conversation));
	});
