import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import type { Actor } from '#activity/actor.ts';
import { countsOf } from '#activity/counting.server.ts';
import { aFormFile } from '#contributions/examples.ts';
import { netmundial } from '#files/examples.ts';
import { partsOf } from '#contributions/parts.server.ts';
import { submissionNumbered, submissionsOf } from '#contributions/submissions.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { fileStore } from '#files/store.server.ts';
import { aDocx, aPdf, pdfPicture, wordParagraph } from './example-files.ts';
import { importSubmissions, previewSubmissions, topicForImport } from './importing.server.ts';
import { correctTexts, writtenAndMeant } from './meanings.server.ts';
import { sourceAt, zipSource } from './sources.server.ts';

const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'open-talks-import-'));
after(() => rm(folder, { recursive: true }));
const files = fileStore(database, folder);
const staff: Actor = { kind: 'job', name: 'import' };

const zipOf = (contents: Record<string, string | Uint8Array>) =>
	zipSource(
		zipSync(
			Object.fromEntries(
				Object.entries(contents).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content])
			)
		)
	);
const draft = async (slug: string) => (await topicForImport(database, slug, staff)).topicId;

test('a draft topic is made where there is none, and found the next time', async () => {
	const made = await topicForImport(database, 'first-import', staff);
	assert.equal(made.isNew, true);
	assert.deepEqual(await topicForImport(database, 'first-import', staff), { topicId: made.topicId, isNew: false });
	const visitor: Actor = { kind: 'visitor', visitorId: 'x' };
	await assert.rejects(topicForImport(database, 'other', visitor), { code: 'not-found' });
	await assert.rejects(importSubmissions(database, files, zipOf({ 'a.txt': 'text' }), made.topicId, visitor), {
		code: 'not-allowed'
	});
});

test('a form and its attached document become one submission with group, country, region, organisation and name', async () => {
	const topicId = await draft('one-submission');
	const source = zipOf({ '001A.txt': aFormFile(), '001B.txt': Uint8Array.from(Buffer.from('Caf\xe9 paper', 'latin1')) });
	assert.deepEqual(await importSubmissions(database, files, source, topicId, staff, { licence: 'CC-BY-SA-2.5-IN' }), {
		read: 2,
		submissions: 1,
		added: 1,
		unchanged: 0,
		unknown: { sectors: [], regions: [] },
		errors: []
	});
	const { contributionId, organisationId, receivedAt: _, ...submission } = await submissionNumbered(database, topicId, 1);
	assert.ok(organisationId);
	assert.deepEqual(submission, {
		topicId,
		number: 1,
		title: 'The role of governments',
		abstract: 'In short.',
		keywords: 'roles, governments',
		area: 'SET OF PRINCIPLES',
		questionId: null,
		language: 'en',
		words: 13,
		channel: 'import',
		name: 'Ana Example',
		attribution: 'named',
		organisation: 'University of Nairobi',
		groups: ['academia'],
		country: 'KE',
		region: 'african'
	});
	const parts = await partsOf(database, topicId, contributionId);
	assert.deepEqual(
		parts.map(({ part, textVersion, text, extractor, encoding, file }) => ({
			part,
			textVersion,
			text,
			extractor,
			encoding,
			name: file?.name
		})),
		[
			{
				part: 1,
				textVersion: 1,
				text: 'In short.\n\nGovernments should listen. They should decide together with others.',
				extractor: 'form-1',
				encoding: 'utf-8',
				name: '001A.txt'
			},
			{ part: 2, textVersion: 1, text: 'Café paper', extractor: 'text-1', encoding: 'windows-1252', name: '001B.txt' }
		]
	);
	const { rows } = await database.query(
		`select v.text, c.licence from contributions c join contribution_versions v using (topic_id, contribution_id) where c.topic_id = $1`,
		[topicId]
	);
	assert.deepEqual(rows, [{ text: aFormFile(), licence: 'CC-BY-SA-2.5-IN' }]);
	assert.deepEqual(await countsOf(database, topicId), { submissions: 1 });
});

test('repeated runs, other names and two runs at once add nothing twice', async () => {
	const topicId = await draft('repeated');
	const contents = { '001A.txt': aFormFile(), '002A.txt': aFormFile({ title: 'Another' }) };
	const renamed = { 'other/x.txt': aFormFile(), 'other/y.txt': aFormFile({ title: 'Another' }), 'other/z.txt': aFormFile() };
	const reports = await Promise.all([
		importSubmissions(database, files, zipOf(contents), topicId, staff),
		importSubmissions(database, files, zipOf(contents), topicId, staff)
	]);
	assert.equal(reports[0].added + reports[1].added, 2);
	const again = await importSubmissions(database, files, zipOf(renamed), topicId, staff);
	assert.deepEqual([again.read, again.submissions, again.added, again.unchanged], [3, 2, 0, 2]);
	assert.equal((await submissionsOf(database, topicId)).length, 2);
	assert.deepEqual(await countsOf(database, topicId), { submissions: 2 });
});

test('organisations are joined by their names, and a person who speaks for themselves has none', async () => {
	const topicId = await draft('organisations');
	const named = ['Internet Society (ISOC)', 'THE INTERNET SOCIETY', 'Internet  Society.', 'Personal submission', 'Other Society'];
	const contents = Object.fromEntries(
		named.map((organization, index) => [`${index}A.txt`, aFormFile({ title: `T${index}`, organization })])
	);
	await importSubmissions(database, files, zipOf(contents), topicId, staff);
	const { rows } = await database.query<{ organisation: string | null }>(
		`select organisation_id as organisation from participant_profiles where topic_id = $1 order by participant_number`,
		[topicId]
	);
	const [first, second, third, nobody, other] = rows.map(({ organisation }) => organisation);
	assert.equal(first === second && second === third && first !== null, true);
	assert.equal(nobody, null);
	assert.equal(other !== null && other !== first, true);
});

test('unknown sectors and regions are listed once, and a correction by a person holds for old and new texts', async () => {
	const topicId = await draft('unknowns');
	const strange = { sector: 'Druids', region: 'Middle Earth' };
	const before = await importSubmissions(
		database,
		files,
		zipOf({
			'1A.txt': aFormFile(strange),
			'2A.txt': aFormFile({ ...strange, title: 'Two' }),
			'3A.txt': aFormFile({ sector: 'Other' })
		}),
		topicId,
		staff
	);
	assert.deepEqual(before.unknown, { sectors: ['Druids'], regions: ['Middle Earth'] });
	await database.query(
		`insert into stakeholder_groups (group_key, position, added_at) values ('civil-society', 1, now()) on conflict do nothing`
	);
	const sector = { topicId, field: 'sector', asWritten: 'Druids', means: 'civil-society' } as const;
	assert.equal((await correctTexts(database, sector, staff)).length, 2);
	const region = { topicId, field: 'region', asWritten: 'Middle Earth', means: 'NZ' } as const;
	assert.equal((await correctTexts(database, region, staff)).length, 2);
	await assert.rejects(correctTexts(database, { ...sector, means: 'no-such-group' }, staff), { code: 'not-found' });
	assert.deepEqual(
		(await writtenAndMeant(database, topicId)).map(({ asWritten, submissions, means, unknown }) => [
			asWritten,
			submissions,
			means,
			unknown
		]),
		[
			['Druids', 2, 'civil-society', false],
			['Other', 1, '', false],
			['Kenya, Africa', 1, 'KE', false],
			['Middle Earth', 2, 'NZ', false]
		]
	);
	const after = await importSubmissions(
		database,
		files,
		zipOf({ '4A.txt': aFormFile({ ...strange, title: 'Four' }) }),
		topicId,
		staff
	);
	assert.deepEqual(after.unknown, { sectors: [], regions: [] });
	const shown = await submissionsOf(database, topicId);
	assert.deepEqual(
		shown.map(({ groups, country, region }) => [groups, country, region]),
		[
			[['civil-society'], 'NZ', 'western-european-others'],
			[['civil-society'], 'NZ', 'western-european-others'],
			[[], 'KE', 'african'],
			[['civil-society'], 'NZ', 'western-european-others']
		]
	);
});

test('other documents are read by their content, and a file that cannot be read is named without stopping the others', async () => {
	const topicId = await draft('mixed');
	const report = await importSubmissions(
		database,
		files,
		zipOf({
			'letter.docx': aDocx(wordParagraph('A letter to the council') + wordParagraph('Dear all')),
			'scan.pdf': aPdf([pdfPicture]),
			'empty.txt': '',
			'5A.txt': aFormFile(),
			'5B.txt': aPdf([pdfPicture])
		}),
		topicId,
		staff
	);
	assert.deepEqual([report.read, report.submissions, report.added], [5, 2, 2]);
	assert.deepEqual(report.errors, [
		{ file: '5B.txt', refusal: 'file-of-pictures' },
		{ file: 'empty.txt', refusal: 'file-empty' },
		{ file: 'scan.pdf', refusal: 'file-of-pictures' }
	]);
	const [form, letter] = await submissionsOf(database, topicId);
	assert.equal(letter?.title, 'A letter to the council');
	assert.equal((await partsOf(database, topicId, form!.contributionId))[1]?.refusal, 'file-of-pictures');
});

test('a preview finds the same and writes nothing', async () => {
	const topicId = await draft('preview');
	const { titles, added, unchanged } = await previewSubmissions(database, zipOf({ '1A.txt': aFormFile() }), topicId);
	assert.deepEqual([titles, added, unchanged], [['The role of governments'], 1, 0]);
	assert.deepEqual(await submissionsOf(database, topicId), []);
});

test('all 140 submissions of NETmundial come in, and the second time nothing changes', { skip: netmundial.skip }, async () => {
	const topicId = await draft('netmundial');
	const first = await importSubmissions(database, files, await sourceAt(netmundial.folder), topicId, staff);
	assert.deepEqual(first, {
		read: 280,
		submissions: 140,
		added: 140,
		unchanged: 0,
		unknown: {
			sectors: [],
			// what four people wrote into the field is no place
			regions: [
				'Austrian Federal Ministry for Transport, Innovation and Technology',
				'Commonwealth Telecommunications Organisation',
				'Deputy to the Chief Regulatory Officer Orange Group',
				'The Aspen Institute'
			]
		},
		errors: []
	});
	const again = await importSubmissions(database, files, await sourceAt(netmundial.folder), topicId, staff);
	assert.deepEqual([again.added, again.unchanged], [0, 140]);
	const { rows } = await database.query<{ key: string; count: number }>(
		`
			select coalesce(stakeholder_groups[1], 'not-stated') as key, count(*)
			from participant_profiles
			where topic_id = $1
			group by 1
			order by 2 desc`,
		[topicId]
	);
	assert.deepEqual(Object.fromEntries(rows.map(({ key, count }) => [key, count])), {
		'civil-society': 42,
		'private-sector': 36,
		governments: 27,
		academia: 16,
		'not-stated': 10,
		'technical-community': 9
	});
});
