import type { Database, Queryable } from '#database/connection.server.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { isOpenFor } from '#topics/stages/stage.ts';

/** The address to which mails for a talk go; null where this instance has none. */
export function mailAddressOf(slug: string, mailDomain: string | null): string | null {
	return mailDomain === null ? null : `${slug}@${mailDomain}`;
}

/** The name before the @, without what follows a "+"; null where the address is of another domain. */
export function nameIn(address: string, mailDomain: string): string | null {
	const at = address.lastIndexOf('@');
	if (address.slice(at + 1).toLowerCase() !== mailDomain.toLowerCase()) return null;
	return address.slice(0, at).toLowerCase().split('+')[0]!;
}

export type Addressee = { readonly topicId: string } | { readonly refused: 'unknown' | 'archived' | 'closed' };

/** The talk at this name, if it takes texts now. */
export async function addresseeNamed(database: Database, name: string): Promise<Addressee> {
	const topicId = await topicIdAtAddress(database, name);
	if (topicId === undefined) return { refused: 'unknown' };
	const topic = await topicOf(database, topicId);
	if (topic.publishedAt === null) return { refused: 'unknown' };
	if (topic.archivedAt !== null) return { refused: 'archived' };
	const at = new Date(Date.now() + database.clockShift);
	return isOpenFor(topic.stages, 'submissions', at) ? { topicId } : { refused: 'closed' };
}

/** What one sender may send to a talk: in an hour, and until somebody has looked at it. */
export const senderLimits = { anHour: 30, held: 60 } as const;

export async function hasSentTooMuch(
	queryable: Queryable,
	{ topicId, sender, at }: { topicId: string; sender: string; at: Date }
): Promise<boolean> {
	const { rows } = await queryable.query<{ hour: number; held: number }>({
		name: 'mails-in-of-sender',
		text: `
			select count(*) filter (where received_at > $3)::int as hour,
				count(*) filter (where not exists (
					select from mail_in_decisions d where d.topic_id = m.topic_id and d.mail_in_id = m.mail_in_id))::int as held
			from (
				select * from mails_in where topic_id = $1 and sender = $2 order by received_at desc limit 200
			) m`,
		values: [topicId, sender, new Date(at.getTime() - 3_600_000)]
	});
	return rows[0]!.hour >= senderLimits.anHour || rows[0]!.held >= senderLimits.held;
}
