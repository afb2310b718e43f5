import assert from 'node:assert/strict';
import test from 'node:test';
import { submissionForm, submissionsInFiles } from './submission-forms.ts';

const form = `Internet Roadmap topics: the region: a view, and
Security - A Defense perspectiveArea: COMBINED PRINCIPLES AND
ROADMAP
Entitled by: Ana Example
Region: Argentina
Organization: Universidad Nacional (Centre of
Studies)
Sector: Academia
Keywords: roadmap; freedom, openness;
Doc Attached: Click here to see the doc 1
Doc Attached: Click here to see the doc 2Abstract
One line of the abstract
and another.
Document
 
Introduction
The Sector: as it stands in the text.
`;

test('a form is read with a field glued to the title and the abstract glued to a link', () => {
	assert.deepEqual(submissionForm(form.replaceAll('\n', '\r\n')), {
		title: 'Internet Roadmap topics: the region: a view, and Security - A Defense perspective',
		area: 'COMBINED PRINCIPLES AND ROADMAP',
		entitledBy: 'Ana Example',
		region: 'Argentina',
		organization: 'Universidad Nacional (Centre of Studies)',
		sector: 'Academia',
		keywords: ['roadmap', 'freedom', 'openness'],
		attached: 2,
		abstract: 'One line of the abstract\nand another.',
		document: 'Introduction\nThe Sector: as it stands in the text.'
	});
});

test('a form without abstract or without document is read', () => {
	const short = 'Title\nArea: Principles\nRegion: Kenya\nSector: Government\nDocument\nText';
	assert.deepEqual([submissionForm(short)?.abstract, submissionForm(short)?.document], ['', 'Text']);
	const shorter = 'Title\nArea: Principles\nRegion: Kenya\nSector: Government\nAbstract:\nText';
	assert.deepEqual([submissionForm(shorter)?.abstract, submissionForm(shorter)?.document], ['Text', '']);
});

test('a name typed again in its field is left out', () => {
	assert.equal(submissionForm('T\nArea: A\nRegion: Region - Global\nSector: Other\n')?.region, 'Global');
});

test('any other text is no form', () => {
	assert.equal(submissionForm('A letter.\nRegion: Geneva\nDocument\nText'), undefined);
	assert.equal(submissionForm(''), undefined);
});

test('A and B files are one submission, others stand alone', () => {
	assert.deepEqual(submissionsInFiles(['x/002B.txt', 'letter.txt', 'x/001A.txt', 'x/002A.txt', 'x/003b.txt']), [
		{ key: 'letter.txt', form: 'letter.txt' },
		{ key: 'x/001', form: 'x/001A.txt' },
		{ key: 'x/002', form: 'x/002A.txt', attached: 'x/002B.txt' },
		{ key: 'x/003', form: 'x/003b.txt' }
	]);
});
