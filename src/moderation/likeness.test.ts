import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { alike, likeness, marksOf, normalised, signatureOf } from '#moderation/likeness.ts';

const text = 'Buy cheap undersea cables from our shop in Geneva, today only, with a discount for the first hundred governments';

function shared(one: string, other: string): { likeness: number; marks: number } {
	const [first, second] = [signatureOf(one)!, signatureOf(other)!];
	return { likeness: likeness(first, second), marks: marksOf(first).filter((mark) => marksOf(second).includes(mark)).length };
}

test('case, accents, punctuation and other numbers make no other text', () => {
	assert.equal(normalised('Réseaux — 1’234 km!'), 'reseaux 0 0 km');
	const changed = text.toUpperCase().replaceAll(' ', '  ').replace('hundred', 'HUNDRED!!');
	assert.deepEqual(shared(text, changed), { likeness: 1, marks: 8 });
});

test('a copy with a word changed is alike and found, another text is neither', () => {
	const copy = shared(text, text.replace('Geneva', 'Nairobi'));
	assert.ok(copy.likeness >= alike, String(copy.likeness));
	assert.ok(copy.marks > 0);
	const other = shared(text, 'Governments should listen to the people who build the networks before they write rules for them');
	assert.ok(other.likeness < 0.3, String(other.likeness));
	assert.equal(other.marks, 0);
});

test('a text in Chinese has its likeness too, and a short one has none', () => {
	const chinese = '各国政府应当在制定规则之前倾听建设网络的人们的意见，并且公布它们如何考虑这些意见，以便所有人都能看到';
	assert.ok(shared(chinese, chinese.replace('所有人', '每个人')).likeness >= alike);
	assert.equal(signatureOf('I agree with this.'), null);
});

test('a signature depends on the text alone and is a list of 24 whole numbers', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', minLength: 60, maxLength: 200 }), (any) => {
			const signature = signatureOf(any);
			assert.deepEqual(signatureOf(any), signature);
			if (signature) assert.ok(signature.length === 24 && signature.every((hash) => Number.isInteger(hash) && hash >= 0));
			if (signature) assert.ok(marksOf(signature).every((mark) => mark >= -(2 ** 31) && mark < 2 ** 31));
		})
	);
});
