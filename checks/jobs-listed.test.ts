import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { problems } from './jobs-listed.ts';
import { planted } from './planting.ts';
import { project } from './reporting.ts';

test('every job that is added is in the task list, and the other way round', () => {
	assert.deepEqual(problems(project), []);
});

test('a job that no task runs is found, and a name that cannot be read', () => {
	const file = `
		const lists = { weekly: 'ideas.list-weekly' };
		await addJob(transaction, 'ideas.forgotten', { topicId });
		await addJob(transaction, lists.weekly, { topicId });
		await addJob(transaction, given, { topicId });`;
	assert.deepEqual(planted(['src'], { 'src/ideas/wrong.server.ts': file }, problems), [
		'src/ideas/wrong.server.ts adds the job given: its name must be a text or a constant of the same file',
		'src/ideas/wrong.server.ts adds the job ideas.forgotten, which src/cli/tasks.ts does not know',
		'src/ideas/wrong.server.ts adds the job ideas.list-weekly, which src/cli/tasks.ts does not know'
	]);
});

test('a task that nothing adds is found', () => {
	const tasks = readFileSync(`${project}src/cli/tasks.ts`, 'utf8').replace(
		"\t\t'mails.deliver': async",
		"\t\t'mails.write': async"
	);
	assert.deepEqual(planted(['src'], { 'src/cli/tasks.ts': tasks }, problems), [
		'src/mail/mail.server.ts adds the job mails.deliver, which src/cli/tasks.ts does not know',
		'src/cli/tasks.ts knows the job mails.write, which nothing adds'
	]);
});
