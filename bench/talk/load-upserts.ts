import pg from 'pg';
import { whatWasGiven } from './shipped.ts';

/** The baseline of opinions: single-row upserts by the bare driver, each its own durable commit. */
const { address, people, ideas, clients, milliseconds } = await whatWasGiven<UpsertLoad>();
const pool = new pg.Pool({ connectionString: address, max: clients });
await pool.query(`create table if not exists bare_opinions (like opinions including all)`);
const topic = '00000000-0000-0000-0000-000000000000';
const statement = {
	name: 'upsert',
	text: `
		insert into bare_opinions (topic_id, participant_number, idea_number, value, profile_number, idea_version, given_at)
		values ($1, $2, $3, $4, 1, 1, clock_timestamp())
		on conflict (topic_id, participant_number, idea_number) do update
			set value = excluded.value, given_at = excluded.given_at`
};
let done = 0;
const until = performance.now() + milliseconds;
const began = performance.now();
await Promise.all(
	Array.from({ length: clients }, async () => {
		const client = await pool.connect();
		while (performance.now() < until) {
			const values = [
				topic,
				Math.floor(Math.random() * people),
				Math.floor(Math.random() * ideas),
				Math.floor(Math.random() * 3) - 1
			];
			await client.query({ ...statement, values });
			done++;
		}
		client.release();
	})
);
const { user, system } = process.cpuUsage();
const result: UpsertLoadResult = { perSecond: (done / (performance.now() - began)) * 1000, cpu: (user + system) / done };
await pool.end();
console.log(JSON.stringify(result));

export interface UpsertLoad {
	readonly address: string;
	readonly people: number;
	readonly ideas: number;
	readonly clients: number;
	readonly milliseconds: number;
}

export interface UpsertLoadResult {
	readonly perSecond: number;
	/** microseconds of the driver's process for each */
	readonly cpu: number;
}
