import type { Database } from '#database/connection.server.ts';
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

/** The same database with its clock set to a moment, so that what people did on different days carries the date of that day. */
export function databaseAt(database: Database, moment: Date): Database {
	return { ...database, clockShift: moment.getTime() - Date.now() };
}
