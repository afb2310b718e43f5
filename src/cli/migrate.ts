import { note, read, result } from '#cli/console.ts';
import { lacking, migrate } from '#database/migrating.server.ts';
import { openDatabase } from '#database/opening.server.ts';
import { readSettings } from '#database/settings.server.ts';
import type { Verb } from '#cli/verb.ts';

export const verb: Verb = {
	words: '[--dry]',
	summary: 'Brings the database up to date; start does it by itself.',
	help: '--dry   only names the migrations that would be applied',
	async run(words) {
		const { values } = read(words, { dry: { type: 'boolean' } }, 0);
		const database = await openDatabase(readSettings());
		const names = values.dry ? (await lacking(database)).map(({ name }) => name) : await migrate(database);
		for (const name of names) note(name);
		result(values.dry ? { lacking: names.length } : { applied: names.length });
		await database.close();
		return 0;
	}
};
