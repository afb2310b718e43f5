import type { Queryable } from '#database/connection.server.ts';
import { isSecretariat } from '#activity/staff.ts';
import type { Actor } from '#activity/actor.ts';
import { refusal } from '#refusals/refusal.ts';
import type { Invitation } from '#people/invitations/invitation.ts';
import { readToken } from '#people/invitations/token.ts';

/** The invitation that the token opens; nothing is told of one that is not there. */
export async function invitationBehind(queryable: Queryable, token: string): Promise<Invitation> {
	const read = readToken(token);
	if (!read) throw refusal('not-found');
	const { rows } = await queryable.query<Invitation>(`${invitations} where i.topic_id = $1 and i.token_hash = $2`, [
		read.topicId,
		read.hash
	]);
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}

export async function invitationById(queryable: Queryable, topicId: string, invitationId: string): Promise<Invitation> {
	const { rows } = await queryable.query<Invitation>(`${invitations} where i.topic_id = $1 and i.invitation_id = $2`, [
		topicId,
		invitationId
	]);
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}

/** The invitations of a topic (or the institution's, under the nil topic), newest first, a page of 100 after `before`. */
export async function invitationsOf(queryable: Queryable, topicId: string, actor: Actor, before?: string): Promise<Invitation[]> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	const { rows } = await queryable.query<Invitation>(
		`
			${invitations}
			where i.topic_id = $1 and ($2::uuid is null or i.invitation_id < $2)
			order by i.invitation_id desc
			limit 100`,
		[topicId, before ?? null]
	);
	return rows;
}

/** The personal invitations that nobody has answered, still open or not long expired: whom one may invite again. */
export async function unanswered(queryable: Queryable, topicId: string, at: Date): Promise<Invitation[]> {
	const { rows } = await queryable.query<Invitation>(
		`
			select *
			from (${invitations} where i.topic_id = $1 and i.email is not null) invitation
			where accepted = 0 and declined = 0 and not "isTakenBack" and "expiresAt" > $2::timestamptz - interval '90 days'
			order by "invitationId"`,
		[topicId, at]
	);
	return rows;
}

/** How many of them were sent so many days ago or earlier. */
export async function waitingSince(queryable: Queryable, topicId: string, at: Date, days: number): Promise<number> {
	const { rows } = await queryable.query<{ waiting: number }>(
		`
			select count(*)::int as waiting
			from invitations i
			where topic_id = $1 and email is not null
				and invited_at <= $2::timestamptz - $3 * interval '1 day' and expires_at > $2::timestamptz - interval '90 days'
				and not exists (
					select from invitation_answers a where a.topic_id = i.topic_id and a.invitation_id = i.invitation_id)
				and not exists (
					select from invitation_ends e where e.topic_id = i.topic_id and e.invitation_id = i.invitation_id)`,
		[topicId, at, days]
	);
	return rows[0]!.waiting;
}

const invitations = `
	select i.topic_id as "topicId", i.invitation_id as "invitationId", i.role, i.email, i.uses_allowed as "usesAllowed",
		i.stakeholder_group as "group", i.region, i.organisation_id as "organisationId", i.language, i.invited_at as "invitedAt",
		i.invited_by as "invitedBy", i.expires_at as "expiresAt",
		(select count(*)::int from invitation_answers a
			where a.topic_id = i.topic_id and a.invitation_id = i.invitation_id and a.answer = 'accepted') as accepted,
		(select count(*)::int from invitation_answers a
			where a.topic_id = i.topic_id and a.invitation_id = i.invitation_id and a.answer = 'declined') as declined,
		exists (select from invitation_ends e where e.topic_id = i.topic_id and e.invitation_id = i.invitation_id) as "isTakenBack"
	from invitations i`;
