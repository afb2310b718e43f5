import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#activity/actor.ts';
import { netmundial } from '#files/examples.ts';
import { importSubmissions, topicForImport } from '#contributions/intake/importing.server.ts';
import { sourceAt } from '#contributions/intake/sources.server.ts';
import { fileStore } from '#files/store.server.ts';
import { figure, type Figure } from './figures.ts';
import { openGround } from './shipped.ts';

const actor: Actor = { kind: 'job', name: 'bench' };

/** The 140 submissions to NETmundial from their folder into an empty topic, files stored and written through to the disk. */
export async function importing(): Promise<Figure[]> {
	if (netmundial.skip !== false) {
		console.error(`import: skipped, ${netmundial.skip}`);
		return [];
	}
	const ground = await openGround();
	const folder = await mkdtemp(join(tmpdir(), 'open-talks-bench-'));
	try {
		const { topicId } = await topicForImport(ground.database, 'netmundial', actor);
		const begun = performance.now();
		const source = await sourceAt(netmundial.folder);
		const report = await importSubmissions(ground.database, fileStore(ground.database, folder), source, topicId, actor);
		const seconds = (performance.now() - begun) / 1000;
		const { submissions, added, read, errors } = report;
		if (added !== 140) throw new Error(`${added} of 140 submissions were added`);
		return [
			figure(
				{ bench: 'import', value: seconds, unit: 's for 140 submissions', baseline: null, must: '≤ 20' },
				{ files: read, submissions, errors: errors.length }
			)
		];
	} finally {
		await ground.close();
		await rm(folder, { recursive: true, force: true });
	}
}
