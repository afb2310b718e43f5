import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { planted } from './planting.ts';
import { project } from './reporting.ts';
import { problems } from './settings-documented.ts';

test('every setting is documented', () => {
	assert.deepEqual(problems(project), []);
});

test('a setting that nobody documented is found, and one that does not exist', () => {
	const settings = readFileSync(`${project}src/database/settings.server.ts`, 'utf8').replace("'PORT'", "'HARBOUR'");
	assert.deepEqual(planted(['docs/running.md'], { 'src/database/settings.server.ts': settings }, problems), [
		'the setting HARBOUR is missing in docs/running.md',
		'docs/running.md names PORT, which is no setting'
	]);
});
