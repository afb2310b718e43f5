import type { Transaction } from '#database/connection.server.ts';
import type { Act } from '#ideas/moderating/act.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { inLanguage, textsOf } from '#languages/texts.server.ts';
import { queueMail } from '#mail/mail.server.ts';
import type { Thing } from '#moderation/deciding.server.ts';
import { isHidingReason, numberOfReason } from '#moderation/rules.ts';
import { accountsOfParticipants, type Reachable } from '#topics/participants/reaching.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { Topic } from '#topics/topic.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** Of mails that tell why something was hidden, shown again or made unreadable in part, or that somebody is blocked. */
export const statementMail = 'statement-of-reasons';

/**
 * The statement of reasons by mail, to each author who has an account: one mail for all that was decided with one click. No words of theirs
 * and no link to the receipt: what lies in a mailbox must not lead to who wrote what.
 */
export async function tellAuthors(
	transaction: Transaction,
	keys: TopicKeys,
	{ topicId, act, words, things, authors }: Told & { topicId: string }
): Promise<void> {
	if (act.does === 'keep') return;
	const counts =
		act.does === 'block' ? new Map(authors.map((number) => [number, 1])) : await authorsOf(transaction, topicId, things);
	const accounts = await accountsOfParticipants(transaction, keys, topicId, [...counts.keys()]);
	if (accounts.size === 0) return;
	const topic = await topicOf(transaction, topicId);
	const ruleTitles = await titlesOf(transaction, topicId, act);
	const letters = new Map<string, { to: Reachable; count: number }>();
	for (const [number, to] of accounts) {
		const count = (letters.get(to.accountId)?.count ?? 0) + (counts.get(number) ?? 0);
		letters.set(to.accountId, { to, count });
	}
	for (const { to, count } of letters.values())
		await queueMail(transaction, { ...statement(topic, to, { act, count, words, ruleTitles }), topicId });
}

interface Told {
	readonly act: Act;
	readonly words: string;
	readonly things: readonly Thing[];
	/** participants, of an act that is about authors */
	readonly authors: readonly number[];
}

function statement(
	topic: Topic,
	{ email, language }: Reachable,
	{ act, count, words, ruleTitles }: { act: Act; count: number; words: string; ruleTitles: Awaited<ReturnType<typeof titlesOf>> }
) {
	const say = speakerOf(language);
	const title = inLanguage(topic.texts['title'], [language], topic.defaultLanguage).text;
	const did = { hide: 'hidden', restore: 'restored', redact: 'redacted', block: 'blocked', keep: 'restored' } as const;
	const reason = 'reason' in act && isHidingReason(act.reason) ? act.reason : act.does === 'redact' ? 'personal-data' : null;
	const own = ruleTitles ? inLanguage(ruleTitles, [language], topic.defaultLanguage).text : '';
	const cited = act.does === 'hide' && act.rule ? act.rule : reason === null ? null : numberOfReason(reason);
	const parts = [
		say(`moderation.mail-${did[act.does]}`, { title, count }),
		cited === null || reason === null
			? ''
			: say('moderation.mail-rule', { number: cited, rule: own || say(`moderation.reason-${reason}`) }),
		words,
		act.does === 'restore' ? '' : say('moderation.mail-appeal')
	];
	return {
		to: email,
		language,
		kind: statementMail,
		subject: say('moderation.mail-subject', { title }),
		body: parts.filter((part) => part !== '').join('\n\n')
	};
}

/** How many of the things each participant wrote. */
async function authorsOf(transaction: Transaction, topicId: string, things: readonly Thing[]): Promise<Map<number, number>> {
	const { rows } = await transaction.query<{ number: number; things: number }>(
		`select participant_number as number, count(*)::int as things
		from contributions
		where topic_id = $1 and contribution_id = any ($2::uuid[]) and participant_number is not null
		group by participant_number`,
		[topicId, things.map(({ thingId }) => thingId)]
	);
	return new Map(rows.map(({ number, things: count }) => [number, count]));
}

/** The title of the topic's own rule, where that is cited. */
async function titlesOf(transaction: Transaction, topicId: string, act: Act) {
	if (act.does !== 'hide' || !act.rule) return null;
	const { rows } = await transaction.query<{ ruleId: string }>(
		`select rule_id as "ruleId" from house_rules where topic_id = $1 and rule_number = $2`,
		[topicId, act.rule]
	);
	if (!rows[0]) return null;
	const { ruleId } = rows[0];
	return (await textsOf(transaction, topicId, [{ kind: 'house-rule', thingId: ruleId }])).get(ruleId)?.['title'] ?? [];
}
