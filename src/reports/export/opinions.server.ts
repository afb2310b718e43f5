import { randomInt } from 'node:crypto';
import type { Instant } from '#database/connection.server.ts';
import { csvLine } from '#files/csv.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { opinionColumns } from '#reports/export/tables.ts';

const words = ['disagree', 'pass', 'agree'] as const;
const ideasAtOnce = 2_000;

/**
 * Every opinion on an idea that can be seen: who (a number of this export alone, drawn by lot), on what, and what; by idea, then by that
 * number, so that the order tells nothing either. No group, region or time. Read in one pass, in the instant of the export.
 */
export async function* opinionsCsv(instant: Instant, topicId: string): AsyncGenerator<string> {
	const lots = await drawnLots(instant, topicId);
	yield `\ufeff${csvLine(opinionColumns.map(({ name }) => ({ value: name, isText: false })))}`;
	await instant.query(
		`declare opinions_of_export no scroll cursor for
		select opinions.idea_number as idea, array_agg(opinions.participant_number * 4 + opinions.value + 1)::text as given
		from opinions
		join ideas using (topic_id, idea_number)
		where topic_id = $1 and ${canBeSeen('idea', 'ideas.idea_id', '$1')}
		group by opinions.idea_number
		order by opinions.idea_number`,
		[topicId]
	);
	for (;;) {
		const { rows } = await instant.query<{ idea: number; given: string }>(`fetch ${ideasAtOnce} from opinions_of_export`);
		if (rows.length === 0) break;
		yield rows.map(({ idea, given }) => linesOf(idea, given, lots)).join('');
	}
	await instant.query('close opinions_of_export');
}

function linesOf(idea: number, given: string, lots: Int32Array): string {
	const drawn = Float64Array.from(given.slice(1, -1).split(','), (text) => {
		const both = Number(text);
		return lots[both >>> 2]! * 4 + (both & 3);
	});
	drawn.sort();
	let lines = '';
	for (const both of drawn) lines += `${Math.floor(both / 4)},${idea},${words[both % 4]!}\r\n`;
	return lines;
}

/** A number for each participant, from 1, in an order that is drawn anew each time; four bytes a participant. */
async function drawnLots(instant: Instant, topicId: string): Promise<Int32Array> {
	const { rows } = await instant.query<{ last: number }>(
		`select coalesce(max(participant_number), 0) as last from participants where topic_id = $1`,
		[topicId]
	);
	const { last } = rows[0]!;
	const lots = Int32Array.from({ length: last + 1 }, (_, place) => place);
	for (let place = last; place > 1; place--) {
		const other = randomInt(1, place + 1);
		[lots[place], lots[other]] = [lots[other]!, lots[place]!];
	}
	return lots;
}
