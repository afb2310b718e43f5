/** Whether the name is one of IANA's time zones ("Europe/Zurich", "UTC"). */
export function isZone(zone: string): boolean {
	try {
		return /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}

/** Zones that a form offers. */
export const zones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/**
 * What a clock on a wall shows ("2013-10-08T18:15") as an instant, in the zone of the wall. A time that a change of clocks skips is
 * taken an hour later, one that it repeats the first time, unless it is the one that stood there before. Null where the text is none.
 */
export function instantOf(wall: string, zone: string, before: Date | null = null): Date | null {
	const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/.exec(wall);
	if (!match || !isZone(zone)) return null;
	const asUtc = Date.UTC(+match[1]!, +match[2]! - 1, +match[3]!, +match[4]!, +match[5]!, +(match[6] ?? 0));
	if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 16) !== wall.slice(0, 16)) return null;
	// what a form shows as it was is not moved by saving it
	if (before && wallTime(before, zone) === wall) return before;
	// the offsets on both sides of any change of clocks nearby; the earlier instant that shows this wall time wins
	const candidates = [asUtc - 86_400_000, asUtc + 86_400_000].map((near) => asUtc - offsetAt(near, zone));
	const exact = candidates.filter((instant) => instant + offsetAt(instant, zone) === asUtc);
	return new Date(exact.length > 0 ? Math.min(...exact) : Math.max(...candidates));
}

/** The same instant as a field of a form shows it: "2013-10-08T18:15". */
export function wallTime(instant: Date, zone: string): string {
	return new Date(+instant + offsetAt(+instant, zone)).toISOString().slice(0, 16);
}

function offsetAt(instant: number, zone: string): number {
	const parts = Object.fromEntries(
		new Intl.DateTimeFormat('en-GB', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit'
		})
			.formatToParts(instant)
			.map(({ type, value }) => [type, Number(value)])
	);
	const wall = Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second);
	return wall - Math.floor(instant / 1000) * 1000;
}
