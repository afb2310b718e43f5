import type { Attribution, Channel } from '#contributions/contribution.ts';
import { createHash, randomBytes } from 'node:crypto';
import { rememberRequest } from '#activity/recording.server.ts';
import { dropLater } from '#contributions/erasing.server.ts';
import { forgetScansOfWithdrawn } from '#contributions/intake/paper/forgetting.server.ts';
import type { Queryable, Transaction } from '#database/connection.server.ts';
import { nilTopic } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { codePoints } from '#languages/usable.ts';
import { authorNow } from '#topics/participants/participants.server.ts';

export type ContributionKind = 'idea' | 'comment' | 'submission' | 'suggestion' | 'note' | 'intervention' | 'takeaway';

/** Under which licence everything sent is published; it is said on each form and stored with each contribution. */
export const licenceOfContributions = 'CC-BY-4.0';

/** What somebody sent, in their own words. */
export interface Arriving {
	readonly topicId: string;
	readonly kind: ContributionKind;
	readonly channel: Channel;
	/** null where nobody took part in person (a text that was brought in) */
	readonly participant: { readonly number: number; readonly profile: number } | null;
	readonly attribution: Attribution;
	/** only with attribution named */
	readonly name?: string | null;
	/** as received; the caller refused what cannot be kept (usableText) */
	readonly text: string;
	/** BCP 47 or `und` */
	readonly language: string;
	/** chosen by the sender's page or program: the same key of the same participant leads to what was made the first time */
	readonly requestKey?: string | null;
	/** only for a text that was published elsewhere before, under a licence of its own */
	readonly licence?: string;
}

/** The contribution under its new id, or, where the same request came before, the id that it made then. */
export async function receiveContribution(
	transaction: Transaction,
	arriving: Arriving
): Promise<{ contributionId: string; isNew: boolean }> {
	const contributionId = uuidv7();
	const { topicId, participant, requestKey } = arriving;
	if (requestKey && participant) {
		const made = await rememberRequest(transaction, {
			topicId,
			requester: requesterOf(participant.number),
			requestKey,
			kind: arriving.kind,
			thingId: contributionId
		});
		if (made !== null) return { contributionId: made, isNew: false };
	}
	await transaction.query({
		name: 'contribution-receive',
		text: `
			insert into contributions (topic_id, contribution_id, kind, channel, participant_number, profile_number, attribution,
				language, received_at, licence, notice_version)
			select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, coalesce((
				select language || '-' || version
				from texts
				where topic_id = '${nilTopic}' and kind = 'institution' and field = 'terms' and language in ($11, 'en')
				order by language = $11 desc, version desc
				limit 1), 'none')`,
		values: [
			topicId,
			contributionId,
			arriving.kind,
			arriving.channel,
			participant?.number ?? null,
			participant?.profile ?? null,
			arriving.attribution,
			arriving.language,
			transaction.at,
			arriving.licence ?? licenceOfContributions,
			arriving.language.slice(0, 2)
		]
	});
	await addContributionVersion(transaction, {
		topicId,
		contributionId,
		version: 1,
		text: arriving.text,
		language: arriving.language
	});
	if (arriving.attribution === 'named' && arriving.name) {
		await transaction.query(
			`insert into contribution_names (topic_id, contribution_id, name)
			values ($1, $2, $3)`,
			[topicId, contributionId, arriving.name]
		);
	}
	return { contributionId, isNew: true };
}

/** The words of one version, and the commitment to them that the register will show: SHA-256(nonce ‖ UTF-8 text). */
export async function addContributionVersion(
	transaction: Transaction,
	version: { topicId: string; contributionId: string; version: number; text: string; language: string }
): Promise<void> {
	const nonce = randomBytes(16);
	const commitment = createHash('sha256').update(nonce).update(version.text, 'utf8').digest();
	await transaction.query({
		name: 'contribution-version-add',
		text: `
			insert into contribution_versions (topic_id, contribution_id, version, text, language, written_at, nonce, commitment)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		values: [
			version.topicId,
			version.contributionId,
			version.version,
			version.text,
			version.language,
			transaction.at,
			nonce,
			commitment
		]
	});
}

/** The passage that is the whole text of a version: what an idea of the idea form rests on. Returns its id. */
export async function quoteWhole(
	transaction: Transaction,
	{ topicId, contributionId, version, text }: { topicId: string; contributionId: string; version: number; text: string }
): Promise<string> {
	const passageId = uuidv7();
	await transaction.query({
		name: 'passage-quote-whole',
		text: `
			insert into passages (topic_id, passage_id, contribution_id, part, text_version, starts, ends, quote, prefix, suffix, drawn_at)
			values ($1, $2, $3, 0, $4, 0, $5, $6, '', '', $7)`,
		values: [topicId, passageId, contributionId, version, codePoints(text), text, transaction.at]
	});
	return passageId;
}

/** Its author takes it back; the second time changes nothing. */
export async function withdrawContribution(
	transaction: Transaction,
	{ topicId, contributionId, reason }: { topicId: string; contributionId: string; reason: string }
): Promise<void> {
	await transaction.query(
		`insert into withdrawals (topic_id, contribution_id, withdrawn_at, reason)
		values ($1, $2, $3, $4)
		on conflict (topic_id, contribution_id) do nothing`,
		[topicId, contributionId, transaction.at, reason]
	);
	await dropLater(transaction, topicId, await forgetScansOfWithdrawn(transaction, topicId, contributionId));
}

/** A contribution as its author sees it again. */
export interface Contribution {
	readonly topicId: string;
	readonly contributionId: string;
	readonly kind: ContributionKind;
	readonly participantNumber: number | null;
	readonly attribution: Attribution;
	readonly name: string | null;
	readonly text: string;
	readonly language: string;
	readonly version: number;
	readonly receivedAt: Date;
	readonly licence: string;
	readonly noticeVersion: string;
	/** goes with the words when they are erased */
	readonly nonce: string | null;
	readonly commitment: string;
	readonly withdrawnAt: Date | null;
}

export async function contributionBy(
	queryable: Queryable,
	topicId: string,
	contributionId: string
): Promise<Contribution | null> {
	const { rows } = await queryable.query<Contribution>(
		`select c.topic_id as "topicId", c.contribution_id as "contributionId", c.kind, ${authorNow('c')} as "participantNumber",
			c.attribution, n.name, v.text, v.language, v.version, c.received_at as "receivedAt", c.licence,
			c.notice_version as "noticeVersion", encode(v.nonce, 'hex') as nonce, encode(v.commitment, 'hex') as commitment,
			w.withdrawn_at as "withdrawnAt"
		from contributions c
		join contribution_versions v using (topic_id, contribution_id)
		left join contribution_names n using (topic_id, contribution_id)
		left join withdrawals w using (topic_id, contribution_id)
		where c.topic_id = $1 and c.contribution_id = $2
		order by v.version desc
		limit 1`,
		[topicId, contributionId]
	);
	return rows[0] ?? null;
}

/** Keys of different participants never meet. */
function requesterOf(participantNumber: number): Uint8Array {
	return createHash('sha256').update(`participant ${participantNumber}`).digest();
}
