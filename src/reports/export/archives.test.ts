import { unzipSync } from 'fflate';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { bytesOf, fileStore, type FileStore } from '#files/store.server.ts';
import { eraseTexts } from '#ideas/erasing.server.ts';
import { aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { setModerationRule } from '#moderation/ruling.server.ts';
import { isRefusal } from '#refusals/refusal.ts';
import { archiveOf, archivesOf, makeArchive, tidyArchives } from '#reports/export/archives.server.ts';
import { keepExports } from '#reports/export/nightly.server.ts';
import { forgetTopics } from '#topics/reading.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const folder = await mkdtemp(join(tmpdir(), 'open-talks-export-'));
after(() => rm(folder, { recursive: true, force: true }));
const files = fileStore(database, folder);
const origin = 'https://talks.example.org';
const all = { showsResults: true };

async function anIdea(topicId: string, point: string) {
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId, { point }), aVisitor('author'));
	const { rows } = await database.query<{ id: string }>(
		'select idea_id as id from ideas where topic_id = $1 and idea_number = $2',
		[topicId, number]
	);
	return { number, thing: { topicId, kind: 'idea', thingId: rows[0]!.id } as const };
}

async function contentsOf(sha256: string): Promise<Record<string, string>> {
	const unpacked = unzipSync(await bytesOf(files, sha256));
	return Object.fromEntries(Object.entries(unpacked).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));
}

const hide = (thing: { topicId: string; kind: 'idea'; thingId: string }) =>
	decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(thing.topicId));

test('an archive has every table, what the columns mean, the licence, what is what, and the digest of each file', async () => {
	const { topicId, slug } = await anOpenTopic(database);
	const { number } = await anIdea(topicId, 'Measure resilience');
	const archive = (await makeArchive(database, files, topicId, origin))!;
	const contents = await contentsOf(archive.sha256);
	assert.deepEqual(Object.keys(contents), [
		...[
			'questions.csv',
			'ideas.csv',
			'cells.csv',
			'levels.csv',
			'comments.csv',
			'submissions.csv',
			'stances.csv',
			'opinions.csv'
		],
		...['dictionary.csv', 'LICENCE.txt', 'README.txt', 'SHA256SUMS']
	]);
	assert.match(contents['ideas.csv']!, new RegExp(`\\n${number},.*Measure resilience`));
	assert.match(contents['LICENCE.txt']!, /creativecommons\.org\/licenses\/by\/4\.0/);
	assert.ok(contents['README.txt']!.includes(`${origin}/topics/${slug}`));
	assert.match(contents['dictionary.csv']!, /\nopinions,person,number,/);
	for (const { name, size, sha256 } of archive.contents) {
		const bytes = Buffer.from(contents[name]!);
		// the decoder takes the mark of UTF-8 away
		const whole = name.endsWith('.csv') ? Buffer.concat([Buffer.from('\ufeff'), bytes]) : bytes;
		assert.deepEqual([whole.length, createHash('sha256').update(whole).digest('hex')], [size, sha256], name);
	}
	assert.equal(contents['SHA256SUMS']!.split('\n')[1], `${archive.contents[1]!.sha256}  ideas.csv`);
	assert.deepEqual(
		(await archivesOf(database, topicId, all)).map(({ sha256 }) => sha256),
		[archive.sha256]
	);
});

test('opinions are told without group, region or time, by a number that each archive draws anew', async () => {
	const { topicId } = await anOpenTopic(database);
	const first = await anIdea(topicId, 'One');
	const second = await anIdea(topicId, 'Two');
	const hidden = await anIdea(topicId, 'Hidden');
	const opinions = new OpinionBatcher(database, keys);
	const people = 40;
	for (let person = 0; person < people; person++)
		for (const { number } of [first, second, hidden]) {
			const opinion = (['agree', 'disagree', 'pass'] as const)[(person + number) % 3]!;
			await opinions.give(topicId, aVisitor(`person ${person}`), { ideaNumber: number, opinion, seen: null });
		}
	await hide(hidden.thing);
	const rows = async () => {
		const archive = (await makeArchive(database, files, topicId, origin))!;
		const [head, ...lines] = (await contentsOf(archive.sha256))['opinions.csv']!.trim().split('\r\n');
		assert.equal(head, 'person,idea,opinion');
		return lines.map((line) => line.split(',') as [string, string, string]);
	};
	const [one, other] = [await rows(), await rows()];
	assert.equal(one.length, 2 * people);
	assert.deepEqual([...new Set(one.map(([, idea]) => idea))], [String(first.number), String(second.number)]);
	// the same people with the same opinions, under other numbers and in another order
	const vectors = (lines: [string, string, string][]) =>
		[...Map.groupBy(lines, ([person]) => person).values()].map((own) => own.map(([, , opinion]) => opinion).join()).sort();
	assert.deepEqual(vectors(one), vectors(other));
	assert.notDeepEqual(one, other);
	for (const idea of [first, second]) {
		const numbers = one.filter(([, of]) => of === String(idea.number)).map(([person]) => Number(person));
		assert.deepEqual(
			numbers,
			numbers.toSorted((a, b) => a - b)
		);
	}
});

test('what is hidden or erased afterwards is in no archive that anybody gets, from that moment on; the next one is without it', async () => {
	const { topicId } = await anOpenTopic(database);
	await anIdea(topicId, 'It stays');
	const secret = await anIdea(topicId, 'A secret to hide');
	const canary = await anIdea(topicId, 'A canary to erase');
	const before = (await makeArchive(database, files, topicId, origin))!;
	await hide(secret.thing);
	assert.deepEqual(await archivesOf(database, topicId, all), []);
	await assert.rejects(
		archiveOf(database, { topicId, archiveId: before.archiveId }, all),
		(error) => isRefusal(error) && error.code === 'not-found'
	);
	const second = (await makeArchive(database, files, topicId, origin))!;
	assert.ok(!(await contentsOf(second.sha256))['ideas.csv']!.includes('secret'));
	await inTransaction(database, (transaction) => eraseTexts(transaction, topicId, [canary.thing.thingId], aModerator(topicId)));
	assert.deepEqual(await archivesOf(database, topicId, all), []);
	const third = (await makeArchive(database, files, topicId, origin))!;
	assert.ok(!(await contentsOf(third.sha256))['ideas.csv']!.includes('canary'));
	assert.deepEqual(
		(await archivesOf(database, topicId, all)).map(({ archiveId }) => archiveId),
		[third.archiveId]
	);
});

test('what is hidden or erased while an archive is made leaves no archive, and nothing of it for anybody', async () => {
	const { topicId } = await anOpenTopic(database);
	const secret = await anIdea(topicId, 'A secret to hide meanwhile');
	let meanwhile: (() => Promise<void>) | null = () => hide(secret.thing);
	let whole = '';
	// the file is whole, its row is not written: the instant has passed, and nobody has been told
	const slow: FileStore = {
		...files,
		async put(source, wishes) {
			const file = await files.put(source, wishes);
			whole = (await contentsOf(file.sha256))['ideas.csv']!;
			await meanwhile?.();
			return file;
		}
	};
	assert.equal(await makeArchive(database, slow, topicId, origin), null);
	assert.ok(whole.includes('secret'), 'the instant was before');
	assert.deepEqual(await archivesOf(database, topicId, all), []);
	const jobs = await database.query(`select from graphile_worker.jobs where task_identifier = 'contributions.drop-file'`);
	assert.ok(jobs.rowCount > 0, 'its file is dropped');
	meanwhile = null;
	const again = (await makeArchive(database, slow, topicId, origin))!;
	assert.ok(!(await contentsOf(again.sha256))['ideas.csv']!.includes('secret'));
});

test('a transaction that began before the instant and ends after it is noticed too', async () => {
	const { topicId } = await anOpenTopic(database);
	const secret = await anIdea(topicId, 'A secret of a slow transaction');
	let archive: Awaited<ReturnType<typeof makeArchive>> = null;
	await inTransaction(database, async (transaction) => {
		await decideOn(transaction, secret.thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
		archive = await makeArchive(database, files, topicId, origin);
		assert.ok(archive, 'nobody sees yet that it is hidden');
	});
	assert.deepEqual(await archivesOf(database, topicId, all), []);
});

test('what a moderator made unreadable is in no archive that anybody gets', async () => {
	const { topicId } = await anOpenTopic(database);
	const { thing } = await anIdea(topicId, 'Call 555 0199');
	await makeArchive(database, files, topicId, origin);
	await database.query(
		`insert into redactions (topic_id, redaction_id, kind, thing_id, version, original_hash, letters, redacted_at)
		values ($1, gen_random_uuid(), 'idea', $2, 1, decode(repeat('00', 32), 'hex'), 8, now())`,
		[topicId, thing.thingId]
	);
	assert.deepEqual(await archivesOf(database, topicId, all), []);
	await makeArchive(database, files, topicId, origin);
	assert.equal((await archivesOf(database, topicId, all)).length, 1);
});

test('what is held when it comes, and was never in an archive, takes none away', async () => {
	const { topicId } = await anOpenTopic(database);
	await anIdea(topicId, 'It stays');
	const archive = (await makeArchive(database, files, topicId, origin))!;
	await setModerationRule(database, topicId, 'all-held', aModerator(topicId));
	await anIdea(topicId, 'It waits');
	assert.deepEqual(
		(await archivesOf(database, topicId, all)).map(({ archiveId }) => archiveId),
		[archive.archiveId]
	);
});

test('results are in no archive that is given away while opinions are blind', async () => {
	const { topicId } = await anOpenTopic(database);
	await makeArchive(database, files, topicId, origin);
	assert.deepEqual(await archivesOf(database, topicId, { showsResults: false }), []);
	await database.query(`update stages set takes_opinions = 'blind' where topic_id = $1`, [topicId]);
	forgetTopics(database);
	const blind = (await makeArchive(database, files, topicId, origin))!;
	assert.ok(!('opinions.csv' in (await contentsOf(blind.sha256))));
	assert.equal((await archivesOf(database, topicId, { showsResults: false })).length, 1);
});

test('each night has one archive, a week of them is kept, and one that was taken away is made again', async () => {
	const { topicId } = await anOpenTopic(database);
	const idea = await anIdea(topicId, 'Of some nights');
	const keep = () => keepExports(database, files, { origin, ending: new AbortController().signal });
	const ids = async () => (await archivesOf(database, topicId, all)).map(({ archiveId }) => archiveId);
	await keep();
	const [first] = await ids();
	await keep();
	assert.deepEqual(await ids(), [first], 'one a night');
	await database.query(`update export_archives set of_at = of_at - interval '1 day' where topic_id = $1`, [topicId]);
	await keep();
	assert.equal((await ids()).length, 2);
	await database.query(`update export_archives set of_at = of_at - interval '8 days' where archive_id = $1`, [first]);
	await keep();
	assert.equal((await ids()).length, 1);
	await hide(idea.thing);
	assert.deepEqual(await ids(), []);
	await keep();
	assert.equal((await ids()).length, 1);
	assert.equal(await tidyArchives(database, topicId, { keepSince: new Date(0), night: new Date(0) }), true);
});
