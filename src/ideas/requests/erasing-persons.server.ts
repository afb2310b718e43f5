import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isSecretariat } from '#activity/staff.ts';
import { dropLater } from '#contributions/erasing.server.ts';
import { forgetMailsFrom } from '#contributions/intake/mail/forgetting.server.ts';
import type { Text } from '#contributions/receipts/joining.server.ts';
import { leave } from '#contributions/leaving.server.ts';
import { whoseTexts } from '#contributions/receipts/own-texts.server.ts';
import { receiptWithCode, type Receipt } from '#contributions/receipts/receipts.server.ts';
import { answerErasures, askOfStaff, openErasureOf, type ErasureScope } from '#contributions/receipts/requests.server.ts';
import { inTransaction, nilTopic, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { answerRequest } from '#ideas/requests/answering.server.ts';
import type { WayOfAsking } from '#ideas/requests/erasing-persons.ts';
import { erasePerson, eraseTexts } from '#ideas/erasing.server.ts';
import { forgetAddress } from '#mail/forgetting.server.ts';
import { forgetAskingAddress } from '#moderation/third-persons.server.ts';
import { accountByEmail } from '#people/accounts.server.ts';
import { forgetInvitedAddress } from '#people/invitations/forgetting.server.ts';
import { refusal } from '#refusals/refusal.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { numbersOfPerson } from '#topics/participants/unlinking.server.ts';

/** What would go. How much, never what: whoever looks for an address is not told what its owner wrote or thinks. */
export interface PersonFound {
	readonly hasAccount: boolean;
	/** has or had a role: the record of who did what names them */
	readonly isStaff: boolean;
	readonly talks: number;
	readonly texts: number;
	readonly mails: number;
	readonly invitations: number;
}

/** What is known of whoever has this address; null: nothing. */
export async function personWith(
	queryable: Queryable,
	keys: TopicKeys,
	email: string,
	actor: Actor
): Promise<PersonFound | null> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	const { account, people, texts } = await known(queryable, keys, email);
	const { rows } = await queryable.query<{ isStaff: boolean; mails: number; invitations: number; asked: number }>(
		`select exists (select from roles where account_id = $2) as "isStaff",
			(select count(*)::int from mail_in_readings where lower(from_address) = lower($1)) as mails,
			(select count(*)::int from invitations where lower(email) = lower($1)) as invitations,
			(select count(*)::int from mails where lower(to_address) = lower($1))
				+ (select count(*)::int from third_person_requests where lower(email) = lower($1)) as asked`,
		[email, account]
	);
	const { asked, ...found } = rows[0]!;
	if (account === null && texts.length + found.mails + found.invitations + asked === 0) return null;
	const sent = await queryable.query<{ texts: number }>(
		`select count(distinct (topic_id, contribution_id))::int as texts
		from (
			select c.topic_id, c.contribution_id
			from unnest($1::uuid[], $2::int[]) as person (topic_id, number)
			join contributions c on c.topic_id = person.topic_id and c.participant_number = person.number
			union all
			select * from unnest($3::uuid[], $4::uuid[])
		) as theirs (topic_id, contribution_id)
		where not exists (
			select from erasures e where e.topic_id = theirs.topic_id and e.contribution_id = theirs.contribution_id)`,
		[
			people.flatMap(({ topicId, numbers }) => numbers.map(() => topicId)),
			people.flatMap(({ numbers }) => numbers),
			texts.map(({ topicId }) => topicId),
			texts.map(({ contributionId }) => contributionId)
		]
	);
	const talks = new Set([...people, ...texts].map(({ topicId }) => topicId)).size;
	return { hasAccount: account !== null, ...found, talks, texts: sent.rows[0]!.texts };
}

/**
 * Erases all that whoever has this address sent in any talk, as it is done where they ask on their own page; their account, and
 * the address wherever it came in. Not what stands in archived talks: there nobody can tell any more what was theirs.
 */
export async function erasePersonWith(
	database: Database | Transaction,
	keys: TopicKeys,
	{ email, asked }: { email: string; asked: WayOfAsking },
	actor: Actor
): Promise<void> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const found = await personWith(transaction, keys, email, actor);
		if (!found) throw refusal('no-such-person');
		if (found.isStaff) throw refusal('account-of-staff');
		const { account, people, texts } = await known(transaction, keys, email);
		for (const { topicId, numbers } of people) {
			const erased = await erasePerson(transaction, keys, topicId, numbers[0]!, actor);
			await answerErasures(transaction, topicId, erased, accountOf(actor));
		}
		for (const [topicId, own] of Map.groupBy(texts, (text) => text.topicId)) {
			const ids = own.map(({ contributionId }) => contributionId);
			await eraseTexts(transaction, topicId, ids, actor);
			await answerErasures(transaction, topicId, ids, accountOf(actor));
		}
		if (account !== null) await leave(transaction, asIf(account));
		else await forgetEverywhere(transaction, email);
		const { talks, texts: erasedTexts } = found;
		const details = { asked, talks, texts: erasedTexts };
		await record(transaction, { topicId: nilTopic, actor, did: 'erased', kind: 'participant', thingId: null, details });
	});
}

/** What the holder of a receipt's code sent in its talk. */
export interface HolderFound {
	readonly receipt: Receipt;
	/** all that they sent in this talk and that still has its words; the one of the receipt counted in */
	readonly texts: number;
	readonly isErased: boolean;
}

export async function holderOf(queryable: Queryable, code: string, actor: Actor): Promise<HolderFound | null> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	const { rows: topics } = await queryable.query<{ id: string }>(`select topic_id as id from topic_publications`);
	const receipt = await receiptWithCode(
		queryable,
		topics.map(({ id }) => id),
		code
	);
	if (!receipt) return null;
	const { topicId, contributionId } = receipt;
	const { rows } = await queryable.query<{ number: number | null; isErased: boolean }>(
		`select participant_number as number, exists (
				select from erasures e where e.topic_id = c.topic_id and e.contribution_id = c.contribution_id) as "isErased"
		from contributions c
		where topic_id = $1 and contribution_id = $2`,
		[topicId, contributionId]
	);
	const { number, isErased } = rows[0] ?? { number: null, isErased: true };
	if (number === null) return { receipt, texts: isErased ? 0 : 1, isErased };
	const sent = await queryable.query<{ texts: number }>(
		`select count(*)::int as texts from contributions where topic_id = $1 and participant_number = any ($2::int[])`,
		[topicId, await numbersOfPerson(queryable, topicId, number)]
	);
	return { receipt, texts: sent.rows[0]!.texts, isErased };
}

/** As if the holder had asked on the receipt, and staff had granted it. */
export async function eraseHolder(
	database: Database,
	keys: TopicKeys,
	{ code, scope, asked }: { code: string; scope: ErasureScope; asked: WayOfAsking },
	actor: Actor
): Promise<void> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const found = await holderOf(transaction, code, actor);
		if (!found || found.isErased) throw refusal('no-such-person');
		const { topicId, contributionId } = found.receipt;
		await askOfStaff(transaction, found.receipt, { kind: 'erasure', scope, words: '' });
		const requestId = await openErasureOf(transaction, topicId, contributionId);
		await answerRequest(transaction, keys, { topicId, requestId, grants: true, words: '' }, actor);
		const details = { asked, scope };
		await record(transaction, { topicId, actor, did: 'erased', kind: 'participant', thingId: null, details });
	});
}

interface Known {
	readonly account: string | null;
	/** as whom they take part, a row for each person in a topic: an account's and a browser's */
	readonly people: readonly { readonly topicId: string; readonly numbers: readonly number[] }[];
	/** what came by mail from the address, or was gathered by the codes of receipts */
	readonly texts: readonly Text[];
}

async function known(queryable: Queryable, keys: TopicKeys, email: string): Promise<Known> {
	const account = (await accountByEmail(queryable, email))?.accountId ?? null;
	const whose = account === null ? { numbers: [], joined: [] } : await whoseTexts(queryable, keys, asIf(account));
	const { rows: byMail } = await queryable.query<Text>(
		`select distinct d.topic_id as "topicId", d.contribution_id as "contributionId"
		from mail_in_readings r
		join mail_in_decisions d using (topic_id, mail_in_id)
		where lower(r.from_address) = lower($1) and d.contribution_id is not null
		order by 1, 2`,
		[email]
	);
	const people = [...Map.groupBy(whose.numbers, ({ topicId, person }) => `${topicId} ${person}`).values()];
	return {
		account,
		people: people.map((own) => ({ topicId: own[0]!.topicId, numbers: own.map(({ number }) => number) })),
		texts: [...whose.joined, ...byMail]
	};
}

async function forgetEverywhere(transaction: Transaction, email: string): Promise<void> {
	await forgetInvitedAddress(transaction, email);
	await forgetAddress(transaction, email);
	await forgetAskingAddress(transaction, email);
	for (const { topicId, sha256s } of await forgetMailsFrom(transaction, email)) await dropLater(transaction, topicId, sha256s);
}

function asIf(accountId: string): Actor {
	return { kind: 'account', accountId, visitorId: null, roles: [], secondFactor: false };
}
