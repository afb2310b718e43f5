import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '#sheets/nearest.ts';

const groups = [
	'Governments',
	'Private sector',
	'Civil society',
	'Technical community',
	'Academia',
	'Société civile',
	'Côte d’Ivoire'
];

test('a slip of the hand finds the word that was meant, in any language, whatever its case and accents', () => {
	assert.deepEqual(
		['Goverments', 'civil socitey', 'ACADEMIE', 'societe civlie', 'Cote dIvoire', 'Technical comunity'].map((text) =>
			nearest(text, groups)
		),
		['Governments', 'Civil society', 'Academia', 'Société civile', 'Côte d’Ivoire', 'Technical community']
	);
});

test('the beginning of a word is that word', () => {
	assert.equal(nearest('Technical', groups), 'Technical community');
});

test('what is near to nothing stays without an advice', () => {
	assert.deepEqual(
		['Pirates', 'x', '', '***', 'Atlantis'].map((text) => nearest(text, groups)),
		[null, null, null, null, null]
	);
});
