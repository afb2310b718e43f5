import assert from 'node:assert/strict';
import test from 'node:test';
import { refusal, unlessRefused } from '#refusals/refusal.ts';

test('a refusal may be taken for nothing, while what broke is still thrown', async () => {
	assert.equal(await unlessRefused(Promise.resolve('there')), 'there');
	assert.equal(await unlessRefused(Promise.reject(refusal('not-found'))), null);
	await assert.rejects(unlessRefused(Promise.reject(new Error('the database is gone'))), { message: 'the database is gone' });
});
