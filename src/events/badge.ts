/** What stands in the picture of a badge: the registration, which is random and tells nothing to whoever scans it elsewhere. */
export function badgeOf(registrationId: string): string {
	return `OT${registrationId.replaceAll('-', '').toUpperCase()}`;
}

/** The registration of a badge that was scanned; null for any other code. */
export function registrationOfBadge(scanned: string): string | null {
	const hex = /^OT([0-9A-F]{32})$/.exec(scanned.trim().toUpperCase())?.[1]?.toLowerCase();
	return hex ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null;
}
