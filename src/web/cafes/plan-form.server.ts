import { z } from 'zod';
import { mostRounds, mostTables, tableModes, type PlannedRound, type PlannedTable } from '#cafes/cafe.ts';
import type { Say } from '#languages/speaking.ts';
import { parse } from '#web/answering.server.ts';

const count = (most: number) =>
	z.coerce.number('cafes.count-wrong').int('cafes.count-wrong').min(0, 'cafes.count-wrong').max(most, 'cafes.count-wrong');

const planForm = z.object({
	seen: z.coerce.number().int().min(0),
	tableCount: count(mostTables),
	roundCount: count(mostRounds),
	label: z.array(z.string()),
	seats: z.array(z.string()),
	mode: z.array(z.enum(tableModes)),
	link: z.array(z.string()),
	languages: z.array(z.string()),
	question: z.array(z.string()),
	minutes: z.array(z.string()),
	break: z.array(z.string())
});

/** The plan as its form sends it: a row each, and how many rows there are to be. */
export function planFrom(typed: FormData, say: Say): { seen: number; tables: PlannedTable[]; rounds: PlannedRound[] } {
	const given = parse(planForm, typed, say);
	const tables = Array.from({ length: given.tableCount }, (_, row): PlannedTable => {
		const seats = (given.seats[row] ?? '').trim();
		return {
			label: given.label[row] ?? '',
			seats: seats === '' ? null : Number(seats),
			mode: given.mode[row] ?? 'room',
			link: (given.link[row] ?? '').trim() || null,
			languages: (given.languages[row] ?? '').split(/[\s,;]+/).filter(Boolean)
		};
	});
	const rounds = Array.from({ length: given.roundCount }, (_, row): PlannedRound => {
		// a new round is as long as the one before
		const minutes = given.minutes[row] ?? given.minutes.at(-1) ?? '20';
		return {
			questionId: given.question[row] || null,
			minutes: minutes.trim() === '' ? NaN : Number(minutes),
			breakMinutes: Number(given.break[row] ?? given.break.at(-1) ?? '5')
		};
	});
	return { seen: given.seen, tables, rounds };
}
