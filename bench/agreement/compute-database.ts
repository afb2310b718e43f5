import { readTopic } from '#agreement/reading.server.ts';
import { atOneInstant, connect } from '#database/connection.server.ts';
import { agreement, usualSettings } from '#engines/agreement/agreement.ts';
import { whatWasGiven } from '../talk/shipped.ts';

/** A process that has done nothing else reads a topic and computes it once. */
const { address, topicId } = await whatWasGiven<ReadingAndComputing>();
const database = connect(address, { connections: 1 });
const begun = performance.now();
const { input } = await atOneInstant(database, topicId, (instant) => readTopic(instant, topicId));
const read = performance.now();
const opinions = input.opinions.value.length;
const settings = { ...usualSettings, discovery: { ...usualSettings.discovery, resamples: 0 } };
const { k } = agreement(input, settings).discovered;
const computed: ReadAndComputed = {
	opinions,
	k,
	seconds: (performance.now() - begun) / 1000,
	readSeconds: (read - begun) / 1000,
	peakMiB: process.resourceUsage().maxRSS / 1024
};
await database.close();
console.log(JSON.stringify(computed));

export interface ReadingAndComputing {
	readonly address: string;
	readonly topicId: string;
}

export interface ReadAndComputed {
	readonly opinions: number;
	readonly k: number;
	/** reading and everything but the bootstrap */
	readonly seconds: number;
	readonly readSeconds: number;
	/** of this process; those of PostgreSQL are its own */
	readonly peakMiB: number;
}
