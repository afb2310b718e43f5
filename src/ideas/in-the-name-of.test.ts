import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aSubmissionDraft } from '#contributions/examples.server.ts';
import { submitText } from '#contributions/submitting.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { aCommentDraft, aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { contributedInNameOf, countInNameOf, countryNoted, organisationsHeard } from '#ideas/in-the-name-of.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { holding } from '#people/examples.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { changeDetails } from '#people/organisations/changing.server.ts';
import { joinOrganisations } from '#people/organisations/joining.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const secretariat = holding('secretariat');

test('under the name of an organisation stands what its people sent with it, never what is anonymous, hidden or of before', async () => {
	const { topicId } = await anOpenTopic(database);
	const [id, alias, silent] = (await inTransaction(database, (transaction) =>
		organisationsNamed(
			transaction,
			['Northlight', 'Northern Light', 'Silent Trust'].map((name) => ({ name, country: 'KE' }))
		)
	)) as [string, string, string];
	const author = aVisitor('amina');
	const state = (organisationId: string, actor: Actor) =>
		stateProfile(database, keys, topicId, actor, { ...nothingStated, groups: ['academia'], country: 'KE', organisationId });
	await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'Before' }), author);
	await state(id, author);
	const idea = await submitIdea(
		database,
		keys,
		anIdeaDraft(topicId, { point: 'Ours', attribution: 'named', name: 'Amina' }),
		author
	);
	await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'Anonymous', attribution: 'anonymous' }), author);
	const hidden = await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'Hidden' }), author);
	await comment(database, keys, aCommentDraft(topicId, hidden.number), author);
	await comment(database, keys, aCommentDraft(topicId, idea.number), author);
	const thing = { topicId, kind: 'idea', thingId: hidden.receipt.contributionId } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
	const other = aVisitor('ben');
	await state(alias, other);
	await submitText(database, keys, aSubmissionDraft(topicId, { attribution: 'group' }), other);
	await state(silent, aVisitor('quiet'));
	await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'Quiet', attribution: 'anonymous' }), aVisitor('quiet'));

	const inShort = async () =>
		(await contributedInNameOf(database, id)).map(({ kind, number, words, name }) => [kind, number, words, name]);
	assert.deepEqual(await inShort(), [
		['comment', 2, 'It halved our costs.', null],
		['idea', idea.number, 'Ours', 'Amina']
	]);
	assert.deepEqual(await countInNameOf(database, silent), { ideas: 0, comments: 0, submissions: 0 });

	// which country people named for themselves plays no part: only what staff noted of the organisation
	assert.deepEqual(await organisationsHeard(database, 'KE'), []);
	assert.equal(await countryNoted(database, id), null);
	await changeDetails(database, id, { kind: 'company', country: 'NO', parentId: null }, secretariat);
	assert.equal(await countryNoted(database, id), 'NO');
	assert.deepEqual(await organisationsHeard(database, 'NO'), [
		{ organisationId: id, name: 'Northlight', country: 'NO', ideas: 1, comments: 1, submissions: 0 }
	]);

	await joinOrganisations(database, alias, id, secretariat);
	assert.deepEqual((await inShort())[0], ['submission', 1, 'Our view', null]);
	assert.deepEqual(
		(await organisationsHeard(database)).map(({ name, submissions }) => [name, submissions]),
		[['Northlight', 1]]
	);
	const [first] = await contributedInNameOf(database, id, { most: 1 });
	assert.deepEqual(
		(await contributedInNameOf(database, id, { before: first!.contributionId })).map(({ kind }) => kind),
		['comment', 'idea']
	);
});
