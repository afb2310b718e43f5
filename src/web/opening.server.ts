import cluster from 'node:cluster';
import { join } from 'node:path';
import type { Database } from '#database/connection.server.ts';
import { migrate } from '#database/migrating.server.ts';
import { openDatabase } from '#database/opening.server.ts';
import { instanceSecret, keyFor } from '#database/secret.server.ts';
import { readSettings, type Settings } from '#database/settings.server.ts';
import { askForGroups } from '#agreement/asking-for-groups.server.ts';
import { askForCells } from '#agreement/publishing.server.ts';
import { Routing } from '#agreement/routing/routing.server.ts';
import { fileStore } from '#files/store.server.ts';
import { Opinions } from '#ideas/opinions/opinions.server.ts';
import { Connections } from '#live/connections.server.ts';
import { Lists } from '#live/lists.server.ts';
import { Live } from '#live/live.server.ts';
import { readingMoves } from '#live/seen-moves.server.ts';
import { readingOf } from '#live/totals.server.ts';
import { SimilarIdeas } from '#ideas/similar/similar.server.ts';
import { openSignIn } from '#people/sign-in/sign-in.server.ts';
import { visitors } from '#people/visitors.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { AnswerBatcher } from '#townhalls/polls/batcher.server.ts';
import type { Context } from '#web/context.server.ts';
import { Limits } from '#web/front/limits.server.ts';
import { PublicCache } from '#web/front/public-cache.server.ts';
import { SamePages } from '#web/front/same-pages.server.ts';
import { Proofs } from '#web/sending/proof.server.ts';

/** Makes the context of a process. */
export async function openContext(settings: Settings, database: Database): Promise<Context> {
	const secret = await instanceSecret({ folder: settings.data, secret: settings.secret ?? undefined });
	const keys = topicKeys({ folder: settings.data, secret });
	const now = () => performance.now();
	const opinions = new Opinions(
		database,
		keys,
		new Routing(database, { now, random: Math.random }),
		async (transaction, topicId) => {
			await askForCells(transaction, topicId);
			await askForGroups(transaction, topicId);
		}
	);
	const connections = new Connections();
	const live = new Live((topicId) => readingOf(database, topicId), cluster.isWorker, connections);
	opinions.onGiven = (topicId) => live.moved(topicId);
	const lists = new Lists(readingMoves(database), connections, cluster.isWorker);
	const answers = new AnswerBatcher(database, keys);
	answers.onTaken = (of) => lists.moved(of);
	return {
		settings,
		database,
		keys,
		visitors: visitors(keyFor(secret, 'visitors')),
		signIn: openSignIn(database, settings, secret),
		opinions,
		answers,
		live,
		lists,
		similar: new SimilarIdeas(database),
		files: fileStore(database, join(settings.data, 'files')),
		cache: new PublicCache(),
		samePages: new SamePages(),
		limits: new Limits(200_000, cluster.isWorker),
		proofs: new Proofs(keyFor(secret, 'proofs')),
		now
	};
}

/** For `vite dev`, which is started without server.ts: opens and migrates the database that the settings name. */
export async function openOwnContext(): Promise<Context> {
	const settings = readSettings();
	const database = await openDatabase(settings);
	await migrate(database);
	return openContext(settings, database);
}
