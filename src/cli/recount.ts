import { setTimeout as pauseFor } from 'node:timers/promises';
import { lasting, type Difference } from '#activity/difference.ts';
import { mendLevels, mislevelled } from '#agreement/recounting-levels.server.ts';
import { mendCells, miscountedCells } from '#agreement/recounting.server.ts';
import { note, read, result, seconds } from '#cli/console.ts';
import type { Verb } from '#cli/verb.ts';
import type { Database } from '#database/connection.server.ts';
import { openDatabase } from '#database/opening.server.ts';
import { readSettings } from '#database/settings.server.ts';
import { mendCounted, miscounted } from '#ideas/recounting.server.ts';

/** The jobs that lag behind have come by then. */
const lag = 10_000;

export const verb: Verb = {
	words: '[--mend]',
	summary: 'Counts anew what is kept counted (totals, ideas, orders of lists, cells, levels), and names each difference.',
	help: '--mend   sets what differs to what the rows say; a server may be running\n\nThe status is 1 where something differs and was not mended.',
	async run(words) {
		const { values } = read(words, { mend: { type: 'boolean' } }, 0);
		const database = await openDatabase(readSettings());
		try {
			const began = performance.now();
			const differences = await differencesIn(database, lag);
			for (const difference of differences) note(sentence(difference));
			if (values.mend) await mend(database, differences);
			const left = values.mend && differences.length > 0 ? await differencesIn(database, lag) : differences;
			note(`Everything was counted anew in ${seconds(performance.now() - began)}.`);
			result({ differences: differences.length, mended: differences.length - left.length });
			return left.length === 0 ? 0 : 1;
		} finally {
			await database.close();
		}
	}
};

/** What differs; what a job keeps may be behind, and is named if it still is after a pause (milliseconds). */
export async function differencesIn(database: Database, pause: number): Promise<Difference[]> {
	const first = await look(database);
	if (!first.some(({ mayLag }) => mayLag)) return first;
	await pauseFor(pause);
	return lasting(first, await look(database));
}

export async function mend(database: Database, differences: readonly Difference[]): Promise<void> {
	await mendCounted(database, differences);
	await mendCells(database, differences);
	await mendLevels(database, differences);
}

async function look(database: Database): Promise<Difference[]> {
	return [...(await miscounted(database)), ...(await miscountedCells(database)), ...(await mislevelled(database))];
}

export function sentence({ topicId, what, thing, kept, counted }: Difference): string {
	return `${what}${thing === '' ? '' : ` of ${thing}`} in topic ${topicId}: ${kept} kept, ${counted} counted`;
}
