import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { speakerOf } from '#languages/catalogue.server.ts';
import { parse, WrongInput } from '#web/answering.server.ts';

const form = z.object({
	name: z.string().trim(),
	languages: z.array(z.string()),
	email: z.email('sign-in.email-wrong').optional()
});
const typed = (fields: readonly (readonly [string, string])[]) => {
	const data = new FormData();
	for (const [name, value] of fields) data.append(name, value);
	return data;
};
const say = speakerOf('en');
const errorsOf = (fields: readonly (readonly [string, string])[]) => {
	try {
		return parse(form, typed(fields), say);
	} catch (error) {
		assert.ok(error instanceof WrongInput);
		return error.errors;
	}
};

test('a form is read: one value or several, and what is wrong is said at its field', () => {
	assert.deepEqual(
		errorsOf([
			['name', ' Amina '],
			['languages', 'sw'],
			['languages', 'en']
		]),
		{ name: 'Amina', languages: ['sw', 'en'] }
	);
	assert.deepEqual(errorsOf([['name', 'x']]), { name: 'x', languages: [] });
	assert.deepEqual(
		errorsOf([
			['name', 'x'],
			['email', 'no']
		]),
		{ email: say('sign-in.email-wrong') }
	);
});

test('a character that no text can hold is said at its field, whatever field it is', () => {
	const sentence = say('refusals.unusable-text', { reason: 'nul', max: 0 });
	assert.deepEqual(
		errorsOf([
			['name', 'a\0b'],
			['languages', 'sw']
		]),
		{ name: sentence }
	);
	assert.deepEqual(
		errorsOf([
			['name', 'a'],
			['languages', 'sw'],
			['languages', '\0']
		]),
		{ languages: sentence }
	);
});
