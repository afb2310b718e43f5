import { note, read, seconds, untilAskedToEnd } from '#cli/console.ts';
import { demoLinks } from '#cli/links.ts';
import { runEverything } from '#cli/running.ts';
import type { Database } from '#database/connection.server.ts';
import { obstacle } from '#database/obstacle.ts';
import { readSettings } from '#database/settings.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { staff } from '../../examples/institution.ts';
import { loadExamples } from '../../examples/loading.server.ts';
import type { Verb } from '#cli/verb.ts';

export const verb: Verb = {
	words: '',
	summary: 'The same with the example world, and links that sign you in.',
	help: 'Loading the examples twice changes nothing. OPEN_TALKS_DATA=<folder> keeps the demonstration apart from your own data.',
	async run(words) {
		read(words, {}, 0);
		const began = performance.now();
		const settings = readSettings();
		const running = await runEverything(settings, async (database) => {
			await refuseRealData(database, settings.data);
			const secret = settings.secret ?? undefined;
			const { added } = await loadExamples({ database, keys: topicKeys({ folder: settings.data, secret }) });
			if (added.length > 0) note(`The example world is in: ${added.join(', ')}.`);
		});
		note(`Open Talks is at ${running.address} (ready in ${seconds(performance.now() - began)}). Ctrl-C ends it.`);
		for (const { role, link } of await demoLinks(settings, running.address, staff)) note(`Sign in as ${role}: ${link}`);
		note(`They open the desk in English; with /fr, /es, /ru, /zh or /ar before /sign-in, in that language.`);
		note(`After half an hour of silence open the link again: it stands for the second factor, too.`);
		await untilAskedToEnd();
		note('Ending …');
		await running.stop();
		return 0;
	}
};

/** Nobody's consultation shall find invented people in it, or links to its desk on a screen. */
async function refuseRealData(database: Database, folder: string): Promise<void> {
	const { rows } = await database.query<{ isReal: boolean }>(
		`
			select exists (select from topics) and not exists (select from accounts where email = $1)
				or exists (select from accounts where email not like '%@example.org') as "isReal"`,
		[staff[0].email]
	);
	if (rows[0]!.isReal) throw obstacle('not-a-demo', { folder });
}
