import { resolve } from 'node:path';
import { note, read, result, seconds } from '#cli/console.ts';
import { restore } from '#database/embedded/backing-up.server.ts';
import { lacking } from '#database/migrating.server.ts';
import { obstacle } from '#database/obstacle.ts';
import { openDatabase } from '#database/opening.server.ts';
import { readSettings } from '#database/settings.server.ts';
import type { Verb } from '#cli/verb.ts';

export const verb: Verb = {
	words: '<folder>',
	summary: 'Puts a backup back into an empty data folder (OPEN_TALKS_DATA), and starts it once to see that it is whole.',
	async run(words) {
		const { positionals } = read(words, {}, 1);
		const settings = readSettings();
		if (settings.databaseUrl !== null)
			throw obstacle('not-embedded', {
				verb: 'restore',
				instead: 'pg_restore --dbname "$DATABASE_URL" <file>, and the copy of the data folder'
			});
		const began = performance.now();
		const backup = await restore(resolve(positionals[0]!), settings.data);
		const database = await openDatabase(settings);
		const behind = await lacking(database);
		await database.close();
		note(`The backup of ${backup.at} is in ${settings.data} (${seconds(performance.now() - began)}).`);
		if (behind.length > 0) note(`${behind.length} migrations will be applied at the next start.`);
		result({ folder: settings.data, ...backup });
		return 0;
	}
};
