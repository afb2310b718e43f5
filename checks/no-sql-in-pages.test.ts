import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from './no-sql-in-pages.ts';
import { planted } from './planting.ts';
import { project } from './reporting.ts';

test('no page, nothing of the web and no answer of the API has SQL of its own', () => {
	assert.deepEqual(problems(project), []);
});

test('SQL in a page, in the web, in the API and in a hook is found; a question after an address is none', () => {
	const files = {
		'src/routes/wrong/+page.server.ts': "await database.query('x');",
		'src/web/wrong.server.ts': 'const find =\n\t`\n\t\tselect slug as "address"\n\t\tfrom addresses`;',
		'src/api/wrong.server.ts': "const { ideas } = c.req.query();\nawait queryable.query<Row>({ name: 'x' });",
		'src/hooks.ts': "const forget = 'delete from addresses';",
		'src/topics/right.server.ts': "await database.query('select from topics');"
	};
	assert.deepEqual(planted([], files, problems), [
		'src/api/wrong.server.ts:2 has SQL: it belongs into a verb of the domain',
		'src/hooks.ts:1 has SQL: it belongs into a verb of the domain',
		'src/routes/wrong/+page.server.ts:1 has SQL: it belongs into a verb of the domain',
		'src/web/wrong.server.ts:2 has SQL: it belongs into a verb of the domain'
	]);
});
