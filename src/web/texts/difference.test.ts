import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { difference } from './difference.ts';

test('a changed word is removed and added, the rest stays', () => {
	assert.deepEqual(difference('Broadband for all countries.', 'Broadband for least developed countries.'), [
		{ kind: 'same', text: 'Broadband for ' },
		{ kind: 'removed', text: 'all' },
		{ kind: 'added', text: 'least developed' },
		{ kind: 'same', text: ' countries.' }
	]);
});

test('two changed words beside each other are one change', () => {
	assert.deepEqual(difference('one two three', 'one zwei drei'), [
		{ kind: 'same', text: 'one ' },
		{ kind: 'removed', text: 'two three' },
		{ kind: 'added', text: 'zwei drei' }
	]);
});

test('Chinese, which has no spaces, is compared character by character', () => {
	assert.deepEqual(difference('互联网应当开放', '互联网必须开放'), [
		{ kind: 'same', text: '互联网' },
		{ kind: 'removed', text: '应当' },
		{ kind: 'added', text: '必须' },
		{ kind: 'same', text: '开放' }
	]);
});

test('equal texts have no difference, and an empty one is all removed or added', () => {
	assert.deepEqual(difference('same', 'same'), [{ kind: 'same', text: 'same' }]);
	assert.deepEqual(difference('', 'new text'), [{ kind: 'added', text: 'new text' }]);
	assert.deepEqual(difference('old', ''), [{ kind: 'removed', text: 'old' }]);
	assert.deepEqual(difference('', ''), []);
});

test('both versions can be read back from any difference', () => {
	const text = fc.array(fc.constantFrom('a', 'b', ' ', '\n', 'word', '互', '联', 'é', '😀', '.')).map((parts) => parts.join(''));
	fc.assert(
		fc.property(text, text, (older, newer) => {
			const stretches = difference(older, newer);
			const read = (kind: string) => stretches.filter((part) => part.kind !== kind).map((part) => part.text);
			assert.equal(read('added').join(''), older);
			assert.equal(read('removed').join(''), newer);
		})
	);
});

test('two long texts that have little in common are compared as wholes, not word by word', () => {
	const older = Array.from({ length: 3000 }, (_, number) => `a${number}`).join(' ');
	const newer = Array.from({ length: 3000 }, (_, number) => `b${number}`).join(' ');
	assert.deepEqual(difference(older, newer), [
		{ kind: 'removed', text: older },
		{ kind: 'added', text: newer }
	]);
});
