import { openDatabase } from '#database/opening.server.ts';
import { readSettings } from '#database/settings.server.ts';
import { fileStore } from '#files/store.server.ts';
import { makeArchive } from '#reports/export/archives.server.ts';
import { whatWasGiven } from '../talk/shipped.ts';
import { weightAt } from './weight.ts';

/** A process that has done nothing else makes an archive, and tells by how much it grew meanwhile. */
const { data, folder, topicId } = await whatWasGiven<Making>();
const database = await openDatabase(readSettings({ OPEN_TALKS_DATA: data }), 'verb', 4);
await database.query('select');
const before = weightAt(0).resident;
let most = before;
const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss() / 2 ** 20)), 50);
const begun = performance.now();
const archive = await makeArchive(database, fileStore(database, folder), topicId, 'https://talks.example.org');
const seconds = (performance.now() - begun) / 1000;
clearInterval(timer);
await database.close();
if (!archive) throw new Error('no archive was made');
const { size, contents } = archive;
const made: Made = { seconds, before, grown: most - before, left: weightAt(1).resident - before, size, contents };
console.log(JSON.stringify(made));

export interface Making {
	readonly data: string;
	readonly folder: string;
	readonly topicId: string;
}

export interface Made {
	readonly seconds: number;
	/** MiB at the beginning, at most above it, and still above it in the end */
	readonly before: number;
	readonly grown: number;
	readonly left: number;
	readonly size: number;
	readonly contents: readonly { readonly name: string; readonly size: number }[];
}
