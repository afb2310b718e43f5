import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { anIdeaDraft, aVisitor } from '#ideas/examples.server.ts';
import { erasePersonWith, personWith } from '#ideas/requests/erasing-persons.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { queueMail } from '#mail/mail.server.ts';
import { inviteByMail } from '#people/invitations/inviting.server.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { addName, confirmDomain } from '#people/organisations/changing.server.ts';
import { joinOrganisations } from '#people/organisations/joining.server.ts';
import { eraseOrganisation, organisationToErase } from '#reports/erasing-organisations.server.ts';
import { makeArchive } from '#reports/export/archives.server.ts';
import { participantOf } from '#topics/participants/participants.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { addWebhook } from '#webhooks/keeping.server.ts';
import { isQuoted, isUnknownToAServer, isWrittenAbout, signsInElsewhere, thinksAgain, waitsAtDesks } from './canary-at-desks.ts';
import { comesToAnEvent, isGoneFromEvents } from './canary-at-events.ts';
import { asksInARoom, writesAtATable } from './canary-in-rooms.ts';
import * as traces from './traces.ts';
import {
	address,
	canary,
	data,
	database,
	files,
	keys,
	moderator,
	name,
	nightlyArchives,
	organisation,
	passes,
	person,
	rapporteur,
	said,
	staff,
	topicId,
	wordsOfNobody,
	work
} from './canary.ts';
import {
	asksAboutOthers,
	asksForErasure,
	isInvitedAndSaysWhoTheyAre,
	isModerated,
	isWrittenToByTheSecretariat,
	makesAnAccount,
	sendsByForm,
	signsIn,
	standsInAForm,
	standsInFilesOfStaff,
	writesMails,
	writesOnPaper
} from './canary-entering.ts';

test('a person who came in by every way, and is erased, is found nowhere', async () => {
	await signsIn();
	await addWebhook(
		database,
		Buffer.alloc(32),
		{
			topicId: nilTopic,
			address: 'https://hooks.example.org/',
			events: ['idea.published', 'comment.published', 'submission.published']
		},
		staff
	);
	await signsInElsewhere();
	await isInvitedAndSaysWhoTheyAre();
	const theirs = await sendsByForm();
	await isModerated(theirs);
	await thinksAgain();
	await asksInARoom();
	await writesAtATable();
	await asksAboutOthers();
	await writesMails();
	await standsInFilesOfStaff();
	const strip = await writesOnPaper();
	await waitsAtDesks();
	await comesToAnEvent();
	await work();
	await isQuoted();
	await isWrittenAbout();
	await isUnknownToAServer();
	await work();
	await nightlyArchives();
	await work();
	await isWrittenToByTheSecretariat();
	await work();
	// a mail that still waits when they go
	await inTransaction(database, (transaction) =>
		queueMail(transaction, { topicId, to: address, language: 'en', kind: 'news', subject: said('is told'), body: said('hears') })
	);

	// what the test looks for is where it could be found
	const before = await placesInDatabase();
	const listed = Object.values(wordsOfNobody).flat();
	const columns = await traces.columnsOfWords(database);
	assert.deepEqual(
		columns.filter((column) => !before.includes(column) && !listed.includes(column)),
		[],
		'nobody has looked whether an erasure reaches these'
	);
	assert.deepEqual(
		listed.filter((column) => before.includes(column) || !columns.includes(column)),
		[],
		'these are not what they are listed as'
	);
	assert.ok(filesWith().some((path) => path.includes('outbox')) && filesWith().some((path) => path.includes('files')));
	assert.ok((await shownToEverybody()).length > 0);

	await asksForErasure(strip);
	await isGoneFromEvents();
	await work();
	await nightlyArchives();
	await work();
	assert.deepEqual(await placesInDatabase(), [
		// why staff wanted all rows: a month
		'audit_requests.why',
		// a zip and a table that were looked at and never brought in: a week
		...['import_outcomes.outcome', 'sheet_outcomes.outcome', 'sheet_outcomes.remarks'],
		// what somebody asked for, and why it was not done: a month
		...['third_person_answers.words', 'third_person_requests.words']
	]);
	assert.equal(filesWith().length, 2);
	assert.deepEqual(await shownToEverybody(), []);

	await passes(8);
	await work();
	assert.deepEqual(await placesInDatabase(), [
		...['audit_requests.why', 'third_person_answers.words', 'third_person_requests.words']
	]);
	assert.deepEqual(filesWith(), []);

	await passes(31);
	await work();
	assert.deepEqual(await placesInDatabase(), []);
	assert.deepEqual(filesWith(), []);
	assert.deepEqual(await logsWith(), []);
});

test('a person whom the secretariat erases by the address that they wrote from is found nowhere, and neither is an organisation', async () => {
	await database.query('delete from third_person_requests');
	const letter: Actor = { ...person, accountId: await makesAnAccount() };
	await inTransaction(database, (transaction) => participantOf(transaction, keys, topicId, letter));
	const idea = { attribution: 'named', name, point: said('rings'), requestKey: 'again' } as const;
	await submitIdea(database, keys, anIdeaDraft(topicId, idea), letter);
	await writesMails();
	await isWrittenToByTheSecretariat();
	await work();
	assert.deepEqual(await personWith(database, keys, address, staff), {
		...{ hasAccount: true, isStaff: false, talks: 1, texts: 3, mails: 4, invitations: 0 }
	});
	await assert.rejects(personWith(database, keys, address, moderator), { code: 'not-allowed' });
	await assert.rejects(erasePersonWith(database, keys, { email: address, asked: 'letter' }, rapporteur), { code: 'not-allowed' });
	await erasePersonWith(database, keys, { email: address.toUpperCase(), asked: 'letter' }, staff);
	await assert.rejects(erasePersonWith(database, keys, { email: address, asked: 'letter' }, staff), { code: 'no-such-person' });
	await work();
	assert.deepEqual(await placesInDatabase(), []);
	assert.deepEqual(filesWith(), []);

	const [organisationId, double] = await inTransaction(database, (transaction) =>
		organisationsNamed(transaction, [
			{ name: organisation, country: null },
			{ name: `${organisation} International`, country: 'KE' }
		])
	);
	await addName(database, organisationId!, { name: `${canary} Fondation`, language: 'fr', isMain: false }, staff);
	await confirmDomain(database, organisationId!, `${canary}.example`, staff);
	await joinOrganisations(database, double!, organisationId!, staff, said('is the same'));
	for (const [index, id] of [organisationId!, double!].entries()) {
		const member = aVisitor(`member ${index}`);
		await stateProfile(database, keys, topicId, member, { ...nothingStated, organisationId: id });
		await submitIdea(database, keys, anIdeaDraft(topicId, { point: `A point of member ${index}` }), member);
	}
	await inviteByMail(
		database,
		{ topicId, role: 'participant', language: 'en', days: 30, organisationId: organisationId! },
		['member@example.org'],
		'https://talks.example.org',
		staff
	);
	await standsInAForm();
	assert.ok(await makeArchive(database, files, topicId, 'https://talks.example.org'));
	assert.ok((await shownToEverybody()).length > 0 && filesWith().length > 0);
	assert.deepEqual((await organisationToErase(database, organisationId!, staff)).people, null);
	await assert.rejects(eraseOrganisation(database, organisationId!, 'asked', moderator), { code: 'not-allowed' });
	await eraseOrganisation(database, organisationId!, 'asked', staff);
	await work();
	await nightlyArchives();
	await work();
	assert.deepEqual(await placesInDatabase(), []);
	assert.deepEqual([filesWith(), await shownToEverybody(), await logsWith()], [[], [], []]);
	const { rowCount } = await database.query(`select from idea_versions where topic_id = $1 and point like 'A point of member%'`, [
		topicId
	]);
	assert.equal(rowCount, 2);
});

const placesInDatabase = () => traces.inDatabase(database, canary);
const filesWith = () => traces.inFiles(data, canary);
const shownToEverybody = () => traces.inPublic(database, topicId, canary);
const logsWith = () => traces.inLogs(database, canary);
