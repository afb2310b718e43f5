import type { Say } from '#languages/speaking.ts';
import { wallTime } from '#topics/stages/zones.ts';

/** From when to when, as a clock in that zone shows it: the day said once, and the zone, unless either changes on the way. */
export function spanIn(say: Say, { startsAt, endsAt }: { startsAt: Date; endsAt: Date }, zone: string): string {
	const isOneDay = wallTime(startsAt, zone).slice(0, 10) === wallTime(endsAt, zone).slice(0, 10);
	// the clocks may be changed in between: then each end says by which of them
	const isOneClock = offset(startsAt, zone) === offset(endsAt, zone);
	const day = (at: Date) => say.date(at, { zone, style: 'full' });
	const from = say.date(startsAt, { zone, style: isOneClock ? 'clock' : 'time' });
	const to = say.date(endsAt, { zone, style: 'time' });
	return isOneDay
		? say('events.span', { day: day(startsAt), from, to })
		: say('events.span-of-days', { day: day(startsAt), from, last: day(endsAt), to });
}

function offset(at: Date, zone: string): number {
	return Math.round((Date.parse(`${wallTime(at, zone)}Z`) - at.getTime()) / 60_000);
}
