import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { netmundial } from '#files/examples.ts';
import { decode } from './decoding.ts';
import { joinHardWraps } from './hard-wraps.ts';
import { submissionForm, submissionsInFiles } from './submission-forms.ts';

const { folder, skip } = netmundial;

const read = (name: string) => decode(readFileSync(join(folder, name)));
const counted = (values: readonly string[]) => {
	const counts: Record<string, number> = {};
	for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
	return counts;
};

test('all 280 files of NETmundial are read, none with a loss, 249 as Windows-1252', { skip }, () => {
	const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));
	const decoded = files.map(read);
	assert.deepEqual(counted(decoded.map(({ encoding }) => encoding)), { 'windows-1252': 249, 'utf-8': 31 });
	assert.equal(
		decoded.every(({ lost, text }) => lost === 0 && !text.includes('\0')),
		true
	);
	assert.equal(submissionsInFiles(files).length, 140);
});

test('every one of the 140 forms of NETmundial gives all its fields', { skip }, () => {
	const forms = readdirSync(folder)
		.filter((name) => name.endsWith('A.txt'))
		.map((name) => submissionForm(read(name).text));
	assert.equal(forms.length, 140);
	for (const form of forms) {
		assert.ok(form);
		for (const value of [form.title, form.entitledBy, form.region, form.organization, form.abstract, form.document])
			assert.notEqual(value, '');
	}
	assert.deepEqual(counted(forms.map((form) => form?.area ?? '')), {
		'SET OF INTERNET GOVERNANCE PRINCIPLES': 47,
		'COMBINED INTERNET GOVERNANCE PRINCIPLES AND ROADMAP': 62,
		'ROADMAP FOR THE FURTHER EVOLUTION OF THE INTERNET GOVERNANCE ECOSYSTEM': 31
	});
	assert.deepEqual(counted(forms.map((form) => form?.sector.toLowerCase() ?? '')), {
		'civil society': 42,
		'private sector': 36,
		government: 27,
		academia: 16,
		other: 10,
		'technical community': 9
	});
});

test('the two titles of NETmundial with a glued field come out clean', { skip }, () => {
	assert.equal(
		submissionForm(read('005A.txt').text)?.title,
		'Internet Roadmap topics: Freedom and Security in Cyberspace - A Cyber Defense perspective'
	);
	assert.equal(
		submissionForm(read('007A.txt').text)?.title,
		'Can Trade Set Information Free? Trade Agreements, Internet Governance and Internet Freedom'
	);
});

test('the German submission of NETmundial reads in paragraphs', { skip }, () => {
	const paragraphs = joinHardWraps(submissionForm(read('002A.txt').text)?.document ?? '').split('\n\n');
	assert.equal(
		paragraphs[2],
		'Overall, it is important to clarify that the same rights that people have offline must also be protected online. To this end, it is crucial that the internet retains its open, free and global nature.'
	);
});
