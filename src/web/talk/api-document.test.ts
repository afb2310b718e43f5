import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, operationsOf, type ApiDocument } from '#web/talk/api-document.ts';

const document: ApiDocument = {
	paths: {
		'/topics/{topic}/ideas': {
			get: {
				summary: 'Ideas',
				parameters: [
					{ name: 'topic', in: 'path', required: true, schema: { example: 'internet' } },
					{ name: 'search', in: 'query', schema: { type: 'string' } }
				]
			},
			post: {
				security: [{ visitor: [] }, { token: ['ideas:write'] }],
				requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/NewIdea' } } } }
			}
		}
	},
	components: {
		schemas: {
			NewIdea: {
				required: ['text', 'side'],
				properties: { text: { type: 'string', example: 'Build' }, side: { enum: ['for', 'against'] }, more: { type: 'string' } }
			}
		}
	}
};

test('operations are read with their parameters, what a token needs, and an example of the body', () => {
	const [list, send] = operationsOf(document);
	assert.deepEqual(
		[list!.method, list!.parameters.map(({ name, example }) => [name, example]), list!.body, list!.needs],
		[
			'GET',
			[
				['topic', 'internet'],
				['search', '']
			],
			null,
			null
		]
	);
	assert.deepEqual([send!.needs, JSON.parse(send!.body!)], ['ideas:write', { text: 'Build', side: 'for' }]);
});

test('what answers without end is told from what answers once', () => {
	const stream = { responses: { 200: { content: { 'text/event-stream': {} } } } };
	const once = { responses: { 200: { content: { 'application/json': {} } } } };
	const operations = operationsOf({ paths: { '/live': { get: stream }, '/ideas': { get: once } } });
	assert.deepEqual(
		operations.map(({ isStream }) => isStream),
		[true, false]
	);
});

test('an address holds what was typed, whatever it is', () => {
	const [list] = operationsOf(document);
	assert.equal(addressOf(list!, { topic: '../a b', search: '' }), '/topics/..%2Fa%20b/ideas');
	assert.equal(addressOf(list!, { topic: 'a', search: 'x&y=z' }), '/topics/a/ideas?search=x%26y%3Dz');
});
