import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from './messages-sent.ts';
import { planted } from './planting.ts';
import { project } from './reporting.ts';

test('every page with script has its messages in the browser', () => {
	assert.deepEqual(problems(project), []);
});

test('a message that stays behind and an area that is not needed are found', () => {
	const files = {
		'src/languages/messages/en.json': JSON.stringify({ 'a.one': '', 'a.two': '', 'b.three': '', 'c.four': '', 'web.skip': '' }),
		'src/routes/+layout.server.ts': "const everywhere = ['web'];",
		'src/routes/+layout.svelte': "{say('web.skip')}",
		'src/routes/+error.svelte': '',
		'src/routes/flow/+page.svelte':
			"import Part from '#web/Part.svelte';\n\timport type { D } from '#web/Data.svelte';\n{say('a.one')}",
		'src/web/Part.svelte': "import { x } from './deep.ts';\n{say(`a.${word}`)}",
		'src/web/Data.svelte': "{say('a.two')}",
		'src/web/deep.ts': "say('b.three')",
		'src/web/pages.ts': "\t'/flow': { kind: 'personal', script: ['a.one', 'c'] },"
	};
	assert.deepEqual(planted([], files, problems), [
		'/flow names b.three, which it does not take along',
		'/flow names a.two, which it does not take along',
		'/flow takes c along and names nothing of it'
	]);
});
