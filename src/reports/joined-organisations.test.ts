import { parse } from 'csv-parse/sync';
import assert from 'node:assert/strict';
import test from 'node:test';
import { submissionNumbered } from '#contributions/submissions.server.ts';
import { submitText } from '#contributions/submitting.server.ts';
import { aRapporteur, aSubmissionDraft } from '#contributions/examples.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { commentsOn } from '#ideas/comments/pages.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { drawIdea } from '#ideas/drawing/drawing.server.ts';
import { aCommentDraft, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { ideaPage } from '#ideas/idea-page.server.ts';
import { ideasOnTopic } from '#ideas/listing.server.ts';
import { sourcesOfIdea } from '#ideas/sources.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { holding } from '#people/examples.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { joinOrganisations, splitOrganisation } from '#people/organisations/joining.server.ts';
import { exported } from '#reports/export/exporting.server.ts';
import { resolvedSources } from '#reports/sources.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { topicOf } from '#topics/reading.server.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const secretary = holding('secretariat');

test('who spoke for an organisation that was joined with another is read as of that one, wherever people read', async () => {
	const { topicId } = await anOpenTopic(database);
	const author = aVisitor('author');
	const names = ['Old Union', 'Union of Today'].map((name) => ({ name, country: null }));
	const [old, now] = await inTransaction(database, (transaction) => organisationsNamed(transaction, names));
	await stateProfile(database, keys, topicId, author, { ...nothingStated, organisationId: old! });
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	await comment(database, keys, aCommentDraft(topicId, number), author);
	const { contributionId } = await submitText(database, keys, aSubmissionDraft(topicId, { attribution: 'group' }), author);
	const quotes = [{ part: 0, textVersion: 1, spans: [{ starts: 0, ends: 26 }] }];
	const wording = { point: 'Listen', explanation: '', sources: '', questionId: null, language: 'en' };
	const drawn = await drawIdea(database, { topicId, contributionId, quotes, requestKey: null }, wording, aRapporteur(topicId));

	const topic = await topicOf(database, topicId);
	const reader = { actor: aVisitor('reader'), at: new Date() };
	const inTable = async (name: string) => {
		let csv = '';
		const wishes = { say: speakerOf('en'), showsResults: true, origin: 'https://talks.example.org', at: new Date() };
		for await (const piece of exported(database, topic, `${name}.csv`, wishes).pieces) csv += String(piece);
		return parse<Record<string, string>>(csv, { columns: true, bom: true }).map((row) => row['organisation']);
	};
	const source = { kind: 'submission', thingId: contributionId } as const;
	const read = async () =>
		[
			(await ideasOnTopic(database, topic, {}, reader)).ideas.map((idea) => idea.author.organisation),
			(await ideaPage(database, topic, number, reader)).author.organisation,
			(await commentsOn(database, topicId, number)).comments.map((one) => one.author.organisation),
			(await sourcesOfIdea(database, topicId, drawn.number)).map((one) => one.organisation),
			(await submissionNumbered(database, topicId, 1)).organisation,
			[...(await resolvedSources(database, topicId, [source], 'en')).values()].map((one) => one.organisation),
			await Promise.all(['ideas', 'comments', 'submissions'].map(inTable))
		].flat(2);
	const everywhere = (name: string) => Array.from({ length: 11 }, () => name);
	assert.deepEqual(await read(), everywhere('Old Union'));
	await joinOrganisations(database, old!, now!, secretary);
	assert.deepEqual(await read(), everywhere('Union of Today'));
	await splitOrganisation(database, old!, secretary);
	assert.deepEqual(await read(), everywhere('Old Union'));
});
