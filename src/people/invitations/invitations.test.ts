import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inTransaction, nilTopic, type Database } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { mails } from '#mail/mail.server.ts';
import { accountByEmail, rolesOf } from '#people/accounts.server.ts';
import { anAccount, holding } from '#people/examples.ts';
import { acceptRole, decline, takePlace } from '#people/invitations/answering.server.ts';
import { stateOf, type Invitation } from '#people/invitations/invitation.ts';
import { inviteAgain, inviteByLink, inviteByMail, takeBack, type InvitationWords } from '#people/invitations/inviting.server.ts';
import { invitationBehind, invitationsOf, waitingSince } from '#people/invitations/reading.server.ts';
import { newToken, readToken } from '#people/invitations/token.ts';
import { grantRole } from '#people/roles.server.ts';

const database = await testDatabase();
const secretary = holding('secretariat');
const origin = 'https://talks.example.org';
const refused = (code: string) => ({ name: 'Refusal', code });

const words = (differences: Partial<InvitationWords> = {}): InvitationWords => ({
	topicId: uuidv7(),
	role: 'participant',
	language: 'en',
	days: 30,
	...differences
});
const tokenIn = (text: string) => /\?token=([\w-]{43})/.exec(text)![1]!;
const place = (token: string, participant: number, on: Database = database) =>
	inTransaction(on, (transaction) =>
		takePlace(transaction, token, async (invitation) => Buffer.from(`${invitation} ${participant}`))
	);
const later = (days: number): Database => ({ ...database, clockShift: days * 86_400_000 });

test('a token names its topic and nothing else, and what is changed in it opens nothing', () => {
	fc.assert(
		fc.property(fc.uuid(), (topicId) => {
			const { token, hash } = newToken(topicId);
			assert.deepEqual(readToken(token), { topicId: topicId.toLowerCase(), hash });
		})
	);
	for (const nonsense of ['', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}=`, `${'é'.repeat(43)}`, `${'a'.repeat(42)}/`])
		assert.equal(readToken(nonsense), null, nonsense);
});

test('an answer stands before the end of its time; a link ends with its places', () => {
	const at = new Date('2013-10-22T08:00:00Z');
	const invitation = (differences: Partial<Invitation>): Invitation => ({
		...words(),
		invitationId: uuidv7(),
		email: 'a@example.org',
		usesAllowed: 1,
		group: null,
		region: null,
		organisationId: null,
		invitedAt: at,
		invitedBy: null,
		expiresAt: new Date(at.getTime() + 1),
		accepted: 0,
		declined: 0,
		isTakenBack: false,
		...differences
	});
	const past = { expiresAt: at };
	assert.deepEqual(
		[
			{},
			past,
			{ accepted: 1, ...past },
			{ declined: 1, isTakenBack: true },
			{ isTakenBack: true, ...past },
			{ email: null, usesAllowed: 3, accepted: 2 },
			{ email: null, usesAllowed: 3, accepted: 3, isTakenBack: true }
		].map((differences) => stateOf(invitation(differences), at)),
		['open', 'expired', 'accepted', 'declined', 'taken-back', 'open', 'used']
	);
});

test('people are invited by mail in their language, each once, with a note; the link leads to the topic', async () => {
	const to = words({ language: 'fr', note: 'Chère collègue,' });
	const emails = ['Amina@example.org', ' amina@example.org', 'bo@example.org', ''];
	assert.deepEqual(await inviteByMail(database, to, emails, origin, secretary), { invited: 2, already: 0 });
	assert.deepEqual(await inviteByMail(database, to, [...emails, 'carla@example.org'], origin, secretary), {
		invited: 1,
		already: 2
	});
	const sent = (await mails(database)).filter(({ topicId }) => topicId === to.topicId);
	assert.deepEqual(sent.map((mail) => [mail.to, mail.language]).sort(), [
		['amina@example.org', 'fr'],
		['bo@example.org', 'fr'],
		['carla@example.org', 'fr']
	]);
	assert.match(sent[0]!.body, /^Chère collègue,\n\n---\n\n/);
	assert.match(sent[0]!.body, /https:\/\/talks\.example\.org\/fr\/invitations\/[0-9a-f-]{36}\?token=[\w-]{43}\n/);
	const behind = await invitationBehind(database, tokenIn(sent[0]!.body));
	assert.deepEqual([behind.topicId, behind.role, behind.email], [to.topicId, 'participant', 'carla@example.org']);
	const { rows } = await database.query(`select distinct did, kind, actor_id from activity where topic_id = $1`, [to.topicId]);
	assert.deepEqual(rows, [{ did: 'invited', kind: 'invitation', actor_id: secretary.accountId }]);
});

test('who may not grant a role may not invite to it, and a role of the institution is none of a topic', async () => {
	const all = ['a@example.org'];
	await assert.rejects(inviteByMail(database, words(), all, origin, holding('moderator')), refused('not-allowed'));
	await assert.rejects(inviteByMail(database, words(), all, origin, anAccount()), refused('not-allowed'));
	const administrator = words({ topicId: nilTopic, role: 'administrator' });
	await assert.rejects(inviteByMail(database, administrator, all, origin, secretary), refused('not-allowed'));
	await assert.rejects(
		inviteByMail(database, words({ role: 'secretariat' }), all, origin, holding('administrator')),
		refused('not-found')
	);
	await assert.rejects(inviteByLink(database, words({ role: 'moderator' }), 5, origin, secretary), refused('not-allowed'));
});

test('a link gives exactly as many places as it has, however many come at once, and one to each participant', async () => {
	const { link } = await inviteByLink(database, words({ group: 'academia' }), 3, origin, secretary);
	const token = tokenIn(link);
	const came = await Promise.allSettled([1, 2, 3, 4, 5, 6].map((participant) => place(token, participant)));
	assert.equal(came.filter(({ status }) => status === 'fulfilled').length, 3);
	for (const result of came)
		if (result.status === 'rejected') assert.equal((result.reason as { code: string }).code, 'invitation-used');
	const lucky = came.findIndex(({ status }) => status === 'fulfilled') + 1;
	assert.equal((await place(token, lucky)).group, 'academia');
	const { rows } = await database.query<{ places: number[] }>(
		`select array_agg(use_number order by use_number) as places from invitation_answers where topic_id = $1`,
		[readToken(token)!.topicId]
	);
	assert.deepEqual(rows, [{ places: [1, 2, 3] }]);
});

test('a role is accepted without an account: it is made for the address that was invited, once', async () => {
	const to = words({ role: 'moderator', language: 'es' });
	await inviteByMail(database, to, ['mona@example.org'], origin, secretary);
	const token = tokenIn((await mails(database))[0]!.body);
	const account = await acceptRole(database, token);
	assert.deepEqual([account.email, account.language], ['mona@example.org', 'es']);
	assert.deepEqual(await rolesOf(database, account.accountId), [{ role: 'moderator', topicId: to.topicId }]);
	await assert.rejects(acceptRole(database, token), refused('invitation-answered'));
	await assert.rejects(place(token, 1), refused('invitation-answered'));
});

test('who holds the role already cannot take it twice, and the invitation stays open', async () => {
	const to = words({ role: 'rapporteur' });
	const { accountId } = (await accountByEmail(database, 'mona@example.org'))!;
	await grantRole(database, { topicId: to.topicId, accountId, role: 'rapporteur' }, secretary);
	await inviteByMail(database, to, ['mona@example.org'], origin, secretary);
	const token = tokenIn((await mails(database))[0]!.body);
	await assert.rejects(acceptRole(database, token), refused('already-member'));
	assert.equal((await invitationBehind(database, token)).accepted, 0);
});

test('an invitation that is over opens nothing, whatever it was for and however it ended', async () => {
	const ends: Record<string, (token: string, topicId: string) => Promise<Database>> = {
		'invitation-expired': async () => later(31),
		'invitation-ended': async (token, topicId) => {
			await takeBack(database, topicId, (await invitationBehind(database, token)).invitationId, secretary);
			return database;
		},
		'invitation-answered': async (token) => {
			await decline(database, token);
			return database;
		}
	};
	for (const role of ['participant', 'moderator'] as const)
		for (const [code, endIt] of Object.entries(ends)) {
			const to = words({ role });
			await inviteByMail(database, to, ['finn@example.org'], origin, secretary);
			const token = tokenIn((await mails(database))[0]!.body);
			const on = await endIt(token, to.topicId);
			await assert.rejects(place(token, 1, on), refused(code), `${role} ${code} place`);
			await assert.rejects(acceptRole(on, token), refused(code), `${role} ${code} role`);
			await assert.rejects(decline(on, token), refused(code), `${role} ${code} decline`);
			const { rows } = await database.query(`select answer from invitation_answers where topic_id = $1`, [to.topicId]);
			assert.deepEqual(rows, code === 'invitation-answered' ? [{ answer: 'declined' }] : []);
		}
});

test('whoever has not answered is invited again by a new link, and the old one stops working', async () => {
	const to = words();
	await inviteByMail(database, to, ['ada@example.org', 'ben@example.org', 'cleo@example.org'], origin, secretary);
	const tokens = Object.fromEntries((await mails(database)).slice(0, 3).map((mail) => [mail.to, tokenIn(mail.body)]));
	await place(tokens['ada@example.org']!, 1);
	await decline(database, tokens['ben@example.org']!);
	const again = { topicId: to.topicId, which: { olderThanDays: 7 }, days: 30, origin };
	assert.equal(await inviteAgain(database, again, secretary), 0);
	const inDays = (days: number) => new Date(Date.now() + database.clockShift + days * 86_400_000);
	assert.deepEqual(
		[await waitingSince(database, to.topicId, inDays(1), 7), await waitingSince(database, to.topicId, inDays(8), 7)],
		[0, 1]
	);
	assert.equal(await inviteAgain(later(8), again, secretary), 1);
	const [newest] = await mails(database);
	assert.equal(newest?.to, 'cleo@example.org');
	await assert.rejects(place(tokens['cleo@example.org']!, 2), refused('invitation-ended'));
	await place(tokenIn(newest.body), 2);
	const list = await invitationsOf(database, to.topicId, secretary);
	assert.deepEqual(
		list.map((invitation) => [invitation.email, stateOf(invitation, new Date())]),
		[
			['cleo@example.org', 'accepted'],
			['cleo@example.org', 'taken-back'],
			['ben@example.org', 'declined'],
			['ada@example.org', 'accepted']
		]
	);
});
