import { resolve } from 'node:path';
import { note, read, result, seconds } from '#cli/console.ts';
import { backUp } from '#database/embedded/backing-up.server.ts';
import { obstacle } from '#database/obstacle.ts';
import { openDatabase } from '#database/opening.server.ts';
import { readSettings } from '#database/settings.server.ts';
import type { Verb } from '#cli/verb.ts';

export const verb: Verb = {
	words: '<folder>',
	summary: 'Copies database, files and sealed keys into a new folder, while the server works.',
	help: 'The secret is in it unless OPEN_TALKS_SECRET is set: keep that apart. The folder can be packed, moved and restored anywhere.',
	async run(words) {
		const { positionals } = read(words, {}, 1);
		const settings = readSettings();
		if (settings.databaseUrl !== null)
			throw obstacle('not-embedded', {
				verb: 'backup',
				instead: `pg_dump --format=custom "$DATABASE_URL", and a copy of ${settings.data}`
			});
		const began = performance.now();
		const folder = resolve(positionals[0]!);
		const database = await openDatabase(settings);
		const backup = await backUp(database, settings.data, folder);
		await database.close();
		note(`The backup is in ${folder} (${seconds(performance.now() - began)}).`);
		result({ folder, ...backup });
		return 0;
	}
};
