/** What a server says of a mail that it could not deliver. */
export interface Report {
	/** in small letters */
	readonly recipient: string;
	/** "5.1.1" */
	readonly status: string;
	readonly explanation: string;
	/** of the mail that came back: "<…@…>" */
	readonly messageIds: readonly string[];
}

/**
 * Reads a bounce, by RFC 3464 where it keeps to it, else by what most servers write: the receiver, and which mail it was.
 * @param parts all texts of the report; null where it does not say that something failed for good
 */
export function reportIn(parts: readonly string[]): Report | null {
	const whole = parts.join('\n');
	const action = /^Action:\s*(\w+)/imu.exec(whole)?.[1]?.toLowerCase();
	if (action !== undefined && action !== 'failed') return null;
	const recipient =
		/^(?:Final|Original)-Recipient:\s*(?:[\w-]+\s*;)?\s*<?([^\s<>;]+@[^\s<>;]+)/imu.exec(whole)?.[1] ??
		/^X-Failed-Recipients:\s*([^\s,]+)/imu.exec(whole)?.[1] ??
		/<([^\s<>]+@[^\s<>]+)>:?\s*$/imu.exec(whole)?.[1];
	const status = /^Status:\s*(\d\.\d{1,3}\.\d{1,3})/imu.exec(whole)?.[1] ?? /\b(5\.\d{1,3}\.\d{1,3})\b/u.exec(whole)?.[1];
	if (!recipient || !status?.startsWith('5')) return null;
	const explanation = /^Diagnostic-Code:\s*(?:[\w-]+\s*;)?\s*(.*)$/imu.exec(whole)?.[1] ?? '';
	const messageIds = [...whole.matchAll(/^(?:Message-ID|Original-Message-ID|X-Original-Message-ID):\s*(<[^<>\s]+>)/gimu)].map(
		(found) => found[1]!
	);
	return { recipient: recipient.toLowerCase(), status, explanation: explanation.trim().slice(0, 300), messageIds };
}
