import assert from 'node:assert/strict';
import test from 'node:test';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { canBeSeen, isConcealed, textCanBeSeen } from '#moderation/concealed.server.ts';
import { aPublishedTopic } from '#topics/examples.server.ts';

// the first talk takes place: it is the 15th of October 2013, 12:00
const database = await testDatabase({ clockShift: Date.parse('2013-10-15T12:00Z') - Date.now() });
const { topicId } = await aPublishedTopic(database);
const [open, held, withdrawn] = [uuidv7(), uuidv7(), uuidv7()];
await database.query(
	`insert into concealments (topic_id, kind, thing_id, why, since)
	values ($1, 'idea', $2, 'held', now()), ($1, 'idea', $3, 'withdrawn', now()), ($1, 'comment', $4, 'hidden', now())`,
	[topicId, held, withdrawn, open]
);

/** What a condition says of the open, the held and the withdrawn idea. A comment of the first one's id is hidden: that is another thing. */
async function said(condition: string): Promise<boolean[]> {
	const { rows } = await database.query<{ said: boolean }>(
		`select ${condition} as said
		from unnest($2::uuid[]) with ordinality as given (idea_id, place)
		cross join lateral (select $1::uuid as topic_id, 'idea' as kind, idea_id, idea_id as contribution_id) as ideas
		order by place`,
		[topicId, [open, held, withdrawn]]
	);
	return rows.map((row) => row.said);
}

test('a thing can be seen until something conceals it', async () => {
	assert.deepEqual(await said(canBeSeen('idea', 'ideas.idea_id')), [true, false, false]);
	assert.deepEqual(await said(canBeSeen('idea', 'ideas.idea_id', '$1')), [true, false, false]);
	assert.deepEqual(await said(textCanBeSeen('ideas')), [true, false, false]);
	assert.deepEqual(await said(canBeSeen('comment', 'ideas.idea_id')), [false, true, true]);
});

test('one may ask for some of the reasons', async () => {
	assert.deepEqual(await said(isConcealed('idea', 'ideas.idea_id')), [false, true, true]);
	assert.deepEqual(await said(isConcealed('idea', 'ideas.idea_id', { why: ['held'] })), [false, true, false]);
	assert.deepEqual(await said(isConcealed('idea', 'ideas.idea_id', { why: ['withdrawn', 'erased'] })), [false, false, true]);
});
