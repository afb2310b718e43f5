import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from './messages-used.ts';
import { planted } from './planting.ts';
import { project } from './reporting.ts';

test('every message is used, and every one that is named exists', () => {
	assert.deepEqual(problems(project), []);
});

test('an unused message, an unknown one and a refusal without a sentence are found', () => {
	const files = {
		'src/languages/messages/en.json': JSON.stringify({
			'ideas.agree': '',
			'ideas.side-for': '',
			'ideas.unused': '',
			'refusals.not-found': '',
			'refusals.field': ''
		}),
		'src/refusals/refusals.ts': "\t'not-found': 404,\n\t'stage-closed': 409\n",
		'src/routes/+page.svelte':
			"{say('ideas.agree')} {say('ideas.agre')} {say(`ideas.side-${side}`)} {say(`ideas.no-${x}`)} import './ideas.css'",
		'src/web/answering.server.ts': "say('refusals.field')"
	};
	assert.deepEqual(planted([], files, problems), [
		'src/routes/+page.svelte names ideas.agre, which is no message',
		'src/routes/+page.svelte puts together ideas.no-${x}, which leads to no message',
		'refusals.stage-closed has no sentence',
		'ideas.unused is used nowhere'
	]);
});
