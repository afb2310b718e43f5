import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { authorShown, groupsShown, organisationShown, profileShown } from '#contributions/author-shown.server.ts';
import { aSubmissionDraft, aTopicOpenForSubmissions } from '#contributions/examples.server.ts';
import { submissionNumbered } from '#contributions/submissions.server.ts';
import { submitText } from '#contributions/submitting.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';

const database = await testDatabase();
const { topicId, keys } = await aTopicOpenForSubmissions(database, 'authors');
const author: Actor = { kind: 'visitor', visitorId: 'author' };
const [organisationId] = await inTransaction(database, (transaction) =>
	organisationsNamed(transaction, [{ name: 'Example University', country: 'KE' }])
);
await stateProfile(database, keys, topicId, author, {
	groups: ['academia'],
	country: 'KE',
	region: 'african',
	organisationId: organisationId!,
	capacity: null,
	reads: ['sw']
});
for (const attribution of ['named', 'group', 'anonymous'] as const) {
	const name = attribution === 'named' ? 'Ada' : null;
	await submitText(database, keys, aSubmissionDraft(topicId, { attribution, name }), author);
}

/** Rows by the number of the submission: 1 is named, 2 of a group, 3 anonymous. */
async function shown(columns: string, joins: string) {
	const { rows } = await database.query(
		`
			select ${columns}
			from submissions
			join contributions as text using (topic_id, contribution_id)
			${joins}
			where text.topic_id = $1
			order by submission_number`,
		[topicId]
	);
	return rows;
}

const all = `
	author_name.name, ${organisationShown('text', 'submissions')} as organisation, ${groupsShown} as groups,
	author.country, author.region, author.capacity, author.organisation_id is not null as "isOfOrganisation"`;
const ofGroup = {
	...{ name: null, organisation: 'Example University', groups: ['academia'], country: 'KE', region: 'african' },
	...{ capacity: null, isOfOrganisation: true }
};
const ofNobody = {
	...{ name: null, organisation: null, groups: [], country: null, region: null },
	...{ capacity: null, isOfOrganisation: false }
};

test('who wants a name to stand has it shown, who wants only a group none, and an anonymous author nothing at all', async () => {
	assert.deepEqual(await shown(all, authorShown('text')), [{ ...ofGroup, name: 'Ada' }, ofGroup, ofNobody]);
});

test('what is counted by group knows no group of an anonymous author', async () => {
	assert.deepEqual(await shown(`${groupsShown} as groups, author.region`, profileShown('text')), [
		{ groups: ['academia'], region: 'african' },
		{ groups: ['academia'], region: 'african' },
		{ groups: [], region: null }
	]);
});

test('an organisation written in the form stands for that of the profile, and not for an anonymous author', async () => {
	await database.query(`update submissions set organisation_as_written = 'A school' where topic_id = $1`, [topicId]);
	assert.deepEqual(
		(await shown(all, authorShown('text'))).map(({ organisation }) => organisation),
		['A school', 'A school', null]
	);
});

test('a name that is kept is shown only while its author wants it to stand', async () => {
	await database.query(`insert into contribution_names (topic_id, contribution_id, name)
		select topic_id, contribution_id, 'Ben' from contributions where attribution <> 'named'`);
	assert.deepEqual(
		(await shown(all, authorShown('text'))).map(({ name }) => name),
		['Ada', null, null]
	);
});

test('the page of a submission shows no more', async () => {
	const { name, organisation, groups, country, region } = await submissionNumbered(database, topicId, 3);
	assert.deepEqual([name, organisation, groups, country, region], [null, '', [], null, null]);
});
