import type { Queryable } from '#database/connection.server.ts';
import { isLanguage, type Language } from '#languages/languages.ts';
import { isRefusal } from '#refusals/refusal.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** Where a participant can be written to. */
export interface Reachable {
	readonly accountId: string;
	readonly email: string;
	readonly language: Language;
}

/**
 * The accounts of participants, by their numbers; who has none is absent, and so is everybody once the topic's key is destroyed. No row
 * leads from a participant to an account: the accounts are hashed anew, and the hashes compared.
 */
export async function accountsOfParticipants(
	queryable: Queryable,
	keys: TopicKeys,
	topicId: string,
	numbers: readonly number[]
): Promise<Map<number, Reachable>> {
	const { rows: links } = await queryable.query<{ number: number; hash: Buffer }>(
		`
			select asked.number, l.keyed_hash as hash
			from unnest($2::int[]) as asked (number)
			left join participant_joins j on j.topic_id = $1 and j.participant_number = asked.number
			join participant_links l
				on l.topic_id = $1 and l.participant_number = coalesce(j.into_number, asked.number) and l.holder = 'account'`,
		[topicId, numbers]
	);
	if (links.length === 0) return new Map();
	const { rows: accounts } = await queryable.query<{ accountId: string; email: string; language: string }>(
		`select account_id as "accountId", email, language from accounts`
	);
	try {
		const byHash = new Map<string, Reachable>();
		for (const { accountId, email, language } of accounts) {
			const hash = await keys.hash(topicId, accountId);
			byHash.set(hash.toString('hex'), { accountId, email, language: isLanguage(language) ? language : 'en' });
		}
		return new Map(
			links.flatMap(({ number, hash }) => {
				const account = byHash.get(hash.toString('hex'));
				return account ? [[number, account] as const] : [];
			})
		);
	} catch (error) {
		if (isRefusal(error) && error.code === 'topic-archived') return new Map();
		throw error;
	}
}

/** Whether anybody could be written to, without asking whom. */
export async function hasAccount(queryable: Queryable, topicId: string, participantNumber: number): Promise<boolean> {
	const { rowCount } = await queryable.query(
		`select
		from participant_links l
		left join participant_joins j on j.topic_id = $1 and j.participant_number = $2
		where l.topic_id = $1 and l.participant_number = coalesce(j.into_number, $2) and l.holder = 'account'`,
		[topicId, participantNumber]
	);
	return rowCount > 0;
}
