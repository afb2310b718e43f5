import { inTransaction, nilTopic, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import { inLanguage, textsOfThings } from '#languages/texts.server.ts';
import { queueMail } from '#mail/mail.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { isInstitutional, mayInvite, type InvitedRole } from '#people/may.ts';
import { stateOf, type Invitation } from '#people/invitations/invitation.ts';
import { invitationById, unanswered } from '#people/invitations/reading.server.ts';
import { newToken } from '#people/invitations/token.ts';

/** What an invitation says, whoever receives it. */
export interface InvitationWords {
	/** nilTopic for a role in the institution */
	readonly topicId: string;
	readonly role: InvitedRole;
	/** what a participant is taken to belong to, until they say otherwise */
	readonly group?: string | null;
	readonly region?: string | null;
	readonly organisationId?: string | null;
	readonly language: Language;
	readonly days: number;
	/** In the mail, before ours. */
	readonly note?: string;
}

export const mostAtOnce = 500;

/** Invites each address by a mail of its own. An address that was invited to the same and has not answered gets no second one. */
export async function inviteByMail(
	database: Database,
	words: InvitationWords,
	emails: readonly string[],
	origin: string,
	actor: Actor
): Promise<{ invited: number; already: number }> {
	refuse(words, actor);
	const addresses = [...new Set(emails.map((email) => email.trim().toLowerCase()).filter(Boolean))];
	if (addresses.length > mostAtOnce) throw refusal('too-many-requests');
	return inTransaction(database, async (transaction) => {
		const waiting = new Set(
			(await unanswered(transaction, words.topicId, transaction.at))
				.filter((known) => known.role === words.role && stateOf(known, transaction.at) === 'open')
				.map(({ email }) => email)
		);
		const fresh = addresses.filter((address) => !waiting.has(address));
		const mail = await mailOf(transaction, words, origin);
		for (const email of fresh) await mail(email, await insert(transaction, words, { email, uses: 1 }, actor));
		return { invited: fresh.length, already: addresses.length - fresh.length };
	});
}

/** One of a list: somebody with an address, and what is known of them. */
export interface Guest {
	readonly email: string;
	readonly role: InvitedRole;
	readonly group: string | null;
	readonly region: string | null;
	readonly organisationId: string | null;
	readonly language: Language;
}

/** Who was asked to take on which role in a topic, as "role address": whoever has answered too, but not where it was taken back or ran out. */
export async function invitedTo(queryable: Queryable, topicId: string, at: Date): Promise<Set<string>> {
	const { rows } = await queryable.query<{ invited: string }>(
		`
			select i.role || ' ' || i.email as invited
			from invitations i
			where i.topic_id = $1 and i.email is not null
				and not exists (select from invitation_ends e where e.topic_id = i.topic_id and e.invitation_id = i.invitation_id)
				and (i.expires_at > $2 or exists (
					select from invitation_answers a where a.topic_id = i.topic_id and a.invitation_id = i.invitation_id))`,
		[topicId, at]
	);
	return new Set(rows.map(({ invited }) => invited));
}

/** What the invitations of a list have in common. */
export interface InvitingGuests extends Pick<InvitationWords, 'topicId' | 'days' | 'note'> {
	/** where the links in their mails lead */
	readonly origin: string;
	readonly progress?: (done: number) => Promise<void>;
}

/** Invites each of a list in the words of their own language, all or none; who was invited to the same gets no second mail. */
export async function inviteGuests(
	transaction: Transaction,
	{ topicId, days, note = '', origin, progress }: InvitingGuests,
	guests: readonly Guest[],
	actor: Actor
): Promise<number> {
	for (const role of new Set(guests.map((guest) => guest.role))) refuse({ topicId, role }, actor);
	const waiting = await invitedTo(transaction, topicId, transaction.at);
	const fresh = guests.filter(({ role, email }) => !waiting.has(`${role} ${email}`));
	const mails = new Map<string, Awaited<ReturnType<typeof mailOf>>>();
	for (const [index, guest] of fresh.entries()) {
		const words = { ...guest, topicId, days, note };
		const kind = `${guest.role} ${guest.language}`;
		const mail = mails.get(kind) ?? (await mailOf(transaction, words, origin));
		mails.set(kind, mail);
		await mail(guest.email, await insert(transaction, words, { email: guest.email, uses: 1 }, actor));
		if (index % 100 === 99) await progress?.(index + 1);
	}
	return fresh.length;
}

/** Makes a link that so many may use. Only its hash is kept, so it is shown once. Staff roles are given by name only. */
export async function inviteByLink(
	database: Database,
	words: InvitationWords,
	uses: number,
	origin: string,
	actor: Actor
): Promise<{ invitationId: string; link: string }> {
	refuse(words, actor);
	if (words.role !== 'participant') throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		const made = await insert(transaction, words, { email: null, uses }, actor);
		return { invitationId: made.invitationId, link: linkOf(origin, words.language, made) };
	});
}

export interface InvitingAgain {
	readonly topicId: string;
	readonly which: { readonly invitationId: string } | { readonly olderThanDays: number };
	readonly days: number;
	/** where the links in the mails lead */
	readonly origin: string;
}

/** Invites everybody again who has not answered; the links that they had stop working, so that each has one. */
export async function inviteAgain(
	database: Database,
	{ topicId, which, days, origin }: InvitingAgain,
	actor: Actor
): Promise<number> {
	return inTransaction(database, async (transaction) => {
		const { at } = transaction;
		const all = await unanswered(transaction, topicId, at);
		const chosen =
			'invitationId' in which
				? all.filter(({ invitationId }) => invitationId === which.invitationId)
				: all.filter(({ invitedAt }) => at.getTime() - invitedAt.getTime() >= which.olderThanDays * 86_400_000);
		if (!chosen.every(({ role }) => mayInvite(actor, role))) throw refusal('not-allowed');
		for (const old of chosen) {
			await end(transaction, old, actor);
			const words = { ...old, days };
			const mail = await mailOf(transaction, words, origin);
			await mail(old.email!, await insert(transaction, words, { email: old.email, uses: 1 }, actor));
		}
		return chosen.length;
	});
}

/** Takes an invitation back. Who accepted stays. */
export async function takeBack(database: Database, topicId: string, invitationId: string, actor: Actor): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const invitation = await invitationById(transaction, topicId, invitationId);
		if (!mayInvite(actor, invitation.role)) throw refusal('not-allowed');
		await end(transaction, invitation, actor);
	});
}

function refuse({ topicId, role }: Pick<InvitationWords, 'topicId' | 'role'>, actor: Actor): void {
	if (!mayInvite(actor, role)) throw refusal('not-allowed');
	if (isInstitutional(role) !== (topicId === nilTopic)) throw refusal('not-found');
}

interface Made {
	readonly invitationId: string;
	readonly token: string;
	readonly expiresAt: Date;
}

async function insert(
	transaction: Transaction,
	words: InvitationWords,
	{ email, uses }: { email: string | null; uses: number },
	actor: Actor
): Promise<Made> {
	const { topicId, role, group = null, region = null, organisationId = null, language, days } = words;
	const invitationId = uuidv7();
	const { token, hash } = newToken(topicId);
	const expiresAt = new Date(transaction.at.getTime() + days * 86_400_000);
	await transaction.query(
		`
			insert into invitations (topic_id, invitation_id, role, email, uses_allowed, stakeholder_group, region, organisation_id,
				language, token_hash, invited_at, invited_by, expires_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		[
			...[topicId, invitationId, role, email, uses, group, region, organisationId, language, hash],
			...[transaction.at, accountOf(actor), expiresAt]
		]
	);
	const details = { role, uses };
	await record(transaction, { topicId, actor, did: 'invited', kind: 'invitation', thingId: invitationId, details });
	return { invitationId, token, expiresAt };
}

async function end(transaction: Transaction, { topicId, invitationId }: Invitation, actor: Actor): Promise<void> {
	const { rowCount } = await transaction.query(
		`
			insert into invitation_ends (topic_id, invitation_id, ended_at, ended_by)
			values ($1, $2, $3, $4)
			on conflict do nothing`,
		[topicId, invitationId, transaction.at, accountOf(actor)]
	);
	if (rowCount > 0) await record(transaction, { topicId, actor, did: 'took back', kind: 'invitation', thingId: invitationId });
}

/** Writes the mail of an invitation, in its language, with the name of the institution and the title of the topic in that language. */
async function mailOf(transaction: Transaction, words: InvitationWords, origin: string) {
	const { topicId, role, language, note = '' } = words;
	const say = speakerOf(language);
	const texts = await textsOfThings(transaction, [
		{ topicId: nilTopic, kind: 'institution', thingId: institutionId },
		{ topicId, kind: 'topic', thingId: topicId }
	]);
	const institution = inLanguage(texts.get(institutionId)?.['name'], [language]).text || 'Open Talks';
	const title = inLanguage(texts.get(topicId)?.['title'], [language]).text;
	const named = { institution, title, role: say(`roles.${role}`) };
	const subject = say(role === 'participant' ? 'invitations.mail-subject' : 'invitations.mail-subject-staff', named);
	return async (to: string, made: Made) => {
		const until = say.date(made.expiresAt, { zone: 'UTC', style: 'day' });
		const values = { ...named, link: linkOf(origin, language, made), until };
		const ours = say(role === 'participant' ? 'invitations.mail-body' : 'invitations.mail-body-staff', values);
		const body = note.trim() ? `${note.trim()}\n\n---\n\n${ours}` : ours;
		await queueMail(transaction, { topicId, to, language, kind: 'invitation', subject, body });
	};
}

// the one institution of this instance, as the first migration makes it; its words are texts like all others
const institutionId = '00000000-0000-7000-8000-000000000001';

function linkOf(origin: string, language: Language, { invitationId, token }: Made): string {
	return `${origin}${pathInLanguage(`/invitations/${invitationId}`, language)}?token=${token}`;
}
