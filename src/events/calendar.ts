/** A calendar (RFC 5545): of a topic, or of one event. */
export interface Calendar {
	readonly title: string;
	/** when the topic was published: the same file each time */
	readonly stamp: Date;
	readonly entries: readonly CalendarEntry[];
}

export interface CalendarEntry {
	/** stays the same for ever */
	readonly id: string;
	readonly title: string;
	readonly text: string;
	readonly address: string;
	/** how often it was moved */
	readonly sequence: number;
	/** where it is */
	readonly place?: string;
	/** it takes one's time, as an event does and a stage does not */
	readonly isBusy?: boolean;
	/** a calendar that took it before strikes it out */
	readonly isCancelled?: boolean;
	readonly when: { readonly from: Date; readonly to: Date } | { /** YYYY-MM-DD */ readonly day: string };
}

export function calendar({ title, stamp, entries }: Calendar): string {
	const lines = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Open Talks//Calendar of a talk//EN',
		'CALSCALE:GREGORIAN',
		`X-WR-CALNAME:${escaped(title)}`,
		...entries.flatMap((entry) => [
			'BEGIN:VEVENT',
			`UID:${entry.id}`,
			`DTSTAMP:${moment(stamp)}`,
			`SEQUENCE:${entry.sequence}`,
			...('day' in entry.when
				? [`DTSTART;VALUE=DATE:${entry.when.day.replaceAll('-', '')}`, 'TRANSP:TRANSPARENT']
				: // moments, in UTC: whoever reads them has a zone of their own, and no table of zones is needed
					[
						`DTSTART:${moment(entry.when.from)}`,
						`DTEND:${moment(entry.when.to)}`,
						`TRANSP:${entry.isBusy ? 'OPAQUE' : 'TRANSPARENT'}`
					]),
			...(entry.isCancelled ? ['STATUS:CANCELLED'] : []),
			...(entry.place ? [`LOCATION:${escaped(entry.place)}`] : []),
			`SUMMARY:${escaped(entry.title)}`,
			...(entry.text === '' ? [] : [`DESCRIPTION:${escaped(entry.text)}`]),
			`URL:${entry.address}`,
			'END:VEVENT'
		]),
		'END:VCALENDAR'
	];
	return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function moment(at: Date): string {
	return at.toISOString().replace(/[-:]|\.\d+/g, '');
}

function escaped(text: string): string {
	return text
		.replace(/[\\;,]/g, '\\$&')
		.replace(/\r\n|\r|\n/g, '\\n')
		.replace(/[^\P{Cc}\t]/gu, '');
}

const encoder = new TextEncoder();

/** At most 75 octets a line, never within a character. */
function folded(line: string): string {
	const parts: string[] = [];
	let [part, size] = ['', 0];
	for (const character of line) {
		const octets = encoder.encode(character).length;
		if (size + octets > 75) {
			parts.push(part);
			// the space that marks the line as the rest of the one before is one of its octets
			[part, size] = [' ', 1];
		}
		part += character;
		size += octets;
	}
	return [...parts, part].join('\r\n');
}
