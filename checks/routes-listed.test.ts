import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planted } from './planting.ts';
import { project } from './reporting.ts';
import { problems } from './routes-listed.ts';

const home = {
	'src/web/pages.ts': "\t'/': { kind: 'public' },\n",
	'src/web/policy.ts': "\t'/': anyone,\n",
	'src/routes/+page.svelte': ''
};

test('every route is listed', () => {
	assert.deepEqual(problems(project), []);
});

test('a route that nobody listed is found', () => {
	assert.deepEqual(planted([], { ...home, 'src/routes/secret/+page.svelte': '' }, problems), [
		'the route /secret is missing in src/web/pages.ts',
		'the route /secret is missing in src/web/policy.ts'
	]);
});

test('an action without answering(), and on a public page, is found', () => {
	const actions = 'export const actions: Actions = {\n\tsend: async () => {}\n};\n';
	assert.deepEqual(planted([], { ...home, 'src/routes/+page.server.ts': actions }, problems), [
		'/ has actions and must be personal in src/web/pages.ts',
		'the action send of / is not wrapped in answering()'
	]);
});

test('script without its messages is found', () => {
	assert.deepEqual(planted([], { ...home, 'src/routes/+page.ts': 'export const csr = true;' }, problems), [
		'/ has script (csr) but src/web/pages.ts names no messages for it'
	]);
});
