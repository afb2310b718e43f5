import type { Queryable } from '#database/connection.server.ts';
import { isLanguage, type Language } from '#languages/languages.ts';
import type { Audience, NoticeFor } from '#newsroom/notices/notice.ts';
import { isRefusal } from '#refusals/refusal.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** Somebody who can be written to. */
export interface Receiver {
	readonly email: string;
	readonly language: Language;
	/** null: who wrote a mail to the talk and has no account */
	readonly accountId: string | null;
}

export interface NoticeToSend extends NoticeFor {
	readonly topicId: string;
	/** who came later is not meant */
	readonly sentAt: Date;
}

/** So many at a time: however many people there are, memory stays flat. */
export const inAChunk = 250;

/** All accounts of the instance, in chunks. */
export async function* accountsInChunks(queryable: Queryable): AsyncGenerator<(Receiver & { accountId: string })[]> {
	for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
		const { rows } = await queryable.query<{ accountId: string; email: string; language: string }>(
			`select account_id as "accountId", lower(email) as email, language
			from accounts
			where account_id > $1
			order by account_id
			limit $2`,
			[after, inAChunk]
		);
		if (rows.length > 0) yield rows.map((row) => ({ ...row, language: known(row.language) }));
		if (rows.length < inAChunk) return;
		after = rows.at(-1)!.accountId;
	}
}

/** Which of these accounts the notice is for. No row leads from a participant to an account: the accounts are hashed. */
export async function amongAccounts(
	queryable: Queryable,
	keys: TopicKeys,
	{ topicId, audience, audienceKey, sentAt }: NoticeToSend,
	accounts: readonly (Receiver & { accountId: string })[]
): Promise<Set<string>> {
	const hashes: Buffer[] = [];
	try {
		for (const { accountId } of accounts) hashes.push(await keys.hash(topicId, accountId));
	} catch (error) {
		// nobody can be written to any more
		if (isRefusal(error) && error.code === 'topic-archived') return new Set();
		throw error;
	}
	const { rows } = await queryable.query<{ accountId: string }>(
		`select asked.id as "accountId"
		from unnest($2::uuid[], $3::bytea[]) as asked (id, keyed_hash)
		join participant_links l on l.topic_id = $1 and l.keyed_hash = asked.keyed_hash and l.holder = 'account' and l.linked_at <= $4
		where ${meant(audience, 'l.participant_number', '$5')}`,
		[topicId, accounts.map(({ accountId }) => accountId), hashes, sentAt, audienceKey]
	);
	return new Set(rows.map(({ accountId }) => accountId));
}

/** Who wrote to the talk by mail and said that it was them: they gave an address, but no account. In chunks. */
export async function* sendersInChunks(
	queryable: Queryable,
	{ topicId, audience, audienceKey, sentAt }: NoticeToSend
): AsyncGenerator<Receiver[]> {
	for (let after = ''; ;) {
		const { rows } = await queryable.query<{ email: string; language: string }>(
			`select distinct on (email) email, language
			from (${senders(audience, { key: '$5', until: '$2' })}) as sender
			where email > $3
			order by email, at desc
			limit $4`,
			[topicId, sentAt, after, inAChunk, audienceKey]
		);
		if (rows.length > 0) yield rows.map(({ email, language }) => ({ email, language: known(language), accountId: null }));
		if (rows.length < inAChunk) return;
		after = rows.at(-1)!.email;
	}
}

/** How many people a notice reaches at most: who is left out because they want no mail is not known before it is sent. */
export async function reachOf(queryable: Queryable, topicId: string, { audience, audienceKey }: NoticeFor): Promise<number> {
	const { rows } = await queryable.query<{ people: number }>(
		`select (
				select count(distinct l.participant_number)
				from participant_links l
				where l.topic_id = $1 and l.holder = 'account' and ${meant(audience, 'l.participant_number', '$2')}
			)::int + (
				select count(distinct email)
				from (${senders(audience, { key: '$2', until: `'infinity'` })}) as sender
				where not exists (select from accounts a where lower(a.email) = sender.email)
			)::int as people`,
		[topicId, audienceKey]
	);
	return rows[0]!.people;
}

// mail_in_readings forgets the address of who is erased, and so does the contribution
function senders(audience: Audience, { key, until }: { key: string; until: string }): string {
	return `
		select lower(r.from_address) collate "C" as email, r.language, d.decided_at as at
		from mail_in_decisions d
		join mail_in_readings r using (topic_id, mail_in_id)
		join contributions c using (topic_id, contribution_id)
		where d.topic_id = $1 and d.decision = 'confirmed' and d.decided_at <= ${until} and r.from_address <> ''
			and c.participant_number is not null and ${meant(audience, 'c.participant_number', key)}`;
}

/** In SQL: whether a notice for the audience is for the participant. */
function meant(audience: Audience, number: string, key: string): string {
	// a parameter that no condition names would be an error
	const rest = `${key}::text is not null`;
	const theirs = `(
		select ${number}
		union all
		select j.participant_number from participant_joins j where j.topic_id = $1 and j.into_number = ${number})`;
	const latest = `
		select stakeholder_groups, region
		from participant_profiles p
		where p.topic_id = $1 and p.participant_number = ${number}
		order by profile_number desc
		limit 1`;
	switch (audience) {
		case 'everybody':
			return rest;
		case 'contributors':
			return `${rest} and exists (
				select from contributions sent
				where sent.topic_id = $1 and sent.kind in ('idea', 'comment', 'submission', 'suggestion') and sent.participant_number in ${theirs})`;
		case 'submitters':
			return `${rest} and exists (
				select from contributions sent
				where sent.topic_id = $1 and sent.kind = 'submission' and sent.participant_number in ${theirs})`;
		case 'followers':
			return `${rest} and exists (select from followers f where f.topic_id = $1 and f.participant_number in ${theirs})`;
		case 'group':
			return `exists (select from (${latest}) as own where ${key} = any (own.stakeholder_groups))`;
		case 'region':
			return `exists (select from (${latest}) as own where own.region = ${key})`;
	}
}

function known(language: string): Language {
	const bare = language.split('-')[0];
	return isLanguage(language) ? language : isLanguage(bare) ? bare : 'en';
}
