import { note, read, seconds, untilAskedToEnd } from '#cli/console.ts';
import { firstRunLink } from '#cli/links.ts';
import { runEverything } from '#cli/running.ts';
import { readSettings } from '#database/settings.server.ts';
import type { Verb } from '#cli/verb.ts';

export const verb: Verb = {
	words: '',
	summary: 'Serves the product: database, web and background work.',
	help: 'Ctrl-C ends everything, the database last and cleanly. Settings: open-talks doctor.',
	async run(words) {
		read(words, {}, 0);
		const began = performance.now();
		const settings = readSettings();
		const running = await runEverything(settings);
		note(`Open Talks is at ${running.address} (ready in ${seconds(performance.now() - began)}). Ctrl-C ends it.`);
		const link = await firstRunLink(settings, running.database, running.address);
		if (link) note(`Nobody administers this instance yet. Within a day, open ${link}`);
		await untilAskedToEnd();
		note('Ending …');
		await running.stop();
		return 0;
	}
};
