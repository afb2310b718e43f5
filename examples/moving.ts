import type { Database } from '#database/connection.server.ts';
import { instantOf } from '#topics/stages/zones.ts';
import { openTalk } from './open-talk.ts';

const week = 7 * 24 * 3_600_000;

/** By how many milliseconds the example is moved: whole weeks, so that `loadedAsIf` lies within the last seven days before `now`. */
export function moveBy(now: Date): number {
	return Math.floor((now.getTime() - Date.parse(openTalk.loadedAsIf)) / week) * week;
}

/** A moment of 2013, moved. */
export function moved(moment: string, by: number): Date {
	return new Date(Date.parse(moment) + by);
}

/** A day of 2013 (YYYY-MM-DD), moved. */
export function movedDay(day: string, by: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + by).toISOString().slice(0, 10);
}

/** A time on the clock of a venue: it shows the same as in 2013, whatever was done to clocks since. */
export function onTheDay(wall: string, { zone }: { readonly zone: string }, by: number): Date {
	const [day, time] = wall.split('T') as [string, string];
	return instantOf(`${movedDay(day, by)}T${time}`, zone)!;
}

/** The same database with its clock set to a moment, so that what people did on different days carries the date of that day. */
export function databaseAt(database: Database, moment: Date): Database {
	return { ...database, clockShift: moment.getTime() - Date.now() };
}
