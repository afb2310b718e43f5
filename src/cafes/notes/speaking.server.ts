import type { TableOfCafe, WaitingNote } from '#cafes/notes/tray.server.ts';
import type { BroughtInText } from '#contributions/bringing-in.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { voiceOf } from '#events/voices.server.ts';
import type { Participant } from '#topics/participants/participants.server.ts';

type Said = Pick<WaitingNote, 'name' | 'group'>;

/** Who stands beside a card, of those that `speakersOf` gave. */
export function saidBy(
	speakers: ReadonlyMap<string, Participant>,
	{ name, group }: Said
): Pick<BroughtInText, 'participant' | 'attribution' | 'name'> {
	const participant = group === null ? null : speakers.get(group)!;
	return { participant, attribution: name !== null ? 'named' : participant ? 'group' : 'anonymous', name };
}

/** One participant for each group that spoke at the café, linked to nobody: what a group says there counts for it. */
export async function speakersOf(
	transaction: Transaction,
	of: Pick<TableOfCafe, 'topicId' | 'eventId'>,
	cards: readonly Said[]
): Promise<Map<string, Participant>> {
	const groups = [...new Set(cards.flatMap(({ group }) => group ?? []))].sort();
	const speakers = new Map<string, Participant>();
	for (const group of groups) speakers.set(group, (await voiceOf(transaction, of, [group]))!);
	return speakers;
}
