import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '#activity/actor.ts';
import { note, seconds, wrong } from '#cli/console.ts';
import { topicForImport } from '#contributions/intake/importing.server.ts';
import type { Database } from '#database/connection.server.ts';
import type { Settings } from '#database/settings.server.ts';
import { bringInConversation, type PolisReport } from '#sheets/polis/bringing-in.server.ts';
import { conversationIn, polisFiles } from '#sheets/polis/conversation.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';

/** Whether the two files that are needed lie there. */
export function isConversation(folder: string): boolean {
	return ['comments.csv', 'votes.csv'].every((name) => existsSync(join(folder, name)));
}

/** The folder of a conversation, into the topic at this address. */
export async function importPolis(
	database: Database,
	settings: Settings,
	{ folder, slug }: { folder: string; slug: string },
	actor: Actor
): Promise<PolisReport> {
	const files: Record<string, string> = {};
	for (const name of polisFiles) if (existsSync(join(folder, name))) files[name] = await readFile(join(folder, name), 'utf8');
	const conversation = conversationIn(files);
	if (!conversation) throw wrong(`${folder} has no comments.csv and votes.csv.`);
	const { topicId, isNew } = await topicForImport(database, slug, actor);
	if (isNew) note(`A draft topic was made at /topics/${slug}.`);
	const keys = topicKeys({ folder: settings.data, secret: settings.secret ?? undefined });
	const begun = performance.now();
	const report = await bringInConversation(database, keys, { topicId, conversation }, actor);
	note(`${report.votes} votes in ${seconds(performance.now() - begun)}.`);
	return report;
}

export function tellPolis({ comments, participants, votes, added, earlier, unusable }: PolisReport): void {
	console.log(`ideas         ${comments} (${added.ideas} added, ${added.hidden} of them hidden)`);
	console.log(`participants  ${participants} (${added.participants} added)`);
	console.log(`opinions      ${votes} (${added.opinions} added); ${earlier} earlier ones by the same people are left out`);
	if (unusable > 0) console.log(`not usable    ${unusable} lines`);
}
