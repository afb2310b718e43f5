import { createWriteStream, existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { note, read, result, wrong } from '#cli/console.ts';
import type { Verb } from '#cli/verb.ts';
import { atOneInstant } from '#database/connection.server.ts';
import { lacking } from '#database/migrating.server.ts';
import { obstacle } from '#database/obstacle.ts';
import { openDatabase } from '#database/opening.server.ts';
import { readSettings } from '#database/settings.server.ts';
import { conversationOf } from '#sheets/polis/exporting.server.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { topicOf } from '#topics/reading.server.ts';

export const verb: Verb = {
	words: 'polis --topic <address> <folder> [--json]',
	summary: 'Writes the ideas and opinions of a topic in the files that Polis writes of a conversation.',
	help: [
		'comments.csv, votes.csv, participants-votes.csv and summary.csv, all of one instant. What moderators hid goes along, marked as rejected: the',
		'folder is not for everybody. Times are left out; what was withdrawn or erased is not there.',
		'--topic    the last part of the topic’s address'
	].join('\n'),
	async run(words) {
		const { values, positionals } = read(words, { topic: { type: 'string' }, json: { type: 'boolean' } }, 2);
		const [what, path] = positionals;
		if (what !== 'polis') throw wrong(`"${what}" cannot be exported. What everybody may have is at /topics/<address>/export.`);
		if (values.topic === undefined) throw wrong('--topic is needed.');
		const folder = resolve(path!);
		if (existsSync(folder) && !statSync(folder).isDirectory()) throw wrong(`${folder} is a file: a folder is needed.`);
		if (existsSync(folder) && readdirSync(folder).length > 0) throw wrong(`${folder} is not empty.`);
		const settings = readSettings();
		const database = await openDatabase(settings);
		try {
			const missing = await lacking(database);
			if (missing[0]) throw obstacle('database-behind', { count: missing.length, name: missing[0].name });
			const topicId = await topicIdAtAddress(database, values.topic);
			if (topicId === undefined) {
				note(`There is no topic at ${values.topic}.`);
				return 1;
			}
			await mkdir(folder, { recursive: true });
			const address = `${settings.origin ?? `http://localhost:${settings.port}`}/topics/${values.topic}`;
			const names = await atOneInstant(database, `export polis ${topicId}`, async (instant) => {
				const files = conversationOf(instant, await topicOf(instant, topicId), address);
				for (const { name, pieces } of files)
					await pipeline(Readable.from(pieces), createWriteStream(join(folder, name), { mode: 0o600 }));
				return files.map(({ name }) => name);
			});
			if (!values.json) for (const name of names) console.log(join(folder, name));
			result({ folder, files: names });
			return 0;
		} finally {
			await database.close();
		}
	}
};
